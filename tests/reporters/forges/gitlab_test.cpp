// Lives of a merge request on a GitLab that enforces its rules: the real client over real sockets.
#include "reporters/forges/gitlab.hpp"

#include "reporters/comment_sync/anchors.hpp"
#include "tests/reporters/forges/on_gitlab.hpp"

namespace peer::test {
namespace {

using fakes::GitLabFake;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(OnGitLab, AWholeLife) {
  EXPECT_EQ(writes_of({10, 60, 170}), 5U) << "three drafts shown at once, a summary";
  EXPECT_EQ(forge.notices, 2U);
  ASSERT_EQ(forge.threads().size(), 3U);
  EXPECT_EQ(writes_of({10, 60, 170}), 0U);
  forge.discussions[1].notes.push_back(forge.person("on purpose"));
  EXPECT_EQ(writes_of({10}, 'b'), 3U) << "resolve, edit, summary";
  EXPECT_TRUE(forge.threads()[2].resolved);
  EXPECT_FALSE(forge.threads()[1].resolved);
  EXPECT_THAT(forge.notes()[0].notes[0].body,
              HasSubstr("Since `aaaaaaaaaa`: 2 fixed, 0 new, 1 still open."));
  EXPECT_EQ(writes_of({10, 170}, 'c'), 3U) << "it comes back: edit, reopen, summary";
  EXPECT_FALSE(forge.threads()[2].resolved);
  EXPECT_EQ(forge.threads().size(), 3U);
  EXPECT_EQ(writes_of({10, 170}, 'c'), 0U);
  forge.state = "merged";
  EXPECT_EQ(writes_of({99}, 'd'), 0U);
}

TEST_F(OnGitLab, TheHeadThatMovesBetweenTwoDraftsEndsTheRunAndNobodySeesTheFirst) {
  for (const auto* part : {"/draft_notes", "/bulk_publish"}) {
    forge.discussions.clear();
    forge.drafts.clear();
    int posts = 0;
    bool moves = true;
    forge.before = [&](const fakes::ServedRequest& request) {
      // before the look that comes before the second draft, or before all three are shown
      if (moves && posts == (std::string_view(part) == "/draft_notes" ? 1 : 3))
        forge.head = std::string(40, 'f');
      if (request.method == "POST" && request.target.ends_with("/draft_notes")) ++posts;
    };
    EXPECT_THAT(run({10, 60, 70}).stopped, HasSubstr("moved on to ffffffffff")) << part;
    EXPECT_EQ(forge.drafts.size(), static_cast<std::size_t>(posts));
    EXPECT_EQ(posts, std::string_view(part) == "/draft_notes" ? 1 : 3);
    EXPECT_THAT(forge.threads(), IsEmpty());
    EXPECT_THAT(forge.notes(), IsEmpty());
    // the run for the new head: drafts for the old one are taken back, whether found again or not
    moves = false;
    EXPECT_TRUE(run({60}, 'f').done);
    EXPECT_THAT(forge.drafts, IsEmpty());
    ASSERT_EQ(forge.threads().size(), 1U);
    EXPECT_EQ(forge.threads()[0].position.at("head_sha"), std::string(40, 'f'));
    EXPECT_EQ(writes_of({60}, 'f'), 0U);
    forge.before = nullptr;
  }
}

TEST_F(OnGitLab, EveryRequestThatChangesSomethingComesRightAfterALook) {
  options.labels = true;
  forge.labels = {"peer: clean"};
  (void)run({10, 60, 70});
  (void)run({10}, 'b');
  bool looked = false;
  for (const auto& each : forge.requests()) {
    const bool look = each.target == "/projects/g%2Fp/merge_requests/7" && each.method == "GET";
    if (each.method != "GET") {
      EXPECT_TRUE(looked) << each.method << " " << each.target;
    }
    // which commits a position names is asked in between
    looked = look || (looked && each.target.find("/versions") != std::string::npos);
  }
}

TEST_F(OnGitLab, EveryLineOfADiffCanBeSpokenOf) {
  // what is replaced has its removed lines first
  forge.diff["src/new.py"] = counted(10, 20, "   --+++ -  +   ");
  forge.old_paths["src/new.py"] = "src/old.py";
  ChangeSet change;
  ChangedFile file;
  file.path = "src/new.py";
  file.old_path = "src/old.py";
  file.hunks = {{{10, 12}, {20, 13}, {{13, 2}, {16, 1}}, {{23, 3}, {29, 1}}}};
  change.files = {file};
  const Anchors anchors(change);
  const Json version{{"base_commit_sha", forge.base},
                     {"start_commit_sha", forge.base},
                     {"head_commit_sha", forge.head}};
  for (const auto side : {Side::old_side, Side::new_side}) {
    const std::uint32_t from = side == Side::old_side ? 10 : 20,
                        to = side == Side::old_side ? 21 : 32;
    for (auto first = from; first <= to; ++first)
      for (auto last = first; last <= to; ++last) {
        const auto at = anchors.find("src/new.py", side, first, last);
        ASSERT_TRUE(at.has_value());
        const auto position = gitlab_position(*at, version);
        EXPECT_EQ(forge.refusal(position), "")
            << first << "-" << last << " " << dump_json(position);
      }
    EXPECT_FALSE(anchors.find("src/new.py", side, from - 1, from).has_value());
    EXPECT_FALSE(anchors.find("src/new.py", side, to, to + 1).has_value());
  }
}

TEST_F(OnGitLab, ANewFileCountsFromNought) {
  forge.diff["n.py"] = counted(0, 1, "+++");
  for (auto& line : forge.diff["n.py"])
    line.old_line = 0;
  ChangeSet change;
  ChangedFile file;
  file.path = file.old_path = "n.py";
  file.hunks = {{{0, 0}, {1, 3}, {}, {{1, 3}}}};
  change.files = {file};
  const Json version{{"base_commit_sha", forge.base},
                     {"start_commit_sha", forge.base},
                     {"head_commit_sha", forge.head}};
  const auto at = Anchors(change).find("n.py", Side::new_side, 1, 3);
  EXPECT_EQ(forge.refusal(gitlab_position(*at, version)), "");
}

TEST_F(OnGitLab, ASuggestionSaysHowManyLinesAbove) {
  auto report = test::report_with({60}, std::string(40, 'a'));
  test::add_fix(report, 0, 60, 62, "fixed\n");
  forge.head = report.change.head;
  ASSERT_TRUE(publish(report).has_value());
  ASSERT_EQ(forge.threads().size(), 1U);
  EXPECT_THAT(forge.threads()[0].notes[0].body, HasSubstr("```suggestion:-2+0\nfixed\n```"));
  EXPECT_EQ(forge.threads()[0].position.at("new_line"), 62);
}

TEST_F(OnGitLab, ATokenOfAJobIsNamed) {
  place.job_token = true;
  const auto out = publish(test::report_with({10}, std::string(40, 'a')));
  ASSERT_FALSE(out.has_value());
  EXPECT_THAT(out.error().message,
              HasSubstr("CI_JOB_TOKEN can read a merge request but not comment"));
  EXPECT_THAT(out.error().message, HasSubstr("artifacts"));
}

TEST_F(OnGitLab, ATokenThatMayOnlyReadIsSaid) {
  forge.may_write.clear();
  const auto out = run({10});
  EXPECT_TRUE(out.done);
  EXPECT_THAT(out.degraded, ElementsAre(HasSubstr("may not comment")));
}

TEST_F(OnGitLab, AnOldGitLabWithoutDraftsGetsCommentsOneByOne) {
  forge.has_drafts = false;
  (void)run({10, 60});
  EXPECT_EQ(forge.threads().size(), 2U);
  EXPECT_EQ(writes_of({10, 60}), 0U);
}

TEST_F(OnGitLab, DraftsOfARunThatWasStoppedAreShownNotDoubled) {
  fault_once("POST", "/bulk_publish", {Fault::answer, 401, "{}"});
  (void)run({10, 60});
  EXPECT_EQ(forge.drafts.size(), 2U);
  forge.fault = nullptr;
  EXPECT_TRUE(run({10, 60}).done);
  EXPECT_THAT(forge.drafts, IsEmpty());
  EXPECT_EQ(forge.threads().size(), 2U);
  EXPECT_EQ(writes_of({10, 60}), 0U);
}

TEST_F(OnGitLab, LostRepliesDoubleNothing) {
  expect_nothing_doubled({{"POST", "/draft_notes"}, {"POST", "/bulk_publish"}, {"POST", "/notes"}},
                         {{Fault::drop_before}, {Fault::drop_after}});
}

TEST_F(OnGitLab, WhatTheForgeRefusesIsInTheSummary) {
  forge.diff["src/a.py"].erase(forge.diff["src/a.py"].begin() + 59);  // it does not know line 60
  const auto out = run({10, 60});
  EXPECT_TRUE(out.done);
  EXPECT_EQ(forge.threads().size(), 1U);
  EXPECT_THAT(forge.notes()[0].notes[0].body,
              HasSubstr("The forge took no comment on `src/a.py:60`."));
  EXPECT_EQ(writes_of({10, 60}), 0U);
}

TEST_F(OnGitLab, PagesLimitsAndErrorsPass) {
  forge.page = 1;
  (void)run({10, 60});
  EXPECT_EQ(writes_of({10, 60}), 0U);
  fault_once("POST", "/draft_notes", {Fault::answer, 429, "{}", {{"Retry-After", "9"}}});
  EXPECT_TRUE(run({10, 60, 70}, 'b').done);
  EXPECT_THAT(slept, ::testing::Contains(milliseconds(9'000)));
  fault_once("GET", "/discussions", {Fault::answer, 502});
  EXPECT_TRUE(run({10, 60, 70}, 'c').done);
  EXPECT_EQ(forge.threads().size(), 3U);
}

TEST_F(OnGitLab, AVersionThatIsBehindTheHeadIsWaitedFor) {
  forge.before = [this, n = 0](const fakes::ServedRequest& request) mutable {
    if (request.target.find("/versions") == std::string::npos) return;
    if (++n == 1)
      forge.fault = [](const fakes::ServedRequest& r) {
        return r.target.find("/versions") == std::string::npos
                   ? Fault{}
                   : Fault{Fault::answer, 200, "[{\"head_commit_sha\":\"old\"}]"};
      };
    else
      forge.fault = nullptr;
  };
  EXPECT_TRUE(run({10}).done);
  EXPECT_EQ(forge.threads().size(), 1U);
}

TEST_F(OnGitLab, LabelsWhereAskedFor) {
  options.labels = true;
  forge.labels = {"bug", "peer: clean"};
  (void)run({10});
  EXPECT_THAT(forge.labels, ElementsAre("bug", "peer: errors"));
  EXPECT_EQ(writes_of({10}), 0U);
}

TEST_F(OnGitLab, KilledBetweenAnyTwoRequestsTheNextRunEndsTheSame) {
  for (int nth = 1; nth <= 18; ++nth) {
    forge.discussions.clear();
    forge.drafts.clear();
    forge.fault = nullptr;
    (void)run({10, 60});
    forge.fault = [left = nth](const fakes::ServedRequest&) mutable {
      return --left < 0  ? Fault{Fault::drop_before}
             : left == 0 ? Fault{Fault::drop_after}
                         : Fault{};
    };
    (void)run({60, 70}, 'b');
    forge.fault = nullptr;
    EXPECT_TRUE(run({60, 70}, 'b').done);
    ASSERT_EQ(forge.threads().size(), 3U) << nth;
    EXPECT_TRUE(forge.threads()[0].resolved) << nth;
    EXPECT_EQ(forge.notes().size(), 1U) << nth;
    EXPECT_THAT(forge.drafts, IsEmpty()) << nth;
    EXPECT_EQ(writes_of({60, 70}, 'b'), 0U) << nth;
  }
}

}  // namespace
}  // namespace peer::test
