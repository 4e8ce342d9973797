// Text from a repository works nowhere: each format with a report full of hostile texts, judged by
// a program that reads that format where there is one.
#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/text.hpp"
#include "reporters/comment_sync/wanted.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/render.hpp"
#include "tests/reporters/hostile.hpp"
#include "tests/reporters/outside.hpp"

namespace peer {
namespace {

std::string rendered(std::string_view format) {
  RenderOptions options;
  options.max_findings = 100000;
  return find_renderer(format)->render(test::hostile_report(), options);
}

/// The elements of an HTML text and the text that stands outside code, character references
/// resolved.
struct Html {
  std::set<std::string> elements;
  std::string prose;
};

Html read_html(const std::string& html) {
  Html page;
  bool in_code = false;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] != '<') {
      if (!in_code) page.prose += html[i];
      continue;
    }
    const auto end = std::min(html.find('>', i), html.size() - 1);
    const auto name = html.substr(i + 1, html.find_first_of(" />\n", i + 2) - i - 1);
    if (name == "code" || name == "pre") in_code = true;
    if (name == "/code" || name == "/pre") in_code = false;
    page.elements.insert(name);
    if (!in_code) page.prose += name == "/code" ? "\x01" : " ";  // \x01: code stood here
    i = end;
  }
  for (const auto& [from, to] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}})
    page.prose = replace_all(page.prose, from, to);
  return page;
}

/// The first place of `prose` that a forge would turn into a link, mention or reference; "" when
/// there is none.
std::string live_reference(const std::string& prose) {
  const auto alnum = [&](std::size_t i) {
    return i < prose.size() && std::isalnum(static_cast<unsigned char>(prose[i])) != 0;
  };
  const auto near = [&](std::size_t i) { return prose.substr(i < 20 ? 0 : i - 20, 60); };
  const auto lower = to_lower(prose);
  for (std::size_t i = 0; i < prose.size(); ++i) {
    const char c = prose[i];
    if ((c == '@' || c == '#' || c == '!' || c == '~' || c == '$' || c == '&' || c == '%') &&
        alnum(i + 1))
      return near(i);
    for (const auto* address : {"://", "www.", "mailto:", "javascript:"}) {
      const auto length = std::string_view(address).size();
      if (lower.compare(i, length, address) == 0 && alnum(i + length)) return near(i);
    }
    if (lower.compare(i, 3, "gh-") == 0 && alnum(i + 3)) return near(i);
    std::size_t hex = i;
    while (hex < prose.size() && std::isxdigit(static_cast<unsigned char>(prose[hex])) != 0)
      ++hex;
    if (hex - i >= 7 && !alnum(hex) && (i == 0 || !alnum(i - 1))) return near(i);
  }
  return {};
}

TEST(Injection, MarkdownRendersNoLinkImageHtmlMentionOrReferenceOutsideCode) {
  ASSERT_EQ(test::run("cmark-gfm --version").code, 0)
      << "cmark-gfm is not installed: run ci/setup --tests";
  const test::Folder folder;
  const auto file = folder.write("comment.md", rendered("markdown"));
  const auto html = test::run(
      "cmark-gfm --unsafe -e table -e autolink -e strikethrough -e tasklist '" + file + "'");
  ASSERT_EQ(html.code, 0) << html.output;
  const auto page = read_html(html.output);
  const std::set<std::string> ours{"p",     "/p",     "strong",  "/strong",  "table",   "/table",
                                   "thead", "/thead", "tbody",   "/tbody",   "tr",      "/tr",
                                   "th",    "/th",    "td",      "/td",      "code",    "/code",
                                   "pre",   "/pre",   "details", "/details", "summary", "/summary",
                                   "ul",    "/ul",    "li",      "/li",      "sub",     "/sub"};
  for (const auto& element : page.elements)
    EXPECT_TRUE(ours.contains(element)) << "<" << element << ">";
  EXPECT_EQ(live_reference(page.prose), "");
  // every finding has its row: none broke out of the table
  std::size_t rows = 0;
  for (auto at = html.output.find("<tr>"); at != std::string::npos;
       at = html.output.find("<tr>", at + 1))
    ++rows;
  const auto report = test::hostile_report();
  EXPECT_EQ(rows, report.findings.size() + 1 +
                      std::min<std::size_t>(200, report.coverage.files.size()) + 1);
}

TEST(Injection, EachTextAloneIsHarmlessInMarkdown) {
  const auto texts = test::hostile_texts();
  ASSERT_GE(texts.size(), 100U);
  const test::Folder folder;
  std::string page;
  for (const auto& text : texts) {
    const auto line = markdown_text(text);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_FALSE(line.starts_with('/')) << line;
    // as a paragraph of its own, where block markup would count
    page += line + "\n\n" + markdown_code(text) + "\n\n" + markdown_fence(text, "text") + "\n";
  }
  const auto file = folder.write("texts.md", page);
  const auto html =
      test::run("cmark-gfm --unsafe -e table -e autolink -e strikethrough '" + file + "'");
  ASSERT_EQ(html.code, 0) << html.output;
  const auto read = read_html(html.output);
  EXPECT_EQ(read.elements, (std::set<std::string>{"p", "/p", "code", "/code", "pre", "/pre"}));
  EXPECT_EQ(live_reference(read.prose), "");
}

