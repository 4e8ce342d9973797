#include "bot/ai/digest_store.hpp"

#include <charconv>
#include <fmt/format.h>

#include "base/hash.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostWaiting = 256;  // then what waits is written

/// Reads numbers, each with a blank or a line end after it.
class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t next() {
    std::uint64_t value = 0;
    const auto* end = bytes_.data() + bytes_.size();
    const auto read = std::from_chars(bytes_.data(), end, value);
    if (read.ec != std::errc{} || read.ptr == end) return fail();
    bytes_.remove_prefix(static_cast<std::size_t>(read.ptr - bytes_.data()) + 1);
    return value;
  }
  std::uint64_t next(std::uint64_t most) {
    const auto value = next();
    return value > most ? fail() : value;
  }
  std::string text(std::uint64_t size) {
    if (size > bytes_.size()) return fail(), std::string();
    std::string out(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return out;
  }
  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

 private:
  std::uint64_t fail() {
    broken_ = true;
    bytes_ = {};
    return 0;
  }
  std::string_view bytes_;
  bool broken_ = false;
};

}  // namespace

std::string packed_digests(const std::vector<Digest>& digests) {
  auto out = fmt::format("{}\n", digests.size());
  for (const auto& one : digests) {
    out += fmt::format("{} {} {} {} {} {} {} {}", static_cast<int>(one.tier),
                       static_cast<int>(one.level), one.tokens_before, one.tokens_after, one.part,
                       one.parts, one.left_out, one.line_map.size());
    for (const auto line : one.line_map)
      out += fmt::format(" {}", line);
    out += fmt::format(" {}\n", one.text.size());
    out += one.text;
  }
  return out;
}

std::optional<std::vector<Digest>> unpacked_digests(std::string_view bytes) {
  Numbers in(bytes);
  std::vector<Digest> out;
  const auto count = in.next(bytes.size());
  for (std::uint64_t i = 0; i < count && !in.broken(); ++i) {
    Digest one;
    one.tier = static_cast<DigestTier>(in.next(2));
    one.level = static_cast<DigestLevel>(in.next(3));
    one.tokens_before = in.next();
    one.tokens_after = in.next();
    one.part = static_cast<std::uint32_t>(in.next(UINT32_MAX));
    one.parts = static_cast<std::uint32_t>(in.next(UINT32_MAX));
    one.left_out = static_cast<std::uint32_t>(in.next(UINT32_MAX));
    const auto lines = in.next(in.left());
    for (std::uint64_t line = 0; line < lines && !in.broken(); ++line)
      one.line_map.push_back(static_cast<std::uint32_t>(in.next(UINT32_MAX)));
    one.text = in.text(in.next(in.left()));
    out.push_back(std::move(one));
  }
  if (in.broken() || in.left() > 0 || out.empty()) return std::nullopt;
  return out;
}

DigestStore::~DigestStore() { write(); }

void DigestStore::write() {
  std::vector<CacheEntry> entries;
  for (auto& [key, packed] : fresh_)
    entries.push_back({key, "digest", std::move(packed)});
  fresh_.clear();
  if (disk_ != nullptr && !entries.empty()) (void)disk_->put(entries);
}

std::optional<std::vector<Digest>> DigestStore::known(const std::string& key) {
  {
    const std::lock_guard guard(lock_);
    if (const auto it = fresh_.find(key); it != fresh_.end()) return unpacked_digests(it->second);
  }
  if (disk_ != nullptr)
    if (const auto found = disk_->get(key); found && *found)
      if (auto digests = unpacked_digests(**found)) {
        ++hits_;
        return digests;
      }
  ++misses_;
  return std::nullopt;
}

std::vector<Digest> DigestStore::of(const SourceFile& file, const DigestRequest& request) {
  const auto key = digest_key(sha256(file.text()), file.path(), request);
  if (auto digests = known(key)) return *std::move(digests);
  auto made = digests_of(file, request);
  const std::lock_guard guard(lock_);
  fresh_[key] = packed_digests(made);
  if (fresh_.size() >= kMostWaiting) write();
  return made;
}

}  // namespace peer
