// What was computed before, by content hash, in one SQLite file that may be deleted at any time. A
// cache never breaks a run: what goes wrong is an Error the caller may ignore, and a sentence in
// notes(). Safe from many threads; any number of processes share one file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace peer {

using Bytes = std::string;

struct CacheEntry {
  std::string key;   ///< SHA-256 in lower-case hex
  std::string kind;  ///< what it is, for stats: "completion", "digest"
  Bytes value;
};

struct CacheOptions {
  std::uint64_t max_bytes = std::uint64_t{256}
                            << 20U;  ///< of the file; the least recently used entries go first
  std::chrono::milliseconds patience{5000};  ///< for other processes' locks
};

struct CacheKindStats {
  std::string kind;
  std::uint64_t entries = 0, bytes = 0;
  friend bool operator==(const CacheKindStats&, const CacheKindStats&) = default;
};

struct CacheStats {
  std::uint64_t entries = 0, bytes = 0;  ///< of values
  std::uint64_t file_bytes = 0;
  std::vector<CacheKindStats> kinds;   ///< by name
  std::uint64_t hits = 0, misses = 0;  ///< of this object
  std::uint64_t damaged = 0;  ///< entries this object dropped because their checksum was wrong
};

class CacheDb {
 public:
  /// Opens or makes the cache at `path`. A damaged file is set aside as "<path>.corrupt-<unix
  /// time>", rebuilt, and said in notes(). Fails with unavailable or timeout (PEER-E160, E162), or
  /// refused when a newer Peer wrote it (E163). `clock` must outlive the cache.
  [[nodiscard]] static Result<CacheDb> open(const std::filesystem::path& path,
                                            const CacheOptions& options, const Clock& clock);
  /// The same, falling back to a cache in memory, which notes() then says. Never fails.
  [[nodiscard]] static CacheDb open_or_memory(const Result<std::filesystem::path>& path,
                                              const CacheOptions& options, const Clock& clock);
  CacheDb(CacheDb&&) noexcept;
  CacheDb& operator=(CacheDb&&) noexcept;
  ~CacheDb();

  /// Hit, miss (nullopt) or failure. An entry older than `max_age_seconds` is a miss; one whose
  /// checksum is wrong is a miss and removed.
  [[nodiscard]] Result<std::optional<Bytes>> get(
      std::string_view key, std::optional<std::int64_t> max_age_seconds = std::nullopt);
  /// Stores all in one transaction; an entry with a known key replaces it. A value over an eighth
  /// of the size cap is left out. Fails with invalid_input where a key is no hash.
  [[nodiscard]] Result<void> put(std::span<const CacheEntry> entries);
  [[nodiscard]] Result<void> put(const CacheEntry& entry) { return put(std::span(&entry, 1)); }

  /// Evicts the least recently used entries until the file's content is below three quarters of the
  /// cap, if it is over it; gives how many. put() does it by itself.
  [[nodiscard]] Result<std::uint64_t> gc();
  [[nodiscard]] Result<CacheStats> stats();
  /// Removes all entries, gives the space back, and removes copies set aside.
  [[nodiscard]] Result<void> clear();
  /// Reads the whole file for damage.
  [[nodiscard]] Result<void> check();

  /// What the user should know, one sentence each, in order: set aside, gone on in memory, writing
  /// given up.
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  struct State;
  explicit CacheDb(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace peer
