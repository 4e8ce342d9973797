#include "cache/cache_table.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/hash.hpp"
#include "cache/store/migrate.hpp"

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kSteps{R"sql(
CREATE TABLE entries (
  key TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  created INTEGER NOT NULL,
  last_used INTEGER NOT NULL,
  size INTEGER NOT NULL,
  checksum TEXT NOT NULL,
  value BLOB NOT NULL
);
CREATE INDEX entries_by_use ON entries (last_used, size);
)sql"};

/// Seconds. Who was not used for longest need be known no better, and a run that finds everything
/// writes nothing.
constexpr std::int64_t kUseStep = 3600;

std::string checksum_of(std::string_view key, std::string_view kind, std::int64_t created,
                        std::string_view value) {
  constexpr std::size_t kDigits = 32;
  return sha256_of_parts({key, kind, std::to_string(created), value}).substr(0, kDigits);
}

}  // namespace

bool means_damage(const Error& error) {
  return error.code == kStoreCorrupt || error.kind == ErrorKind::internal;
}

Result<CacheTable> CacheTable::in(Database database, std::uint64_t max_bytes, const Clock& clock) {
  if (auto done = migrate(database, kSteps, Backup::none); !done) return fail(done.error());
  return CacheTable(std::move(database), max_bytes, clock);
}

void CacheTable::farewell(std::chrono::milliseconds patience) {
  if (touched_.empty()) return;
  database_.set_patience(patience);
  auto transaction = database_.begin();
  if (transaction && store_touched()) (void)transaction->commit();
  touched_.clear();
}

Result<std::optional<Bytes>> CacheTable::get(std::string_view key,
                                             std::optional<std::int64_t> max_age) {
  const auto now = clock_->unix_seconds();
  std::string found_key, kind, checksum;
  Bytes value;
  std::int64_t created = 0, last_used = 0;
  {
    auto rows = database_.query(
        "SELECT key, kind, created, last_used, checksum, value FROM entries WHERE key = ?", {key});
    if (!rows) return fail(rows.error());
    const auto found = rows->next();
    if (!found) return fail(found.error());
    if (!*found) return std::nullopt;
    found_key = rows->text(0);
    kind = rows->text(1);
    created = rows->integer(2);
    last_used = rows->integer(3);
    checksum = rows->text(4);
    value = rows->text(5);
  }
  if (found_key != key || checksum_of(key, kind, created, value) != checksum) {
    ++damaged_;
    if (auto dropped = drop(key); !dropped) return fail(dropped.error());
    return std::nullopt;
  }
  if (max_age && now - created >= *max_age) return std::nullopt;
  if (now - last_used >= kUseStep) touched_.insert_or_assign(std::string(key), now);
  return value;
}

Result<void> CacheTable::drop(std::string_view key) {
  auto done = database_.run("DELETE FROM entries WHERE key = ?", {key});
  // it stays a miss where it can't be removed
  return done || means_damage(done.error()) ? done : Result<void>();
}

Result<void> CacheTable::store_touched() {
  for (const auto& [key, time] : touched_)
    if (auto done = database_.run(
            "UPDATE entries SET last_used = ? WHERE key = ? AND last_used < ?", {time, key, time});
        !done)
      return done;
  return {};
}

Result<void> CacheTable::put(std::span<const CacheEntry> entries) {
  {
    auto transaction = database_.begin();
    if (!transaction) return fail(transaction.error());
    const auto now = clock_->unix_seconds();
    for (const auto& entry : entries) {
      if (entry.value.size() > max_bytes_ / 8) continue;
      const auto checksum = checksum_of(entry.key, entry.kind, now, entry.value);
      auto done = database_.run(
          "INSERT INTO entries (key, kind, created, last_used, size, checksum, value) "
          "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, "
          "created = excluded.created, last_used = excluded.last_used, size = excluded.size, "
          "checksum = excluded.checksum, value = excluded.value",
          {entry.key, entry.kind, now, now, static_cast<std::int64_t>(entry.value.size()), checksum,
           Blob{entry.value}});
      if (!done) return done;
    }
    if (auto done = store_touched(); !done) return done;
    if (auto done = transaction->commit(); !done) return done;
    touched_.clear();
  }
  const auto evicted = evict();
  return evicted ? Result<void>() : fail(evicted.error());
}

Result<std::uint64_t> CacheTable::used_bytes() {
  std::uint64_t pages = 0;
  for (const auto* pragma : {"PRAGMA page_count", "PRAGMA freelist_count"}) {
    const auto n = database_.integer(pragma);
    if (!n) return fail(n.error());
    const auto count = static_cast<std::uint64_t>(*n);
    pages = pages == 0 ? count : pages - std::min(pages, count);
  }
  const auto page = database_.integer("PRAGMA page_size");
  if (!page) return fail(page.error());
  return pages * static_cast<std::uint64_t>(*page);
}

Result<std::uint64_t> CacheTable::evict() {
  constexpr std::uint64_t kRowOverhead = 300;  // key, checksum, two index entries
  const auto before = used_bytes();
  if (!before) return fail(before.error());
  if (*before <= max_bytes_) return 0;
  auto transaction = database_.begin();
  if (!transaction) return fail(transaction.error());
  // another process may just have evicted
  const auto used = used_bytes();
  if (!used) return fail(used.error());
  if (*used <= max_bytes_) return 0;
  const auto wanted = *used - max_bytes_ / 4 * 3;
  std::tuple<std::int64_t, std::int64_t, std::int64_t> last{};
  {
    auto rows = database_.query(
        "SELECT last_used, size, rowid FROM entries ORDER BY last_used, size, rowid");
    if (!rows) return fail(rows.error());
    for (std::uint64_t freed = 0; freed < wanted;) {
      const auto found = rows->next();
      if (!found) return fail(found.error());
      if (!*found) break;
      last = {rows->integer(0), rows->integer(1), rows->integer(2)};
      freed +=
          static_cast<std::uint64_t>(std::max<std::int64_t>(0, std::get<1>(last))) + kRowOverhead;
    }
  }
  if (auto done = database_.run("DELETE FROM entries WHERE (last_used, size, rowid) <= (?, ?, ?)",
                                {std::get<0>(last), std::get<1>(last), std::get<2>(last)});
      !done)
    return fail(done.error());
  const auto evicted = static_cast<std::uint64_t>(database_.changes());
  if (auto done = transaction->commit(); !done) return fail(done.error());
  return evicted;
}

Result<CacheStats> CacheTable::stats() {
  CacheStats out;
  auto rows =
      database_.query("SELECT kind, count(*), sum(size) FROM entries GROUP BY kind ORDER BY kind");
  if (!rows) return fail(rows.error());
  for (;;) {
    const auto found = rows->next();
    if (!found) return fail(found.error());
    if (!*found) break;
    out.kinds.push_back({rows->text(0), static_cast<std::uint64_t>(rows->integer(1)),
                         static_cast<std::uint64_t>(rows->integer(2))});
    out.entries += out.kinds.back().entries;
    out.bytes += out.kinds.back().bytes;
  }
  const auto used = used_bytes();
  if (!used) return fail(used.error());
  out.file_bytes = *used;
  out.damaged = damaged_;
  return out;
}

Result<void> CacheTable::clear() {
  touched_.clear();
  if (auto done = database_.run("DELETE FROM entries"); !done) return done;
  if (auto done = database_.run("VACUUM"); !done) return done;
  return database_.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace peer
