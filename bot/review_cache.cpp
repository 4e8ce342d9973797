#include "bot/review_cache.hpp"

#include <fmt/format.h>

#include "analyzers/rules/rule_book.hpp"
#include "base/hash.hpp"
#include "bot/isolate/packing.hpp"
#include "bot/sandbox/process.hpp"

namespace peer {
namespace {

constexpr std::string_view kKind = "review";
constexpr std::uint64_t kMostWaiting = std::uint64_t{1} << 20U;  // then what waits is written

/// Tells one build of this program from another, which may find other things.
std::string build_mark() {
  const auto program = own_program();
  if (!program) return PEER_VERSION;
  std::error_code error;
  const auto size = std::filesystem::file_size(*program, error);
  const auto time = std::filesystem::last_write_time(*program, error).time_since_epoch().count();
  return fmt::format("{} {} {}", PEER_VERSION, size, time);
}

/// "" where it cannot be known.
std::string content_of(const std::optional<BlobRef>& blob, const std::string* bytes) {
  if (!blob) return "none";
  if (!blob->id.empty()) return "git " + blob->id;
  return bytes == nullptr ? "" : "raw " + sha256(*bytes);
}

}  // namespace

ReviewCache::ReviewCache(const Config& config, const Session& session)
    : path_(config.cache_dir.empty() ? std::filesystem::path() : config.cache_dir / "cache.db"),
      clock_(*session.clock),
      recall_(config.recall) {
  const auto& rules = config.examine.rules;
  conditions_ =
      sha256_of_parts({build_mark(), pack(config.examine), rules ? rules->set().digest() : ""});
}

ReviewCache::~ReviewCache() {
  if (fresh_.empty()) return;
  if (auto* cache = database()) (void)cache->put(fresh_);
}

CacheDb* ReviewCache::database() {
  if (!database_) {
    if (path_.empty()) return nullptr;
    auto opened = CacheDb::open(path_, {}, clock_);
    if (!opened) {
      path_.clear();
      notes_.push_back("Nothing was kept for the next run: " + opened.error().message);
      return nullptr;
    }
    database_.emplace(std::move(*opened));
    notes_ = database_->notes();
  }
  return &*database_;
}

std::vector<std::string> ReviewCache::notes() const {
  const std::lock_guard guard(lock_);
  return notes_;
}

std::string ReviewCache::key_of(const ChangedFile& file, bool whole_file, const std::string* before,
                                const std::string* after) const {
  const auto old_content = content_of(file.before, before);
  const auto new_content = content_of(file.after, after);
  if (old_content.empty() || new_content.empty()) return {};
  auto plain = file;
  for (auto* side : {&plain.before, &plain.after})
    if (*side) (*side)->id.clear(), (*side)->on_disk = false;
  plain.scope = {};
  return sha256_of_parts({conditions_, old_content, new_content, pack(plain, whole_file)});
}

std::optional<FileReview> ReviewCache::find(const std::string& key) {
  std::unique_lock guard(lock_);
  auto* cache = key.empty() || !recall_ ? nullptr : database();
  if (cache == nullptr) return std::nullopt;
  guard.unlock();
  const auto found = cache->get(key);
  FileReview review;
  const bool there = found && *found && unpack(**found, review);
  guard.lock();
  ++(there ? hits_ : misses_);
  if (!there) return std::nullopt;
  return review;
}

void ReviewCache::keep(const std::string& key, const FileReview& review) {
  if (key.empty() || !review.complete) return;
  CacheEntry entry{key, std::string(kKind), pack(review)};
  const std::lock_guard guard(lock_);
  fresh_bytes_ += entry.value.size();
  fresh_.push_back(std::move(entry));
  if (fresh_bytes_ < kMostWaiting) return;
  if (auto* cache = database()) (void)cache->put(fresh_);
  fresh_.clear();
  fresh_bytes_ = 0;
}

}  // namespace peer
