// The cache's entries in a Database: what is asked of them, in SQL. Knows nothing of files that
// break; CacheDb does. For one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.hpp"
#include "cache/cache_db.hpp"
#include "cache/store/sqlite.hpp"

namespace peer {

/// A damaged file shows as such, or as SQL that can no longer be run.
[[nodiscard]] bool means_damage(const Error& error);

class CacheTable {
 public:
  /// The entries in `database`, whose schema is made or brought up to date. `clock` must outlive
  /// the value.
  [[nodiscard]] static Result<CacheTable> in(Database database, std::uint64_t max_bytes,
                                             const Clock& clock);

  // As in CacheDb.
  [[nodiscard]] Result<std::optional<Bytes>> get(std::string_view key,
                                                 std::optional<std::int64_t> max_age);
  [[nodiscard]] Result<void> put(std::span<const CacheEntry> entries);
  [[nodiscard]] Result<std::uint64_t> evict();
  [[nodiscard]] Result<CacheStats> stats();
  [[nodiscard]] Result<void> clear();
  [[nodiscard]] Result<void> check() { return database_.quick_check(); }
  /// Tells the file which entries were used, if it can be told within `patience`.
  void farewell(std::chrono::milliseconds patience);

 private:
  CacheTable(Database database, std::uint64_t max_bytes, const Clock& clock)
      : database_(std::move(database)), max_bytes_(max_bytes), clock_(&clock) {}
  [[nodiscard]] Result<void> drop(std::string_view key);
  [[nodiscard]] Result<void> store_touched();
  [[nodiscard]] Result<std::uint64_t> used_bytes();

  Database database_;
  std::uint64_t max_bytes_;
  const Clock* clock_;
  // when keys were used that the file does not know yet
  std::unordered_map<std::string, std::int64_t> touched_;
  std::uint64_t damaged_ = 0;
};

}  // namespace peer
