#include "analyzers/fix/rounds.hpp"

#include <algorithm>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/analyzers/fix/words.hpp"

namespace peer {
namespace {

using test::job_of;
using test::words;
using ::testing::HasSubstr;

Wish want_all(const Finding&) { return Wish::apply; }

RoundsResult fixed(std::string path, std::string bytes, const Examine& examine,
                   const RoundsOptions& options = {}) {
  return run_rounds(job_of(std::move(path), std::move(bytes)), want_all, examine, options);
}

std::size_t count(const RoundsResult& result, FixOutcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(result.fixes.begin(), result.fixes.end(),
                    [&](const TriedFix& fix) { return fix.outcome == outcome; }));
}

TEST(Rounds, AppliesFixesThatStandApartInOneRound) {
  const auto result =
      fixed("a.py", "x = BAD\ny = BAD\nz = UGLY\n", words({{"BAD", "good"}, {"UGLY", "nice"}}));
  EXPECT_EQ(result.bytes, "x = good\ny = good\nz = nice\n");
  EXPECT_EQ(result.rounds, 1);
  EXPECT_EQ(result.trials, 1U);
  EXPECT_EQ(count(result, FixOutcome::applied), 3U);
  for (const auto& fix : result.fixes)
    EXPECT_TRUE(fix.proof.holds());
  EXPECT_TRUE(result.review.findings.empty());
}

TEST(Rounds, ResolvesOverlapsInLaterRounds) {
  const auto result = fixed("a.txt", "BAD__BAD__BAD__\n", words({{"BAD", "good", 2}}));
  EXPECT_EQ(result.bytes, "good..good..good..\n");
  EXPECT_EQ(result.rounds, 2);
  EXPECT_EQ(count(result, FixOutcome::applied), 3U);
}

TEST(Rounds, StopsAfterTheGivenNumberOfRounds) {
  std::string text;
  for (int i = 0; i < 8; ++i)
    text += "BAD__";
  RoundsOptions options;
  options.max_rounds = 1;
  const auto result = fixed("a.txt", text, words({{"BAD", "good", 2}}), options);
  EXPECT_EQ(result.rounds, 1);
  EXPECT_EQ(count(result, FixOutcome::applied), 4U);
  EXPECT_EQ(count(result, FixOutcome::undecided), 4U);
  for (const auto& fix : result.fixes)
    if (fix.outcome == FixOutcome::undecided) {
      EXPECT_THAT(fix.note, HasSubstr("limit"));
    }
}

TEST(Rounds, LeavesOutTheCulpritAndAppliesTheRest) {
  std::string text;
  for (int i = 0; i < 50; ++i)
    text += "x = " + std::string(i == 31 ? "UGLY" : "BAD") + "\n";
  const auto result = fixed("a.py", text, words({{"BAD", "1"}, {"UGLY", "(("}}));
  EXPECT_EQ(count(result, FixOutcome::applied), 49U);
  ASSERT_EQ(count(result, FixOutcome::failed), 1U);
  const auto& failed = result.fixes[31];
  EXPECT_EQ(failed.outcome, FixOutcome::failed);
  EXPECT_EQ(failed.proof.failure()->step, ProofStep::parses);
  EXPECT_THAT(result.bytes, HasSubstr("x = UGLY\n"));
  EXPECT_EQ(result.bytes.find("BAD"), std::string::npos);
}

TEST(Rounds, NamesTheStepThatEachFixFailed) {
  const auto result = fixed("a.py", "a = BAD\nb = SAME\nc = UGLY\nd = NEW\n",
                            words({{"BAD", "1"},
                                   {"SAME", "2 + SAME"},
                                   {"UGLY", "(("},
                                   {"NEW", "WORSE"},
                                   {"WORSE", std::nullopt}}));
  ASSERT_EQ(result.fixes.size(), 4U);
  EXPECT_EQ(result.fixes[0].outcome, FixOutcome::applied);
  EXPECT_EQ(result.fixes[1].proof.failure()->step, ProofStep::clears);
  EXPECT_EQ(result.fixes[2].proof.failure()->step, ProofStep::parses);
  EXPECT_EQ(result.fixes[3].proof.failure()->step, ProofStep::nothing_new);
  EXPECT_EQ(result.bytes, "a = 1\nb = SAME\nc = UGLY\nd = NEW\n");
}

TEST(Rounds, TriesTheOverlappedFixWhenTheFirstOneFails) {
  const auto result =
      fixed("a.txt", "UGLY__BAD__\n", words({{"UGLY", "UGLY!", 2}, {"BAD", "good", 2}}));
  EXPECT_EQ(result.bytes, "UGLY..good..\n");
  EXPECT_EQ(result.fixes[0].outcome, FixOutcome::failed);
  EXPECT_EQ(result.fixes[1].outcome, FixOutcome::applied);
}

TEST(Rounds, AppliesAFixOnceThatTwoFindingsShare) {
  const Examine examine = [](const FileJob& job) {
    auto review = words({{"BAD", std::nullopt}})(job);
    for (auto& finding : review.findings)
      finding.fix = Fix{"all", {{{0, static_cast<std::uint32_t>(job.after->size() - 1)}, "fine"}}};
    return review;
  };
  const auto result = fixed("a.txt", "BAD BAD\n", examine);
  EXPECT_EQ(result.bytes, "fine\n");
  EXPECT_EQ(count(result, FixOutcome::applied), 2U);
}

TEST(Rounds, DropsAFixWhoseFindingAnotherHasCleared) {
  const Examine inner = words({{"BAD", std::nullopt}, {"UGLY", "nice", 1}});
  const Examine examine = [&](const FileJob& job) {
    auto review = inner(job);
    for (auto& finding : review.findings)
      if (finding.rule == "word-BAD")
        finding.fix =
            Fix{"all", {{{0, static_cast<std::uint32_t>(job.after->size() - 1)}, "fine"}}};
    return review;
  };
  const auto result = fixed("a.txt", "BAD UGLY\n", examine);
  EXPECT_EQ(result.bytes, "fine\n");
  EXPECT_EQ(result.fixes[1].outcome, FixOutcome::superseded);
}

TEST(Rounds, OnlyProvesWhatIsNotToBeApplied) {
  const auto choose = [](const Finding& finding) {
    if (finding.rule == "word-SKIP") return Wish::leave;
    return finding.fix->safety == Safety::safe ? Wish::apply : Wish::prove;
  };
  const auto result =
      run_rounds(job_of("a.txt", "BAD UGLY SKIP\n"), choose,
                 words({{"BAD", "good"}, {"UGLY", "nice", 0, Safety::unsafe}, {"SKIP", "x"}}), {});
  EXPECT_EQ(result.bytes, "good UGLY SKIP\n");
  ASSERT_EQ(result.fixes.size(), 2U);
  EXPECT_EQ(result.fixes[1].outcome, FixOutcome::proved);
  EXPECT_TRUE(result.fixes[1].proof.holds());
  EXPECT_THAT(result.fixes[1].diff, HasSubstr("+BAD nice SKIP"));
}

TEST(Rounds, TellsSpansAndDiffsOfTheFileAsItWas) {
  const auto result = fixed("a.txt", "BAD__BAD__\n", words({{"BAD", "good", 2}}));
  ASSERT_EQ(result.rounds, 2);
  EXPECT_EQ(result.fixes[1].fix.edits[0].span, (Span{3, 10}));
  EXPECT_THAT(result.fixes[1].diff, HasSubstr("-BAD__BAD__\n+BAD..good..\n"));
}

TEST(Rounds, AnsweringTwiceChangesNothing) {
  const auto examine = words({{"BAD", "good", 2}, {"UGLY", "nice"}, {"BADUGLY", std::nullopt}});
  const auto once = fixed("a.txt", "__BAD__UGLY\n__BADUGLY__BAD__\n", examine);
  const auto twice = fixed("a.txt", once.bytes, examine);
  EXPECT_EQ(once.bytes, twice.bytes);
  EXPECT_EQ(twice.rounds, 0);
}

TEST(Rounds, OffersRatherThanAppliesInAFileTooLargeToParse) {
  RoundsOptions options;
  options.verify.parse.max_bytes = 10;
  const std::string text = "x = BAD\ny = BAD\n";
  const auto result = fixed("a.py", text, words({{"BAD", "1"}}), options);
  EXPECT_EQ(result.bytes, text);
  EXPECT_EQ(count(result, FixOutcome::undecided), 2U);
  EXPECT_EQ(result.trials, 1U);
}

TEST(Rounds, KeepsItsTrialsWithinTheLimit) {
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += i % 2 == 0 ? "BAD\n" : "UGLY\n";
  const auto result =
      fixed("a.txt", text, words({{"BAD", "WORSE"}, {"UGLY", "WORSE"}, {"WORSE", std::nullopt}}));
  EXPECT_EQ(result.bytes, text);
  EXPECT_LE(result.trials, 64U);
  EXPECT_EQ(count(result, FixOutcome::applied), 0U);
}

TEST(Rounds, TakesThirtyThousandFixesInOneTrial) {
  std::string text;
  std::string wanted;
  for (int i = 0; i < 30'000; ++i) {
    text += "a BAD b\n";
    wanted += "a good b\n";
  }
  const auto result = fixed("a.txt", text, words({{"BAD", "good"}}));
  EXPECT_EQ(result.bytes, wanted);
  EXPECT_EQ(result.trials, 1U);
}

TEST(Rounds, RejectsThirtyThousandFixesThatAllFail) {
  std::string text;
  for (int i = 0; i < 30'000; ++i)
    text += "a BAD b\n";
  const auto result = fixed("a.txt", text, words({{"BAD", "xBADx"}}));
  EXPECT_EQ(result.bytes, text);
  EXPECT_LE(result.trials, 64U);
}

TEST(Rounds, StopsWhenAsked) {
  std::stop_source source;
  source.request_stop();
  RoundsOptions options;
  options.stop = source.get_token();
  const auto result = fixed("a.txt", "BAD\n", words({{"BAD", "good"}}), options);
  EXPECT_EQ(result.bytes, "BAD\n");
  EXPECT_EQ(count(result, FixOutcome::undecided), 1U);
}

/// A file of hostile make: any bytes, any line ends, perhaps a byte order mark, perhaps no last
/// line end.
std::string random_file(std::mt19937& random) {
  static const std::vector<std::string> kPieces{"BAD", "UGLY",     "\n",   "\r\n", "\r", " ", "\t",
                                                "x",   "\xC3\xA9", "\xFF", "=",    "(",  "#"};
  std::string out = random() % 4 == 0 ? "\xEF\xBB\xBF" : "";
  for (auto n = random() % 60; n > 0; --n)
    out += kPieces[random() % kPieces.size()];
  return out;
}

TEST(Rounds, NeverChangesAByteThatNoFixNames) {
  std::mt19937 random(42);
  for (int round = 0; round < 300; ++round) {
    const auto bytes = random_file(random);
    const auto result = fixed("a.txt", bytes, words({{"BAD", "good"}, {"UGLY", "n"}}));
    auto wanted = bytes;
    for (const auto& [from, to] :
         {std::pair<std::string, std::string>{"BAD", "good"}, {"UGLY", "n"}})
      for (auto at = wanted.find(from); at != std::string::npos;
           at = wanted.find(from, at + to.size()))
        wanted.replace(at, from.size(), to);
    ASSERT_EQ(result.bytes, wanted);
  }
}

TEST(Rounds, KeepsUtf16AndItsByteOrderMark) {
  const std::string text = "\xEF\xBB\xBFx BAD \xF0\x9F\x98\x80\r\n";
  for (const auto encoding : {Encoding::utf16_le, Encoding::utf16_be}) {
    const auto result = fixed("a.txt", encode_text(text, encoding), words({{"BAD", "\xC3\xBC"}}));
    EXPECT_EQ(result.bytes, encode_text("\xEF\xBB\xBFx \xC3\xBC \xF0\x9F\x98\x80\r\n", encoding));
  }
}

TEST(Rounds, FixesOneLineAmongAMillion) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i)
    text += i == 500'000 ? "a BAD b\n" : "line\n";
  RoundsOptions options;
  options.verify.parse.max_bytes = 100U << 20U;
  const auto result = fixed("a.txt", text, words({{"BAD", "good"}}), options);
  EXPECT_EQ(count(result, FixOutcome::applied), 1U);
  EXPECT_THAT(result.fixes[0].diff, HasSubstr("@@ -499998,7 +499998,7 @@"));
}

}  // namespace
}  // namespace peer
