// Many processes at once, killed, starved of disk and of rights: what stays must be whole and true.
#include <array>
#include <csignal>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <vector>

#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "cache/cache_db.hpp"
#include "cache/state_db.hpp"
#include "cache/store/sqlite.hpp"
#include "tests/cache/temporary.hpp"

namespace peer {
namespace {

/// What `writer` stores under its `number`: sizes from nothing to several pages, all different.
std::string value_of(int writer, int number) {
  const auto seed = sha256(std::to_string(writer) + "/" + std::to_string(number));
  std::string value;
  const auto size = static_cast<std::size_t>(number * 7919 % 20'000);
  while (value.size() < size)
    value += seed;
  return value;
}

std::string key_of(int writer, int number) {
  return sha256("key " + std::to_string(writer) + "/" + std::to_string(number));
}

/// A child that does `work(report)` until it is killed; `report` says on a pipe that one more is
/// committed.
class Killable {
 public:
  template <class Work>
  explicit Killable(Work work) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) std::abort();
    child_ = in_child([&] {
      close(ends[0]);
      work([&] { return write(ends[1], "x", 1) == 1; });
      return 1;
    });
    close(ends[1]);
    read_end_ = ends[0];
  }
  ~Killable() { close(read_end_); }
  Killable(const Killable&) = delete;
  Killable& operator=(const Killable&) = delete;

  /// Waits for `n` reports; false when the child ended before.
  bool await(int n) {
    char c = 0;
    for (; n > 0; --n, ++reported_)
      if (read(read_end_, &c, 1) != 1) return false;
    return true;
  }
  /// Kills it wherever it is; gives how many it had reported in all.
  int kill_and_count() {
    kill(child_, SIGKILL);
    EXPECT_EQ(status_of(child_), 1000 + SIGKILL);
    while (await(1)) {
    }
    return reported_;
  }

