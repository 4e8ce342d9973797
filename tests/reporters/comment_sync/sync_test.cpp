// What stands on a change after Peer, people and broken connections had their say.
#include <fmt/format.h>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reporters/comment_sync/plan.hpp"
#include "tests/reporters/comment_sync/talk.hpp"

namespace peer {
namespace {

using test::Fate;
using test::Killed;
using test::Talk;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string key(int n) { return fmt::format("{:016x}", n); }

WantedFinding finding(int n, const std::string& rule = "", std::uint32_t line = 1) {
  WantedFinding f;
  f.key = key(n);
  f.rule = rule.empty() ? fmt::format("rule-{}", n) : rule;
  f.at = Anchor{fmt::format("f{}.py", n % 3), "", Side::new_side, line, line, 1, 1, false, false};
  f.place = fmt::format("`f{}.py:{}`", n % 3, line);
  f.text = fmt::format("**error: finding {}**\n\nWhy: it is\n", n);
  f.said = fmt::format("{:016x}", 1000 + n);
  return f;
}

Wanted wanted(const std::vector<int>& found, const std::string& head = "aaa0") {
  Wanted w;
  w.name = "peer";
  w.head = head;
  w.summary = fmt::format("**Peer: {} errors**\n\ntable", found.size());
  for (const int n : found) {
    w.findings.push_back(finding(n));
    w.summary += fmt::format("\n{}", key(n));
  }
  w.costs = "<sub>1 s</sub>\n";
  CheckRun check;
  check.key = head + fmt::format("{}", found.size());
  w.check = check;
  return w;
}

class Sync : public ::testing::Test {
 protected:
  Talk talk;
  SyncOutcome run(const Wanted& w) {
    talk.change.head = w.head;
    return test::sync(w, talk);
  }
  std::size_t writes_of(const Wanted& w) {
    const auto before = talk.writes;
    EXPECT_EQ(run(w).failure, "");
    return talk.writes - before;
  }
};

TEST_F(Sync, ASecondRunOnTheSameStateWritesNothing) {
  auto w = wanted({1, 2, 3});
  EXPECT_EQ(writes_of(w), 3U) << "one review, one summary, one check run";
  w.costs = "<sub>2 s</sub>\n";
  EXPECT_EQ(writes_of(w), 0U);
  EXPECT_EQ(talk.threads.size(), 3U);
}

TEST_F(Sync, AKnownFindingStaysWhereItIsWhenTheChangeGrows) {
  (void)run(wanted({1, 2}));
  auto next = wanted({1, 2}, "bbb0");
  next.findings[0].at->first_line = next.findings[0].at->last_line = 11;
  EXPECT_EQ(writes_of(next), 2U) << "summary and check run of the new head";
  EXPECT_EQ(talk.threads.size(), 2U);
  EXPECT_THAT(talk.summaries[0].body, HasSubstr("Since `aaa0`: 0 fixed, 0 new, 2 still open."));
}

TEST_F(Sync, WhatIsGoneSaysSoAndIsResolvedAndWhatComesBackIsReopenedOnce) {
  (void)run(wanted({1}));
  (void)run(wanted({}, "bbb0"));
  ASSERT_EQ(talk.threads.size(), 1U);
  EXPECT_TRUE(talk.threads[0].resolved);
  EXPECT_THAT(talk.threads[0].body, HasSubstr("**error: finding 1**\n\nFixed in `bbb0`."));
  (void)run(wanted({1}, "ccc0"));
  EXPECT_FALSE(talk.threads[0].resolved);
  EXPECT_THAT(talk.threads[0].body, HasSubstr("Why: it is"));
  (void)run(wanted({}, "ddd0"));
  EXPECT_TRUE(talk.threads[0].resolved);
  const auto before = talk.threads;
  (void)run(wanted({1}, "eee0"));
  EXPECT_EQ(talk.threads, before) << "a second time it is only in the summary";
  EXPECT_THAT(talk.summaries[0].body, HasSubstr(key(1)));
}

TEST_F(Sync, WhatPeopleTouchedIsLeftAlone) {
  for (const int how : {0, 1, 2}) {
    Talk fresh;
    fresh.change.head = "aaa0";
    (void)test::sync(wanted({1}), fresh);
    if (how == 0) fresh.threads[0].people = true;
    if (how == 1) fresh.threads[0].resolved = true;
    if (how == 2) fresh.threads.clear();
    const auto before = fresh.threads;
    for (const auto& [head, found] :
         {std::pair<std::string, std::vector<int>>{"bbb0", {1}}, {"ccc0", {}}, {"ddd0", {1}}}) {
      fresh.change.head = head;
      EXPECT_EQ(test::sync(wanted(found, head), fresh).failure, "");
      EXPECT_EQ(fresh.threads, before) << how << " " << head;
    }
  }
}

TEST_F(Sync, WhatWasNotExaminedIsNotCalledFixed) {
  (void)run(wanted({1, 2}));
  auto w = wanted({}, "bbb0");
  w.complete = false;
  w.examined = {"f2.py"};
  (void)run(w);
  EXPECT_FALSE(talk.of(key(1))->resolved);
  EXPECT_TRUE(talk.of(key(2))->resolved);
  EXPECT_THAT(talk.summaries[0].body, Not(HasSubstr("fixed,")));
}

TEST_F(Sync, OnlySoManyStandOnLinesAndTheRestIsInTheSummary) {
  (void)run(wanted({1, 2, 3, 4, 5, 6, 7, 8, 9}));
  EXPECT_EQ(talk.threads.size(), 7U);
  for (int n = 1; n <= 9; ++n)
    EXPECT_THAT(talk.summaries[0].body, HasSubstr(key(n)));
  // one is fixed: the next one in rank may stand on its line
  (void)run(wanted({2, 3, 4, 5, 6, 7, 8, 9}, "bbb0"));
  EXPECT_EQ(talk.threads.size(), 8U);
  EXPECT_NE(talk.of(key(8)), nullptr);
  EXPECT_EQ(talk.of(key(9)), nullptr);
}

TEST_F(Sync, RepeatedFindingsAreOneComment) {
  auto w = wanted({});
  for (int n = 1; n <= 15; ++n)
    w.findings.push_back(finding(n, "same", static_cast<std::uint32_t>(n)));
  (void)run(w);
  ASSERT_EQ(talk.threads.size(), 1U);
  EXPECT_THAT(talk.threads[0].body, HasSubstr("Also at `f2.py:2`, "));
  EXPECT_THAT(talk.threads[0].body, HasSubstr(" and 4 more places."));
  EXPECT_EQ(writes_of(w), 0U);
  w.findings.erase(w.findings.begin());
  w.head = "bbb0";
  (void)run(w);
  EXPECT_EQ(talk.threads.size(), 1U);
  EXPECT_FALSE(talk.threads[0].resolved) << "fourteen of them are still there";
}

TEST_F(Sync, WhatTheForgeRefusesGoesToTheSummaryAndIsNotTriedAgain) {
  talk.refuse = {key(2)};
  const auto out = run(wanted({1, 2, 3}));
  EXPECT_TRUE(out.done);
  EXPECT_EQ(out.comments, 2U);
  EXPECT_EQ(talk.threads.size(), 2U);
  EXPECT_THAT(talk.summaries[0].body, HasSubstr("The forge took no comment on `f2.py:1`."));
  EXPECT_EQ(writes_of(wanted({1, 2, 3})), 0U);
}

TEST_F(Sync, NothingIsSaidOnAChangeThatMovedOnWasClosedOrGoesElsewhere) {
  auto w = wanted({1});
  w.target = "main";
  talk.change.head = "bbb0";
  EXPECT_THAT(test::sync(w, talk).stopped, HasSubstr("moved on to bbb0"));
  talk.change = {"aaa0", "main", false, false, {}};
  EXPECT_THAT(test::sync(w, talk).stopped, HasSubstr("closed"));
  talk.change = {"aaa0", "release", true, false, {}};
  EXPECT_THAT(test::sync(w, talk).stopped, HasSubstr("another branch"));
  EXPECT_EQ(talk.writes, 0U);
}

TEST_F(Sync, AHeadThatMovesWhilePeerWritesEndsTheWriting) {
  talk.change.head = "aaa0";
  talk.fate = [&](const Write&) {
    talk.change.head = "bbb0";
    return Fate::arrives;
  };
  const auto out = test::sync(wanted({1, 2}), talk);
  EXPECT_THAT(out.stopped, HasSubstr("moved on"));
  EXPECT_EQ(talk.writes, 1U);
}

TEST_F(Sync, ALockedChangeIsOnlyJudged) {
  talk.change.locked = true;
  const auto out = run(wanted({1}));
  EXPECT_THAT(talk.threads, IsEmpty());
  EXPECT_THAT(talk.summaries, IsEmpty());
  EXPECT_EQ(talk.checks.size(), 1U);
  EXPECT_THAT(out.degraded, ::testing::ElementsAre(HasSubstr("locked")));
}

TEST_F(Sync, WhatATokenMayNotDoIsSaidAndTheRestIsDone) {
  talk.forbidden = {"check"};
  auto out = run(wanted({1}));
  EXPECT_TRUE(out.done);
  EXPECT_EQ(talk.statuses.at("aaa0").state, "success");
  EXPECT_THAT(out.degraded, ::testing::ElementsAre(HasSubstr("check runs")));
  talk.forbidden = {"resolve"};
  out = run(wanted({}, "bbb0"));
  EXPECT_TRUE(out.done);
  EXPECT_FALSE(talk.threads[0].resolved);
  EXPECT_THAT(talk.threads[0].body, HasSubstr("Fixed in `bbb0`"));
}

TEST_F(Sync, DoubledCommentsOfRunsAtTheSameTimeAreTakenAway) {
  (void)run(wanted({1, 2}));
  auto again = talk.threads;
  for (auto& thread : again) {
    thread.id += "x";
    thread.comment += "x";
    talk.threads.push_back(thread);
  }
  talk.summaries.push_back(talk.summaries[0]);
  talk.summaries[1].id = "sx";
  (void)run(wanted({1, 2}));
  EXPECT_EQ(talk.threads.size(), 2U);
  EXPECT_EQ(talk.summaries.size(), 1U);
  EXPECT_EQ(writes_of(wanted({1, 2})), 0U);
}

TEST_F(Sync, ARunThatCannotReachTheForgeSaysSoAndEnds) {
  talk.fate = [](const Write&) { return Fate::lost_before; };
  const auto out = run(wanted({1}));
  EXPECT_FALSE(out.done);
  EXPECT_EQ(out.failure, "lost");
}

/// The life of a change: heads come, findings come and go, people do what people do.
class Life {
 public:
  explicit Life(std::uint32_t seed) : random_(seed) {}

