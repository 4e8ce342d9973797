// Texts that a hostile repository could hold, aimed at terminals, Markdown, job logs, XML and JSON.
#pragma once

#include <string>
#include <vector>

#include "tests/reporters/sample_report.hpp"

namespace peer::test {

/// `around`: each also with something before it that could change how it is read.
inline std::vector<std::string> hostile_texts(bool around = true) {
  static const std::vector<std::string> kPayloads{
      // terminals
      "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1b]8;;http://evil.example\x1b\\x\x1b]8;;\x1b\\",
      "\x9b"
      "31m",
      "\xc2\x9b"
      "31m",
      "\x08\x08\x08", "\r overwritten", "\x07", "\x1bP1$r\x1b\\", "\u202egnp.exe", "\u2066x\u2069",
      "\u200b\u200d\ufeff", "\U000e0041\U000e0042", std::string("nul\0nul", 7), "\x7f",
      "\x1b[?1049h",
      // Markdown: people and references
      "@everyone", "@org/team", "cc @octocat, @a-b", "#1", "octo/repo#12", "GH-12", "!17", "~bug",
      "%3", "$12", "&4", "fixes #1", "Closes owner/repo#99",
      "resolves https://github.com/o/r/issues/1", "/close", "/assign @me", "/label ~x",
      "deadbeefcafe", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "ABC-123", "[ci skip]",
      "user@evil.example",
      // Markdown: links, images, HTML, blocks
      "[x](http://evil.example)", "![x](http://evil.example/p.png)", "<http://evil.example>",
      "http://evil.example/x", "https://evil.example", "www.evil.example", "ftp://evil.example/x",
      "mailto:a@evil.example", "javascript:alert(1)", "<img src=x onerror=alert(1)>",
      "<script>alert(1)</script>", "</details></td></table>", "<!-- hidden", "-->",
      "<details open>", "<a href=//evil.example>x</a>", "&lt;b&gt;", "&#64;octocat",
      "&commat;octocat", "[x]: http://evil.example", "[^1]", "**bold** _em_ ~~del~~", "`code`",
      "``", "```\nfence", "~~~\nfence", "````suggestion\nrm -rf\n````", "| a | b |", "a | b\\",
      "\\", "\\|", "# heading", "> quote", "- item", "+ item", "* item", "1. item", "1) item",
      "---", "===", "***", "    code", "\tcode", "line\n\n# heading\n@octocat", "a\n/close",
      "$x^2$", "$$x$$", "$`x`$", ":shrug:", "\u00a0@octocat", "(@octocat)", "_@octocat_",
      "x@\u200boctocat", "<@octocat>", "\\@octocat", "@", "#", "![", "](", "[[wiki]]", "[x][y]",
      // job logs
      "::set-env name=PATH::/evil", "::add-mask::x", "::error::x", "\n::stop-commands::x",
      "%0A::set-output name=x::y", "%0a::error::", "%25", "##[command]rm",
      "##[set-env name=PATH;]x", "##vso[task.setvariable variable=x]y", "##teamcity[buildStop]",
      "  ::warning::x", "::endgroup::", "\r::error::x", "a,line=1::b", "a:b,c",
      "::peer-0::", "\x1b[0Ksection_start:0:x\r\x1b[0K",
      // XML and JSON
      "]]>", "<![CDATA[", "<?xml?>", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "&a;", "&#0;",
      "\" onload=\"x", "' x='", "\x01\x0b\x0c", "\xef\xbf\xbe", "\xef\xbf\xbf", "\xff\xfe",
      "\xc0\xaf", "\xed\xa0\x80", "\"},{\"x\":\"", "\\u0000", "\\", "\xf4\x90\x80\x80",
      "../../etc/passwd", "file name.py", "a%20b?c#d", "\u2028\u2029"};
  std::vector<std::string> texts = kPayloads;
  if (!around) return texts;
  for (const auto& payload : kPayloads)
    for (const auto* before : {"word ", "\n", "`", "\\", "*", "("})
      texts.push_back(before + payload);
  return texts;
}

/// A report in which each text of a repository is hostile: a finding per payload.
inline Report hostile_report(bool around = true) {
  auto report = sample_report();
  std::uint32_t line = 1;
  for (const auto& text : hostile_texts(around)) {
    auto finding = sql_finding();
    std::string name;
    for (const char c : text)
      if (c != '\0') name += c;
    finding.path = name.starts_with('/') || name.find("..") != std::string::npos ? "x" : name;
    finding.rule = text;
    finding.message = text;
    finding.why = text;
    finding.help = text;
    finding.symbol = text;
    finding.fingerprint = std::to_string(line);
    finding.at = place(line, 1, line, 4);
    finding.frame = {line, {text, text}};
    finding.related = {{place(line + 1, 1, line + 1, 2), text, {line + 1, {text}}}};
    finding.fix = Fix{text, {{{0, 1}, text}}, Safety::safe, text, {{{0, 1}, {line, 1}, {line, 2}}}};
    finding.severity = static_cast<Severity>(line % 4);
    report.findings.push_back(finding);
    auto rule = rule_of(finding, text);
    rule.category = text;
    report.rules.push_back(rule);
    add_file(report, finding.path,
             line % 2 == 0 ? CoverageStatus::skipped : CoverageStatus::out_of_scope, 1, text);
    report.complexity.push_back({finding.path, {text, 1, 2, 3, 4}});
    report.degraded.push_back(text);
    ++line;
  }
  report.change.description = "::error::\x1b[2J@octocat";
  decide(report);
  return report;
}

}  // namespace peer::test
