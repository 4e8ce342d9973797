#include "cache/cache_db.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <mutex>
#include <utility>

#include "cache/cache_table.hpp"
#include "cache/store/set_aside.hpp"

namespace peer {
namespace {

constexpr std::chrono::milliseconds kSetAsidePatience{1000};
constexpr std::chrono::milliseconds kFarewellPatience{100};
constexpr int kMostRecoveries = 2;

bool is_key(std::string_view key) {
  constexpr std::size_t kHexDigits = 64;
  return key.size() == kHexDigits &&
         key.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool are_keys(std::span<const CacheEntry> entries) {
  return std::all_of(entries.begin(), entries.end(),
                     [](const CacheEntry& entry) { return is_key(entry.key); });
}

tl::unexpected<Error> no_key() {
  return fail(ErrorKind::invalid_input, "a cache key that is no SHA-256 hash");
}

}  // namespace

struct CacheDb::State {
  State(std::filesystem::path file, const CacheOptions& how, const Clock& time)
      : path(std::move(file)), options(how), clock(&time) {}

  std::filesystem::path path;  // "" in memory
  CacheOptions options;
  const Clock* clock;
  mutable std::mutex lock;
  FileIdentity identity;            // of the file the table is in
  std::optional<CacheTable> table;  // none: given up, see failure
  Error failure;
  std::optional<Error> write_failure;
  std::vector<std::string> notes;
  std::uint64_t hits = 0, misses = 0;
  int recoveries = 0;

  Result<void> open_file();
  Result<void> open_memory();
  Result<void> replace_file(const Error& why);
  void give_up(const Error& why);
  template <class Work>
  auto guarded(Work work) -> decltype(work(*table));
};

Result<void> CacheDb::State::open_file() {
  for (;;) {
    identity = identity_of(path);
    auto database = Database::open(path, {.durable = false, .patience = options.patience});
    // while it is open nobody moves it away, so this is the file that was opened
    if (database) identity = identity_of(path);
    auto opened = database ? CacheTable::in(*std::move(database), options.max_bytes, *clock)
                           : fail(database.error());
    if (opened) {
      table.emplace(*std::move(opened));
      return {};
    }
    if (!means_damage(opened.error())) return fail(opened.error());
    if (auto done = replace_file(opened.error()); !done) return done;
  }
}

Result<void> CacheDb::State::open_memory() {
  auto database = Database::in_memory();
  if (!database) return fail(database.error());
  auto opened = CacheTable::in(*std::move(database), options.max_bytes, *clock);
  if (!opened) return fail(opened.error());
  table.emplace(*std::move(opened));
  return {};
}

/// Makes room for a fresh file where one was found damaged.
Result<void> CacheDb::State::replace_file(const Error& why) {
  table.reset();
  if (path.empty() || recoveries >= kMostRecoveries) return fail(why);
  ++recoveries;
  const auto aside = set_aside(path, identity, clock->unix_seconds(), kSetAsidePatience);
  if (!aside) return fail(aside.error().with_context("the cache is damaged and can't be replaced"));
  if (*aside)
    notes.push_back(fmt::format("The cache {} was damaged; it was set aside as {} and rebuilt.",
                                path.string(), (*aside)->filename().string()));
  return {};
}

void CacheDb::State::give_up(const Error& why) {
  table.reset();
  failure = why;
  notes.push_back(fmt::format("The cache was given up: {}.", why.message));
}

/// Runs `work`; a damaged file is replaced and the work done once more.
template <class Work>
auto CacheDb::State::guarded(Work work) -> decltype(work(*table)) {
  if (!table) return fail(failure);
  auto done = work(*table);
  if (done || !means_damage(done.error())) return done;
  auto replaced = replace_file(done.error());
  if (replaced) replaced = open_file();
  if (replaced) return work(*table);
  give_up(replaced.error());
  return fail(failure);
}

CacheDb::CacheDb(std::unique_ptr<State> state) : state_(std::move(state)) {}
CacheDb::CacheDb(CacheDb&&) noexcept = default;
CacheDb& CacheDb::operator=(CacheDb&&) noexcept = default;

CacheDb::~CacheDb() {
  // which entries were used is worth a moment at the end of a run, not more
  if (state_ && state_->table && !state_->write_failure) state_->table->farewell(kFarewellPatience);
}

Result<CacheDb> CacheDb::open(const std::filesystem::path& path, const CacheOptions& options,
                              const Clock& clock) {
  auto state = std::make_unique<State>(path, options, clock);
  if (auto done = state->open_file(); !done) return fail(done.error());
  return CacheDb(std::move(state));
}

CacheDb CacheDb::open_or_memory(const Result<std::filesystem::path>& path,
                                const CacheOptions& options, const Clock& clock) {
  auto opened = path ? open(*path, options, clock) : fail(path.error());
  if (opened) return *std::move(opened);
  auto state = std::make_unique<State>("", options, clock);
  state->notes.push_back(
      fmt::format("The cache is kept in memory for this run only: {}.", opened.error().message));
  if (auto done = state->open_memory(); !done) state->give_up(done.error());
  return CacheDb(std::move(state));
}

Result<std::optional<Bytes>> CacheDb::get(std::string_view key,
                                          std::optional<std::int64_t> max_age_seconds) {
  if (!is_key(key)) return no_key();
  const std::lock_guard guard(state_->lock);
  auto found = state_->guarded([&](CacheTable& t) { return t.get(key, max_age_seconds); });
  if (found) ++(*found ? state_->hits : state_->misses);
  // the next question would wait as long in vain
  if (!found && state_->table) state_->give_up(found.error());
  return found;
}

Result<void> CacheDb::put(std::span<const CacheEntry> entries) {
  if (!are_keys(entries)) return no_key();
  const std::lock_guard guard(state_->lock);
  if (state_->write_failure) return fail(*state_->write_failure);
  auto done = state_->guarded([&](CacheTable& t) { return t.put(entries); });
  if (!done && state_->table) {
    // what is there can still be read
    state_->write_failure = done.error();
    state_->notes.push_back(
        fmt::format("Nothing more is written to the cache: {}.", done.error().message));
  }
  return done;
}

Result<std::uint64_t> CacheDb::gc() {
  const std::lock_guard guard(state_->lock);
  return state_->guarded([](CacheTable& t) { return t.evict(); });
}

Result<CacheStats> CacheDb::stats() {
  const std::lock_guard guard(state_->lock);
  auto out = state_->guarded([](CacheTable& t) { return t.stats(); });
  if (out) {
    out->hits = state_->hits;
    out->misses = state_->misses;
  }
  return out;
}

Result<void> CacheDb::clear() {
  const std::lock_guard guard(state_->lock);
  if (!state_->path.empty()) remove_set_aside(state_->path);
  return state_->guarded([](CacheTable& t) { return t.clear(); });
}

Result<void> CacheDb::check() {
  const std::lock_guard guard(state_->lock);
  return state_->table ? state_->table->check() : fail(state_->failure);
}

std::vector<std::string> CacheDb::notes() const {
  const std::lock_guard guard(state_->lock);
  return state_->notes;
}

}  // namespace peer
