// Three tiers as one cache: memory, a Redis server that a team shares, and the SQLite file. What is
// found below is kept above. Entries carry a checksum over key, time and value; what fails it is a
// miss, and said. No tier's failure breaks a run. Safe from many threads.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "cache/cache_db.hpp"
#include "cache/store/redis.hpp"

namespace peer {

/// Values in memory, the least recently used go first. Not thread-safe: its owner locks.
class MemoryTier {
 public:
  explicit MemoryTier(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  [[nodiscard]] const std::string* get(const std::string& key);
  void put(const std::string& key, std::string value);
  void clear();
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    std::string key, value;
  };
  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  std::list<Entry> entries_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

struct TieredOptions {
  std::size_t memory_bytes = std::size_t{32} << 20U;
  std::int64_t ttl_seconds = std::int64_t{24} * 3600;
  std::string redis_url;  ///< "": none
  RedisOptions redis_options;
  std::string redis_prefix = "peer:1:";
};

enum class CacheTier { none, memory, redis, disk };
[[nodiscard]] std::string_view to_string(CacheTier tier);

struct TieredStats {
  std::uint64_t memory_hits = 0, redis_hits = 0, disk_hits = 0, misses = 0, damaged = 0;
};

class TieredCache {
 public:
  struct Hit {
    std::string value;
    std::int64_t time = 0;  ///< when it was stored, seconds since 1970
    CacheTier tier = CacheTier::none;
  };

  /// `disk` may be null; it and `clock` must outlive the cache. Redis is connected to when it is
  /// first needed.
  TieredCache(TieredOptions options, CacheDb* disk, const Clock& clock);
  TieredCache(const TieredCache&) = delete;
  TieredCache& operator=(const TieredCache&) = delete;

  /// Hit, miss (nullopt), or failure when no tier below memory could be asked though there is one.
  /// `key` is a SHA-256 in hex. What is older than the time to live is a miss.
  [[nodiscard]] Result<std::optional<Hit>> get(const std::string& key);
  /// Stores in every tier that takes it. `kind` is for statistics.
  void put(const std::string& key, std::string_view kind, std::string_view value);

  /// Does not ask Redis from now on: who else uses the server found that it does not answer.
  void leave_redis();

  [[nodiscard]] TieredStats stats() const;
  /// What the user should know, one sentence each: a Redis that cannot be used, entries that were
  /// damaged.
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  [[nodiscard]] RedisStore* redis();
  void redis_failed(const Error& why);
  [[nodiscard]] std::optional<Hit> opened(const std::string& key, std::string_view sealed,
                                          CacheTier tier);
  [[nodiscard]] Result<std::optional<Hit>> from_redis(const std::string& key);
  [[nodiscard]] Result<std::optional<Hit>> from_disk(const std::string& key);

  const TieredOptions options_;
  CacheDb* disk_;
  const Clock& clock_;
  mutable std::mutex lock_;  // of memory, counts and notes
  MemoryTier memory_;
  TieredStats stats_;
  std::vector<std::string> notes_;
  std::mutex redis_lock_;
  bool redis_tried_ = false;
  std::optional<RedisStore> redis_;
};

/// `value` with its time and checksum, and back; nullopt where the checksum is wrong. Pure.
[[nodiscard]] std::string sealed_entry(std::string_view key, std::int64_t time,
                                       std::string_view value);
struct OpenedEntry {
  std::string_view value;
  std::int64_t time = 0;
};
[[nodiscard]] std::optional<OpenedEntry> open_entry(std::string_view key, std::string_view sealed);

}  // namespace peer
