// Lives of a pull request on a GitHub that enforces its rules: the real client over real sockets.
#include "reporters/base64.hpp"
#include "tests/reporters/forges/on_github.hpp"

namespace peer::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(OnGitHub, AWholeLife) {
  EXPECT_EQ(writes_of({10, 20, 30}), 3U) << "a review, a summary, a check run";
  ASSERT_EQ(forge.talks.size(), 3U);
  ASSERT_EQ(forge.comments.size(), 1U);
  EXPECT_THAT(forge.comments[0].body, HasSubstr("**Peer: 3 errors**"));
  EXPECT_EQ(forge.checks.back().conclusion, "failure");
  EXPECT_EQ(forge.checks.back().annotations, 3U);
  EXPECT_EQ(writes_of({10, 20, 30}), 0U) << "the same again";
  // a push that shifts nothing away: only summary and check run speak of the new head
  EXPECT_EQ(writes_of({10, 20, 30}, 'b'), 2U);
  // one fixed, one answered by a human and fixed
  forge.talks[1].comments.push_back(forge.person("alice", "on purpose"));
  EXPECT_EQ(writes_of({10}, 'c'), 4U) << "resolve, edit, summary, check run";
  EXPECT_TRUE(forge.talks[2].resolved);
  EXPECT_FALSE(forge.talks[1].resolved);
  EXPECT_THAT(forge.comments[0].body,
              HasSubstr("Since `bbbbbbbbbb`: 2 fixed, 0 new, 1 still open."));
  // it comes back
  EXPECT_EQ(writes_of({10, 30}, 'd'), 4U);
  EXPECT_FALSE(forge.talks[2].resolved);
  EXPECT_EQ(forge.talks.size(), 3U);
  EXPECT_EQ(writes_of({10, 30}, 'd'), 0U);
  // closed while the next run is under way
  forge.state = "closed";
  EXPECT_EQ(writes_of({10, 40}, 'e'), 0U);
  forge.state = "open";
  EXPECT_EQ(writes_of({10, 40}, 'e'), 5U);
  EXPECT_EQ(forge.talks.size(), 4U);
  EXPECT_EQ(forge.comments.size(), 1U);
}

TEST_F(OnGitHub, ASuggestionCoversExactlyTheLinesItReplaces) {
  auto report = report_with({10}, std::string(40, 'a'));
  add_fix(report, 0, 10, 12, "fixed ```` line\n");
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  ASSERT_TRUE(publish(report).has_value());
  ASSERT_EQ(forge.talks.size(), 1U);
  EXPECT_EQ(forge.talks[0].start_line, 10U);
  EXPECT_EQ(forge.talks[0].line, 12U);
  EXPECT_THAT(forge.talks[0].comments[0].body,
              HasSubstr("`````suggestion\nfixed ```` line\n`````\n"));
  EXPECT_THAT(forge.talks[0].comments[0].body, HasSubstr("proved: applies"));
}

TEST_F(OnGitHub, AReportOfAForksJobOffersNothingToCommit) {
  auto report = report_with({10}, std::string(40, 'a'));
  add_fix(report, 0, 10, 12, "fixed\n");
  forge.head = place.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  place.foreign = true;
  ASSERT_TRUE(publish(report).has_value());
  EXPECT_THAT(forge.talks[0].comments[0].body, Not(HasSubstr("suggestion")));
  place.head = std::string(40, 'b');
  const auto other = publish(report);
  ASSERT_FALSE(other.has_value());
  EXPECT_THAT(other.error().message, HasSubstr("the event of this job about bbbbbbbbbb"));
}

TEST_F(OnGitHub, LinesOutsideTheDiffAreNeverSent) {
  auto report = report_with({10, 500}, std::string(40, 'a'));
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  ASSERT_TRUE(publish(report).has_value());
  EXPECT_EQ(forge.talks.size(), 1U);
  EXPECT_THAT(forge.comments[0].body, HasSubstr("src/a.py:500"));
}

TEST_F(OnGitHub, AReviewThatIsRefusedIsHalvedAndNothingIsLost) {
  auto report = report_with({10, 20, 30, 40, 50}, std::string(40, 'a'));
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 35}, {45, 200}}}}};  // the forge knows line 40 as outside
  const auto out = publish(report);
  ASSERT_TRUE(out.has_value());
  EXPECT_TRUE(out->done);
  EXPECT_EQ(forge.talks.size(), 4U);
  EXPECT_THAT(forge.comments[0].body, HasSubstr("The forge took no comment on `src/a.py:40`."));
  const auto before = forge.writes();
  ASSERT_TRUE(publish(report).has_value());
  EXPECT_EQ(forge.writes(), before);
}

