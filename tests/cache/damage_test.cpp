// Bytes changed at random in the database and its journal: never a crash, never a value that was
// not stored.
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "base/hash.hpp"
#include "cache/cache_db.hpp"
#include "cache/state_db.hpp"
#include "tests/cache/temporary.hpp"

namespace peer {
namespace {

constexpr int kEntries = 60;
constexpr int kRounds = 160;

std::string name(int i) { return "entry " + std::to_string(i); }

std::string value_of(int i) {
  std::string value;
  while (value.size() < static_cast<std::size_t>(i * 61))
    value += name(i);
  return value;
}

/// Changes `bytes` in one of the ways in which disks and people do.
void damage(std::string& bytes, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  if (bytes.empty()) return;
  switch (below(6)) {
    case 0:  // the header, where every byte means something
      bytes[below(std::min<std::size_t>(bytes.size(), 100))] = static_cast<char>(below(256));
      break;
    case 1:
      bytes.resize(below(bytes.size()));
      break;
    case 2: {  // a page of zeros
      const auto page = below(bytes.size() / 4096 + 1) * 4096;
      for (auto i = page; i < std::min(page + 4096, bytes.size()); ++i)
        bytes[i] = '\0';
      break;
    }
    case 3: {  // a block of noise
      const auto at = below(bytes.size());
      for (auto i = at; i < std::min(at + 1 + below(9000), bytes.size()); ++i)
        bytes[i] = static_cast<char>(below(256));
      break;
    }
    default:  // single bits
      for (auto n = 1 + below(12); n > 0; --n)
        bytes[below(bytes.size())] ^= static_cast<char>(1U << below(8));
      break;
  }
}

struct Files {
  std::string database, journal;
};

/// The bytes of a store while it is open, so that the journal is there; half of what `fill` does is
/// in the database.
template <class Fill>
Files files_of(const std::string& file, Fill fill) {
  const TemporaryFolder folder;
  const auto path = folder / file;
  fill(path, 0, kEntries / 2, [] {});
  Files files;
  fill(path, kEntries / 2, kEntries, [&] {
    files = {bytes_of(path), bytes_of(path.string() + "-wal")};
  });
  EXPECT_FALSE(files.journal.empty());
  return files;
}

TEST(DamagedCache, NeverGivesAWrongValue) {
  const ToldClock clock;
  const auto pristine =
      files_of("cache.db", [&](const auto& path, int from, int to, auto before_close) {
        auto cache = CacheDb::open(path, {}, clock);
        ASSERT_TRUE(cache.has_value());
        for (int i = from; i < to; ++i)
          ASSERT_TRUE(cache->put({sha256(name(i)), "k", value_of(i)}));
        before_close();
      });
  std::mt19937 random(5);
  int right = 0, missed = 0, set_aside = 0, dropped = 0;
  for (int round = 0; round < kRounds; ++round) {
    const TemporaryFolder folder;
    const auto path = folder / "cache.db";
    auto files = pristine;
    damage(random() % 3 == 0 ? files.journal : files.database, random);
    write_bytes(path, files.database);
    write_bytes(path.string() + "-wal", files.journal);
    auto cache = CacheDb::open_or_memory(path, {}, clock);
    for (int i = 0; i < kEntries; ++i) {
      const auto found = cache.get(sha256(name(i)));
      if (found && *found) {
        ASSERT_EQ(**found, value_of(i)) << "round " << round;
        ++right;
      } else {
        ++missed;
      }
    }
    // it can be used again, or says why not
    if (cache.put({sha256("new"), "k", "v"})) {
      const auto found = cache.get(sha256("new"));
      EXPECT_TRUE(!found || !*found || **found == "v");
    } else {
      EXPECT_FALSE(cache.notes().empty());
    }
    if (const auto stats = cache.stats()) dropped += static_cast<int>(stats->damaged);
    for (const auto& note : cache.notes())
      set_aside += note.find("set aside") == note.npos ? 0 : 1;
  }
  // each of the outcomes was seen, or the test shows nothing
  EXPECT_GT(right, kRounds * kEntries / 10);
  EXPECT_GT(missed, kRounds);
  EXPECT_GT(set_aside, kRounds / 20);
  EXPECT_GT(dropped, 5);
}

TEST(DamagedState, NeverGivesAWrongValueAndIsNeverRemoved) {
  const ToldClock clock;
  const auto audit_of = [](int i) {
    return AuditRecord{
        i + 1, "commit", {{name(i), "error", static_cast<std::uint64_t>(i)}}, {name(i)}};
  };
  const auto pristine =
      files_of("state.db", [&](const auto& path, int from, int to, auto before_close) {
        auto state = StateDb::open(path, clock);
        ASSERT_TRUE(state.has_value());
        for (int i = from; i < to; ++i) {
          ASSERT_TRUE(state->save_report(name(i), value_of(i)));
          ASSERT_TRUE(state->add_audit(name(i), audit_of(i)));
        }
        before_close();
      });
  std::mt19937 random(6);
  int right = 0, refused = 0;
  for (int round = 0; round < kRounds / 2; ++round) {
    const TemporaryFolder folder;
    const auto path = folder / "state.db";
    auto files = pristine;
    damage(random() % 3 == 0 ? files.journal : files.database, random);
    write_bytes(path, files.database);
    write_bytes(path.string() + "-wal", files.journal);
    auto state = StateDb::open(path, clock);
    if (!state) ++refused;
    for (int i = 0; state && i < kEntries; ++i) {
      const auto report = state->last_report(name(i));
      if (!report) ++refused;
      if (report && *report) {
        ASSERT_EQ((*report)->json, value_of(i)) << "round " << round;
        ++right;
      }
      const auto audits = state->audits(name(i), 10);
      for (const auto& audit : audits ? *audits : std::vector<AuditRecord>()) {
        // which finding an audit had may be lost; nothing else may be put in its place
        auto expected = audit_of(i);
        if (audit.fingerprints.empty()) expected.fingerprints.clear();
        ASSERT_EQ(audit, expected) << "round " << round;
      }
    }
    EXPECT_TRUE(std::filesystem::exists(path));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      EXPECT_EQ(entry.path().string().find(".corrupt"), std::string::npos);
  }
  EXPECT_GT(right, kRounds);
  EXPECT_GT(refused, 5);
}

}  // namespace
}  // namespace peer
