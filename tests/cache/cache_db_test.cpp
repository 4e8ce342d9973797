#include "cache/cache_db.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "cache/store/sqlite.hpp"
#include "tests/cache/temporary.hpp"

namespace peer {
namespace {

CacheDb opened(const std::filesystem::path& path, const Clock& clock,
               const CacheOptions& options = {}) {
  auto cache = CacheDb::open(path, options, clock);
  EXPECT_TRUE(cache.has_value()) << (cache ? "" : cache.error().message);
  return *std::move(cache);
}

TEST(CacheDb, KeepsValuesBetweenRuns) {
  const TemporaryFolder folder;
  const ToldClock clock;
  const auto path = folder / "peer" / "cache.db";
  const std::string value("\0\xff bytes", 8);
  ASSERT_TRUE(opened(path, clock).put({sha256("a"), "digest", value}));
  auto cache = opened(path, clock);
  EXPECT_EQ(cache.get(sha256("a")), value);
  EXPECT_EQ(cache.get(sha256("b")), std::nullopt);
  ASSERT_TRUE(cache.put({sha256("a"), "digest", ""}));
  EXPECT_EQ(cache.get(sha256("a")), Bytes());
  const auto stats = cache.stats();
  ASSERT_TRUE(stats.has_value());
  EXPECT_EQ(stats->hits, 2U);
  EXPECT_EQ(stats->misses, 1U);
  EXPECT_EQ(stats->kinds, (std::vector<CacheKindStats>{{"digest", 1, 0}}));
  EXPECT_TRUE(cache.notes().empty());
}

TEST(CacheDb, AnOldEntryIsAMiss) {
  const TemporaryFolder folder;
  ToldClock clock;
  auto cache = opened(folder / "cache.db", clock);
  ASSERT_TRUE(cache.put({sha256("a"), "k", "v"}));
  clock.now += 99;
  EXPECT_EQ(cache.get(sha256("a"), 100), "v");
  clock.now += 1;
  EXPECT_EQ(cache.get(sha256("a"), 100), std::nullopt);
  EXPECT_EQ(cache.get(sha256("a")), "v");
}

TEST(CacheDb, RefusesKeysThatAreNoHashes) {
  const ToldClock clock;
  auto cache = CacheDb::open_or_memory(fail(ErrorKind::unavailable, "none"), {}, clock);
  for (const std::string key : {"", "abc", "../../etc/passwd"}) {
    EXPECT_EQ(cache.get(key).error().kind, ErrorKind::invalid_input);
    EXPECT_EQ(cache.put({key, "k", "v"}).error().kind, ErrorKind::invalid_input);
  }
}

constexpr std::int64_t kHour = 3600;  // use is remembered in hours

TEST(CacheDb, EvictsWhatWasUsedLeastRecently) {
  const TemporaryFolder folder;
  ToldClock clock;
  const CacheOptions options{.max_bytes = 2U << 20U};
  auto cache = opened(folder / "cache.db", clock, options);
  const std::string value(10'000, 'v');
  const auto key = [](int i) { return sha256(std::to_string(i)); };
  for (int i = 0; i < 1000; ++i) {
    clock.now += kHour;
    ASSERT_TRUE(cache.put({key(i), "k", value}));
    ASSERT_EQ(cache.get(key(0)), value) << i;  // always in use
  }
  const auto stats = cache.stats();
  ASSERT_TRUE(stats.has_value());
  EXPECT_LE(stats->file_bytes, options.max_bytes);
  EXPECT_GT(stats->entries, 100U);
  EXPECT_EQ(cache.get(key(1)), std::nullopt);
  EXPECT_EQ(cache.get(key(999)), value);
  EXPECT_LT(std::filesystem::file_size(folder / "cache.db"), options.max_bytes + (1U << 20U));
}

TEST(CacheDb, RemembersUseAcrossRuns) {
  const TemporaryFolder folder;
  ToldClock clock;
  const auto path = folder / "cache.db";
  const std::string value(50'000, 'v');
  {
    auto cache = opened(path, clock);
    for (const auto* name : {"a", "b", "c", "d", "e"})
      ASSERT_TRUE(cache.put({sha256(name), "k", value}));
  }
  clock.now += kHour;
  EXPECT_EQ(opened(path, clock).get(sha256("a")), value);
  auto small = opened(path, clock, {.max_bytes = 200'000});
  const auto evicted = small.gc();
  ASSERT_TRUE(evicted.has_value());
  EXPECT_GE(*evicted, 1U);
  EXPECT_LE(*evicted, 4U);
  EXPECT_EQ(small.get(sha256("a")), value);
}

TEST(CacheDb, LeavesOutWhatWouldPushOutEverythingElse) {
  const TemporaryFolder folder;
  const ToldClock clock;
  auto cache = opened(folder / "cache.db", clock, {.max_bytes = 1U << 20U});
  EXPECT_TRUE(cache.put({sha256("big"), "k", std::string(900'000, 'x')}));
  EXPECT_EQ(cache.get(sha256("big")), std::nullopt);
}

TEST(CacheDb, AnEntryWithAWrongChecksumIsAMissAndRemoved) {
  const TemporaryFolder folder;
  const ToldClock clock;
  const auto path = folder / "cache.db";
  ASSERT_TRUE(opened(path, clock).put({sha256("a"), "k", "value"}));
  ASSERT_TRUE(Database::open(path)->run("UPDATE entries SET value = 'forged'"));
  auto cache = opened(path, clock);
  EXPECT_EQ(cache.get(sha256("a")), std::nullopt);
  const auto stats = cache.stats();
  ASSERT_TRUE(stats.has_value());
  EXPECT_EQ(stats->damaged, 1U);
  EXPECT_EQ(stats->entries, 0U);
}

TEST(CacheDb, ClearGivesTheSpaceBack) {
  const TemporaryFolder folder;
  const ToldClock clock;
  const auto path = folder / "cache.db";
  write_bytes(path.string() + ".corrupt-5", "x");
  auto cache = opened(path, clock);
  for (int i = 0; i < 50; ++i)
    ASSERT_TRUE(cache.put({sha256(std::to_string(i)), "k", std::string(20'000, 'v')}));
  ASSERT_TRUE(cache.clear());
  EXPECT_EQ(cache.get(sha256("1")), std::nullopt);
  EXPECT_LT(std::filesystem::file_size(path), 100'000U);
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".corrupt-5"));
}

TEST(CacheDb, ADamagedFileIsSetAsideRebuiltAndSaid) {
  const TemporaryFolder folder;
  ToldClock clock;
  const auto path = folder / "cache.db";
  for (int round = 0; round < 6; ++round) {
    write_bytes(path, std::string(20'000, 'z'));
    std::filesystem::remove(path.string() + "-wal");
    auto cache = opened(path, clock);
    const auto copy = path.string() + ".corrupt-" + std::to_string(clock.now);
    ASSERT_EQ(cache.notes().size(), 1U);
    EXPECT_EQ(cache.notes()[0],
              "The cache " + path.string() + " was damaged; it was set aside as " +
                  std::filesystem::path(copy).filename().string() + " and rebuilt.");
    EXPECT_EQ(bytes_of(copy), std::string(20'000, 'z'));
    ASSERT_TRUE(cache.put({sha256("a"), "k", "v"}));
    EXPECT_EQ(cache.get(sha256("a")), "v");
    ++clock.now;
  }
  std::size_t copies = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    copies += entry.path().string().find(".corrupt-") == std::string::npos ? 0U : 1U;
  EXPECT_EQ(copies, 3U);
}

TEST(CacheDb, ADamagedFileInUseElsewhereIsNotMoved) {
  const TemporaryFolder folder;
  const ToldClock clock;
  const auto path = folder / "cache.db";
  const auto user = Database::open(path);
  ASSERT_TRUE(user.has_value());
  write_bytes(path, std::string(20'000, 'z'));
  auto cache = CacheDb::open_or_memory(path, {}, clock);
  ASSERT_EQ(cache.notes().size(), 1U);
  EXPECT_NE(cache.notes()[0].find("in memory for this run only"), std::string::npos);
  EXPECT_EQ(bytes_of(path), std::string(20'000, 'z'));
  ASSERT_TRUE(cache.put({sha256("a"), "k", "v"}));
  EXPECT_EQ(cache.get(sha256("a")), "v");
}

TEST(CacheDb, ACacheOfANewerPeerIsLeftAlone) {
  const TemporaryFolder folder;
  const ToldClock clock;
  const auto path = folder / "cache.db";
  ASSERT_TRUE(Database::open(path)->run_script("PRAGMA user_version = 77"));
  EXPECT_EQ(CacheDb::open(path, {}, clock).error().code, "PEER-E163");
  auto cache = CacheDb::open_or_memory(path, {}, clock);
  EXPECT_NE(cache.notes().at(0).find("newer Peer"), std::string::npos);
}

TEST(CacheDb, WithoutAPlaceItLivesInMemory) {
  const TemporaryFolder folder;
  const ToldClock clock;
  write_bytes(folder / "file", "");
  auto cache = CacheDb::open_or_memory(folder / "file" / "cache.db", {}, clock);
  ASSERT_EQ(cache.notes().size(), 1U);
  ASSERT_TRUE(cache.put({sha256("a"), "k", "v"}));
  EXPECT_EQ(cache.get(sha256("a")), "v");
  EXPECT_TRUE(cache.clear().has_value());
}

TEST(CacheDb, ServesManyThreads) {
  const TemporaryFolder folder;
  const ToldClock clock;
  auto cache = opened(folder / "cache.db", clock);
  std::atomic<int> wrong{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 100; ++i) {
          const auto name = std::to_string((t * 7 + i) % 50);
          if (!cache.put({sha256(name), "k", name}) || cache.get(sha256(name)) != name) ++wrong;
        }
      });
  }
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace peer