 private:
  pid_t child_ = 0;
  int read_end_ = -1;
  int reported_ = 0;
};

TEST(CacheProcesses, ManyWritersAtOnceLoseNothing) {
  const TemporaryFolder folder;
  const Clock clock;
  const auto path = folder / "peer" / "cache.db";
  constexpr int kWriters = 6;
  constexpr int kEach = 150;
  std::vector<pid_t> children;
  for (int w = 0; w < kWriters; ++w)
    children.push_back(in_child([&] {
      auto cache = CacheDb::open(path, {}, clock);
      if (!cache) return 2;
      for (int n = 0; n < kEach; ++n) {
        // every writer also writes the same keys as the others
        const std::array<CacheEntry, 2> entries{
            {{key_of(w, n), "own", value_of(w, n)}, {key_of(-1, n), "shared", value_of(-1, n)}}};
        if (!cache->put(entries)) return 3;
        if (cache->get(key_of(-1, n)) != value_of(-1, n)) return 4;
      }
      return cache->notes().empty() ? 0 : 5;
    }));
  for (const auto child : children)
    EXPECT_EQ(status_of(child), 0);
  auto cache = CacheDb::open(path, {}, clock);
  ASSERT_TRUE(cache && cache->check());
  for (int w = -1; w < kWriters; ++w)
    for (int n = 0; n < kEach; ++n)
      ASSERT_EQ(cache->get(key_of(w, n)), value_of(w, n)) << w << "/" << n;
}

TEST(CacheProcesses, KilledWritersLoseNothingTheyCommitted) {
  const TemporaryFolder folder;
  const Clock clock;
  const auto path = folder / "cache.db";
  constexpr int kKills = 110;
  // how much is written depends on how fast the machine is: it is bounded, and nothing may be
  // evicted
  constexpr int kMostWrites = 100;
  CacheOptions roomy;
  roomy.max_bytes = std::uint64_t{1} << 40U;
  std::mt19937 random(11);
  std::map<int, int> committed;
  const auto writer = [&](int id) {
    return std::make_unique<Killable>([&, id](auto report) {
      auto cache = CacheDb::open(path, roomy, clock);
      int n = 0;
      while (n < kMostWrites && cache && cache->put({key_of(id, n), "k", value_of(id, n)}) &&
             report())
        ++n;
      if (n == kMostWrites) pause();
    });
  };
  // one writes while the other is killed
  auto surviving = writer(0);
  for (int id = 1; id <= kKills; ++id) {
    auto next = writer(id);
    ASSERT_TRUE(surviving->await(static_cast<int>(1 + random() % 6)));
    committed[id - 1] = surviving->kill_and_count();
    surviving = std::move(next);
  }
  committed[kKills] = surviving->kill_and_count();

  auto cache = CacheDb::open(path, roomy, clock);
  ASSERT_TRUE(cache.has_value());
  EXPECT_TRUE(cache->check().has_value());
  EXPECT_TRUE(cache->notes().empty());
  int verified = 0;
  for (const auto& [id, count] : committed)
    for (int n = 0; n < count; ++n, ++verified)
      ASSERT_EQ(cache->get(key_of(id, n)), value_of(id, n)) << id << "/" << n;
  EXPECT_GE(verified, kKills);

  EXPECT_EQ(cache->stats()->damaged, 0U);
}

TEST(StateProcesses, KilledWritersLoseNothingTheyCommitted) {
  const TemporaryFolder folder;
  const Clock clock;
  const auto path = folder / "state.db";
  constexpr int kKills = 25;
  std::mt19937 random(12);
  std::vector<int> committed;
  for (int id = 0; id < kKills; ++id) {
    Killable writer([&](auto report) {
      auto state = StateDb::open(path, clock);
      const auto repository = std::to_string(id);
      for (int n = 1; state; ++n) {
        if (!state->add_audit(repository, {n, "c", {{"r", "error", 1}}, {std::to_string(n)}}))
          return;
        if (!state->save_report(repository, std::to_string(n)) || !report()) return;
      }
    });
    ASSERT_TRUE(writer.await(static_cast<int>(1 + random() % 5)));
    committed.push_back(writer.kill_and_count());
  }
  auto state = StateDb::open(path, clock);
  ASSERT_TRUE(state && state->check());
  for (int id = 0; id < kKills; ++id) {
    const auto count = committed[static_cast<std::size_t>(id)];
    const auto repository = std::to_string(id);
    const auto report = state->last_report(repository);
    ASSERT_TRUE(report && report->has_value());
    EXPECT_GE(std::stoi((*report)->json), count);
    const auto audits = state->audits(repository, 1000);
    ASSERT_TRUE(audits.has_value());
    EXPECT_GE(static_cast<int>(audits->size()), count);
    for (std::size_t i = 0; i < audits->size(); ++i)
      EXPECT_EQ((*audits)[i].time, static_cast<std::int64_t>(audits->size() - i));
  }
}

TEST(CacheProcesses, ALockThatIsHeldTooLongIsNamedAndTheRunGoesOn) {
  const TemporaryFolder folder;
  const Clock clock;
  const auto path = folder / "cache.db";
  ASSERT_TRUE(CacheDb::open(path, {}, clock)->put({key_of(0, 1), "k", value_of(0, 1)}));
  Killable holder([&](auto report) {
    auto database = Database::open(path);
    const auto held = database ? database->begin() : fail(database.error());
    if (held && report()) pause();
  });
  ASSERT_TRUE(holder.await(1));
  auto cache = CacheDb::open(path, {.patience = std::chrono::milliseconds(100)}, clock);
  ASSERT_TRUE(cache.has_value());
  const auto refused = cache->put({key_of(0, 2), "k", "v"});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::timeout);
  EXPECT_EQ(refused.error().code, "PEER-E160");
  EXPECT_NE(refused.error().message.find(path.string()), std::string::npos);
  // reading goes on, later writes do not wait again, and it is said once
  const auto begin = clock.steady();
  for (int i = 0; i < 100; ++i)
    EXPECT_FALSE(cache->put({key_of(0, 2), "k", "v"}).has_value());
  EXPECT_LT(clock.steady() - begin, std::chrono::seconds(2));
  EXPECT_EQ(cache->get(key_of(0, 1)), value_of(0, 1));
  EXPECT_EQ(cache->notes().size(), 1U);
  holder.kill_and_count();
}

