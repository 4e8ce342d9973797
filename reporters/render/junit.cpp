// JUnit XML: a suite per file, a case per finding. What is at or over --fail-on fails; what was not
// examined is skipped.
#include <fmt/format.h>
#include <map>
#include <string>
#include <vector>

#include "reporters/render/escape.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/render.hpp"

namespace peer {
namespace {

struct Suite {
  std::vector<const Finding*> findings;
  const FileCoverage* coverage = nullptr;
  std::string gap;  // why the file was not (fully) examined
  bool has_gap = false;
};

class Suites {
 public:
  explicit Suites(const Report& report) : report_(report) {
    for (const auto& file : report.coverage.files)
      if (file.status != CoverageStatus::out_of_scope) suites_[file.path].coverage = &file;
    for (const auto& gap : gaps(report)) {
      suites_[gap.path].has_gap = true;
      suites_[gap.path].gap = gap.lines.empty() ? gap.reason : gap.lines + ": " + gap.reason;
    }
    for (const auto& finding : report.findings)
      suites_[finding.path].findings.push_back(&finding);
  }

  std::string print() {
    std::string body;
    for (const auto& [path, suite] : suites_)
      body += print_suite(path, suite);
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"peer\" tests=\"{}\" failures=\"{}\" skipped=\"{}\" "
        "time=\"{:.3f}\">\n{}</testsuites>\n",
        tests_, failures_, skipped_, report_.receipt.seconds, body);
  }

 private:
  [[nodiscard]] bool fails(const Finding& finding) const {
    return !report_.fail_never && finding.severity >= report_.fail_on;
  }

  static std::string details(const Finding& finding) {
    auto text =
        fmt::format("{}:{}:{}: {}: {}", finding.path, finding.at.start.line,
                    finding.at.start.column, to_string(finding.severity), sourced_message(finding));
    if (!finding.why.empty()) text += "\nwhy: " + finding.why;
    if (!finding.help.empty()) text += "\nfix: " + finding.help;
    return xml_text(text);
  }

  std::string print_case(const Finding& finding) {
    const auto name =
        fmt::format("{}:{} {}", finding.at.start.line, finding.at.start.column, finding.rule);
    const auto inside =
        fails(finding)
            ? fmt::format(R"(<failure type="{}" message="{}">{}</failure>)", xml_text(finding.rule),
                          xml_text(sourced_message(finding)), details(finding))
            : fmt::format("<system-out>{}</system-out>", details(finding));
    return fmt::format(
        "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\">{}</testcase>\n",
        xml_text(finding.path), xml_text(name), xml_text(finding.path), finding.at.start.line,
        inside);
  }

  std::string print_suite(const std::string& path, const Suite& suite) {
    std::size_t tests = 0, failures = 0;
    std::string cases;
    for (const auto* finding : suite.findings) {
      ++tests;
      if (fails(*finding)) ++failures;
      cases += print_case(*finding);
    }
    if (suite.has_gap || suite.findings.empty()) {
      ++tests;
      cases += fmt::format(
          "    <testcase classname=\"{}\" name=\"examined\">{}</testcase>\n", xml_text(path),
          suite.has_gap ? fmt::format("<skipped message=\"{}\"/>", xml_text(suite.gap)) : "");
    }
    const std::size_t skipped = suite.has_gap ? 1 : 0;
    tests_ += tests;
    failures_ += failures;
    skipped_ += skipped;
    return fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n{}  "
        "</testsuite>\n",
        xml_text(path), tests, failures, skipped, cases);
  }

  const Report& report_;
  std::map<std::string, Suite> suites_;
  std::size_t tests_ = 0, failures_ = 0, skipped_ = 0;
};

std::string render_junit(const Report& report, const RenderOptions& /*options*/) {
  return Suites(report).print();
}

}  // namespace

const Renderer& renderer_junit() {
  static const Renderer kRenderer{"junit", "JUnit XML, for test panels", write_whole<render_junit>};
  return kRenderer;
}

}  // namespace peer
