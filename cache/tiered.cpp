#include "cache/tiered.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>

#include "base/hash.hpp"

namespace peer {
namespace {

constexpr std::string_view kMark = "peer-entry-1\n";
constexpr std::size_t kHashBytes = 64;

}  // namespace

std::string_view to_string(CacheTier tier) {
  constexpr std::string_view kWords[] = {"none", "memory", "redis", "disk"};
  return kWords[static_cast<int>(tier)];
}

std::string sealed_entry(std::string_view key, std::int64_t time, std::string_view value) {
  const auto when = std::to_string(time);
  std::string out(kMark);
  out += sha256_of_parts({key, when, value});
  out += when;
  out += '\n';
  out += value;
  return out;
}

std::optional<OpenedEntry> open_entry(std::string_view key, std::string_view sealed) {
  if (!sealed.starts_with(kMark) || sealed.size() < kMark.size() + kHashBytes) return std::nullopt;
  const auto hash = sealed.substr(kMark.size(), kHashBytes);
  auto rest = sealed.substr(kMark.size() + kHashBytes);
  const auto line = rest.find('\n');
  if (line == std::string_view::npos) return std::nullopt;
  const auto when = rest.substr(0, line);
  OpenedEntry entry{rest.substr(line + 1), 0};
  const auto [end, error] = std::from_chars(when.data(), when.data() + when.size(), entry.time);
  if (error != std::errc{} || end != when.data() + when.size()) return std::nullopt;
  if (sha256_of_parts({key, when, entry.value}) != hash) return std::nullopt;
  return entry;
}

const std::string* MemoryTier::get(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return &entries_.front().value;
}

void MemoryTier::put(const std::string& key, std::string value) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    bytes_ -= found->second->key.size() + found->second->value.size();
    const auto old = found->second;
    by_key_.erase(found);
    entries_.erase(old);
  }
  const auto size = key.size() + value.size();
  if (size > max_bytes_ / 4) return;
  entries_.push_front({key, std::move(value)});
  by_key_.emplace(entries_.front().key, entries_.begin());
  bytes_ += size;
  while (bytes_ > max_bytes_) {
    const auto& last = entries_.back();
    bytes_ -= last.key.size() + last.value.size();
    by_key_.erase(last.key);
    entries_.pop_back();
  }
}

void MemoryTier::clear() {
  by_key_.clear();
  entries_.clear();
  bytes_ = 0;
}

TieredCache::TieredCache(TieredOptions options, CacheDb* disk, const Clock& clock)
    : options_(std::move(options)), disk_(disk), clock_(clock), memory_(options_.memory_bytes) {}

/// With redis_lock_ held: the connection, made when it is first needed; null where there is none.
RedisStore* TieredCache::redis() {
  if (!redis_tried_ && !options_.redis_url.empty()) {
    redis_tried_ = true;
    const auto address = parse_redis_url(options_.redis_url);
    auto connected =
        address ? RedisStore::connect(*address, options_.redis_options) : fail(address.error());
    if (connected)
      redis_.emplace(*std::move(connected));
    else
      redis_failed(connected.error());
  }
  return redis_ && redis_->alive() ? &*redis_ : nullptr;
}

void TieredCache::leave_redis() {
  const std::lock_guard guard(redis_lock_);
  redis_tried_ = true;
  redis_.reset();
}

void TieredCache::redis_failed(const Error& why) {
  const std::lock_guard guard(lock_);
  notes_.push_back(fmt::format("The shared cache is not used: {}.", why.message));
}

std::optional<TieredCache::Hit> TieredCache::opened(const std::string& key, std::string_view sealed,
                                                    CacheTier tier) {
  const auto entry = open_entry(key, sealed);
  if (!entry) {
    const std::lock_guard guard(lock_);
    if (stats_.damaged++ == 0)
      notes_.push_back(
          fmt::format("A damaged entry of the cache ({}) was dropped.", to_string(tier)));
    return std::nullopt;
  }
  const auto age = clock_.unix_seconds() - entry->time;
  if (age > options_.ttl_seconds || age < -options_.ttl_seconds) return std::nullopt;
  return Hit{std::string(entry->value), entry->time, tier};
}

Result<std::optional<TieredCache::Hit>> TieredCache::from_redis(const std::string& key) {
  const std::lock_guard guard(redis_lock_);
  auto* store = redis();
  if (store == nullptr) return std::optional<Hit>{};
  const auto name = options_.redis_prefix + key;
  auto found = store->get(name);
  if (!found) {
    // a key that holds something odd says nothing about the server
    if (!store->alive()) redis_failed(found.error());
    return fail(found.error());
  }
  if (!*found) return std::optional<Hit>{};
  auto hit = opened(key, **found, CacheTier::redis);
  if (!hit) (void)store->remove(name);
  return hit;
}

Result<std::optional<TieredCache::Hit>> TieredCache::from_disk(const std::string& key) {
  if (disk_ == nullptr) return std::optional<Hit>{};
  const auto found = disk_->get(key);
  if (!found) return fail(found.error());
  if (!*found) return std::optional<Hit>{};
  return opened(key, **found, CacheTier::disk);
}

Result<std::optional<TieredCache::Hit>> TieredCache::get(const std::string& key) {
  const auto count = [&](std::uint64_t TieredStats::*counter) {
    const std::lock_guard guard(lock_);
    ++(stats_.*counter);
  };
  std::string kept;
  {
    const std::lock_guard guard(lock_);
    if (const auto* found = memory_.get(key)) kept = *found;
  }
  if (!kept.empty())
    if (auto hit = opened(key, kept, CacheTier::memory)) {
      count(&TieredStats::memory_hits);
      return hit;
    }
  auto shared = from_redis(key);
  auto hit = shared ? *std::move(shared) : std::nullopt;
  std::optional<Error> failure;
  if (hit) {
    count(&TieredStats::redis_hits);
  } else {
    auto own = from_disk(key);
    if (own && *own) {
      hit = *std::move(own);
      count(&TieredStats::disk_hits);
    } else if (!own) {
      failure = own.error();
    }
  }
  if (hit) {
    const std::lock_guard guard(lock_);
    memory_.put(key, sealed_entry(key, hit->time, hit->value));
    return hit;
  }
  count(&TieredStats::misses);
  if (failure) return fail(*failure);
  return std::optional<Hit>{};
}

void TieredCache::put(const std::string& key, std::string_view kind, std::string_view value) {
  auto sealed = sealed_entry(key, clock_.unix_seconds(), value);
  {
    const std::lock_guard guard(redis_lock_);
    if (auto* store = redis())
      if (const auto done = store->put(options_.redis_prefix + key, sealed, options_.ttl_seconds);
          !done && !store->alive())
        redis_failed(done.error());
  }
  // what the file cannot take, its own notes say
  if (disk_ != nullptr) (void)disk_->put(CacheEntry{key, std::string(kind), sealed});
  const std::lock_guard guard(lock_);
  memory_.put(key, std::move(sealed));
}

TieredStats TieredCache::stats() const {
  const std::lock_guard guard(lock_);
  return stats_;
}

std::vector<std::string> TieredCache::notes() const {
  const std::lock_guard guard(lock_);
  return notes_;
}

}  // namespace peer
