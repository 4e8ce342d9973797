#include "analyzers/import/join.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "analyzers/complete.hpp"
#include "analyzers/fingerprint.hpp"
#include "analyzers/import/same.hpp"
#include "base/hash.hpp"

namespace peer {
namespace {

constexpr std::string_view kOwn = "peer";

bool is_wanted(const Finding& finding, const ExamineOptions& options, std::size_t text_size) {
  if (finding.at.span.end > text_size || finding.at.span.begin > finding.at.span.end) return false;
  if (options.disabled_rules.contains(finding.rule)) return false;
  return !options.security_only || finding.category == "security" || finding.category == "secrets";
}

bool says(const Finding& finding, std::string_view tool) {
  if (finding.tools.empty()) return tool == kOwn;
  return std::any_of(finding.tools.begin(), finding.tools.end(),
                     [&](const std::string& each) { return tool_name(each) == tool; });
}

std::uint32_t overlap(Span a, Span b) {
  const auto begin = std::max(a.begin, b.begin);
  const auto end = std::min(a.end, b.end);
  return end > begin ? end - begin : 0;
}

/// `from` becomes part of `into`: what `into` says stays, what it lacks is taken over.
void merge(Finding& into, Finding&& from) {
  if (into.tools.empty()) into.tools.emplace_back(kOwn);
  for (auto& tool : from.tools)
    if (!says(into, tool_name(tool))) into.tools.push_back(std::move(tool));
  into.severity = std::max(into.severity, from.severity);
  into.confidence = std::max(into.confidence, from.confidence);
  for (const auto cwe : from.cwe)
    if (std::find(into.cwe.begin(), into.cwe.end(), cwe) == into.cwe.end()) into.cwe.push_back(cwe);
  if (!into.fix) into.fix = std::move(from.fix);
  if (into.why.empty()) into.why = std::move(from.why);
  if (into.help.empty()) into.help = std::move(from.help);
  if (into.related.empty()) into.related = std::move(from.related);
  if (!from.suppressed) into.suppressed.reset();  // one of them still says it
  if (into.tools.size() == 1 && into.tools.front() == kOwn) into.tools.clear();
}

class Joining {
 public:
  explicit Joining(std::vector<Finding>& findings) : findings_(findings) {
    for (std::size_t i = 0; i < findings_.size(); ++i)
      buckets_.add(findings_[i], i);
  }

  void add(Finding finding) {
    if (is_repeated(finding)) return;
    if (const auto partner = partner_of(finding)) {
      merge(findings_[*partner], std::move(finding));
      return;
    }
    buckets_.add(finding, findings_.size());
    findings_.push_back(std::move(finding));
  }

 private:
  bool is_repeated(const Finding& finding) {
    const auto tool =
        finding.tools.empty() ? std::string() : std::string(tool_name(finding.tools.front()));
    return !seen_.emplace(tool, finding.rule, finding.at.span, finding.message).second;
  }

  /// Of those that say the same and that this tool has no part in yet (two findings of one tool are
  /// two), the one with the most text in common. What Peer itself wrote earlier meets what it says
  /// now.
  [[nodiscard]] std::optional<std::size_t> partner_of(const Finding& finding) const {
    const auto tool = finding.tools.empty() ? kOwn : tool_name(finding.tools.front());
    std::optional<std::size_t> best;
    std::uint32_t most = 0;
    for (const auto i : buckets_.near(finding)) {
      const auto& other = findings_[i];
      if (!same_thing(other, finding) || (tool != kOwn && says(other, tool))) continue;
      const auto common = overlap(other.at.span, finding.at.span);
      if (best && common <= most) continue;
      best = i;
      most = common;
    }
    return best;
  }

  std::vector<Finding>& findings_;
  LineBuckets buckets_;
  std::set<std::tuple<std::string, std::string, Span, std::string>> seen_;
};

/// Prints of their own for those that share one with a finding before them.
void part_fingerprints(std::span<Finding> findings, std::size_t own) {
  std::unordered_set<std::string> taken;
  for (std::size_t i = 0; i < own; ++i)
    taken.insert(findings[i].fingerprint);
  for (std::size_t i = own; i < findings.size(); ++i) {
    auto& print = findings[i].fingerprint;
    while (!taken.insert(print).second)
      print = sha256_of_parts({print, "imported"}).substr(0, 16);
  }
}

/// Whether `decided` is what became of `finding`.
bool settles(const Finding& decided, const Finding& finding) {
  if (!finding.tools.empty() && !says(decided, tool_name(finding.tools.front()))) return false;
  if (decided.tools.size() > 1) return same_thing(decided, finding);
  return decided.rule == finding.rule && decided.at.span == finding.at.span;
}

/// Moves all edits of `fix` along; false where one of them has no place any more.
bool move_along(Fix& fix, const EditMap& edits) {
  for (auto& edit : fix.edits) {
    const auto span = edits.moved(edit.span);
    if (!span) return false;
    edit.span = *span;
  }
  return true;
}

}  // namespace

void join_imported(std::vector<Finding>& findings, std::vector<Finding> imported, FileExam& exam,
                   const ExamineOptions& options) {
  if (imported.empty()) return;
  const auto own = findings.size();
  const auto size = exam.after().text().size();
  std::erase_if(imported, [&](const Finding& f) { return !is_wanted(f, options, size); });
  Joining joining(findings);
  for (auto& finding : imported) {
    finding.path = exam.after().path();
    finding.at = exam.after().locate(finding.at.span);
    std::erase_if(finding.related, [&](const Related& r) {
      return r.at.span.end > size || r.at.span.begin > r.at.span.end;
    });
    for (auto& related : finding.related)
      related.at = exam.after().locate(related.at.span);
    joining.add(std::move(finding));
  }
  (void)exam.outline();  // all of it: findings are completed one by one
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (i >= own || (findings[i].fix && findings[i].fix->origin != "rule"))
      complete(std::span(findings).subspan(i, 1), exam);
  set_fingerprints(std::span(findings).subspan(own), exam.after());
  part_fingerprints(findings, own);
}

std::vector<Finding> carry_over(std::span<const Finding> imported, std::span<const Finding> known,
                                std::span<const Finding* const> answered, const EditMap& edits) {
  std::vector<Finding> decided;
  for (const auto* finding : answered)
    decided.push_back(*finding);
  for (const auto& finding : known)
    if (finding.tools.size() > 1 && says(finding, kOwn)) decided.push_back(finding);
  LineBuckets buckets;
  for (std::size_t i = 0; i < decided.size(); ++i)
    buckets.add(decided[i], i);
  std::vector<Finding> out;
  for (const auto& finding : imported) {
    const auto near = buckets.near(finding);
    if (std::any_of(near.begin(), near.end(),
                    [&](std::size_t i) { return settles(decided[i], finding); }))
      continue;
    auto moved = finding;
    if (!edits.move(moved.at.span)) continue;
    for (auto& related : moved.related)
      (void)edits.move(related.at.span);
    if (moved.fix && !move_along(*moved.fix, edits)) moved.fix.reset();
    out.push_back(std::move(moved));
  }
  return out;
}

}  // namespace peer