TEST(Injection, CommentsOnAForgeAreHarmlessAndKeepTheirMark) {
  auto report = test::hostile_report();
  for (auto& finding : report.findings) {
    ProvedFix fix;
    fix.fingerprint = finding.fingerprint;
    fix.rule = finding.rule;
    fix.fix = finding.fix.plain().value_or(Fix{});
    fix.diff = "<!-- peer:finding:v1 name=peer said=1 state=open keys=0123456789abcdef -->\n" +
               finding.message;
    for (const auto step : {ProofStep::applies, ProofStep::in_scope, ProofStep::parses,
                            ProofStep::clears, ProofStep::nothing_new, ProofStep::idempotent})
      fix.proof.entries.push_back({step, StepResult::passed, finding.message});
    report.fixes.push_back(fix);
  }
  const auto wanted = wanted_from(report, {});
  std::string page;
  for (const auto& finding : wanted.findings) {
    const Mark mark{"peer", {finding.key}, finding.said, false, false};
    const auto body = write_mark(mark) + "\n" + finding.text + "\nAlso at " + finding.place + ".\n";
    EXPECT_EQ(read_mark(body), mark) << body;
    EXPECT_FALSE(read_mark(finding.text).has_value()) << "text of a repository passes for a mark";
    page += body + "\n";
  }
  const test::Folder folder;
  const auto file = folder.write("comments.md", page);
  const auto html = test::run(
      "cmark-gfm --unsafe -e table -e autolink -e strikethrough -e tasklist '" + file + "'");
  ASSERT_EQ(html.code, 0) << html.output;
  const auto read = read_html(html.output);
  const std::set<std::string> ours{"p",       "/p",       "strong", "/strong", "code",
                                   "/code",   "pre",      "/pre",   "details", "/details",
                                   "summary", "/summary", "!--"};
  for (const auto& element : read.elements)
    EXPECT_TRUE(ours.contains(element)) << "<" << element << ">";
  EXPECT_EQ(live_reference(read.prose), "");
}

/// Reads a job log as GitHub's runner does and gives the commands it would obey.
std::vector<std::string> obeyed(const std::string& log) {
  std::vector<std::string> commands;
  std::string token;
  for (const auto raw : split_lines(log)) {
    const auto line = trim(raw);
    const bool old_form = line.find("##[") != std::string_view::npos;
    if (!line.starts_with("::") && !old_form) continue;
    const auto name = std::string(line.substr(2, line.find_first_of(" :", 2) - 2));
    if (!token.empty()) {
      if (line == "::" + token + "::") token.clear();
      continue;
    }
    commands.push_back(old_form ? std::string(line) : name);
    if (name == "stop-commands") token = line.substr(std::string_view("::stop-commands::").size());
  }
  EXPECT_EQ(token, "") << "commands stay off";
  return commands;
}

TEST(Injection, AJobLogObeysNoCommandButOurAnnotations) {
  const auto commands = obeyed(rendered("github-log"));
  std::map<std::string, int> counts;
  for (const auto& command : commands)
    ++counts[command];
  EXPECT_EQ(counts, (std::map<std::string, int>{
                        {"error", 10}, {"warning", 10}, {"notice", 10}, {"stop-commands", 1}}));
}

TEST(Injection, TheStopTokenIsNotOneThatTheTextHolds) {
  RenderOptions options;
  options.stop_token = "octocat";
  const auto log = find_renderer("github-log")->render(test::hostile_report(), options);
  EXPECT_EQ(log.find("::stop-commands::octocat\n"), std::string::npos);
  options.stop_token = "token-1";
  EXPECT_NE(find_renderer("github-log")
                ->render(test::clean_report(), options)
                .find("::stop-commands::token-1\n"),
            std::string::npos);
}

TEST(Injection, TerminalTextHoldsNoEscapeAndNoCommandOfARunner) {
  const auto text = rendered("terminal");
  for (std::string_view rest = text; !rest.empty();) {
    const auto decoded = decode_utf8(rest);
    ASSERT_TRUE(decoded.valid);
    ASSERT_TRUE(rest[0] == '\n' || !is_invisible(decoded.code_point));
    rest.remove_prefix(decoded.length);
  }
  for (const auto line : split_lines(text)) {
    EXPECT_FALSE(trim(line).starts_with("::")) << line;
    for (const auto* command : {"##[", "##vso[", "##teamcity["})
      EXPECT_EQ(line.find(command), std::string_view::npos) << line;
  }
}

TEST(Injection, XmlIsWellFormedAndHoldsEveryFinding) {
  ASSERT_EQ(test::run("python3 --version").code, 0)
      << "python3 is not installed: run ci/setup --tests";
  const test::Folder folder;
  const auto file = folder.write("junit.xml", rendered("junit"));
  const auto read = test::run(
      "python3 -c \"import sys, xml.etree.ElementTree as e; r = e.parse(sys.argv[1]).getroot(); "
      "print(sum('line' in c.attrib for c in r.iter('testcase')), len(list(r.iter('failure'))), "
      "r.attrib['failures'])\" '" +
      file + "'");
  const auto report = test::hostile_report();
  const auto failures =
      std::count_if(report.findings.begin(), report.findings.end(),
                    [](const Finding& f) { return f.severity == Severity::error; });
  EXPECT_EQ(trim(read.output), fmt::format("{} {} {}", report.findings.size(), failures, failures));
}

TEST(Injection, JsonFormatsHoldTheTextsAndNothingElse) {
  const auto report = test::hostile_report();
  for (const auto* format : {"json", "sarif", "codequality"}) {
    const auto text = rendered(format);
    EXPECT_TRUE(is_utf8(text)) << format;
    const auto json = parse_json(text);
    ASSERT_TRUE(json) << format << ": " << json.error().message;
    if (json->is_array()) {
      EXPECT_EQ(json->size(), report.findings.size());
    }
  }
}

}  // namespace
}  // namespace peer