TEST(CacheProcesses, AFullDiskEndsWritingAndNothingElse) {
  const TemporaryFolder folder;
  const Clock clock;
  const auto path = folder / "cache.db";
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const auto child = in_child([&] {
    (void)std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{300'000, 300'000};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
    auto cache = CacheDb::open(path, {}, clock);
    if (!cache) return 3;
    int n = 0;
    auto done = cache->put({key_of(1, n), "k", value_of(1, n)});
    while (done && n < 1000) {
      if (write(ends[1], "x", 1) != 1) return 4;
      ++n;
      done = cache->put({key_of(1, n), "k", value_of(1, n)});
    }
    if (done || done.error().kind != ErrorKind::unavailable || done.error().code != "PEER-E162")
      return 5;
    if (cache->notes().size() != 1) return 6;
    for (int i = 0; i < n; ++i)
      if (cache->get(key_of(1, i)) != value_of(1, i)) return 7;
    return 0;
  });
  EXPECT_EQ(status_of(child), 0);
  close(ends[1]);
  int written = 0;
  for (char c = 0; read(ends[0], &c, 1) == 1;)
    ++written;
  close(ends[0]);
  EXPECT_GT(written, 3);
  auto cache = CacheDb::open(path, {}, clock);
  ASSERT_TRUE(cache && cache->check());
  for (int i = 0; i < written; ++i)
    EXPECT_EQ(cache->get(key_of(1, i)), value_of(1, i));
  EXPECT_TRUE(cache->put({key_of(1, 5000), "k", "v"}).has_value());
}

TEST(StateProcesses, AFullDiskIsSaidAndLosesNothing) {
  const TemporaryFolder folder;
  const Clock clock;
  const auto path = folder / "state.db";
  const auto child = in_child([&] {
    (void)std::signal(SIGXFSZ, SIG_IGN);
    auto state = StateDb::open(path, clock);
    if (!state || !state->save_report("r", "first")) return 2;
    const rlimit limit{200'000, 200'000};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 3;
    const auto refused = state->save_report("r", std::string(500'000, 'x'));
    if (refused || refused.error().code != "PEER-E162") return 4;
    const auto report = state->last_report("r");
    return report && *report && (*report)->json == "first" ? 0 : 5;
  });
  EXPECT_EQ(status_of(child), 0);
  auto state = StateDb::open(path, clock);
  ASSERT_TRUE(state && state->check());
  EXPECT_EQ(state->last_report("r")->value().json, "first");
}

/// Runs `work` in a child that file permissions bind: root gives its rights up first.
template <class Work>
int without_rights(Work work) {
  return status_of(in_child([&] {
    constexpr uid_t kNobody = 65534;
    if (geteuid() == 0 && (setgid(kNobody) != 0 || setuid(kNobody) != 0)) return 100;
    return work();
  }));
}

TEST(CacheProcesses, AReadOnlyFolderMeansACacheInMemory) {
  const TemporaryFolder folder;
  const Clock clock;
  const auto path = folder / "peer" / "cache.db";
  ASSERT_TRUE(CacheDb::open(path, {}, clock)->put({key_of(0, 1), "k", "v"}));
  for (const auto& file : std::filesystem::directory_iterator(path.parent_path()))
    chmod(file.path().c_str(), 0444);
  chmod(path.parent_path().c_str(), 0555);
  chmod(folder.path().c_str(), 0555);
  for (const auto& place : {path, folder / "new" / "cache.db"})
    EXPECT_EQ(without_rights([&] {
                const auto refused = CacheDb::open(place, {}, clock);
                if (refused || refused.error().kind != ErrorKind::unavailable ||
                    refused.error().code != "PEER-E162")
                  return 1;
                auto cache = CacheDb::open_or_memory(place, {}, clock);
                if (cache.notes().size() != 1) return 2;
                if (!cache.put({key_of(0, 2), "k", "w"})) return 3;
                return cache.get(key_of(0, 2)) == "w" ? 0 : 4;
              }),
              0)
        << place;
  EXPECT_EQ(without_rights([&] {
              const auto refused = StateDb::open(folder / "s" / "state.db", clock);
              return !refused && refused.error().kind == ErrorKind::unavailable ? 0 : 1;
            }),
            0);
  chmod(folder.path().c_str(), 0755);
  chmod(path.parent_path().c_str(), 0755);
}

}  // namespace
}  // namespace peer
