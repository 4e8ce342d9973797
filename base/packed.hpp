// Numbers and texts as bytes, for data that Peer was built with: small numbers take one byte. One
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace peer {

class PackedWriter {
 public:
  void number(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7U)
      bytes_ += static_cast<char>(number | 0x80U);
    bytes_ += static_cast<char>(number);
  }
  void text(std::string_view text) {
    number(text.size());
    bytes_ += text;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Reads what a PackedWriter wrote. Where bytes are missing or mean nothing it gives 0 and "", and
/// is not good any more.
class PackedReader {
 public:
  explicit PackedReader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_[0]);
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
    good_ = false;
    return 0;
  }
  /// A part of the bytes.
  std::string_view text() {
    const auto size = count();
    const auto value = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return value;
  }
  /// How many things follow: never more than there are bytes.
  std::size_t count() {
    const auto count = number();
    if (count <= rest_.size()) return static_cast<std::size_t>(count);
    good_ = false;
    return 0;
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace peer
