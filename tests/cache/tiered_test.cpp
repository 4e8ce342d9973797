// The tiers against a real Redis and a real SQLite file, whole and broken.
#include "cache/tiered.hpp"

#include <chrono>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "tests/cache/temporary.hpp"
#include "tests/fakes/redis_server.hpp"

namespace peer {
namespace {

using fakes::RedisServer;

const std::string kKey = sha256("a key");

std::string value_in(TieredCache& cache, const std::string& key = kKey) {
  const auto found = cache.get(key);
  if (!found) return "failure: " + found.error().message;
  return *found ? (*found)->value + " from " + std::string(to_string((*found)->tier)) : "miss";
}

TieredOptions with_redis(const std::string& url) {
  TieredOptions options;
  options.redis_url = url;
  return options;
}

double milliseconds_of(const std::function<void()>& work) {
  const auto begun = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun)
      .count();
}

TEST(RedisUrl, IsTakenApart) {
  const auto full = parse_redis_url("redis://me:p%40ss:word@cache.example:6380/3");
  ASSERT_TRUE(full.has_value());
  EXPECT_EQ(full->host, "cache.example");
  EXPECT_EQ(full->port, 6380);
  EXPECT_EQ(full->user, "me");
  EXPECT_EQ(full->password, "p@ss:word");
  EXPECT_EQ(full->database, 3U);
  EXPECT_FALSE(full->tls);
  EXPECT_TRUE(parse_redis_url("rediss://h")->tls);
  EXPECT_EQ(parse_redis_url("redis://[::1]:7000")->host, "::1");
  EXPECT_EQ(parse_redis_url("unix:///run/redis.sock")->unix_path, "/run/redis.sock");
  for (const char* bad :
       {"", "http://h", "redis://", "redis://h:x", "redis://h:0", "redis://h:99999", "redis://h/x",
        "unix://relative", "redis://[::1", "redis://a b"})
    EXPECT_FALSE(parse_redis_url(bad).has_value()) << bad;
  EXPECT_EQ(parse_redis_url("redis://:secret@h:x").error().message.find("secret"),
            std::string::npos);
}

TEST(RedisStore, GivesBackBytes) {
  RedisServer server;
  auto store = RedisStore::connect(*parse_redis_url(server.url()));
  ASSERT_TRUE(store.has_value()) << store.error().message;
  EXPECT_EQ(store->get("k").value(), std::nullopt);
  const std::string bytes("\0\r\n$5\xFF", 6);
  ASSERT_TRUE(store->put("k", bytes, 60).has_value());
  EXPECT_EQ(store->get("k").value(), bytes);
  ASSERT_TRUE(store->remove("k").has_value());
  EXPECT_EQ(store->get("k").value(), std::nullopt);
}

TEST(RedisStore, SignsIn) {
  RedisServer server({"--requirepass", "pass word"});
  const auto without = RedisStore::connect(*parse_redis_url(server.url()));
  ASSERT_FALSE(without.has_value());
  EXPECT_EQ(without.error().kind, ErrorKind::refused);
  const auto wrong = RedisStore::connect(*parse_redis_url(server.url(":nope@")));
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().message.find("nope"), std::string::npos);
  EXPECT_TRUE(RedisStore::connect(*parse_redis_url(server.url(":pass%20word@"))).has_value());
}

TEST(RedisStore, TakesAKeyOfAnotherTypeForAFailureOfThatKeyAlone) {
  RedisServer server;
  auto store = RedisStore::connect(*parse_redis_url(server.url()));
  ASSERT_EQ(
      std::system(
          ("redis-cli -p " + std::to_string(server.port()) + " lpush odd x > /dev/null").c_str()),
      0);
  EXPECT_FALSE(store->get("odd").has_value());
  EXPECT_TRUE(store->alive());
  EXPECT_EQ(store->get("other").value(), std::nullopt);
}

TEST(TieredCache, KeepsAboveWhatItFindsBelow) {
  TemporaryFolder folder;
  ToldClock clock;
  RedisServer server;
  auto disk = CacheDb::open(folder / "cache.db", {}, clock);
  ASSERT_TRUE(disk.has_value());
  {
    TieredCache cache(with_redis(server.url()), &*disk, clock);
    EXPECT_EQ(value_in(cache), "miss");
    cache.put(kKey, "completion", "value");
    EXPECT_EQ(value_in(cache), "value from memory");
  }
  {
    TieredCache shared(with_redis(server.url()), nullptr, clock);
    EXPECT_EQ(value_in(shared), "value from redis");
    EXPECT_EQ(value_in(shared), "value from memory");
    EXPECT_EQ(shared.stats().redis_hits, 1U);
    EXPECT_EQ(shared.stats().memory_hits, 1U);
  }
  TieredCache alone({}, &*disk, clock);
  EXPECT_EQ(value_in(alone), "value from disk");
  EXPECT_EQ(value_in(alone, sha256("other")), "miss");
  EXPECT_TRUE(alone.notes().empty());
}

