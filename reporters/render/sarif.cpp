// SARIF 2.1.0 as code scanning on GitHub takes it, and as its official validator likes it.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <vector>

#include "base/text.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/json_writer.hpp"
#include "reporters/render/render.hpp"
#include "reporters/render/sarif_rule.hpp"
#include "reporters/render/sarif_words.hpp"

namespace peer {
namespace {

using sarif::level;
using sarif::sentence;
using sarif::write_message;
using sarif::write_rule;

constexpr std::string_view kRoot = "SRCROOT";
constexpr std::string_view kHome =
    "pkg:generic/peer";                      // a package URL: names the tool, needs no host
constexpr std::size_t kMostResults = 25000;  // GitHub refuses a run with more

class Log {
 public:
  Log(const Report& report, const RenderOptions& options, const TextSink& sink)
      : report_(report), options_(options), fixes_(report), out_(sink) {
    for (const auto& rule : report.rules)
      add_rule(rule);
    for (const auto* list : {&report.findings, &report.suppressed})
      for (const auto& finding : *list)
        add_rule_of(finding);
  }

  void print() {
    out_.begin_object();
    out_.text("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    out_.text("version", "2.1.0");
    out_.begin_array("runs");
    out_.begin_object();
    tool();
    out_.begin_object("automationDetails");
    out_.text("id", options_.automation_id.empty() ? "peer/" + report_.command + "/"
                                                   : options_.automation_id);
    out_.end_object();
    invocation();
    provenance();
    root();
    out_.text("columnKind", "utf16CodeUnits");
    results();
    out_.begin_object("properties");
    out_.text("verdict", to_string(report_.verdict));
    out_.boolean("complete", report_.complete);
    out_.end_object();
    out_.end_object();
    out_.end_array();
    out_.end_object();
    out_.flush();
  }

 private:
  void add_rule(const ReportedRule& rule) {
    if (!rule.id.empty() && rule_index_.emplace(rule.id, rules_.size()).second)
      rules_.push_back(rule);
  }

  /// A finding of a rule that the report does not document (of another tool) documents itself.
  void add_rule_of(const Finding& finding) {
    if (rule_index_.contains(finding.rule)) return;
    ReportedRule rule;
    rule.id = finding.rule;
    rule.title = finding.rule;
    rule.category = finding.category;
    rule.severity = finding.severity;
    rule.confidence = finding.confidence;
    rule.why = finding.why;
    rule.help = finding.help;
    rule.cwe = finding.cwe;
    add_rule(rule);
  }

  void message(std::string_view name, std::string_view text) { write_message(out_, name, text); }

  void tool() {
    out_.begin_object("tool");
    out_.begin_object("driver");
    out_.text("name", "Peer");
    out_.text("semanticVersion", report_.tool_version.empty() ? "0.0.0" : report_.tool_version);
    out_.text("informationUri", kHome);
    out_.begin_array("rules");
    for (const auto& rule : rules_)
      write_rule(out_, rule);
    out_.end_array();
    out_.end_object();
    out_.end_object();
  }

  void invocation() {
    out_.begin_array("invocations");
    out_.begin_object();
    out_.boolean("executionSuccessful", report_.verdict != Verdict::error);
    out_.begin_array("toolExecutionNotifications");
    for (const auto& gap : gaps(report_))
      notification("warning",
                   fmt::format("{}{}: not fully examined: {}", gap.path,
                               gap.lines.empty() ? "" : ":" + gap.lines, gap.reason),
                   gap.path);
    for (const auto& words : degraded_sentences(report_))
      notification("note", words, {});
    if (report_.findings.size() > kMostResults)
      notification("warning",
                   fmt::format("{} findings are left out: {} is the most a run may have",
                               with_commas(report_.findings.size() - kMostResults),
                               with_commas(kMostResults)),
                   {});
    out_.end_array();
    out_.end_object();
    out_.end_array();
  }

  void notification(std::string_view severity, std::string_view text, std::string_view path) {
    out_.begin_object();
    out_.text("level", severity);
    message("message", sentence(text));
    if (!path.empty()) {
      out_.begin_array("locations");
      out_.begin_object();
      out_.begin_object("physicalLocation");
      artifact(path);
      out_.end_object();
      out_.end_object();
      out_.end_array();
    }
    out_.end_object();
  }

  void provenance() {
    if (options_.repository_uri.empty()) return;
    out_.begin_array("versionControlProvenance");
    out_.begin_object();
    out_.text("repositoryUri", options_.repository_uri);
    const auto& revision = report_.change.head.empty() ? report_.change.base : report_.change.head;
    if (!revision.empty()) out_.text("revisionId", revision);
    if (!options_.branch.empty()) out_.text("branch", options_.branch);
    out_.begin_object("mappedTo");
    out_.text("uriBaseId", kRoot);
    out_.end_object();
    out_.end_object();
    out_.end_array();
  }

  /// What paths are relative to. Where it lies on this machine is nobody's business.
  void root() {
    out_.begin_object("originalUriBaseIds");
    out_.begin_object(kRoot);
    message("description", "The root folder of the repository.");
    out_.end_object();
    out_.end_object();
  }

  void artifact(std::string_view path) {
    out_.begin_object("artifactLocation");
    out_.text("uri", uri_path(path));
    out_.text("uriBaseId", kRoot);
    out_.end_object();
  }

  void region(std::string_view name, const Location& at) {
    const auto line = std::max(1U, at.start.line);
    const auto column = std::max(1U, at.start.column);
    const auto end_line = std::max(line, at.end.line);
    const auto end_column =
        end_line == line ? std::max(column, at.end.column) : std::max(1U, at.end.column);
    out_.begin_object(name);
    out_.number("startLine", line);
    out_.number("startColumn", column);
    out_.number("endLine", end_line);
    out_.number("endColumn", end_column);
    out_.end_object();
  }

  void place(const Finding& finding, const Location& at) {
    // a removed line has no place in the new file: the finding stands at its top
    place(finding.path, finding.side == Side::new_side ? at : Location{});
  }

  void place(std::string_view path, const Location& at) {
    out_.begin_object("physicalLocation");
    artifact(path);
    region("region", at);
    out_.end_object();
  }

  void results() {
    std::vector<const Finding*> order;
    for (const auto& finding : report_.findings)
      order.push_back(&finding);
    if (order.size() > kMostResults) {
      std::stable_sort(order.begin(), order.end(), [](const Finding* a, const Finding* b) {
        return a->severity > b->severity;
      });
      order.resize(kMostResults);
    }
    for (const auto& finding : report_.suppressed)
      if (order.size() < kMostResults) order.push_back(&finding);
    out_.begin_array("results");
    for (const auto* finding : order)
      result(*finding);
    out_.end_array();
  }

  void result(const Finding& finding) {
    out_.begin_object();
    out_.text("ruleId", finding.rule.empty() ? "unnamed" : finding.rule);
    if (const auto it = rule_index_.find(finding.rule); it != rule_index_.end())
      out_.number("ruleIndex", it->second);
    out_.text("level", level(finding.severity));
    message("message", finding.side == Side::old_side
                           ? fmt::format("In removed line {}: {}", finding.at.start.line,
                                         sentence(sourced_message(finding)))
                           : sentence(sourced_message(finding)));
    out_.begin_array("locations");
    out_.begin_object();
    place(finding, finding.at);
    if (!finding.symbol.empty()) {
      out_.begin_array("logicalLocations");
      out_.begin_object();
      out_.text("fullyQualifiedName", visible(finding.symbol, false));
      out_.end_object();
      out_.end_array();
    }
    out_.end_object();
    out_.end_array();
    related(finding);
    flow(finding);
    out_.begin_object("partialFingerprints");
    out_.text("primaryLocationLineHash",
              fmt::format("{}:{}", finding.fingerprint, ++ordinals_[finding.fingerprint]));
    out_.end_object();
    suppression(finding);
    fix(finding);
    out_.end_object();
  }

  void related(const Finding& finding) {
    if (finding.related.empty()) return;
    std::uint64_t id = 0;
    out_.begin_array("relatedLocations");
    for (const auto& other : finding.related) {
      out_.begin_object();
      out_.number("id", ++id);
      if (other.path.empty())
        place(finding, other.at);
      else
        place(other.path, other.at);
      message("message", sentence(other.message));
      out_.end_object();
    }
    out_.end_array();
  }

  void flow(const Finding& finding) {
    if (finding.flow.empty()) return;
    out_.begin_array("codeFlows");
    out_.begin_object();
    out_.begin_array("threadFlows");
    out_.begin_object();
    out_.begin_array("locations");
    for (const auto& step : finding.flow) {
      out_.begin_object();
      out_.begin_object("location");
      place(finding, step.at);
      message("message", sentence(step.message));
      out_.end_object();
      out_.end_object();
    }
    out_.end_array();
    out_.end_object();
    out_.end_array();
    out_.end_object();
    out_.end_array();
  }

  void suppression(const Finding& finding) {
    if (!finding.suppressed) return;
    const bool in_source =
        finding.suppressed->kind == "inline" || finding.suppressed->kind == "file";
    out_.begin_array("suppressions");
    out_.begin_object();
    out_.text("kind", in_source ? "inSource" : "external");
    if (!finding.suppressed->reason.empty())
      out_.text("justification", visible(finding.suppressed->reason));
    out_.end_object();
    out_.end_array();
  }

  void fix(const Finding& finding) {
    const auto* proved = fixes_.find(finding);
    if (proved != nullptr && proved->decision == Decision::reject) return;
    const auto* chosen = proved != nullptr ? &proved->fix : finding.fix ? &*finding.fix : nullptr;
    if (chosen == nullptr || chosen->edits.empty() ||
        chosen->edit_locations.size() != chosen->edits.size())
      return;
    out_.begin_array("fixes");
    out_.begin_object();
    message("description", sentence(chosen->title.empty() ? "Apply the fix" : chosen->title));
    out_.begin_array("artifactChanges");
    out_.begin_object();
    artifact(finding.path);
    out_.begin_array("replacements");
    for (std::size_t i = 0; i < chosen->edits.size(); ++i) {
      out_.begin_object();
      region("deletedRegion", chosen->edit_locations[i]);
      if (!chosen->edits[i].text.empty()) {
        out_.begin_object("insertedContent");
        out_.text("text", chosen->edits[i].text);
        out_.end_object();
      }
      out_.end_object();
    }
    out_.end_array();
    out_.end_object();
    out_.end_array();
    out_.end_object();
    out_.end_array();
  }

  const Report& report_;
  const RenderOptions& options_;
  FixIndex fixes_;
  std::vector<ReportedRule> rules_;
  std::map<std::string, std::size_t> rule_index_;
  std::map<std::string, int> ordinals_;
  JsonWriter out_;
};

void write_sarif(const Report& report, const RenderOptions& options, const TextSink& sink) {
  Log(report, options, sink).print();
}

}  // namespace

const Renderer& renderer_sarif() {
  static const Renderer kRenderer{"sarif", "SARIF 2.1.0, for code scanning and editors",
                                  write_sarif};
  return kRenderer;
}

}  // namespace peer
