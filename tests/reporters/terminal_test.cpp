#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "reporters/render/cells.hpp"
#include "reporters/render/render.hpp"
#include "tests/reporters/random_report.hpp"
#include "tests/reporters/sample_report.hpp"

namespace peer {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string shown(const Report& report, const RenderOptions& options = {}) {
  return find_renderer("terminal")->render(report, options);
}

RenderOptions columns(int width) {
  RenderOptions options;
  options.width = width;
  return options;
}

/// `text` without the SGR and OSC 8 sequences that Peer itself writes.
std::string without_our_escapes(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t skip = 0;
    if (text.starts_with("\x1b]8;;"))
      skip = text.find("\x1b\\") + 2;
    else if (text.starts_with("\x1b["))
      skip = text.find('m') + 1;
    if (skip == 0) {
      out += text[0];
      skip = 1;
    }
    text.remove_prefix(skip);
  }
  return out;
}

void expect_harmless(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const auto decoded = decode_utf8(rest);
    ASSERT_TRUE(decoded.valid);
    ASSERT_TRUE(rest[0] == '\n' || !is_invisible(decoded.code_point)) << text;
    ASSERT_NE(rest[0], '\t');
    ASSERT_NE(rest[0], '\r');
    rest.remove_prefix(decoded.length);
  }
}

TEST(Terminal, SaysWhatIsWrongWhereWhyAndWhatToDo) {
  EXPECT_EQ(shown(test::sample_report(), columns(100)), R"(main..worktree  3 files, 23 hunks

src/auth/login.py
  42:17  error    sql-from-string  user input reaches a SQL statement                         CWE-89
     |
  41 |     name = request.args["name"]
     |            -------------------- comes from here
  42 |     cur.execute("SELECT * FROM users WHERE name = '%s'" % name)
     |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  43 |     return cur.fetchone()
     |
     = why: whoever controls the text controls the query
     = fix: bind it as a parameter                9/10  proved: applies, parses, clears, nothing new

  3:1    warning  unused-import    json is imported and never used                        [safe fix]

src/pay/charge.ts
  118:7  warning  complexity  charge() 12 -> 19 (limit 15)

1 error, 2 warnings   2 can be fixed: peer fix-all
examined 23/23 hunks, 2/2 files; out of scope: logo.png (binary)                              0.06 s
)");
}

TEST(Terminal, NothingFoundPrintsTwoLines) {
  EXPECT_EQ(shown(test::clean_report()),
            "main..worktree  3 files, 23 hunks\n"
            "clean: examined 23/23 hunks, 2/2 files; out of scope: logo.png (binary)   0.06 s\n");
}

TEST(Terminal, IncompleteNamesTheHunksAndTheReasonInYellowAboveTheLastLine) {
  auto options = columns(100);
  options.color = true;
  EXPECT_THAT(shown(test::incomplete_report(), options),
              HasSubstr("\x1b[33mincomplete: not everything in scope was examined\x1b[0m\n"
                        "  \x1b[33msrc/big.js:1-6, 11-16, 21-26: 3.2 MB, over the limit of 1.0 MB "
                        "(parse.max_bytes)\x1b[0m\n"
                        "examined 23/26 hunks, 2/3 files; out of scope: logo.png (binary)"));
  EXPECT_THAT(shown(test::incomplete_report()), Not(HasSubstr("clean")));
  EXPECT_THAT(shown(test::incomplete_report()), HasSubstr("Redis at cache:6379 does not answer"));
}

TEST(Terminal, ColourIsOnlyAddedAndTakesNothingAway) {
  auto coloured = columns(80);
  coloured.color = true;
  coloured.hyperlinks = true;
  coloured.root = "/home/me/my repo";
  const auto text = shown(test::sample_report(), coloured);
  EXPECT_EQ(without_our_escapes(text), shown(test::sample_report()));
  EXPECT_THAT(text, HasSubstr("\x1b]8;;file:///home/me/my%20repo/src/pay/charge.ts\x1b\\"));
}

TEST(Terminal, CaretsStandBelowWhatTheyMeanWithTabsAndWideCharacters) {
  auto report = test::clean_report();
  auto finding = test::sql_finding();
  finding.related.clear();
  // the span is `bad`: a tab, two wide characters and one outside the BMP (two code units) stand
  // before it
  finding.frame = {42, {"\t語語😀x\tbad(1)"}};
  finding.at.start = {42, 8};
  finding.at.end = {42, 11};
  report.findings = {finding};
  decide(report);
  EXPECT_THAT(shown(report), HasSubstr("  42 |     語語😀x bad(1)\n"
                                       "     |             ^^^\n"));
}

