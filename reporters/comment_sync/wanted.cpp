#include "reporters/comment_sync/wanted.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "reporters/comment_sync/anchors.hpp"
#include "reporters/comment_sync/comment_text.hpp"
#include "reporters/receipt.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/render.hpp"

namespace peer {
namespace {

constexpr std::size_t kMemoryRoom = 32'000;  // what write_memory() may take of a comment
constexpr std::size_t kMostAnnotations = 500;
constexpr std::size_t kMostTitle = 200, kMostMessage = 4000;  // bytes, of an annotation

std::vector<const Finding*> ranked(const Report& report) {
  std::vector<const Finding*> order;
  for (const auto& finding : report.findings)
    order.push_back(&finding);
  const auto rank = [](const Finding& f) {
    return std::tuple(-static_cast<int>(f.severity), !f.in_change, std::string_view(f.path),
                      f.at.start, std::string_view(f.fingerprint));
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](const Finding* a, const Finding* b) { return rank(*a) < rank(*b); });
  return order;
}

/// The summary that stays the same while nothing changes: without what the run cost.
std::string stable_summary(const Report& report, std::size_t most) {
  Report still = report;
  still.receipt = {};
  RenderOptions options;
  options.max_bytes = most;
  auto text = find_renderer("markdown")->render(still, options);
  const auto costs = text.rfind("\n<sub>");
  return costs == std::string::npos ? text : text.substr(0, costs);
}

Conclusion conclusion_of(const Report& report) {
  const bool blind = report.verdict == Verdict::not_reviewed || report.verdict == Verdict::error;
  if (blind || exit_code(report) == 1) return Conclusion::failure;
  return report.verdict == Verdict::clean && report.complete ? Conclusion::success
                                                             : Conclusion::neutral;
}

std::string title_of(const Report& report) {
  const auto counts = counts_words(count_severities(report));
  switch (report.verdict) {
    case Verdict::clean:
      return "clean";
    case Verdict::findings:
      return report.complete ? counts : "incomplete, " + counts;
    case Verdict::incomplete:
      return "incomplete";
    case Verdict::not_reviewed:
      return "not reviewed";
    case Verdict::error:
      break;
  }
  return "error: the run did not finish";
}

std::string cut(std::string_view text, std::size_t most) {
  const auto shown = visible(text);
  return shown.size() <= most ? shown : valid_utf8(shown.substr(0, most - 3));
}

Annotation annotation_of(const Finding& finding) {
  Annotation note{finding.path, finding.at, finding.severity, cut(finding.rule, kMostTitle), {}};
  note.message =
      cut(sourced_message(finding) + (finding.why.empty() ? "" : "\n" + finding.why), kMostMessage);
  return note;
}

CheckRun check_of(const Report& report, const std::vector<const Finding*>& order,
                  const std::string& summary) {
  CheckRun check;
  check.conclusion = conclusion_of(report);
  check.title = title_of(report);
  check.summary = summary;
  std::string all =
      fmt::format("{} {} {}", static_cast<int>(check.conclusion), check.title, check.summary);
  for (const auto* finding : order) {
    if (check.annotations.size() == kMostAnnotations) break;
    if (finding->side != Side::new_side || finding->at.start.line == 0) continue;
    check.annotations.push_back(annotation_of(*finding));
    all += fmt::format("\n{} {} {}", finding->fingerprint, finding->at.start.line,
                       check.annotations.back().message);
  }
  check.key = sha256(all).substr(0, 32);
  return check;
}

/// What every examined hunk says, by its name. A report may come from anyone: names are made anew
/// where they are none.
std::vector<std::string> hunks_of(const Report& report) {
  std::vector<std::string> names;
  for (const auto& file : report.coverage.files)
    for (const auto& hunk : file.hunks) {
      if (!hunk.examined) continue;
      if (!hunk.id) return {};
      names.push_back(key_of(*hunk.id));
    }
  std::sort(names.begin(), names.end());
  return names;
}

std::string label_of(const Report& report) {
  const auto counts = count_severities(report);
  if (counts[static_cast<std::size_t>(Severity::error)] > 0) return peer_labels()[0];
  if (!report.complete || report.verdict == Verdict::error) return peer_labels()[3];
  return report.findings.empty() ? peer_labels()[2] : peer_labels()[1];
}

}  // namespace

const std::vector<std::string>& peer_labels() {
  static const std::vector<std::string> kLabels{"peer: errors", "peer: warnings", "peer: clean",
                                                "peer: incomplete"};
  return kLabels;
}

Wanted wanted_from(const Report& report, const PublishOptions& options) {
  Wanted wanted;
  wanted.name = mark_name(options.name);
  wanted.head = report.change.head;
  wanted.target = options.target;
  wanted.complete = report.complete;
  wanted.max_comments = options.max_comments;
  const Anchors anchors(report.change);
  const FixIndex fixes(report);
  const auto order = ranked(report);
  for (const auto* finding : order)
    wanted.findings.push_back(say(*finding, fixes.find(*finding), anchors, options));
  for (const auto& finding : report.suppressed)
    wanted.silenced.push_back(key_of(finding.fingerprint));
  for (const auto& file : report.coverage.files)
    if (file.complete && file.status != CoverageStatus::skipped)
      wanted.examined.push_back(file.path);
  std::sort(wanted.examined.begin(), wanted.examined.end());
  wanted.hunks = hunks_of(report);
  wanted.title = title_of(report);
  wanted.summary = stable_summary(report, options.max_body - kMemoryRoom);
  wanted.costs = fmt::format("<sub>{}. Peer {}</sub>\n", receipt_line(report.receipt),
                             markdown_text(report.tool_version));
  if (options.check) wanted.check = check_of(report, order, wanted.summary);
  if (options.labels) wanted.label = label_of(report);
  if (options.code_scanning) wanted.sarif = find_renderer("sarif")->render(report, {});
  return wanted;
}

}  // namespace peer
