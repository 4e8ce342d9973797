#include "analyzers/fix/verify.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <numeric>
#include <string>
#include <utility>

#include "analyzers/fix/apply.hpp"
#include "analyzers/fix/edit_map.hpp"
#include "analyzers/fix/pairing.hpp"
#include "analyzers/fix/parses.hpp"
#include "analyzers/fix/protected.hpp"
#include "analyzers/import/join.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using Failure = std::optional<std::string>;  // what was seen; nothing when the step passed

constexpr std::array kModelFree{ProofStep::applies, ProofStep::in_scope,    ProofStep::parses,
                                ProofStep::clears,  ProofStep::nothing_new, ProofStep::idempotent};

/// The steps before `step` passed, it failed, those after it were not run.
Proof failed_at(ProofStep step, std::string detail) {
  Proof proof;
  for (const auto each : kModelFree) {
    const auto result = each < step    ? StepResult::passed
                        : each == step ? StepResult::failed
                                       : StepResult::not_run;
    proof.entries.push_back({each, result, each == step ? detail : std::string()});
  }
  return proof;
}

bool splits_character(std::string_view text, std::uint32_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

/// Why the text could not be written back in the encoding of the file.
Failure unencodable(const SourceFile& file, const Edit& edit) {
  const bool bytes_unknown = file.encoding() == Encoding::unknown_8bit;
  const bool ascii = std::all_of(edit.text.begin(), edit.text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (edit.text.find('\0') != std::string::npos) return "an edit inserts a NUL byte";
  if (bytes_unknown && !ascii)
    return "an edit inserts non-ASCII text into a file whose encoding is not known";
  if (!is_utf8(edit.text)) return "an edit inserts text that is not UTF-8";
  if (bytes_unknown) return std::nullopt;
  if (splits_character(file.text(), edit.span.begin) ||
      splits_character(file.text(), edit.span.end))
    return "an edit begins or ends inside a character";
  if (file.text().starts_with("\xEF\xBB\xBF") && edit.span.begin < 3)
    return "an edit touches the byte order mark";
  return std::nullopt;
}

Failure inapplicable(const Draft& draft, const Fix& fix) {
  if (fix.edits.empty()) return "it has no edits";
  if (auto reason = misfit(draft.file.text(), fix.edits)) return reason;
  for (const auto& edit : fix.edits)
    if (auto reason = unencodable(draft.file, edit)) return reason;
  if (tightened(draft.file.text(), fix.edits).empty()) return "it changes nothing";
  return std::nullopt;
}

Failure out_of_scope(const Draft& draft, const Fix& fix, const VerifyOptions& options) {
  const auto& file = draft.job.file;
  if (auto reason = protected_path(file.path)) return "the file " + *reason;
  if (file.nature != Nature::text) return "the file is no text file";
  if (!file.scope.in) return "the file is out of scope: " + file.scope.reason;
  if (draft.conflicted) return "the file holds an unresolved merge conflict";
  std::size_t changed = 0;
  for (const auto& edit : tightened(draft.file.text(), fix.edits))
    changed += edit.span.size() + edit.text.size();
  if (changed > options.max_changed_bytes)
    return fmt::format("it changes {} bytes, over the limit of {}", changed,
                       options.max_changed_bytes);
  return std::nullopt;
}

/// All edits of some candidates in order, as small as they can be told (so that places can be
/// followed), and whose each is.
struct Merged {
  std::vector<Edit> edits;
  std::vector<std::size_t> owner;  ///< index of a candidate, per edit
};

bool starts_before(const Fix& a, const Fix& b) {
  if (a.edits.empty() || b.edits.empty()) return a.edits.empty() && !b.edits.empty();
  return a.edits.front().span < b.edits.front().span;
}

Merged merge(std::string_view text, std::span<const Candidate> candidates) {
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return starts_before(candidates[a].fix, candidates[b].fix);
  });
  std::vector<std::pair<const Edit*, std::size_t>> all;
  const Fix* previous = nullptr;
  for (const auto i : order) {
    const auto& fix = candidates[i].fix;
    if (previous != nullptr && previous->edits == fix.edits) continue;  // the same fix again
    previous = &fix;
    for (const auto& edit : fix.edits)
      all.emplace_back(&edit, i);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.first->span < b.first->span; });
  Merged merged;
  for (const auto& [edit, owner] : all) {
    const bool fits = edit->span.begin <= edit->span.end && edit->span.end <= text.size();
    auto parts = fits ? refined(text, *edit) : std::vector<Edit>{*edit};
    for (auto& part : parts)
      merged.edits.push_back(std::move(part));
    merged.owner.resize(merged.edits.size(), owner);
  }
  return merged;
}

