// Fixing with the checks that Peer ships, from bytes to bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyzers/fix/rounds.hpp"
#include "tests/analyzers/fix/words.hpp"

namespace peer {
namespace {

FileReview with_all_checks(const FileJob& job) { return examine(job, {}); }

RoundsResult fixed(const std::string& path, const std::string& bytes) {
  return run_rounds(
      test::job_of(path, bytes), [](const Finding&) { return Wish::apply; }, with_all_checks);
}

TEST(FixingWithRealChecks, RemovesUnusedImportsOfOneStatementTogether) {
  const auto result =
      fixed("a.py", "import json\nfrom os import path, sep, linesep\n\nprint(sep)\n");
  EXPECT_EQ(result.bytes, "from os import sep\n\nprint(sep)\n");
  for (const auto& fix : result.fixes)
    EXPECT_EQ(fix.outcome, FixOutcome::applied) << fix.finding.message << ": " << fix.note;
  EXPECT_EQ(fixed("a.py", result.bytes).bytes, result.bytes);
}

TEST(FixingWithRealChecks, RemovesAWholeStatementOfWhichNothingIsUsed) {
  EXPECT_EQ(fixed("a.py", "from os import path, sep\nimport sys\n\nprint(sys)\n").bytes,
            "import sys\n\nprint(sys)\n");
}

TEST(FixingWithRealChecks, KeepsLineEndsMarksAndEncodings) {
  const std::string text = "import json\r\nimport sys\r\n\r\nprint(sys)";
  const std::string wanted = "import sys\r\n\r\nprint(sys)";
  EXPECT_EQ(fixed("a.py", text).bytes, wanted);
  EXPECT_EQ(fixed("a.py", "\xEF\xBB\xBF" + text).bytes, "\xEF\xBB\xBF" + wanted);
  EXPECT_EQ(fixed("a.py", "import json\nimport sys\n# \xE9\nprint(sys)\n").bytes,
            "import sys\n# \xE9\nprint(sys)\n");
}

TEST(FixingWithRealChecks, WorksOnTheChangeAndNotOnlyOnWholeFiles) {
  auto job = test::job_of("a.py", "import json\nimport sys\n\nprint(sys)\n");
  job.whole_file = false;
  job.before = "import sys\n\nprint(sys)\n";
  job.file.hunks = {{{1, 3}, {1, 4}, {}, {{1, 1}}}};
  const auto result = run_rounds(
      job, [](const Finding& finding) { return finding.in_change ? Wish::apply : Wish::leave; },
      with_all_checks);
  EXPECT_EQ(result.bytes, job.before);
}

TEST(FixingWithRealChecks, LeavesAFileInConflictAlone) {
  const std::string text = "import json\n<<<<<<< a\nx = 1\n=======\nx = 2\n>>>>>>> b\n";
  const auto result = fixed("a.py", text);
  EXPECT_EQ(result.bytes, text);
  for (const auto& fix : result.fixes)
    EXPECT_EQ(fix.outcome, FixOutcome::failed);
}

}  // namespace
}  // namespace peer
