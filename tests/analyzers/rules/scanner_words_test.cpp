// Comments that were written for security linters: which of our findings they silence.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/directive.hpp"
#include "analyzers/rules/suppression.hpp"
#include "tests/patience.hpp"

namespace peer {
namespace {

constexpr auto kPack = RuleSource::pack;

/// What of a finding decides whether a comment silences it.
struct Seen {
  int cwe = 78;
  std::string category = "security";
  std::string rule = "gamma-rule";
};

bool is_silenced(const SourceFile& file, Span at, const Seen& seen, RuleSource source) {
  std::vector<Finding> findings(1);
  findings[0].rule = seen.rule;
  findings[0].category = seen.category;
  findings[0].cwe = {seen.cwe};
  findings[0].at = file.locate(at);
  (void)apply_suppressions(findings, file, Side::new_side, nullptr,
                           [&](std::string_view) { return source; });
  return findings[0].suppressed.has_value();
}

/// Whether the comments of `code` silence a finding that stands before " @" or on the first line.
bool silences(const std::string& path, const std::string& code, const std::string& category,
              int cwe, RuleSource source = kPack) {
  const auto end = std::min(code.find(" @"), code.size());
  const auto file = parse(path, code);
  return is_silenced(file,
                     {0, static_cast<std::uint32_t>(end == code.size() ? code.find('\n') : end)},
                     {cwe, category}, source);
}

/// Likewise for one that is line `line` of `code`, in Go behind the package clause.
bool silences_line(const std::string& path, const std::string& code, std::uint32_t line,
                   const Seen& seen = {}) {
  const bool is_go = path.ends_with(".go");
  const auto file = parse(path, is_go ? "package a\n" + code : code);
  return is_silenced(file, file.lines().line_span(is_go ? line + 1 : line), seen, kPack);
}

TEST(ScannerWords, SilenceWhatTheirCodeIsAbout) {
  EXPECT_TRUE(silences("a.py", "h = md5()  # noqa: S324\n", "security", 327));
  EXPECT_TRUE(silences("a.py", "h = md5()  # noqa: E501, S324 told apart by it\n", "security", 328))
      << "one class of weaknesses";
  EXPECT_FALSE(silences("a.py", "h = md5()  # noqa: S324\n", "security", 78)) << "another flaw";
  EXPECT_FALSE(silences("a.py", "h = md5()  # noqa: S101\n", "security", 327)) << "an assertion";
  EXPECT_TRUE(silences("a.py", "h = md5()  # nosec B303\n", "security", 327));
  EXPECT_TRUE(
      silences("a.py", "h = md5()  # nosec: B303,B324 - told apart by it\n", "security", 327));
  EXPECT_FALSE(silences("a.py", "h = md5()  # nosec B602\n", "security", 327));
  EXPECT_TRUE(
      silences("a.go", "h := md5.New() // #nosec G401 -- told apart by it\n", "security", 328));
  EXPECT_FALSE(silences("a.go", "h := md5.New() // #nosec G204\n", "security", 328));
  EXPECT_TRUE(silences("a.js", "exec(x) // eslint-disable-line security/detect-child-process\n",
                       "security", 78));
}

TEST(ScannerWords, WithoutCodesSilenceSecurityAlone) {
  for (const std::string comment :
       {"# nosec", "#nosec", "# type: ignore # nosec", "# nosec  # a constant"}) {
    EXPECT_TRUE(silences("a.py", "run(x)  " + comment + "\n", "security", 78)) << comment;
    EXPECT_FALSE(silences("a.py", "run(x)  " + comment + "\n", "correctness", 78)) << comment;
    EXPECT_FALSE(silences("a.py", "run(x)  " + comment + "\n", "secrets", 798)) << comment;
  }
  EXPECT_TRUE(silences("a.go", "run(x) //nolint:gosec\n", "security", 78));
  EXPECT_TRUE(silences("a.go", "run(x) // nolint:errcheck,gosec // a constant\n", "security", 78));
  EXPECT_FALSE(silences("a.go", "run(x) //nolint:errcheck // not gosec\n", "security", 78));
  EXPECT_FALSE(silences("a.go", "run(x) //nolint\n", "security", 78)) << "said of lint";
  EXPECT_FALSE(silences("a.py", "run(x)  # nosecond\n", "security", 78));
  EXPECT_FALSE(silences("a.py", "run('# nosec', x)\n", "security", 78)) << "no comment";
  EXPECT_FALSE(silences("a.js", "run(x) // #nosec\n", "security", 78))
      << "no such scanner reads it";
}

TEST(ScannerWords, MayStandBehindTheLastLineOfWhatTheyFound) {
  const std::string call = "h = run(\n    x,\n) @ # nosec\n";
  EXPECT_TRUE(silences("a.py", call, "security", 78));
  EXPECT_FALSE(
      silences("a.py", "h = run(\n    x,\n) @ # peer-ignore: gamma-rule\n", "security", 78))
      << "ours stands where the finding begins";
}

TEST(ScannerWords, InGoSpeakOfAllThatBeginsThere) {
  const std::string block =
      "// #nosec G101\nconst (\n\tA = \"x\"\n\tB = \"y\"\n)\nconst C = \"z\"\n";
  EXPECT_TRUE(silences_line("a.go", block, 3, {798}));
  EXPECT_TRUE(silences_line("a.go", block, 4, {798}));
  EXPECT_FALSE(silences_line("a.go", block, 6, {798})) << "the next declaration";
  const std::string literal =
      "var d = Settings{ //nolint:gosec\n\tKey: \"x\",\n}\nvar e = Settings{\n\tKey: \"y\",\n}\n";
  EXPECT_TRUE(silences_line("a.go", literal, 2, {798}));
  EXPECT_FALSE(silences_line("a.go", literal, 5, {798}));
}

TEST(ScannerWords, InGoOfAFirstStatementSayNothingOfTheRest) {
  const std::string beside = "func f(c string) {\n\tx() // #nosec G204\n\ty()\n\trun(c)\n}\n";
  EXPECT_TRUE(silences_line("a.go", beside, 2));
  EXPECT_FALSE(silences_line("a.go", beside, 4));
  const std::string above = "func f(c string) {\n\t// #nosec G204\n\tx()\n\ty()\n\trun(c)\n}\n";
  EXPECT_TRUE(silences_line("a.go", above, 3));
  EXPECT_FALSE(silences_line("a.go", above, 5));
  const std::string block =
      "func f(c string) {\n\tif c != \"\" { // #nosec G204\n\t\trun(c)\n\t}\n}\n";
  EXPECT_FALSE(silences_line("a.go", block, 3)) << "beside a block its line is meant";
  const std::string whole = "// #nosec G204\nfunc f(c string) {\n\ty()\n\trun(c)\n}\n";
  EXPECT_TRUE(silences_line("a.go", whole, 4));
}

TEST(ScannerWords, SayNothingOfOtherFindings) {
  for (const auto source : {RuleSource::users, RuleSource::peer}) {
    EXPECT_FALSE(silences("a.py", "h = md5()  # nosec\n", "security", 327, source));
    EXPECT_FALSE(silences("a.py", "h = md5()  # noqa: S324\n", "security", 327, source));
  }
}

TEST(ScannerWords, HoldCodesInAnyPlaceAndNamesOfChecks) {
  for (const std::string comment :
       {"# nosec B101: not this", "# nosec(B101)", "# nosec b101", "# nosec assert_used"})
    EXPECT_FALSE(silences("a.py", "run(x)  " + comment + "\n", "security", 78)) << comment;
  for (const std::string comment :
       {"// #nosec G104: unrelated", "// #nosec (G104)", "// #nosec see G104"})
    EXPECT_FALSE(silences("a.go", "run(x) " + comment + "\n", "security", 78)) << comment;
  EXPECT_TRUE(silences("a.go", "run(x) // #nosec (G204)\n", "security", 78));
  EXPECT_FALSE(silences("a.go", "run(x) //nolint:errcheck gosec would complain\n", "security", 78));
  EXPECT_FALSE(silences("a.py", "run(x)  # noqa: S607\n", "security", 78)) << "a partial path";
}

TEST(ScannerWords, InPythonStandOnTheirLine) {
  EXPECT_FALSE(silences_line("a.py", "# nosec is not used here\nrun(x)\n", 2));
  EXPECT_TRUE(silences_line("a.py", "run(x)  # nosec: a constant\n", 1))
      << "a reason, and no codes";
}

TEST(ScannerWords, ForPasswordsSilenceOursOnTheirLineOnly) {
  const Seen password{798, "secrets", "secret-assignment"};
  const std::string block = "// #nosec G101\nconst (\n\tA = \"x\"\n)\n";
  EXPECT_TRUE(silences_line("a.go", block, 2, password));
  EXPECT_FALSE(silences_line("a.go", block, 3, password));
}

TEST(ScannerWords, BesideACallOfCallsCostLittle) {
  std::string chain = "package a\nvar x = f";
  for (int i = 0; i < 20'000; ++i)
    chain += "()";
  const auto file = parse("a.go", chain + " //nolint:gosec\n");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(read_directives(file).size(), 1U);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, patience(std::chrono::seconds(4)));
}

}  // namespace
}  // namespace peer
