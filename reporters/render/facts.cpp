#include "reporters/render/facts.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

std::string key_of(std::string_view fingerprint, std::string_view path) {
  return fmt::format("{}\n{}", fingerprint, path);
}

bool in_scope(const FileCoverage& file) { return file.status != CoverageStatus::out_of_scope; }

std::string range_words(LineRange lines) {
  if (lines.count <= 1) return fmt::to_string(lines.first);
  return fmt::format("{}-{}", lines.first, lines.end() - 1);
}

/// The lines of the hunks that were not examined; "" when none was.
std::string unexamined_lines(const FileCoverage& file) {
  constexpr std::size_t kMost = 6;
  std::string words;
  std::size_t count = 0;
  for (const auto& coverage : file.hunks) {
    if (coverage.examined || ++count > kMost) continue;
    words += fmt::format("{}{}", words.empty() ? "" : ", ", range_words(coverage.hunk.new_lines));
  }
  if (count == file.hunks.size() && count > kMost) return {};
  if (count > kMost) words += fmt::format(" and {} more", count - kMost);
  return words;
}

}  // namespace

SeverityCounts count_severities(const Report& report) {
  SeverityCounts counts{};
  for (const auto& finding : report.findings)
    ++counts[static_cast<std::size_t>(finding.severity)];
  return counts;
}

std::string count_words(std::size_t count, Severity severity) {
  return count_of(count, to_string(severity), severity == Severity::info ? "info" : "");
}

std::string counts_words(const SeverityCounts& counts) {
  std::string words;
  for (auto i = counts.size(); i-- > 0;) {
    if (counts[i] == 0) continue;
    words += (words.empty() ? "" : ", ") + count_words(counts[i], static_cast<Severity>(i));
  }
  return words.empty() ? "no findings" : words;
}

FixIndex::FixIndex(const Report& report) {
  for (const auto& fix : report.fixes)
    fixes_.emplace(key_of(fix.fingerprint, fix.path), &fix);
}

const ProvedFix* FixIndex::find(const Finding& finding) const {
  if (fixes_.empty()) return nullptr;
  const auto it = fixes_.find(key_of(finding.fingerprint, finding.path));
  return it == fixes_.end() ? nullptr : it->second;
}

Fixable fixable(const Finding& finding, const ProvedFix* fix) {
  if (fix != nullptr) {
    if (fix->decision == Decision::reject) return Fixable::no;
    return fix->decision == Decision::apply ? Fixable::yes : Fixable::with_unsafe;
  }
  if (!finding.fix) return Fixable::no;
  return finding.fix->safety == Safety::safe ? Fixable::yes : Fixable::with_unsafe;
}

FixCounts count_fixes(const Report& report, const FixIndex& fixes) {
  FixCounts counts;
  for (const auto& finding : report.findings) {
    const auto can = fixable(finding, fixes.find(finding));
    if (can != Fixable::no) ++counts.all;
    if (can == Fixable::yes) ++counts.safe;
  }
  return counts;
}

CoverageCounts count_coverage(const Report& report) {
  CoverageCounts counts;
  for (const auto& file : report.coverage.files) {
    if (!in_scope(file)) continue;
    ++counts.files;
    if (file.complete && file.status != CoverageStatus::skipped) ++counts.files_examined;
    counts.hunks += file.hunks.size();
    counts.hunks_examined += static_cast<std::size_t>(std::count_if(
        file.hunks.begin(), file.hunks.end(), [](const HunkCoverage& h) { return h.examined; }));
  }
  return counts;
}

std::string coverage_words(const Report& report) {
  const auto counts = count_coverage(report);
  const auto part = [](std::size_t done, std::size_t all, std::string_view unit) {
    return fmt::format("{}/{} {}{}", with_commas(done), with_commas(all), unit,
                       all == 1 ? "" : "s");
  };
  const auto files = part(counts.files_examined, counts.files, "file");
  const auto off = report.coverage.rules_off.value_or(0);
  const auto rules =
      off == 0 ? std::string() : fmt::format(", {} rule{} switched off", off, off == 1 ? "" : "s");
  if (report.change.whole_files || counts.hunks == 0) return "examined " + files + rules;
  return fmt::format("examined {}, {}{}", part(counts.hunks_examined, counts.hunks, "hunk"), files,
                     rules);
}

std::vector<Gap> gaps(const Report& report) {
  std::vector<Gap> found;
  for (const auto& file : report.coverage.files) {
    if (!in_scope(file)) continue;
    const bool any_hunk = std::any_of(file.hunks.begin(), file.hunks.end(),
                                      [](const HunkCoverage& h) { return !h.examined; });
    if (file.complete && !any_hunk && file.status != CoverageStatus::skipped) continue;
    found.push_back({file.path, unexamined_lines(file),
                     file.status == CoverageStatus::text_only
                         ? file.reason + "; examined by text checks only"
                         : file.reason});
  }
  return found;
}

std::vector<const FileCoverage*> out_of_scope(const Report& report) {
  std::vector<const FileCoverage*> files;
  for (const auto& file : report.coverage.files)
    if (!in_scope(file)) files.push_back(&file);
  return files;
}

std::vector<std::string> degraded_sentences(const Report& report) {
  std::vector<std::string> sentences = report.degraded;
  for (const auto& sentence : report.change.degraded)
    if (std::find(sentences.begin(), sentences.end(), sentence) == sentences.end())
      sentences.push_back(sentence);
  return sentences;
}

std::string proof_words(const Proof& proof) {
  if (const auto* failure = proof.failure())
    return fmt::format("failed: {}{}", to_string(failure->step),
                       failure->detail.empty() ? "" : " (" + failure->detail + ")");
  std::string words;
  for (const auto& entry : proof.entries) {
    // what every fix that is offered has shown is noise
    const bool told = entry.step != ProofStep::in_scope && entry.step != ProofStep::idempotent;
    if (entry.result != StepResult::passed || !told) continue;
    words += fmt::format("{}{}", words.empty() ? "" : ", ", to_string(entry.step));
  }
  return words;
}

std::string sourced_message(const Finding& finding) {
  const auto& tools = finding.tools;
  // "eslint/no-var" is eslint's
  const auto name =
      tools.empty() ? std::string() : tools.front().substr(0, tools.front().find(' '));
  if (tools.empty() || (tools.size() == 1 && finding.rule.starts_with(name + "/")))
    return finding.message;
  return fmt::format("{} ({})", finding.message, join(tools, ", "));
}

std::string confidence_words(double confidence) {
  const auto clamped = std::clamp(std::isfinite(confidence) ? confidence : 0.0, 0.0, 1.0);
  return fmt::format("{}/10", std::lround(clamped * 10));
}

std::string size_words(const Report& report) {
  const auto& files = report.change.files;
  if (files.empty()) return report.change.whole_files ? "no files" : "no changes";
  std::size_t hunks = 0;
  for (const auto& file : files)
    hunks += file.hunks.size();
  const auto words = count_of(files.size(), "file");
  return report.change.whole_files ? words : words + ", " + count_of(hunks, "hunk");
}

}  // namespace peer