/// What the trial showed, before it is told to each candidate.
struct Seen {
  Failure unparsed, something_new;
  bool not_parsable = false;  ///< there is no tree to compare, though there should be
  std::vector<Failure> not_cleared, not_idempotent;
};

Failure something_new(const Draft& before, const Draft& after,
                      const std::vector<std::optional<std::size_t>>& still) {
  std::vector<bool> known(after.review.findings.size(), false);
  for (std::size_t i = 0; i < still.size(); ++i) {
    if (!still[i]) continue;
    // a finding that was silenced and now speaks is news
    const bool woken = before.review.findings[i].suppressed.has_value() &&
                       !after.review.findings[*still[i]].suppressed.has_value();
    known[*still[i]] = !woken;
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    const auto& finding = after.review.findings[i];
    if (!known[i] && !finding.suppressed)
      return fmt::format("{} at line {}: {}", finding.rule, finding.at.start.line, finding.message);
  }
  return std::nullopt;
}

Failure not_cleared(const Draft& before, const Trial& trial, const Candidate& candidate) {
  const auto& old_review = before.review;
  const auto& new_review = trial.after->review;
  // a check that did not run finds nothing, and that proves nothing
  if (new_review.depth != old_review.depth || new_review.complete != old_review.complete)
    return "the fixed file could not be examined as fully as before";
  if (candidate.finding >= old_review.findings.size()) return "it answers no finding of this file";
  if (const auto still = trial.still[candidate.finding])
    return fmt::format("{} is still there, at line {}", old_review.findings[candidate.finding].rule,
                       new_review.findings[*still].at.start.line);
  return std::nullopt;
}

/// Findings of the fixed text that offer to edit again what was just written: by the same rule, and
/// not because they were waiting for their turn.
void find_repeats(const Draft& before, const Trial& trial, std::span<const Candidate> candidates,
                  const Merged& merged, const EditMap& map, std::vector<Failure>& out) {
  const auto& findings = trial.after->review.findings;
  std::vector<bool> waiting(findings.size(), false);
  for (std::size_t i = 0; i < trial.still.size(); ++i)
    if (trial.still[i]) waiting[*trial.still[i]] = before.review.findings[i].fix.has_value();
  const auto& written = map.written();
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (waiting[i] || !findings[i].fix || findings[i].suppressed) continue;
    for (const auto& edit : findings[i].fix->edits) {
      auto it = std::lower_bound(written.begin(), written.end(), edit.span.begin,
                                 [](Span span, std::uint32_t at) { return span.end < at; });
      for (; it != written.end() && it->begin <= edit.span.end; ++it) {
        const auto owner = merged.owner[static_cast<std::size_t>(it - written.begin())];
        const auto answered = candidates[owner].finding;
        if (answered < trial.still.size() &&
            before.review.findings[answered].rule == findings[i].rule)
          out[owner] = fmt::format("{} would edit the same place again", findings[i].rule);
      }
    }
  }
}

ProofEntry entry(ProofStep step, const Failure& failure) {
  return {step, failure ? StepResult::failed : StepResult::passed, failure.value_or("")};
}