TEST_F(OnGitHub, PagesAreAllRead) {
  forge.page = 2;
  for (int i = 0; i < 5; ++i)
    forge.comments.push_back(forge.person("alice", "hello"));
  (void)run({10, 20, 30});
  for (int i = 0; i < 5; ++i)
    forge.comments.push_back(forge.person("bob", "hello"));
  EXPECT_EQ(writes_of({10, 20, 30}), 0U);
}

TEST_F(OnGitHub, SomeoneElsesCommentWithOurMarkIsNotOurs) {
  (void)run({10});
  auto copy = forge.comments[0];
  forge.comments.clear();
  forge.comments.push_back(forge.person("mallory", copy.body));
  auto talk = forge.talks[0];
  forge.talks.clear();
  talk.comments = {forge.person("mallory", talk.comments[0].body)};
  forge.talks.push_back(talk);
  (void)run({10});
  EXPECT_EQ(forge.comments.size(), 2U);
  EXPECT_EQ(forge.talks.size(), 2U);
}

TEST_F(OnGitHub, TheHeadThatMovesBeforeTheReviewEndsTheRun) {
  forge.before = [this](const fakes::ServedRequest& request) {
    if (request.target == "/graphql") forge.head = std::string(40, 'f');
  };
  const auto out = run({10});
  EXPECT_THAT(out.stopped, HasSubstr("moved on to ffffffffff"));
  EXPECT_THAT(forge.talks, IsEmpty());
}

/// The head moves once `times` requests that match were answered.
void move_head_after(GitHubFake& forge, std::string method, std::string part, int times) {
  forge.before = [&forge, method = std::move(method), part = std::move(part),
                  left = times](const fakes::ServedRequest& request) mutable {
    if (left == 0) forge.head = std::string(40, 'f');
    if (request.method == method && request.target.find(part) != std::string::npos) --left;
  };
}

std::size_t count_of(const GitHubFake& forge, std::string_view method, std::string_view part) {
  std::size_t n = 0;
  for (const auto& each : forge.requests())
    n += each.method == method && each.target.find(part) != std::string::npos ? 1U : 0U;
  return n;
}

TEST_F(OnGitHub, TheHeadThatMovesBetweenTwoHalvesOfAReviewEndsTheRun) {
  auto report = report_with({10, 20, 30, 40, 50}, std::string(40, 'a'));
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 15}, {25, 200}}}}};  // it refuses line 20
  move_head_after(forge, "POST", "/reviews", 1);
  const auto out = publish(report);
  ASSERT_TRUE(out.has_value());
  EXPECT_THAT(out->stopped, HasSubstr("moved on to ffffffffff"));
  EXPECT_EQ(count_of(forge, "POST", "/reviews"), 1U) << "the halves are not sent";
  EXPECT_THAT(forge.talks, IsEmpty());
  EXPECT_THAT(forge.comments, IsEmpty());
}

TEST_F(OnGitHub, TheHeadThatMovesBetweenTwoFiftiesOfAnnotationsEndsTheRun) {
  std::vector<int> lines;
  for (int i = 1; i <= 120; ++i)
    lines.push_back(i);
  move_head_after(forge, "POST", "/check-runs", 1);
  EXPECT_THAT(run(lines).stopped, HasSubstr("moved on to ffffffffff"));
  ASSERT_EQ(forge.checks.size(), 1U);
  EXPECT_EQ(forge.checks[0].annotations, 50U);
  EXPECT_EQ(forge.checks[0].status, "completed") << "it does not seem to run for ever";
  EXPECT_EQ(forge.checks[0].conclusion, "cancelled");
  EXPECT_EQ(count_of(forge, "PATCH", "/check-runs"), 1U);
  // the old head is pushed again
  forge.before = {};
  forge.head = std::string(40, 'a');
  EXPECT_EQ(run(lines).stopped, "");
  ASSERT_EQ(forge.checks.size(), 1U);
  EXPECT_EQ(forge.checks[0].annotations, 120U);
  EXPECT_NE(forge.checks[0].conclusion, "cancelled");
}

TEST_F(OnGitHub, TheHeadThatMovesWhileTheForgeAsksForPatienceEndsTheRun) {
  fault_once("POST", "/reviews", {Fault::answer, 429, "{}", {{"Retry-After", "60"}}});
  move_head_after(forge, "POST", "/reviews", 1);
  EXPECT_THAT(run({10}).stopped, HasSubstr("moved on to ffffffffff"));
  EXPECT_EQ(count_of(forge, "POST", "/reviews"), 1U);
}