TEST(Terminal, LongLinesAreShownAroundTheFinding) {
  auto report = test::clean_report();
  auto finding = test::sql_finding();
  finding.related.clear();
  finding.frame = {42, {std::string(100, 'a') + "bad" + std::string(297, 'b')}, 901};
  finding.at.start = {42, 1001};
  finding.at.end = {42, 1004};
  report.findings = {finding};
  const auto text = shown(report);
  EXPECT_THAT(text, HasSubstr("bad"));
  EXPECT_THAT(text, HasSubstr("^^^"));
  const auto lines = split_lines(text);
  const auto code =
      std::find_if(lines.begin(), lines.end(), [](auto l) { return l.starts_with("  42 |"); });
  ASSERT_NE(code, lines.end());
  EXPECT_EQ(code->find("bad"), (code + 1)->find("^^^"));
  EXPECT_THAT(std::string(*code), HasSubstr("| ..."));
}

TEST(Terminal, SpansOfSeveralLinesAreMarkedOnEachAndLongOnesAreElided) {
  auto report = test::clean_report();
  auto finding = test::sql_finding();
  finding.related.clear();
  finding.frame = {
      40, {"before", "  first(", "    a,", "    b,", "    c,", "    d,", "    e);", "after"}};
  finding.at.start = {41, 3};
  finding.at.end = {46, 7};
  report.findings = {finding};
  EXPECT_THAT(shown(report), HasSubstr("  41 |   first(\n     |   ^^^^^^\n"
                                       "  42 |     a,\n     |     ^^\n"
                                       "  43 |     b,\n     |     ^^\n"
                                       "     ...\n"
                                       "  46 |     e);\n     |     ^^\n"
                                       "  47 | after\n"));
}

TEST(Terminal, LongPathsAreShortenedInTheMiddleNeverTheFileName) {
  EXPECT_EQ(short_path("src/auth/login.py", 20), "src/auth/login.py");
  EXPECT_EQ(short_path("src/main/java/org/example/deeply/nested/Thing.java", 30),
            "src/main/java/.../Thing.java");
  EXPECT_EQ(short_path("a/" + std::string(50, 'n') + ".py", 20),
            ".../" + std::string(50, 'n') + ".py");
  EXPECT_EQ(short_path("a\n\x1b[2J\tb", 40), "a<U+000A><U+001B>[2J<U+0009>b");
}

TEST(Terminal, NoLineIsWiderThanAsked) {
  auto report = test::sample_report();
  report.findings[0].message = std::string(300, 'm') + " " + std::string(100, 'w');
  report.findings[1].rule = std::string(200, 'r');
  report.coverage.files[2].path = std::string(120, 'd') + "/logo.png";
  for (int width = 40; width <= 130; width += 3) {
    const auto text = shown(report, columns(width));
    for (const auto& line : split_lines(text))
      EXPECT_LE(display_width(line), static_cast<std::size_t>(width)) << line;
  }
}

TEST(Terminal, NoReportPutsAControlByteOntoTheTerminal) {
  test::RandomReports random(99);
  for (int i = 0; i < 300; ++i) {
    const auto report = random.report();
    auto options = columns(static_cast<int>(random.below(200)));
    options.all_frames = i % 2 == 0;
    expect_harmless(shown(report, options));
    options.color = options.hyperlinks = true;
    options.root = "/r\x1b]8;;";
    expect_harmless(without_our_escapes(shown(report, options)));
  }
}

TEST(Terminal, OfLongAdviceTheFirstSentencesAreShown) {
  auto report = test::sample_report();
  report.fixes.clear();
  report.findings[0].help = "Bind it. " + std::string(300, 'x') + " and so on. The end.";
  EXPECT_THAT(shown(report), HasSubstr("= fix: Bind it.\n"));
  EXPECT_THAT(shown(report), Not(HasSubstr("The end")));
}

TEST(Terminal, FindingsOverTheLimitAreCounted) {
  auto options = columns(80);
  options.max_findings = 1;
  EXPECT_THAT(shown(test::sample_report(), options), HasSubstr("2 more findings in --format json"));
}

TEST(Terminal, OfTenThousandsOfFindingsTheGravestAreShown) {
  auto report = test::clean_report();
  Finding finding;
  finding.rule = "r";
  finding.message = "m";
  finding.path = "a.py";
  finding.severity = Severity::info;
  report.findings.assign(20'000, finding);
  finding.path = "z.py";
  finding.severity = Severity::error;
  finding.message = "the gravest";
  report.findings.push_back(finding);
  const auto text = shown(report, columns(80));
  EXPECT_THAT(text, HasSubstr("the gravest"));
  EXPECT_THAT(text, HasSubstr("10,001 more findings in --format json"));
}

}  // namespace
}  // namespace peer
