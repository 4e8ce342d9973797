#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "reporters/render/render.hpp"
#include "reporters/render/suggestion.hpp"
#include "tests/reporters/hostile.hpp"
#include "tests/reporters/outside.hpp"
#include "tests/reporters/random_report.hpp"
#include "tests/reporters/sample_report.hpp"

namespace peer {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string rendered(std::string_view format, const Report& report,
                     const RenderOptions& options = {}) {
  return find_renderer(format)->render(report, options);
}

TEST(Formats, EachIsInTheCatalogueOnceAndSaysWhatItIs) {
  std::set<std::string_view> names;
  for (const auto& renderer : all_renderers()) {
    EXPECT_TRUE(names.insert(renderer.name).second) << renderer.name;
    EXPECT_FALSE(renderer.summary.empty()) << renderer.name;
    EXPECT_EQ(find_renderer(renderer.name)->write, renderer.write);
  }
  for (const auto* name :
       {"terminal", "json", "sarif", "markdown", "codequality", "github-log", "junit", "html"})
    EXPECT_NE(find_renderer(name), nullptr) << name;
  EXPECT_EQ(find_renderer("yaml"), nullptr);
}

TEST(Formats, EachTakesAnyReportAndNamesWhatWasNotExamined) {
  test::RandomReports random(5);
  for (int i = 0; i < 100; ++i) {
    const auto report = random.report();
    for (const auto& renderer : all_renderers())
      EXPECT_FALSE(renderer.render(report, {}).empty());
  }
  for (const auto* name :
       {"terminal", "json", "sarif", "markdown", "github-log", "junit", "html"}) {
    const auto text = rendered(name, test::incomplete_report());
    EXPECT_THAT(text, HasSubstr("src/big.js")) << name;
    EXPECT_THAT(text, HasSubstr("3.2 MB, over the limit of 1.0 MB")) << name;
  }
  for (const auto* name : {"terminal", "json", "sarif", "markdown", "github-log"})
    EXPECT_THAT(rendered(name, test::incomplete_report()), HasSubstr("Redis at")) << name;
}

/// A report of a tree of `files` files with a finding in each.
Report report_of_a_tree(std::size_t files) {
  auto report = test::sample_report();
  const auto finding = report.findings.at(0);
  report.change.whole_files = true;
  for (std::size_t i = 0; i < files; ++i) {
    ChangedFile file;
    file.path = file.old_path = "src/file" + std::to_string(i) + ".c";
    file.after = BlobRef{"", 100, 0100644, true};
    report.change.files.push_back(file);
    FileCoverage coverage;
    coverage.path = file.path;
    report.coverage.files.push_back(coverage);
    report.findings.push_back(finding);
    report.findings.back().path = file.path;
  }
  return report;
}

TEST(Formats, ALongReportComesInPieces) {
  const auto report = report_of_a_tree(2000);
  for (const auto* name : {"json", "sarif", "codequality"}) {
    std::string text;
    std::size_t longest = 0;
    find_renderer(name)->write(report, {}, [&](std::string_view piece) {
      longest = std::max(longest, piece.size());
      text += piece;
    });
    EXPECT_EQ(text, rendered(name, report)) << name;
    EXPECT_TRUE(parse_json(text)) << name;
    EXPECT_GT(text.size(), 500'000U) << name;
    EXPECT_LT(longest, 80'000U) << name;
  }
}

TEST(Json, AFileOfATreeIsOneLine) {
  const auto text = rendered("json", report_of_a_tree(1));
  EXPECT_THAT(text, HasSubstr("\n      {\"path\": \"src/file0.c\", \"old_path\": \"src/file0.c\", "
                              "\"status\": \"modified\", "));
  EXPECT_THAT(text, HasSubstr("\"span\": {\"begin\": "));
}

TEST(Sarif, PassesTheOfficialValidator) {
  const test::Folder folder;
  RenderOptions options;
  options.repository_uri = "https://github.com/octo/repo";
  options.branch = "main";
  auto suppressed = test::sample_report();
  for (const auto* kind : {"inline", "config"}) {
    suppressed.suppressed.push_back(test::import_finding());
    suppressed.suppressed.back().suppressed = Suppression{kind, "tests use it"};
  }
  suppressed.findings.push_back(test::import_finding());
  suppressed.findings.back().side = Side::old_side;
  suppressed.change.head = std::string(40, 'b');
  const auto files =
      "'" + folder.write("clean.sarif", rendered("sarif", test::clean_report())) + "' '" +
      folder.write("sample.sarif", rendered("sarif", suppressed, options)) + "' '" +
      folder.write("incomplete.sarif", rendered("sarif", test::incomplete_report())) + "' '" +
      folder.write("hostile.sarif", rendered("sarif", test::hostile_report(false))) + "'";
  const auto judged = test::run(test::tool("validate_sarif.mjs") + " " + files);
  EXPECT_EQ(judged.code, 0) << judged.output;
}

TEST(Sarif, TheValidatorObjectsToABadReport) {
  const test::Folder folder;
  auto json = *parse_json(rendered("sarif", test::sample_report()));
  json["runs"][0]["results"][0]["level"] = "critical";
  const auto bad_word = folder.write("word.sarif", dump_json(json));
  json["runs"][0]["results"][0]["level"] = "error";
  json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] =
      "a b\\c";
  const auto bad_uri = folder.write("uri.sarif", dump_json(json));
  EXPECT_EQ(test::run(test::tool("validate_sarif.mjs") + " '" + bad_word + "'").code, 1);
  EXPECT_EQ(test::run(test::tool("validate_sarif.mjs") + " '" + bad_uri + "'").code, 1);
}

TEST(Sarif, HoldsWhatCodeScanningNeeds) {
  auto report = test::sample_report();
  report.findings.push_back(report.findings[1]);
  const auto run = (*parse_json(rendered("sarif", report)))["runs"][0];
  EXPECT_EQ(run["columnKind"], "utf16CodeUnits");
  EXPECT_EQ(run["automationDetails"]["id"], "peer/review/");
  const auto& rule = run["tool"]["driver"]["rules"][0];
  EXPECT_EQ(rule["properties"]["security-severity"], "8.0");
  EXPECT_EQ(rule["properties"]["tags"][0], "external/cwe/cwe-89");
  EXPECT_FALSE(run["tool"]["driver"]["rules"][1]["properties"].contains("security-severity"));
  const auto& result = run["results"][0];
  EXPECT_EQ(result["partialFingerprints"]["primaryLocationLineHash"], "a1b2c3d4e5f60718:1");
  EXPECT_EQ(
      result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]["startColumn"],
      17);
  EXPECT_EQ(result["relatedLocations"][0]["message"]["text"], "comes from here.");
  // equal prints stay apart
  EXPECT_EQ(run["results"][1]["partialFingerprints"]["primaryLocationLineHash"],
            "0011223344556677:1");
  EXPECT_EQ(run["results"][3]["partialFingerprints"]["primaryLocationLineHash"],
            "0011223344556677:2");
}

TEST(Json, MatchesItsSchema) {
  const test::Folder folder;
  test::RandomReports random(11);
  std::string files;
  for (int i = 0; i < 40; ++i)
    files +=
        " '" + folder.write(std::to_string(i) + ".json", rendered("json", random.report())) + "'";
  files += " '" + folder.write("sample.json", rendered("json", test::sample_report())) + "'";
  const auto judged = test::run(test::tool("validate_report.mjs") +
                                " '" PEER_SOURCE_DIR "/docs/report.schema.json'" + files);
  EXPECT_EQ(judged.code, 0) << judged.output;
}

TEST(CodeQuality, IsAnArrayOfUniquePrints) {
  EXPECT_EQ(rendered("codequality", test::clean_report()), "[]\n");
  auto report = test::sample_report();
  report.findings.push_back(report.findings[0]);
  report.findings.push_back(report.findings[0]);
  const auto json = *parse_json(rendered("codequality", report));
  std::set<std::string> prints;
  for (const auto& issue : json)
    EXPECT_TRUE(prints.insert(issue["fingerprint"].get<std::string>()).second);
  EXPECT_EQ(json[0]["severity"], "critical");
  EXPECT_EQ(json[0]["check_name"], "sql-from-string");
  EXPECT_EQ(json[0]["location"]["path"], "src/auth/login.py");
  EXPECT_EQ(json[0]["location"]["lines"]["begin"], 42);
}

TEST(GithubLog, AnnotatesAndWrapsTheTextSoThatTheRunnerReadsNoCommandFromIt) {
  RenderOptions options;
  options.stop_token = "t0k3n";
  const auto log = rendered("github-log", test::sample_report(), options);
  EXPECT_THAT(log,
              StartsWith("::error file=src/auth/login.py,line=42,endLine=42,col=17,endColumn=63,"
                         "title=sql-from-string::user input reaches a SQL statement%0A"));
  EXPECT_THAT(log, HasSubstr("::stop-commands::t0k3n\nmain..worktree"));
  EXPECT_TRUE(log.ends_with("\n::t0k3n::\n"));
}

TEST(GithubLog, SaysHowManyFindingsAreNoAnnotations) {
  auto report = test::clean_report();
  for (int i = 0; i < 25; ++i)
    report.findings.push_back(test::import_finding());
  decide(report);
  EXPECT_THAT(rendered("github-log", report), HasSubstr("10 of 25 warnings are annotations"));
}

TEST(Junit, FailsWhatFailsTheRunAndSkipsWhatWasNotExamined) {
  const auto xml = rendered("junit", test::sample_report());
  EXPECT_THAT(xml, HasSubstr("tests=\"3\" failures=\"1\" skipped=\"0\" time=\"0.060\""));
  EXPECT_THAT(
      xml,
      HasSubstr(
          "<failure type=\"sql-from-string\" message=\"user input reaches a SQL statement\">"));
  EXPECT_THAT(xml, Not(HasSubstr("logo.png")));
  EXPECT_THAT(rendered("junit", test::incomplete_report()),
              HasSubstr("<skipped message=\"1-6, 11-16, 21-26: 3.2 MB"));
}

TEST(Markdown, BeginsWithTheVerdict) {
  EXPECT_EQ(rendered("markdown", test::clean_report()),
            "**Peer: clean.** Examined 23/23 hunks, 2/2 files.\n\n<sub>0.06 s. Peer 0.1.0</sub>\n");
  EXPECT_THAT(
      rendered("markdown", test::sample_report()),
      StartsWith("**Peer: 1 error, 2 warnings** in 2 files. 2 can be fixed: `peer fix-all`.\n"));
  EXPECT_THAT(rendered("markdown", test::incomplete_report()), StartsWith("**Peer: incomplete.**"));
  auto both = test::incomplete_report();
  both.findings.push_back(test::sql_finding());
  decide(both);
  EXPECT_THAT(rendered("markdown", both), StartsWith("**Peer: incomplete, 1 error** in 3 files."));
}

TEST(Markdown, ShowsTheTableTheFixesAndTheManifest) {
  const auto text = rendered("markdown", test::sample_report());
  EXPECT_THAT(text,
              HasSubstr("| error | `src/auth/login.py:42` | user input reaches a SQL statement "
                        "(`sql-from-string`) | ready, 9/10 |\n"));
  EXPECT_THAT(text, HasSubstr("```suggestion\n    cur.execute(\"SELECT * FROM users WHERE name = "
                              "%s\", (name,))\n```\n"));
  EXPECT_THAT(text, HasSubstr("<details><summary>Examined 23/23 hunks, 2/2 files</summary>"));
  EXPECT_THAT(text, HasSubstr("`charge` in `src/pay/charge.ts`: cyclomatic complexity 12 -> 19"));
}

TEST(Markdown, FitsIntoAComment) {
  auto report = test::hostile_report();
  RenderOptions options;
  options.max_bytes = 65536;
  options.max_findings = 100000;
  const auto text = rendered("markdown", report, options);
  EXPECT_LE(text.size(), options.max_bytes);
  EXPECT_THAT(text, HasSubstr("more finding"));
}

TEST(Suggestion, IsTheWholeLinesAfterTheFix) {
  auto finding = test::import_finding();
  const auto deletion = suggest(finding, *finding.fix);
  ASSERT_TRUE(deletion);
  EXPECT_EQ(deletion->first_line, 3U);
  EXPECT_EQ(deletion->last_line, 3U);
  EXPECT_EQ(deletion->text, "");
  Fix fix{"",
          {{{0, 1}, "语"}, {{2, 3}, "z"}},
          Safety::safe,
          "rule",
          {{{0, 1}, {2, 1}, {2, 3}}, {{2, 3}, {3, 8}, {3, 12}}}};
  auto lines = finding.frame.lines.plain();
  lines[1] = "😀 x";
  finding.frame.lines = TextLines(lines);
  const auto both = suggest(finding, fix);
  ASSERT_TRUE(both);
  EXPECT_EQ(both->text, "语 x\nimport z\n");
}

TEST(Suggestion, IsNotMadeFromLinesThatAreNotWholeOrNotKnown) {
  auto finding = test::import_finding();
  auto fix = *finding.fix;
  auto lines = finding.frame.lines.plain();
  const auto whole = lines[2];
  for (const auto& line :
       {std::string("key = \"AKIA****\""), std::string(400, 'a'), std::string("a\x1b[2J")}) {
    lines[2] = line;
    finding.frame.lines = TextLines(lines);
    EXPECT_FALSE(suggest(finding, fix)) << line;
  }
  lines[2] = whole;
  finding.frame.lines = TextLines(lines);
  EXPECT_TRUE(suggest(finding, fix));
  lines.resize(2);
  finding.frame.lines = TextLines(lines);
  EXPECT_FALSE(suggest(finding, fix));
  fix.edit_locations.clear();
  EXPECT_FALSE(suggest(test::import_finding(), fix));
}

}  // namespace
}  // namespace peer
