// What examining a file gave before, by the contents of both sides, the options and the rules: a
// second run over what did not change neither reads nor parses it. Safe from many threads.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/examine.hpp"
#include "bot/config.hpp"
#include "bot/session.hpp"
#include "cache/cache_db.hpp"

namespace peer {

class ReviewCache {
 public:
  /// Keeps reviews in cache.db below `config.cache_dir`; the file is opened when first asked.
  ReviewCache(const Config& config, const Session& session);
  /// Writes what was kept, in one go. A failure costs the next run time and nothing else.
  ~ReviewCache();
  ReviewCache(const ReviewCache&) = delete;
  ReviewCache& operator=(const ReviewCache&) = delete;

  /// The key of `file`; `before` and `after` are its contents, asked for where a side has no id; ""
  /// where a side's content is not known.
  [[nodiscard]] std::string key_of(const ChangedFile& file, bool whole_file,
                                   const std::string* before, const std::string* after) const;
  [[nodiscard]] std::optional<FileReview> find(const std::string& key);
  /// Keeps a review that is complete.
  void keep(const std::string& key, const FileReview& review);
  /// Reviews that came from the cache, and that did not.
  [[nodiscard]] std::uint64_t hits() const { return hits_; }
  [[nodiscard]] std::uint64_t misses() const { return misses_; }
  /// What became of the store: damaged and rebuilt, or not to be used; one sentence each.
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  [[nodiscard]] CacheDb* database();

  std::string conditions_;  // all that decides besides the file
  std::filesystem::path path_;
  const Clock& clock_;
  bool recall_;  // what is held is used
  mutable std::mutex lock_;
  std::optional<CacheDb> database_;
  std::vector<std::string> notes_;  // what became of the store
  std::vector<CacheEntry> fresh_;
  std::uint64_t fresh_bytes_ = 0, hits_ = 0, misses_ = 0;
};

}  // namespace peer