Proof proof_of(const Seen& seen, std::size_t i) {
  Proof proof;
  auto parses = entry(ProofStep::parses, seen.unparsed);
  if (seen.not_parsable) {
    parses.result = StepResult::not_run;
    parses.detail = "the file is too large to be parsed";
  }
  const std::array steps{entry(ProofStep::applies, {}),
                         entry(ProofStep::in_scope, {}),
                         std::move(parses),
                         entry(ProofStep::clears, seen.not_cleared[i]),
                         entry(ProofStep::nothing_new, seen.something_new),
                         entry(ProofStep::idempotent, seen.not_idempotent[i])};
  bool failed = false;
  for (const auto& step : steps) {
    proof.entries.push_back(failed ? ProofEntry{step.step, StepResult::not_run, {}} : step);
    failed = failed || step.result == StepResult::failed;
  }
  return proof;
}

Seen look(const Draft& before, const Trial& trial, std::span<const Candidate> candidates,
          const Merged& merged) {
  const Draft& after = *trial.after;
  const EditMap map(merged.edits);
  Seen seen;
  seen.not_cleared.resize(candidates.size());
  seen.not_idempotent.resize(candidates.size());
  const auto outcome = before.file.outcome();
  seen.not_parsable = outcome == ParseOutcome::too_large || outcome == ParseOutcome::timed_out;
  if (!seen.not_parsable && after.file.outcome() != outcome)
    seen.unparsed = "the fixed file could not be parsed within its limits";
  else
    seen.unparsed = broken_syntax(before, after, map);
  for (std::size_t i = 0; i < candidates.size(); ++i)
    seen.not_cleared[i] = not_cleared(before, trial, candidates[i]);
  seen.something_new = something_new(before, after, trial.still);
  find_repeats(before, trial, candidates, merged, map, seen.not_idempotent);
  return seen;
}

/// Other tools' findings, where they stand once the candidates are applied.
std::vector<Finding> carried_over(const Draft& draft, std::span<const Candidate> candidates,
                                  const std::vector<Edit>& edits) {
  if (draft.job.imported.empty()) return {};
  const auto& findings = draft.review.findings;
  std::vector<const Finding*> answered;
  for (const auto& candidate : candidates)
    if (candidate.finding < findings.size()) answered.push_back(&findings[candidate.finding]);
  return carry_over(draft.job.imported, findings, answered, EditMap(edits));
}

}  // namespace

bool Trial::holds() const {
  return after.has_value() && std::all_of(proofs.begin(), proofs.end(),
                                          [](const Proof& proof) { return proof.holds(); });
}

std::optional<Proof> precheck(const Draft& draft, const Fix& fix, const VerifyOptions& options) {
  if (auto reason = inapplicable(draft, fix))
    return failed_at(ProofStep::applies, std::move(*reason));
  if (auto reason = out_of_scope(draft, fix, options))
    return failed_at(ProofStep::in_scope, std::move(*reason));
  return std::nullopt;
}

Trial try_fixes(const Draft& draft, std::span<const Candidate> candidates, const Examine& examine,
                const VerifyOptions& options) {
  Trial trial;
  const auto merged = merge(draft.file.text(), candidates);
  auto text = apply_edits(draft.file.text(), merged.edits);
  if (!text) {
    trial.proofs.assign(candidates.size(), failed_at(ProofStep::applies, text.error().message));
    return trial;
  }
  auto job = edited_job(draft, merged.edits, *text);
  job.imported = carried_over(draft, candidates, merged.edits);
  trial.after = make_draft(std::move(job), examine, options.parse);
  if (trial.after->file.text() != *text) {
    trial.after.reset();
    trial.proofs.assign(candidates.size(), failed_at(ProofStep::applies,
                                                     "the result cannot be written in the "
                                                     "encoding of the file"));
    return trial;
  }
  trial.still =
      pair_findings(draft.review.findings, trial.after->review.findings, EditMap(merged.edits));
  const auto seen = look(draft, trial, candidates, merged);
  for (std::size_t i = 0; i < candidates.size(); ++i)
    trial.proofs.push_back(proof_of(seen, i));
  return trial;
}

Proof verify(const Draft& draft, const Candidate& candidate, const Examine& examine,
             const VerifyOptions& options) {
  if (auto failed = precheck(draft, candidate.fix, options)) return std::move(*failed);
  return try_fixes(draft, std::span(&candidate, 1), examine, options).proofs.front();
}

}  // namespace peer
