// What is known does not count: suppressions, the baseline, and what an audit says about the one
// before.
#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class Known : public Story {};

TEST_F(Known, ASuppressionWithAReasonSilencesItsRuleOnItsLine) {
  repo.write(
      "a.py",
      "import json  # peer-ignore: unused-import -- used by the plug-ins\nimport os\nprint(1)\n");
  repo.write("b.py", "# peer-ignore: unused-import -- all of them\nimport json\nprint(1)\n");
  const auto seen = report({"review", "."});
  EXPECT_EQ(found_in(seen), Strings{"unused-import a.py:2"});
  ASSERT_EQ(seen.at("suppressed").size(), 2U);
  EXPECT_THAT(dump_json(seen.at("suppressed")), HasSubstr("used by the plug-ins"));
}

TEST_F(Known, ASuppressionThatSilencesNothingIsReported) {
  repo.write("a.py", "# peer-ignore: unused-import -- no longer\nprint(1)\n");
  EXPECT_THAT(found({"review", "."}), Contains(HasSubstr("unused-suppression a.py:1")));
}

TEST_F(Known, OnlyNewFindingsCountAfterABaseline) {
  repo.write("a.py", kUnused);
  repo.commit("old");
  const auto created = peer({"baseline", "create"});
  EXPECT_EQ(created.exit_code, 0);
  EXPECT_EQ(created.out,
            "wrote .peer/baseline.json with 1 finding; commit it, and only new findings count\n");
  repo.commit("baseline");
  EXPECT_EQ(found({"audit"}), Strings{});
  EXPECT_EQ(found({"audit", "--no-baseline"}), Strings{"unused-import a.py:1"});
  repo.write("b.py", kUnused);
  repo.write("moved/a.py", "# moved, with a line above\n" + std::string(kUnused));
  repo.remove("a.py");
  repo.commit("new");
  EXPECT_EQ(found({"audit"}).size(), 1U) << "the moved one is known by its fingerprint";
}

TEST_F(Known, ABaselineIsMadeOnceAndThenRenewed) {
  repo.write("a.py", "import json\nimport os\nprint(1)\n");
  repo.commit("old");
  ASSERT_EQ(peer({"baseline", "create"}).exit_code, 0);
  repo.commit("baseline");
  const auto again = peer({"baseline", "create"});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.out, HasSubstr("--force"));
  repo.write("a.py", "import json\nprint(json)\nimport re\n");
  repo.commit("one fixed, one new");
  EXPECT_THAT(peer({"baseline", "update"}).out, HasSubstr("with 1 finding;"));
  EXPECT_EQ(peer({"baseline", "create", "--force"}).exit_code, 0);
  EXPECT_EQ(leftovers(repo.folder()), Strings{});
}

TEST_F(Known, ABrokenBaselineStopsTheRunInsteadOfCountingEverything) {
  repo.write("a.py", kUnused);
  repo.write(".peer/baseline.json", "{\"version\": 1, ");
  repo.commit("old");
  const auto ran = peer({"audit"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.out, HasSubstr("baseline.json"));
}

TEST_F(Known, AnAuditSaysWhatIsNewSinceTheOneBefore) {
  repo.write("a.py", "import json\nimport os\nprint(1)\n");
  const auto first = repo.commit("first");
  EXPECT_THAT(peer({"audit"}).out, Not(HasSubstr("since the last audit")));
  repo.write("a.py", "import json\nimport re\nimport sys\nprint(1)\n");
  repo.commit("second");
  EXPECT_THAT(peer({"audit"}).out, HasSubstr("since the last audit (" + first.substr(0, 7) +
                                             "): 2 new, 1 gone, 1 still there\n"));
  const auto quiet = peer({"audit", "-f", "json"}).out;
  EXPECT_THAT(quiet, Not(HasSubstr("since the last audit")));
  const auto page = peer({"audit", "-f", "html"}).out;
  EXPECT_THAT(page, AllOf(HasSubstr(R"("total": 3,"new": 2,"fixed": 1,"recurring": 1)"),
                          HasSubstr(R"("total": 3,"new": 0,"fixed": 0,"recurring": 3)")));
}

TEST_F(Known, AnAuditWithADamagedHistoryReportsAndSaysSo) {
  repo.write("a.py", kUnused);
  repo.commit("first");
  ASSERT_EQ(peer({"audit", "--fail-on", "never"}).exit_code, 0);
  const auto state = home.path() / ".local/state/peer/state.db";
  ASSERT_TRUE(std::filesystem::exists(state));
  std::ofstream(state, std::ios::binary) << std::string(8192, 'x');
  const auto ran = peer({"audit", "--fail-on", "never"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("unused-import"),
                             HasSubstr("\nThe history of audits could not be kept and read:\n"),
                             Not(HasSubstr("since the last audit"))));
}

TEST_F(Known, AnAuditListsRulesFoldersAndFiles) {
  repo.write("src/a.py", "import json\nimport os\nprint(1)\n");
  repo.write("lib/b.py", kUnused);
  repo.commit("first");
  const auto all = peer({"audit"}).out;
  EXPECT_THAT(
      all,
      HasSubstr("\nsrc                                                 0        2        0\n"));
  EXPECT_THAT(
      all,
      HasSubstr("\nunused-import                                       0        3        0\n"));
  EXPECT_THAT(
      all,
      HasSubstr("\nlib/b.py                                            0        1        0\n"));
  EXPECT_THAT(peer({"audit", "--top", "1"}).out, HasSubstr("and 1 more (--top N)"));
}

}  // namespace
}  // namespace peer::testing
