#include "bot/gathering.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace peer {
namespace {

bool shown_by_filter(const Finding& finding, const ChangedFile& file, Filter filter) {
  if (finding.in_change || filter == Filter::file || filter == Filter::all) return true;
  if (filter != Filter::context) return false;
  return std::any_of(file.hunks.begin(), file.hunks.end(), [&](const Hunk& hunk) {
    return finding.at.start.line < hunk.new_lines.end() &&
           finding.at.end.line >= hunk.new_lines.first;
  });
}

bool wanted(const Finding& finding, const ChangedFile& file, const Config& config) {
  return finding.severity >= config.min_severity && finding.confidence >= config.min_confidence &&
         shown_by_filter(finding, file, config.filter);
}

}  // namespace

Gathering::Gathering(Report& report, const Config& config) : report_(report), config_(config) {
  added_code_.resize(report.change.files.size());
  report_.coverage.files.reserve(report.change.files.size());
}

void Gathering::take(std::size_t file, Examined examined) {
  keep_wanted(examined.review.findings, report_.change.files[file]);
  const std::scoped_lock lock(lock_);
  waiting_.emplace(file, std::move(examined));
  for (auto next = waiting_.begin(); next != waiting_.end() && next->first == taken_;
       next = waiting_.erase(next), ++taken_)
    append(taken_, std::move(next->second));
}

void Gathering::append(std::size_t file, Examined&& examined) {
  auto& [review, coverage] = examined;
  report_.coverage.hunks_total += coverage.hunks.size();
  for (const auto& hunk : coverage.hunks)
    report_.coverage.hunks_examined += hunk.examined ? 1 : 0;
  report_.coverage.files.push_back(std::move(coverage));
  for (auto& change : review.complexity)
    report_.complexity.push_back({report_.change.files[file].path, std::move(change)});
  added_code_[file] = std::move(review.added_code);
  make_room(review.findings.size());
  std::move(review.findings.begin(), review.findings.end(), std::back_inserter(report_.findings));
  ends_.push_back(report_.findings.size());
}

void Gathering::keep_wanted(std::vector<Finding>& findings, const ChangedFile& file) {
  std::erase_if(findings, [&](const Finding& finding) { return !wanted(finding, file, config_); });
  for (auto& finding : findings)
    for (auto* text :
         {&finding.rule, &finding.category, &finding.path, &finding.why, &finding.help})
      texts_.share(*text);
}

/// For all files if the rest is like those so far: room that is not written to is not in memory,
/// while a list that is moved when it is long is there twice.
void Gathering::make_room(std::size_t more) {
  auto& findings = report_.findings;
  const auto least = findings.size() + more;
  if (least <= findings.capacity()) return;
  const auto files = report_.change.files.size();
  const auto foreseen = least * files / (taken_ + 1);
  findings.reserve(std::max(2 * least, std::min(foreseen + foreseen / 8, 64 * least)));
}

void Gathering::add(std::map<std::size_t, std::vector<Finding>> found) {
  if (found.empty()) return;
  std::vector<Finding> all;
  auto next = report_.findings.begin();
  for (std::size_t file = 0; file < ends_.size(); ++file) {
    const auto end = report_.findings.begin() + static_cast<std::ptrdiff_t>(ends_[file]);
    const auto begun = static_cast<std::ptrdiff_t>(all.size());
    std::move(next, end, std::back_inserter(all));
    next = end;
    const auto more = found.find(file);
    if (more == found.end()) continue;
    keep_wanted(more->second, report_.change.files[file]);
    std::move(more->second.begin(), more->second.end(), std::back_inserter(all));
    std::stable_sort(all.begin() + begun, all.end(),
                     [](const Finding& a, const Finding& b) { return a.at.span < b.at.span; });
  }
  report_.findings = std::move(all);
}

}  // namespace peer