TEST_F(OnGitHub, EveryRequestThatChangesSomethingComesRightAfterALook) {
  options.labels = true;
  forge.labels = {"bug", "peer: clean", "peer: warnings"};
  std::vector<int> lines;
  for (int i = 1; i <= 120; ++i)
    lines.push_back(i);
  (void)run(lines);
  bool looked = false;
  for (const auto& each : forge.requests()) {
    const bool reads = each.method == "GET" || each.target == "/graphql";
    if (!reads) {
      EXPECT_TRUE(looked) << each.method << " " << each.target;
    }
    looked = reads && each.target == "/repos/o/r/pulls/7";
  }
}

TEST_F(OnGitHub, ALockedOrRetargetedChangeIsNotCommentedOn) {
  forge.locked = true;
  (void)run({10});
  EXPECT_THAT(forge.talks, IsEmpty());
  EXPECT_EQ(forge.checks.size(), 1U);
  forge.locked = false;
  forge.base_ref = "release";
  EXPECT_THAT(run({10}, 'b').stopped, HasSubstr("another branch"));
  EXPECT_THAT(forge.talks, IsEmpty());
}

TEST_F(OnGitHub, ManyAnnotationsGoInFifties) {
  std::vector<int> lines;
  for (int i = 1; i <= 120; ++i)
    lines.push_back(i);
  (void)run(lines);
  ASSERT_EQ(forge.checks.size(), 1U);
  EXPECT_EQ(forge.checks[0].annotations, 120U);
  EXPECT_EQ(forge.checks[0].status, "completed");
  // stopped after the first fifty: the next run adds the rest
  forge.checks[0].annotations = 50;
  forge.checks[0].status = "in_progress";
  (void)run(lines);
  ASSERT_EQ(forge.checks.size(), 1U);
  EXPECT_EQ(forge.checks[0].annotations, 120U);
}

TEST_F(OnGitHub, AnIncompleteRunIsNeverASuccess) {
  for (const auto verdict : {Verdict::incomplete, Verdict::not_reviewed, Verdict::error}) {
    auto report = report_with({}, std::string(40, 'a'));
    report.verdict = verdict;
    report.complete = false;
    forge.head = report.change.head;
    forge.checks.clear();
    ASSERT_TRUE(publish(report).has_value());
    EXPECT_NE(forge.checks.back().conclusion, "success");
  }
}

