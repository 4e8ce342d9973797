// Digests that were made before, by the content of the file, the request and the version of the
// compressor: the next push makes few of them again. Safe from many threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/compress/digest.hpp"
#include "cache/cache_db.hpp"

namespace peer {

class DigestStore {
 public:
  /// Keeps digests in `disk`, which must outlive the store; null: only for this run.
  explicit DigestStore(CacheDb* disk) : disk_(disk) {}
  /// Writes what was made, in one go.
  ~DigestStore();
  DigestStore(const DigestStore&) = delete;
  DigestStore& operator=(const DigestStore&) = delete;

  /// As digests_of.
  [[nodiscard]] std::vector<Digest> of(const SourceFile& file, const DigestRequest& request);
  /// Digests that an earlier run made, and those that this one had to make.
  [[nodiscard]] std::uint64_t hits() const { return hits_; }
  [[nodiscard]] std::uint64_t misses() const { return misses_; }

 private:
  void write();  // with lock_ held, or alone
  [[nodiscard]] std::optional<std::vector<Digest>> known(const std::string& key);

  CacheDb* disk_;
  std::mutex lock_;
  std::map<std::string, std::string> fresh_;  // made by this run, by key; not on disk yet
  std::atomic<std::uint64_t> hits_{0}, misses_{0};
};

/// Digests as bytes, and back; nothing where the bytes are not of that form.
[[nodiscard]] std::string packed_digests(const std::vector<Digest>& digests);
[[nodiscard]] std::optional<std::vector<Digest>> unpacked_digests(std::string_view bytes);

}  // namespace peer
