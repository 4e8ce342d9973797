#include "cache/state_db.hpp"

#include <gtest/gtest.h>

#include "cache/store/sqlite.hpp"
#include "tests/cache/temporary.hpp"

namespace peer {
namespace {

StateDb opened(const std::filesystem::path& path, const Clock& clock) {
  auto state = StateDb::open(path, clock);
  EXPECT_TRUE(state.has_value()) << (state ? "" : state.error().message);
  return *std::move(state);
}

TEST(StateDb, RemembersTheLastReportOfEachRepository) {
  const TemporaryFolder folder;
  ToldClock clock;
  const auto path = folder / "peer" / "state.db";
  {
    auto state = opened(path, clock);
    EXPECT_EQ(state.last_report("a"), std::nullopt);
    ASSERT_TRUE(state.save_report("a", "{\"n\": 1}"));
    ASSERT_TRUE(state.save_report("b", "{}"));
    ++clock.now;
    ASSERT_TRUE(state.save_report("a", "{\"n\": 2}"));
  }
  auto state = opened(path, clock);
  EXPECT_EQ(state.last_report("a"), (StoredReport{clock.now, "{\"n\": 2}"}));
  EXPECT_EQ(state.last_report("b"), (StoredReport{clock.now - 1, "{}"}));
}

TEST(StateDb, ForgetsReportsOfRepositoriesNotSeenForLong) {
  const TemporaryFolder folder;
  ToldClock clock;
  auto state = opened(folder / "state.db", clock);
  for (int i = 0; i <= 200; ++i) {
    ++clock.now;
    ASSERT_TRUE(state.save_report(std::to_string(i), "{}"));
  }
  EXPECT_EQ(state.last_report("0"), std::nullopt);
  EXPECT_TRUE(state.last_report("1")->has_value());
}

TEST(StateDb, GivesAuditsNewestFirst) {
  const TemporaryFolder folder;
  ToldClock clock;
  auto state = opened(folder / "state.db", clock);
  const AuditRecord first{
      100, "c1", {{"secret", "error", 2}, {"odd\nrule\t\"", "hint", 1}}, {"p1", "p2"}};
  const AuditRecord second{0, "c2", {}, {}};
  ASSERT_TRUE(state.add_audit("r", first));
  ASSERT_TRUE(state.add_audit("r", second));
  ASSERT_TRUE(state.add_audit("other", first));
  const auto audits = state.audits("r", 10);
  ASSERT_TRUE(audits && audits->size() == 2);
  EXPECT_EQ((*audits)[0], (AuditRecord{clock.now, "c2", {}, {}}));
  EXPECT_EQ((*audits)[1], first);
  EXPECT_EQ(state.audits("r", 1)->size(), 1U);
  EXPECT_TRUE(state.audits("none", 1)->empty());
}

TEST(StateDb, KeepsFingerprintsOfTheNewestAuditsOnly) {
  const TemporaryFolder folder;
  const ToldClock clock;
  auto state = opened(folder / "state.db", clock);
  for (int i = 1; i <= 40; ++i)
    ASSERT_TRUE(state.add_audit("r", {i, "c", {{"rule", "error", 1}}, {"print"}}));
  const auto audits = state.audits("r", 100);
  ASSERT_TRUE(audits && audits->size() == 40);
  EXPECT_EQ((*audits)[29].fingerprints.size(), 1U);
  EXPECT_TRUE((*audits)[30].fingerprints.empty());
  EXPECT_EQ((*audits)[39].totals.size(), 1U);
}

TEST(StateDb, ADamagedFileIsRefusedWithTheWordsThatRecoverIt) {
  const TemporaryFolder folder;
  const ToldClock clock;
  const auto path = folder / "it's state.db";
  const std::string junk(20'000, 'z');
  write_bytes(path, junk);
  const auto refused = StateDb::open(path, clock);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::refused);
  EXPECT_EQ(refused.error().code, "PEER-E161");
  EXPECT_NE(refused.error().message.find("mv '"), std::string::npos);
  EXPECT_NE(refused.error().message.find("it'\\''s state.db'"), std::string::npos);
  EXPECT_NE(refused.error().message.find(".recover"), std::string::npos);
  EXPECT_EQ(bytes_of(path), junk);
}

TEST(StateDb, AReportThatWasChangedIsNotGiven) {
  const TemporaryFolder folder;
  const ToldClock clock;
  auto state = opened(folder / "state.db", clock);
  ASSERT_TRUE(state.save_report("r", "{}"));
  ASSERT_TRUE(state.add_audit("r", {5, "c", {}, {"print"}}));
  auto raw = Database::open(folder / "state.db");
  ASSERT_TRUE(raw->run("UPDATE reports SET json = '[]'"));
  ASSERT_TRUE(raw->run("UPDATE audit_fingerprints SET prints = 'other'"));
  EXPECT_EQ(state.last_report("r").error().code, "PEER-E161");
  EXPECT_EQ(state.audits("r", 1).error().code, "PEER-E161");
}

TEST(StateDb, AStateOfANewerPeerIsRefused) {
  const TemporaryFolder folder;
  const ToldClock clock;
  ASSERT_TRUE(Database::open(folder / "state.db")->run_script("PRAGMA user_version = 77"));
  const auto refused = StateDb::open(folder / "state.db", clock);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::refused);
  EXPECT_EQ(refused.error().code, "PEER-E163");
}

}  // namespace
}  // namespace peer
