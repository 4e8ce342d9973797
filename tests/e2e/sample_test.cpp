// What a newcomer sees: the sample repository of `ci/try`, in every way of printing it, held as
// goldens.
#include "tests/e2e/story_fixture.hpp"
#include "tests/reporters/outside.hpp"
#include "tests/support/golden.hpp"

namespace peer::testing {
namespace {

class Sample : public Story {
 protected:
  std::string seen(const std::string& words) const {
    const auto folder = (repo.scratch() / "sample").string();
    const auto made = shell(std::string(PEER_SOURCE_DIR) + "/ci/sample " + folder + " >/dev/null");
    EXPECT_EQ(made.exit_code, 0) << made.out;
    const auto ran = shell("cd " + folder + " && \"$PEER\" " + words + "; echo \"exit code $?\"");
    return normalised(ran.out);
  }
};

TEST_F(Sample, OnATerminal) {
  expect_golden("tests/golden/sample/review.txt", seen("review HEAD~1..HEAD"));
}

TEST_F(Sample, AsMarkdown) {
  expect_golden("tests/golden/sample/review.md", seen("review HEAD~1..HEAD -f markdown"));
}

TEST_F(Sample, SecurityOnly) {
  expect_golden("tests/golden/sample/security.txt", seen("check-security HEAD~1..HEAD"));
}

TEST_F(Sample, AsAnAudit) {
  expect_golden("tests/golden/sample/audit.txt", seen("audit --min-severity error"));
}

TEST_F(Sample, AsSarifPassesTheOfficialValidator) {
  const auto folder = (repo.scratch() / "sample").string();
  const auto ran =
      shell(std::string(PEER_SOURCE_DIR) + "/ci/sample " + folder + " >/dev/null; cd " + folder +
            "; for words in 'review HEAD~1..HEAD' 'check-security HEAD~1..HEAD' audit; do\n"
            "\"$PEER\" $words -q -f sarif=../${words%% *}.sarif || test $? = 1 || exit 9\ndone");
  ASSERT_EQ(ran.exit_code, 0) << ran.out;
  std::string files;
  for (const std::string name : {"review", "check-security", "audit"}) {
    const auto file = repo.scratch() / (name + ".sarif");
    EXPECT_THAT(slurp(file), ::testing::HasSubstr("\"ruleId\"")) << name;
    files += " '" + file.string() + "'";
  }
  const auto judged = test::run(test::tool("validate_sarif.mjs") + files);
  EXPECT_EQ(judged.code, 0) << judged.output;
}

TEST_F(Sample, AsAPreviewOfItsFixes) {
  expect_golden("tests/golden/sample/preview.txt", seen("fix-all HEAD~1..HEAD --preview --unsafe"));
}

TEST_F(Sample, SideBySide) {
  expect_golden("tests/golden/sample/side_by_side.txt",
                seen("fix-all HEAD~1..HEAD --preview --side-by-side"));
}

}  // namespace
}  // namespace peer::testing