TEST_F(OnGitHub, TenThousandFindingsFit) {
  std::vector<int> lines;
  for (int i = 1; i <= 10'000; ++i)
    lines.push_back(i % 190 + 1);
  auto report = report_with(lines, std::string(40, 'a'));
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    report.findings[i].rule = fmt::format("rule-{}", i);
    report.findings[i].fingerprint = fmt::format("{:016x}", i);
    report.findings[i].message = std::string(500, 'm');
  }
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  const auto out = publish(report);
  ASSERT_TRUE(out.has_value());
  EXPECT_TRUE(out->done) << out->failure;
  EXPECT_EQ(forge.talks.size(), 7U);
  EXPECT_LT(forge.comments.at(0).body.size(), 65'000U);
  const auto before = forge.writes();
  ASSERT_TRUE(publish(report).has_value());
  EXPECT_EQ(forge.writes(), before);
}

TEST_F(OnGitHub, LabelsAndCodeScanningWhereAskedFor) {
  options.labels = options.code_scanning = true;
  forge.labels = {"bug", "peer: clean"};
  (void)run({10});
  EXPECT_THAT(forge.labels, ElementsAre("bug", "peer: errors"));
  ASSERT_EQ(forge.sarifs.size(), 1U);
  EXPECT_EQ(forge.sarifs[0].at("version"), "2.1.0");
  EXPECT_EQ(writes_of({10}), 0U);
}

TEST_F(OnGitHub, ACredentialInWhatIsSaidStopsIt) {
  place.token = "ghs_abcdefghijklmnopqrstuvwxyz012345";
  forge.tokens["Bearer " + place.token] = forge.tokens["Bearer writer"];
  auto report = report_with({10}, std::string(40, 'a'));
  report.findings[0].message = "look: " + base64_encode("x" + place.token);
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  const auto out = publish(report);
  ASSERT_TRUE(out.has_value());
  EXPECT_FALSE(out->done);
  EXPECT_THAT(out->failure, HasSubstr("holds a credential"));
  EXPECT_EQ(forge.writes(), 0U);
}

TEST_F(OnGitHub, ACredentialInTheSarifIsNotPackedAndSent) {
  place.token = "ghs_abcdefghijklmnopqrstuvwxyz012345";
  forge.tokens["Bearer " + place.token] = forge.tokens["Bearer writer"];
  options.code_scanning = true;
  options.max_comments = 0;
  auto report = report_with({10}, std::string(40, 'a'));
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  add_fix(report, 0, 10, 12, "token = '" + place.token + "'\n");  // only SARIF holds it
  const auto out = publish(report);
  ASSERT_TRUE(out.has_value());
  EXPECT_FALSE(out->done);
  EXPECT_THAT(out->failure, HasSubstr("holds a credential"));
  EXPECT_THAT(forge.sarifs, IsEmpty());
  report.fixes.clear();
  ASSERT_TRUE(publish(report)->done);
  EXPECT_EQ(forge.sarifs.size(), 1U) << "else this test sees nothing";
}

TEST_F(OnGitHub, ACredentialSpreadOverLinesStopsIt) {
  place.token = "ghs_abcdefghijklmnopqrstuvwxyz012345";
  forge.tokens["Bearer " + place.token] = forge.tokens["Bearer writer"];
  auto report = report_with({10}, std::string(40, 'a'));
  std::string spread;
  for (const char c : place.token)
    spread += std::string(1, c) + "\n";
  add_fix(report, 0, 10, 12, spread);
  forge.head = report.change.head;
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  const auto out = publish(report);
  ASSERT_TRUE(out.has_value());
  EXPECT_THAT(out->failure, HasSubstr("holds a credential"));
  EXPECT_EQ(forge.writes(), 0U);
}

TEST_F(OnGitHub, AWorkflowRunOfAForkFindsItsPullRequestByBranchAndCommit) {
  auto report = report_with({10}, std::string(40, 'a'));
  forge.head = report.change.head;
  place.number = 0;
  place.branch = "mallory:topic";
  place.head = report.change.head;
  const auto listed = [&](const std::string& head) {
    forge.fault = [head](const fakes::ServedRequest& request) {
      if (request.target.find("/pulls?state=open") == std::string::npos) return Fault{};
      return Fault{Fault::answer, 200, "[{\"number\":7,\"head\":{\"sha\":\"" + head + "\"}}]", {}};
    };
  };
  listed(std::string(40, 'b'));
  ASSERT_FALSE(publish(report).has_value());
  listed(report.change.head);
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  ASSERT_TRUE(publish(report).has_value());
  EXPECT_EQ(forge.talks.size(), 1U);
}

/// A report with hunks of those names, all examined.
Report with_hunks(const std::vector<int>& names, char head) {
  auto report = test::report_with({10}, std::string(40, head));
  auto& hunks = report.coverage.files[0].hunks;
  const auto one = hunks[0];
  hunks.clear();
  for (const int name : names) {
    hunks.push_back(one);
    hunks.back().id = fmt::format("{:016x}", name);
  }
  return report;
}

TEST_F(OnGitHub, SaysWhatWasExaminedBefore) {
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  const auto say = [&](const std::vector<int>& names, char head) {
    forge.head = std::string(40, head);
    const auto out = publish(with_hunks(names, head));
    EXPECT_TRUE(out && out->done);
    return forge.comments[0].body;
  };
  EXPECT_THAT(say({1, 2, 3}, 'a'), Not(HasSubstr("examined before")));
  EXPECT_THAT(say({1, 2, 3, 4, 5}, 'b'),
              HasSubstr("2 of 5 hunks are new since `aaaaaaaaaa`; 3 examined before."));
  const auto writes = forge.writes();
  EXPECT_THAT(say({1, 2, 3, 4, 5}, 'b'), HasSubstr("2 of 5 hunks"))
      << "the second run on one state says the same";
  EXPECT_EQ(forge.writes(), writes);
  EXPECT_THAT(say({5}, 'c'),
              HasSubstr("0 of 1 hunk is new since `bbbbbbbbbb`; 1 examined before."));
}

TEST_F(OnGitHub, AnEditedMemoryOfHunksChangesWordsAndNoFinding) {
  forge.diff = {{"src/a.py", {{}, {{1, 200}}}}};
  forge.head = std::string(40, 'a');
  ASSERT_TRUE(publish(with_hunks({1}, 'a')).has_value());
  auto& body = forge.comments[0].body;
  const std::string held = "\"hunks\":\"0000000000000001\"";
  const auto at = body.find(held);
  ASSERT_NE(at, std::string::npos);
  body.replace(at, held.size(), "\"hunks\":\"0000000000000009\"");
  forge.head = std::string(40, 'b');
  auto report = with_hunks({9}, 'b');
  report.findings.push_back(test::report_with({20}, report.change.head).findings[0]);
  const auto out = publish(report);
  ASSERT_TRUE(out && out->done);
  EXPECT_THAT(forge.comments[0].body, HasSubstr("0 of 1 hunk is new"));
  EXPECT_THAT(forge.comments[0].body, HasSubstr("2 errors"));
  EXPECT_EQ(forge.talks.size(), 2U) << "what was found is said all the same";
}

}  // namespace
}  // namespace peer::test
