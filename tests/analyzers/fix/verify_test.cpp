#include "analyzers/fix/verify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/analyzers/fix/words.hpp"

namespace peer {
namespace {

using test::job_of;
using test::words;
using ::testing::HasSubstr;

Proof proof_of(const Draft& draft, const Examine& examine, std::size_t finding = 0,
               const VerifyOptions& options = {}) {
  return verify(draft, {finding, *draft.review.findings.at(finding).fix}, examine, options);
}

/// The step that failed and what was seen, "clears: ...".
std::string failure_of(const Proof& proof) {
  const auto* failed = proof.failure();
  return failed == nullptr ? "" : std::string(to_string(failed->step)) + ": " + failed->detail;
}

std::string failure_in(std::string path, std::string bytes, const Examine& examine) {
  const auto draft = make_draft(job_of(std::move(path), std::move(bytes)), examine, {});
  return failure_of(proof_of(draft, examine));
}

TEST(Verify, ShowsEveryStepOfAGoodFix) {
  const auto examine = words({{"BAD", "good"}});
  const auto draft = make_draft(job_of("a.py", "x = BAD\n"), examine, {});
  const auto proof = proof_of(draft, examine);
  EXPECT_TRUE(proof.holds()) << failure_of(proof);
  ASSERT_EQ(proof.entries.size(), 6U);
  for (const auto& entry : proof.entries)
    EXPECT_EQ(entry.result, StepResult::passed);
}

TEST(Verify, FailsAFixThatDoesNotApply) {
  const auto examine = words({{"BAD", "good"}});
  const auto draft = make_draft(job_of("a.py", "x = BAD\n"), examine, {});
  const auto of = [&](std::vector<Edit> edits) {
    return failure_of(verify(draft, {0, Fix{"t", std::move(edits)}}, examine));
  };
  EXPECT_THAT(of({{{4, 99}, ""}}), HasSubstr("applies: an edit of bytes 4 to 99 lies outside"));
  EXPECT_THAT(of({{{0, 5}, ""}, {{4, 6}, ""}}), HasSubstr("overlap"));
  EXPECT_THAT(of({}), HasSubstr("no edits"));
  EXPECT_THAT(of({{{4, 7}, "BAD"}}), HasSubstr("changes nothing"));
  EXPECT_THAT(of({{{4, 7}, std::string("\0", 1)}}), HasSubstr("NUL"));
  EXPECT_THAT(of({{{4, 7}, "\xFF"}}), HasSubstr("not UTF-8"));
}

TEST(Verify, LeavesStepsAfterAFailureUnrun) {
  const auto examine = words({{"BAD", "BAD BAD"}});
  const auto draft = make_draft(job_of("a.txt", "x = BAD\n"), examine, {});
  const auto proof = proof_of(draft, examine);
  EXPECT_FALSE(proof.holds());
  EXPECT_EQ(proof.entries[0].result, StepResult::passed);
  EXPECT_EQ(proof.entries[3].result, StepResult::failed) << "the word is still there";
  EXPECT_EQ(proof.entries[4].result, StepResult::not_run);
}

TEST(Verify, KeepsOutOfProtectedAndUnsuitableFiles) {
  const auto examine = words({{"BAD", "good"}});
  EXPECT_THAT(failure_in(".github/workflows/a.yml", "x: BAD\n", examine), HasSubstr("in scope"));
  EXPECT_THAT(failure_in("yarn.lock", "BAD\n", examine), HasSubstr("lock file"));
  EXPECT_THAT(failure_in("../a.py", "BAD\n", examine), HasSubstr("not a safe path"));
  EXPECT_THAT(failure_in("a.txt", "<<<<<<< a\nBAD\n=======\nx\n>>>>>>> b\n", examine),
              HasSubstr("merge conflict"));
  auto job = job_of("a.py", "BAD\n");
  job.file.scope = {false, "generated"};
  EXPECT_THAT(failure_of(proof_of(make_draft(job, examine, {}), examine)), HasSubstr("generated"));
  job.file.scope = {};
  job.file.nature = Nature::symlink;
  EXPECT_THAT(failure_of(proof_of(make_draft(job, examine, {}), examine)), HasSubstr("no text"));
}

TEST(Verify, LimitsHowMuchAFixMayChange) {
  const auto examine = words({{"BAD", std::string(200, 'g')}});
  const auto draft = make_draft(job_of("a.py", "x = BAD\n"), examine, {});
  VerifyOptions options;
  options.max_changed_bytes = 100;
  EXPECT_THAT(failure_of(proof_of(draft, examine, 0, options)), HasSubstr("over the limit of 100"));
}

TEST(Verify, FailsAFixThatBreaksTheSyntax) {
  EXPECT_THAT(failure_in("a.py", "x = 1\ny = BAD\n", words({{"BAD", "(("}})),
              HasSubstr("parses: a syntax error at line 2"));
}

TEST(Verify, ToleratesErrorsThatWereThereButNoNewOnes) {
  const std::string broken = "def f(:\n  pass\n\n\n";
  EXPECT_EQ(failure_in("a.py", broken + "x = BAD\n", words({{"BAD", "1"}})), "");
  EXPECT_THAT(failure_in("a.py", broken + "x = BAD\n", words({{"BAD", "1 +"}})),
              HasSubstr("parses"));
}

TEST(Verify, SwappingOneErrorForAnotherIsNoFix) {
  const Examine examine = words({{"BAD", "(("}});
  // deleting the broken line while breaking another keeps the number of errors
  const auto draft = make_draft(job_of("a.py", "x = )\ny = BAD\n"), examine, {});
  const Fix fix{"t", {{{4, 5}, "1"}, {{10, 13}, "(("}}};
  EXPECT_THAT(failure_of(verify(draft, {0, fix}, examine)), HasSubstr("parses"));
}

TEST(Verify, FailsAFixWhoseFindingStays) {
  EXPECT_THAT(failure_in("a.txt", "a BAD b\n", words({{"BAD", "xBADx"}})),
              HasSubstr("clears: word-BAD is still there, at line 1"));
}

TEST(Verify, OfTwoEqualFindingsClearsTheFirst) {
  // the second takes over the fingerprint of the first once that is gone
  const auto examine = words({{"BAD", "good"}});
  const auto draft = make_draft(job_of("a.txt", "BAD BAD\n"), examine, {});
  EXPECT_EQ(failure_of(proof_of(draft, examine, 0)), "");
  EXPECT_EQ(failure_of(proof_of(draft, examine, 1)), "");
}

TEST(Verify, FailsAFixThatBringsANewFinding) {
  EXPECT_THAT(failure_in("a.txt", "a BAD b\n", words({{"BAD", "UGLY"}, {"UGLY", std::nullopt}})),
              HasSubstr("nothing new: word-UGLY at line 1"));
}

TEST(Verify, FailsAFixThatWakesASilencedFinding) {
  const Examine inner = words({{"BAD", "good"}, {"quiet", std::nullopt}});
  const Examine examine = [&](const FileJob& job) {
    auto review = inner(job);
    const bool silenced = job.after->find("BAD") != std::string::npos;
    for (auto& finding : review.findings)
      if (silenced && finding.rule == "word-quiet") finding.suppressed = Suppression{"inline", ""};
    return review;
  };
  EXPECT_THAT(failure_in("a.txt", "BAD\nquiet\n", examine), HasSubstr("nothing new: word-quiet"));
}

TEST(Verify, FailsAFixThatItsRuleWouldMakeAgain) {
  const Examine inner = words({{"BAD", "good"}, {"dull", std::nullopt}});
  // once BAD is gone, the same rule wants to edit what the fix wrote, by way of a finding that had
  // no fix before
  const Examine examine = [&](const FileJob& job) {
    auto review = inner(job);
    for (auto& finding : review.findings) {
      finding.rule = "word";
      if (const auto at = job.after->find("good"); at != std::string::npos)
        finding.fix =
            Fix{"back",
                {{{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 4)}, "BAD"}}};
    }
    return review;
  };
  EXPECT_THAT(failure_in("a.txt", "BAD dull\n", examine),
              HasSubstr("idempotent: word would edit the same place again"));
}

TEST(Verify, FindingNothingProvesNothingWhenTheCheckDidNotRun) {
  const Examine inner = words({{"BAD", "good"}});
  const Examine examine = [&](const FileJob& job) {
    auto review = inner(job);
    if (job.after->find("BAD") == std::string::npos) review.depth = Depth::text_only;
    return review;
  };
  EXPECT_THAT(failure_in("a.txt", "BAD\n", examine), HasSubstr("clears: the fixed file could not"));
}

TEST(Verify, CannotShowThatAFileTooLargeParses) {
  const auto examine = words({{"BAD", "good"}});
  VerifyOptions options;
  options.parse.max_bytes = 4;
  const auto draft = make_draft(job_of("a.py", "x = BAD\n"), examine, options.parse);
  const auto proof = proof_of(draft, examine, 0, options);
  EXPECT_FALSE(proof.holds());
  EXPECT_EQ(proof.failure(), nullptr);
  EXPECT_EQ(proof.entries[2].result, StepResult::not_run);
}

TEST(Verify, KeepsTheEncodingOfTheFile) {
  const auto examine = words({{"BAD", "\xC3\xBC"}});
  EXPECT_EQ(failure_in("a.txt", "\xC3\xA9 BAD\n", examine), "");
  EXPECT_THAT(failure_in("a.txt", "\xE9 BAD\n", examine), HasSubstr("encoding is not known"));
  EXPECT_EQ(failure_in("a.txt", "\xE9 BAD\n", words({{"BAD", "u"}})), "");
  const auto draft = make_draft(job_of("a.txt", "\xEF\xBB\xBF\xC3\xA9 BAD"), examine, {});
  const auto of = [&](Edit edit) {
    return failure_of(verify(draft, {0, Fix{"t", {std::move(edit)}}}, examine));
  };
  EXPECT_THAT(of({{0, 3}, ""}), HasSubstr("byte order mark"));
  EXPECT_THAT(of({{4, 5}, ""}), HasSubstr("inside a character"));
}

TEST(Verify, MovesTheAddedLinesAlong) {
  const auto examine = words({{"BAD", "one\ntwo\nthree"}});
  auto job = job_of("a.txt", "a\nBAD\nb\nc\n");
  job.whole_file = false;
  job.before = "a\nBAD\nb\n";
  job.file.hunks = {{{1, 3}, {1, 4}, {}, {{4, 1}}}};
  const auto draft = make_draft(job, examine, {});
  const std::vector<Edit> edits{{{2, 5}, "one\ntwo\nthree"}};
  const auto edited = edited_job(draft, edits, "a\none\ntwo\nthree\nb\nc\n");
  ASSERT_EQ(edited.file.hunks.size(), 2U);
  EXPECT_EQ(edited.file.hunks[0].added, (std::vector<LineRange>{{6, 1}})) << "c";
  EXPECT_EQ(edited.file.hunks[1].added, (std::vector<LineRange>{{2, 3}})) << "what the fix wrote";
}

}  // namespace
}  // namespace peer
