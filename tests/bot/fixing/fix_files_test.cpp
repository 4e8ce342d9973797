#include "bot/fixing/fix_files.hpp"

#include <deque>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/fixing/ask.hpp"
#include "bot/fixing/message.hpp"
#include "bot/fixing/user_check.hpp"
#include "tests/analyzers/fix/words.hpp"

namespace peer {
namespace {

using test::job_of;
using test::words;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<test::WordRule>& rules() {
  static const std::vector<test::WordRule> kRules{
      {"BAD", "good"}, {"UGLY", "nice", 0, Safety::unsafe}, {"LOOP", "LOOP LOOP"}};
  return kRules;
}

FixTarget target_of(const std::string& path, const std::string& bytes) {
  FixTarget target{job_of(path, bytes), {}};
  for (const auto& finding : words(rules())(target.job).findings)
    target.wanted.insert(finding.fingerprint);
  return target;
}

std::vector<FixedFile> fix(const std::string& bytes, const FixPolicy& policy = {}) {
  return fix_files(std::vector<FixTarget>{target_of("a.txt", bytes)}, words(rules()), policy);
}

TEST(FixFiles, AppliesSafeOffersUnsafeAndRejectsWhatFails) {
  const auto files = fix("BAD UGLY LOOP\n");
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].after, "good UGLY LOOP\n");
  ASSERT_EQ(files[0].fixes.size(), 3U);
  EXPECT_EQ(files[0].fixes[0].decision, Decision::apply);
  EXPECT_EQ(files[0].fixes[0].confidence, 1.0);
  EXPECT_EQ(files[0].fixes[1].decision, Decision::offer);
  EXPECT_LT(files[0].fixes[1].confidence, 0.8);
  EXPECT_TRUE(files[0].fixes[1].proof.holds());
  EXPECT_EQ(files[0].fixes[2].decision, Decision::reject);
  EXPECT_THAT(files[0].fixes[2].reasoning, HasSubstr("clears failed"));
}

TEST(FixFiles, AppliesUnsafeFixesWhenAsked) {
  FixPolicy policy;
  policy.unsafe = true;
  EXPECT_EQ(fix("BAD UGLY\n", policy)[0].after, "good nice\n");
}

TEST(FixFiles, KeepsToTheWantedFindingsAndRules) {
  auto target = target_of("a.txt", "BAD\nBAD UGLY\n");
  target.wanted.erase(words(rules())(target.job).findings[0].fingerprint);
  const auto file = fix_file(target, words(rules()), {});
  EXPECT_EQ(file.after, "BAD\ngood UGLY\n");
  FixPolicy policy;
  policy.unsafe = true;
  policy.rules = {"word-UGLY"};
  EXPECT_EQ(fix("BAD UGLY\n", policy)[0].after, "BAD nice\n");
}

TEST(FixFiles, WorksOnManyFilesAtOnceAndKeepsTheirOrder) {
  std::vector<FixTarget> targets;
  for (int i = 0; i < 40; ++i)
    targets.push_back(target_of(std::to_string(i) + ".txt",
                                std::string(static_cast<std::size_t>(i), ' ') + "BAD\n"));
  FixPolicy policy;
  policy.threads = 4;
  const auto files = fix_files(targets, words(rules()), policy);
  for (std::size_t i = 0; i < 40; ++i) {
    EXPECT_EQ(files[i].path, std::to_string(i) + ".txt");
    EXPECT_EQ(files[i].after, std::string(i, ' ') + "good\n");
  }
}

TEST(FixFiles, NeverTouchesAFileInConflict) {
  // with the real checks: the marker is a finding, and nothing in such a file is fixed
  const std::string text = "<<<<<<< HEAD\nBAD\n=======\nx\n>>>>>>> topic\n";
  const auto real = examine(job_of("a.txt", text), {});
  ASSERT_EQ(real.findings.size(), 1U);
  const auto files = fix(text);
  EXPECT_FALSE(files[0].changed());
  EXPECT_THAT(files[0].fixes[0].reasoning, HasSubstr("in scope failed"));
}

TEST(EditorSettings, AreReadFromTheFoldersAboveTheFile) {
  const auto read = [](std::string_view path) -> std::optional<std::string> {
    if (path == ".editorconfig") return "[*]\nindent_size=2\nindent_style=tab\n";
    if (path == "src/.editorconfig") return "[*.py]\nindent_size=8\n";
    return std::nullopt;
  };
  const auto settings = load_editor_settings("src/deep/a.py", read);
  EXPECT_EQ(settings.indent_size, 8U);
  EXPECT_EQ(settings.indent_with_tabs, true);
}

