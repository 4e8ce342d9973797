// A few lines of text, end to end in one piece of memory.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// A short list of texts that only grows; what stands in it is read as views, valid until it is
/// changed. Each under 4 GiB; finding the n-th passes those before it.
class TextLines {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = std::string_view;
    using difference_type = std::ptrdiff_t;
    using pointer = const std::string_view*;
    using reference = std::string_view;
    Iterator() = default;
    explicit Iterator(const char* at) : at_(at) {}
    std::string_view operator*() const { return {at_ + sizeof(Length), length()}; }
    Iterator& operator++() {
      at_ += sizeof(Length) + length();
      return *this;
    }
    Iterator operator++(int) {
      const auto before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    [[nodiscard]] std::size_t length() const {
      Length length = 0;
      std::memcpy(&length, at_, sizeof length);
      return length;
    }
    const char* at_ = nullptr;
  };
  using value_type = std::string_view;
  using const_iterator = Iterator;

  TextLines() = default;
  TextLines(std::initializer_list<std::string_view> lines) {
    for (const auto line : lines)
      push_back(line);
  }
  explicit TextLines(const std::vector<std::string>& lines) {
    for (const auto& line : lines)
      push_back(line);
    shrink_to_fit();
  }

  void push_back(std::string_view line) {
    const auto length = static_cast<Length>(line.size());
    bytes_.append(reinterpret_cast<const char*>(&length), sizeof length).append(line);
  }
  void clear() { bytes_.clear(); }
  void shrink_to_fit() { bytes_.shrink_to_fit(); }

  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] std::size_t size() const {
    return static_cast<std::size_t>(std::distance(begin(), end()));
  }
  /// `i` is below size().
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return *std::next(begin(), static_cast<std::ptrdiff_t>(i));
  }
  [[nodiscard]] Iterator begin() const { return Iterator(bytes_.data()); }
  [[nodiscard]] Iterator end() const { return Iterator(bytes_.data() + bytes_.size()); }

  using Plain = std::vector<std::string>;
  [[nodiscard]] Plain plain() const { return {begin(), end()}; }
  friend bool operator==(const TextLines&, const TextLines&) = default;

 private:
  using Length = std::uint32_t;
  std::string bytes_;  ///< of each line its length, then the line
};

}  // namespace peer