TEST(TieredCache, ForgetsWhatIsOld) {
  TemporaryFolder folder;
  ToldClock clock;
  auto disk = CacheDb::open(folder / "cache.db", {}, clock);
  TieredCache cache({}, &*disk, clock);
  cache.put(kKey, "completion", "value");
  clock.now += 24 * 3600;
  EXPECT_EQ(value_in(cache), "value from memory");
  clock.now += 1;
  EXPECT_EQ(value_in(cache), "miss");
}

TEST(TieredCache, PaysOneTimeLimitForARedisThatIsGone) {
  TemporaryFolder folder;
  ToldClock clock;
  auto disk = CacheDb::open(folder / "cache.db", {}, clock);
  // nobody answers on an address of a documentation network
  for (const std::string url :
       {"redis://192.0.2.1:6379", "redis://127.0.0.1:1", "rediss://127.0.0.1:1", "nonsense"}) {
    TieredCache cache(with_redis(url), &*disk, clock);
    const auto took = milliseconds_of([&] {
      for (int i = 0; i < 50; ++i) {
        const auto key = sha256(url + std::to_string(i));
        EXPECT_EQ(value_in(cache, key), "miss");
        cache.put(key, "completion", "v");
        EXPECT_EQ(value_in(cache, key), "v from memory");
      }
    });
    EXPECT_LT(took, 1500) << url;
    EXPECT_EQ(cache.notes().size(), 1U) << url;
  }
}

TEST(TieredCache, GoesOnWhenRedisDiesOrFreezesMidRun) {
  TemporaryFolder folder;
  ToldClock clock;
  auto disk = CacheDb::open(folder / "cache.db", {}, clock);
  for (const bool freeze : {false, true}) {
    RedisServer server;
    TieredCache cache(with_redis(server.url()), &*disk, clock);
    cache.put(kKey, "completion", "value");
    if (freeze)
      server.freeze();
    else
      server.end();
    const auto took = milliseconds_of([&] {
      for (int i = 0; i < 20; ++i)
        EXPECT_EQ(value_in(cache, sha256(std::to_string(i))), "miss");
    });
    EXPECT_LT(took, 1500);
    EXPECT_EQ(value_in(cache), "value from memory");
    ASSERT_EQ(cache.notes().size(), 1U);
    EXPECT_NE(cache.notes()[0].find("not used"), std::string::npos);
    if (freeze) server.thaw();
  }
}

TEST(TieredCache, BelievesNothingThatWasChanged) {
  ToldClock clock;
  RedisServer server;
  const auto name = "peer:1:" + kKey;
  auto store = RedisStore::connect(*parse_redis_url(server.url()));
  const auto good = sealed_entry(kKey, clock.now, "value");
  auto flipped = good;
  flipped.back() ^= 1;
  for (const auto& bad :
       {std::string("garbage"), std::string(), flipped, good.substr(0, good.size() - 1), good + "x",
        sealed_entry(sha256("another key"), clock.now, "value")}) {
    ASSERT_TRUE(store->put(name, bad, 60).has_value());
    TieredCache cache(with_redis(server.url()), nullptr, clock);
    EXPECT_EQ(value_in(cache), "miss");
    EXPECT_EQ(cache.stats().damaged, 1U);
    EXPECT_EQ(store->get(name).value(), std::nullopt) << "it is removed";
  }
  ASSERT_TRUE(store->put(name, good, 60).has_value());
  TieredCache cache(with_redis(server.url()), nullptr, clock);
  EXPECT_EQ(value_in(cache), "value from redis");
}

TEST(MemoryTier, LetsTheLeastRecentlyUsedGo) {
  MemoryTier memory(100);
  memory.put("a", std::string(20, 'a'));
  memory.put("b", std::string(20, 'b'));
  memory.put("c", std::string(20, 'c'));
  EXPECT_NE(memory.get("a"), nullptr);
  memory.put("d", std::string(20, 'd'));
  memory.put("e", std::string(20, 'e'));
  EXPECT_EQ(memory.get("b"), nullptr);
  EXPECT_NE(memory.get("a"), nullptr);
  EXPECT_LE(memory.bytes(), 100U);
  memory.put("a", "short");
  EXPECT_EQ(*memory.get("a"), "short");
  memory.put("huge", std::string(90, 'x'));
  EXPECT_EQ(memory.get("huge"), nullptr);
  memory.clear();
  EXPECT_EQ(memory.bytes(), 0U);
  EXPECT_EQ(memory.get("a"), nullptr);
}

}  // namespace
}  // namespace peer