TEST(UserCheck, KeepsTheFixesWhenItPasses) {
  auto files = fix("BAD\n");
  std::string seen;
  const auto outcome = keep_if_check_passes(files, [&](std::span<const FileContent> contents) {
    seen = contents[0].path + ": " + contents[0].bytes;
    return Result<CheckOutcome>(CheckOutcome{true, "", ""});
  });
  EXPECT_TRUE(outcome->passed);
  EXPECT_EQ(seen, "a.txt: good\n");
  EXPECT_EQ(files[0].after, "good\n");
  EXPECT_EQ(files[0].fixes[0].proof.entries.back().step, ProofStep::user_check);
  EXPECT_TRUE(files[0].fixes[0].proof.holds());
}

TEST(UserCheck, DropsAllFixesWhenItFailsOrCannotRun) {
  auto files = fix("BAD\n");
  const auto failing = keep_if_check_passes(files, [](auto) {
    return Result<CheckOutcome>(CheckOutcome{false, "exit code 1", ""});
  });
  EXPECT_FALSE(failing->passed);
  EXPECT_FALSE(files[0].changed());
  EXPECT_EQ(files[0].fixes[0].decision, Decision::reject);
  EXPECT_EQ(files[0].fixes[0].proof.failure()->detail, "exit code 1");
  files = fix("BAD\n");
  const auto error = keep_if_check_passes(
      files, [](auto) { return Result<CheckOutcome>(fail(ErrorKind::unavailable, "no sandbox")); });
  EXPECT_FALSE(error.has_value());
  EXPECT_FALSE(files[0].changed());
  EXPECT_EQ(files[0].fixes[0].decision, Decision::offer);
}

TEST(UserCheck, IsNotRunWhenNothingChanged) {
  auto files = fix("fine\n");
  const auto outcome = keep_if_check_passes(files, [](auto) -> Result<CheckOutcome> {
    ADD_FAILURE() << "nothing to check";
    return fail(ErrorKind::internal, "");
  });
  EXPECT_TRUE(outcome->passed);
}

/// Answers in turn, then ends; gathers what is said.
struct Talk {
  std::deque<std::string> answers;
  std::string said;

  Answers run(const std::vector<FixedFile>& files) {
    return ask(files, {[this](std::string_view text) { said += text; },
                       [this]() -> std::optional<std::string> {
                         if (answers.empty()) return std::nullopt;
                         auto answer = answers.front();
                         answers.pop_front();
                         return answer;
                       },
                       false});
  }
};

TEST(Ask, TakesYesNoAllAndQuit) {
  const auto files = fix("BAD\nBAD x\nBAD y\nUGLY\n");
  const auto accepted = [&](std::deque<std::string> answers) {
    return Talk{std::move(answers), {}}.run(files).accepted.size();
  };
  EXPECT_EQ(accepted({"y", "n", "y", "n"}), 2U);
  EXPECT_EQ(accepted({"n", "a"}), 3U);
  EXPECT_EQ(accepted({"y", "q"}), 1U);
  EXPECT_EQ(accepted({"y"}), 1U) << "the end of input is q";
  EXPECT_EQ(accepted({" Y ", "n", "n", "n"}), 1U);
  EXPECT_TRUE((Talk{{"q"}, {}}.run(files).quit));
  EXPECT_FALSE((Talk{{"a"}, {}}.run(files).quit));
}

TEST(Ask, ShowsTheFixAndExplainsWhenAsked) {
  const auto files = fix("BAD\nUGLY\nLOOP\n");
  Talk talk{{"?", "e", "x", "y", "n"}, {}};
  const auto answers = talk.run(files);
  EXPECT_EQ(answers.accepted, std::set<FixKey>{key_of(files[0].fixes[0])});
  EXPECT_THAT(talk.said, HasSubstr("a.txt:1  word-BAD  replace BAD  10/10  proved: applies"));
  EXPECT_THAT(talk.said, HasSubstr("-BAD\n+good\n"));
  EXPECT_THAT(talk.said, HasSubstr("apply this fix [y,n,a,q,e,?]? "));
  EXPECT_THAT(talk.said, HasSubstr("a - apply this fix and all later ones\n"));
  EXPECT_THAT(talk.said, HasSubstr("why: the tests say so\n"));
  EXPECT_THAT(talk.said, HasSubstr("word-UGLY  replace UGLY  (may change behaviour)"));
  EXPECT_THAT(talk.said, Not(HasSubstr("word-LOOP"))) << "what failed is not offered";
}

TEST(CommitMessage, ListsTheAppliedFixesOnLinesOfTheirOwn) {
  FixPolicy policy;
  auto target = target_of("evil\nCo-authored-by: x.txt", "a\nBAD\nUGLY\n");
  const std::vector<FixedFile> files{fix_file(target, words(rules()), policy)};
  EXPECT_EQ(commit_message(files),
            "Fix 1 finding in 1 file\n\n"
            "- evil<U+000A>Co-authored-by: x.txt:2 word-BAD: replace BAD\n");
  EXPECT_THAT(commit_message(files, " My words \n"), ::testing::StartsWith("My words\n\n- evil"));
}

}  // namespace
}  // namespace peer