  void step(Talk& talk) {
    const auto n = roll(10);
    if (n < 6) push();
    if (n >= 6 && !talk.threads.empty()) {
      auto& thread = talk.threads[roll(talk.threads.size())];
      if (n == 6) thread.people = true;
      if (n == 7 && !thread.resolved) thread.resolved = true, thread.resolved_by_us = false;
      if (n == 8) {
        deleted_.insert(thread.mark.keys.begin(), thread.mark.keys.end());
        talk.threads.erase(talk.threads.begin() + (&thread - talk.threads.data()));
      }
    }
  }
  [[nodiscard]] Wanted now() const {
    auto w = wanted({found_.begin(), found_.end()}, head_);
    w.max_comments = 4;
    return w;
  }
  std::size_t roll(std::size_t below) { return random_() % below; }
  [[nodiscard]] const std::set<std::string>& deleted() const { return deleted_; }
  [[nodiscard]] const std::set<int>& found() const { return found_; }

 private:
  void push() {
    head_ = fmt::format("{:08x}", static_cast<std::uint32_t>(random_()));
    for (int n = 0; n < 8; ++n)
      if (roll(3) == 0) {
        if (found_.erase(n) == 0) found_.insert(n);
      }
  }
  std::mt19937 random_;
  std::string head_ = "aaaaaaaa";
  std::set<int> found_;
  std::set<std::string> deleted_;
};

struct Touched {
  bool people, resolved;
  std::string body;
};

void expect_well(Talk& talk, const Life& life, const Wanted& w) {
  std::multiset<std::string> keys;
  for (const auto& thread : talk.threads)
    keys.insert(thread.mark.keys.begin(), thread.mark.keys.end());
  for (const auto& each : keys)
    EXPECT_EQ(keys.count(each), 1U) << "a finding is raised once";
  ASSERT_EQ(talk.summaries.size(), 1U);
  for (const auto& each : w.findings)
    EXPECT_THAT(talk.summaries[0].body, HasSubstr(each.key)) << "no finding is lost";
  for (const auto& each : life.deleted())
    EXPECT_EQ(keys.count(each), 0U) << "what people deleted is not raised again";
  std::size_t open = 0;
  for (const auto& thread : talk.threads) {
    const bool there = std::any_of(w.findings.begin(), w.findings.end(), [&](const auto& each) {
      return each.key == thread.mark.keys[0];
    });
    open += there && !thread.resolved && !thread.mark.fixed ? 1U : 0U;
    if (thread.people || (thread.resolved && !thread.resolved_by_us)) continue;
    if (!there) {
      EXPECT_TRUE(thread.resolved && thread.mark.fixed) << thread.body;
    }
    if (there && !thread.mark.fixed) {
      EXPECT_FALSE(thread.resolved) << thread.body;
    }
  }
  EXPECT_LE(open, w.max_comments + 3) << "what was reopened may stand beside";
}

TEST(SyncProperty, AThousandLivesHaveNoDoubledNoLostAndNoNeedlessWord) {
  for (std::uint32_t seed = 0; seed < 1000 && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Life life(seed);
    Talk talk;
    for (int i = 0; i < 12; ++i) {
      life.step(talk);
      const auto w = life.now();
      talk.change.head = w.head;
      std::map<std::string, Touched> touched;
      for (const auto& t : talk.threads)
        if (t.people || (t.resolved && !t.resolved_by_us))
          touched[t.id] = {t.people, t.resolved, t.body};
      // the connection loses now and then what goes or what comes back
      talk.fate = [&](const Write&) {
        const auto luck = life.roll(12);
        return luck == 0 ? Fate::lost_before : luck == 1 ? Fate::lost_after : Fate::arrives;
      };
      auto out = test::sync(w, talk);
      talk.fate = [](const Write&) { return Fate::arrives; };
      if (!out.done) out = test::sync(w, talk);
      ASSERT_TRUE(out.done) << out.failure;
      expect_well(talk, life, w);
      for (const auto& t : talk.threads)
        if (const auto it = touched.find(t.id); it != touched.end()) {
          EXPECT_EQ(t.body, it->second.body);
          EXPECT_EQ(t.resolved, it->second.resolved);
        }
      const auto before = talk.writes;
      (void)test::sync(w, talk);
      EXPECT_EQ(talk.writes, before) << "nothing changed, nothing is written";
    }
  }
}

TEST(SyncProperty, KilledBetweenAnyTwoWritesAndStartedAgainItEndsTheSame) {
  for (std::uint32_t seed = 0; seed < 150 && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Life life(seed);
    Talk calm;
    for (int i = 0; i < 5; ++i) {
      life.step(calm);
      const auto w = life.now();
      calm.change.head = w.head;
      const auto before = calm;
      const auto wrote = calm.writes;
      ASSERT_TRUE(test::sync(w, calm).done);
      const auto count = calm.writes - wrote;
      for (std::size_t kill = 0; kill < 2 * count; ++kill) {
        auto rough = before;
        std::size_t seen = 0;
        rough.fate = [&](const Write&) {
          if (seen++ != kill / 2) return Fate::arrives;
          return kill % 2 == 0 ? Fate::killed_before : Fate::killed_after;
        };
        EXPECT_THROW((void)test::sync(w, rough), Killed);
        rough.fate = [](const Write&) { return Fate::arrives; };
        ASSERT_TRUE(test::sync(w, rough).done);
        EXPECT_EQ(rough.shown(), calm.shown()) << "killed at " << kill;
      }
    }
  }
}

}  // namespace
}  // namespace peer
