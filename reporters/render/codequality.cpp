// GitLab's Code Quality report: one JSON array, one object per finding.
#include <set>

#include "base/hash.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/json_writer.hpp"
#include "reporters/render/render.hpp"

namespace peer {
namespace {

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "critical";
    case Severity::warning:
      return "major";
    case Severity::info:
      return "minor";
    case Severity::hint:
      break;
  }
  return "info";
}

void write_codequality(const Report& report, const RenderOptions& /*options*/,
                       const TextSink& sink) {
  JsonWriter out(sink);
  std::set<std::string> prints;
  out.begin_array();
  for (const auto& finding : report.findings) {
    // GitLab folds equal prints into one: a repeat gets its ordinal hashed in
    auto print = finding.fingerprint;
    for (int ordinal = 1; print.empty() || !prints.insert(print).second; ++ordinal)
      print = sha256_of_parts({finding.fingerprint, finding.rule, std::to_string(ordinal)})
                  .substr(0, 16);
    out.begin_object();
    out.text("description", sourced_message(finding));
    out.text("check_name", finding.rule);
    out.text("fingerprint", print);
    out.text("severity", severity_word(finding.severity));
    if (!finding.why.empty() || !finding.help.empty()) {
      out.begin_object("content");
      out.text("body", finding.why + (finding.why.empty() || finding.help.empty() ? "" : "\n\n") +
                           finding.help);
      out.end_object();
    }
    out.begin_object("location");
    out.text("path", finding.path);
    out.begin_object("lines");
    out.number("begin", std::max<std::uint32_t>(1, finding.at.start.line));
    out.number("end", std::max({1U, finding.at.start.line, finding.at.end.line}));
    out.end_object();
    out.end_object();
    out.end_object();
  }
  out.end_array();
  out.flush();
}

}  // namespace

const Renderer& renderer_codequality() {
  static const Renderer kRenderer{"codequality", "GitLab Code Quality, for merge-request widgets",
                                  write_codequality};
  return kRenderer;
}

}  // namespace peer
