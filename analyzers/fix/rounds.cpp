#include "analyzers/fix/rounds.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "analyzers/checks/secrets/scan.hpp"
#include "analyzers/fix/adapt.hpp"
#include "analyzers/fix/apply.hpp"
#include "analyzers/fix/edit_map.hpp"
#include "analyzers/fix/unified.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostSingles = 8;  // suspects of one trial that get a trial of their own

/// A fix on its way through the rounds.
struct Pending {
  std::size_t tried = 0;               ///< index in RoundsResult::fixes
  std::optional<std::size_t> finding;  ///< in the current draft; nothing once it is cleared
  Fix fix;                             ///< spans of the current draft's text
  bool fits = true;                    ///< false: what it would edit was edited by another
};

/// The stretches that the fixes of one round edit.
class Taken {
 public:
  /// True when `fix` was taken: it overlaps nothing taken before, or is the same as one taken
  /// before.
  bool take(const Fix& fix) {
    if (is_repeat(fix)) return true;
    const bool free = std::all_of(fix.edits.begin(), fix.edits.end(),
                                  [this](const Edit& edit) { return is_free(edit.span); });
    if (!free) return false;
    for (const auto& edit : fix.edits)
      spans_.insert(edit.span);
    fixes_[fix.edits.front().span] = &fix;
    return true;
  }

 private:
  [[nodiscard]] bool is_repeat(const Fix& fix) const {
    const auto it = fixes_.find(fix.edits.front().span);
    return it != fixes_.end() && it->second->edits == fix.edits;
  }

  [[nodiscard]] bool is_free(Span span) const {
    const auto from = spans_.lower_bound({span.begin, 0});
    for (auto it = from; it != spans_.end() && it->begin <= span.end; ++it)
      if (collide(*it, span)) return false;
    // taken stretches do not overlap, so only those that begin last before this one can reach into
    // it
    return from == spans_.begin() || !collide(*std::prev(from), span);
  }

  /// Two insertions at one place collide: their order is not said.
  [[nodiscard]] static bool collide(Span a, Span b) {
    return a == b || (a.begin < b.end && b.begin < a.end);
  }

  std::set<Span> spans_;
  std::map<Span, const Fix*> fixes_;
};

class Rounds {
 public:
  Rounds(const FileJob& job, const Examine& examine, const RoundsOptions& options)
      : examine_(examine),
        options_(options),
        draft_(make_draft(job, examine, options.verify.parse)) {}

  RoundsResult run(const Choose& choose) {
    collect(choose);
    while (result_.rounds < options_.max_rounds && !pending_.empty() && !spent()) {
      if (!one_round()) break;
      refresh();
    }
    for (const auto& pending : pending_)
      leave_undecided(pending.tried);
    result_.bytes = draft_.job.after.value_or("");
    result_.review = draft_.review;
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool spent() const {
    return options_.stop.stop_requested() || result_.trials >= options_.max_trials;
  }

  /// Writes down every fix asked for, and proves those that are only to be proved, against the file
  /// as it is.
  void collect(const Choose& choose) {
    const LineFeeds lines(draft_.file.text());
    std::vector<std::size_t> to_prove;
    for (std::size_t i = 0; i < draft_.review.findings.size(); ++i) {
      const auto& finding = draft_.review.findings[i];
      if (!finding.fix || finding.suppressed) continue;
      const auto wish = choose(finding);
      if (wish == Wish::leave) continue;
      const auto tried = record(finding, lines);
      if (result_.fixes[tried].outcome == FixOutcome::failed) continue;
      if (wish == Wish::apply)
        pending_.push_back({tried, i, result_.fixes[tried].fix});
      else
        prove_alone(tried, i);
    }
  }

  /// Adds a fix to the result, adapted to the file; failed already when it does not apply or is out
  /// of scope.
  std::size_t record(const Finding& finding, const LineFeeds& lines) {
    TriedFix tried;
    tried.finding = finding;
    tried.fix = *finding.fix;
    if (!misfit(draft_.file.text(), tried.fix.edits)) tried.fix = adapted_fix(std::move(tried.fix));
    if (auto failed = precheck(draft_, tried.fix, options_.verify)) {
      tried.proof = std::move(*failed);
      tried.outcome = FixOutcome::failed;
    } else {
      tried.diff = shown_diff(finding.path, lines, tried.fix.edits);
    }
    result_.fixes.push_back(std::move(tried));
    return result_.fixes.size() - 1;
  }

  /// What people are shown of a fix: the secrets around it stay hidden.
  [[nodiscard]] std::string shown_diff(std::string_view path, const LineFeeds& lines,
                                       std::span<const Edit> edits) {
    const auto text = draft_.file.text();
    auto diff = diff_of_edits(path, text, lines, edits);
    if (!holds_secrets_) holds_secrets_ = !secrets::scan_secrets(text, {path}).empty();
    if (diff.empty() || !*holds_secrets_) return diff;
    const auto after = apply_edits(text, edits);
    return after ? unified_diff(path, secrets::redact_lines(text, {path}),
                                secrets::redact_lines(*after, {path}))
                 : std::string();
  }

  [[nodiscard]] Fix adapted_fix(Fix fix) const {
    fix.edits =
        adapted(std::move(fix.edits), draft_.file.text(), draft_.file.lines(), options_.editor);
    return fix;
  }

  void prove_alone(std::size_t tried, std::size_t finding) {
    if (spent()) return leave_undecided(tried);
    const Candidate candidate{finding, result_.fixes[tried].fix};
    ++result_.trials;
    settle(tried, verify(draft_, candidate, examine_, options_.verify), FixOutcome::proved);
  }

  /// Writes down what was shown about a fix.
  void settle(std::size_t tried, Proof proof, FixOutcome if_holds) {
    auto& fix = result_.fixes[tried];
    fix.proof = std::move(proof);
    if (fix.proof.holds()) {
      fix.outcome = if_holds;
    } else if (fix.proof.failure() != nullptr) {
      fix.outcome = FixOutcome::failed;
    } else {
      fix.outcome = FixOutcome::undecided;
      fix.note = "a step could not be tried";
    }
  }

  void leave_undecided(std::size_t tried) {
    auto& fix = result_.fixes[tried];
    fix.outcome = FixOutcome::undecided;
    fix.note = options_.stop.stop_requested()
                   ? "interrupted before it was proved"
                   : "not proved: the limit of rounds or trials was reached";
  }

  /// Drops the fixes whose finding is gone, and takes the rule's own new version of those that
  /// wait.
  void refresh() {
    std::vector<Pending> left;
    for (auto& pending : pending_) {
      auto& tried = result_.fixes[pending.tried];
      if (!pending.finding) {
        tried.outcome = FixOutcome::superseded;
        tried.note = "another fix has cleared it";
        continue;
      }
      const auto& finding = draft_.review.findings[*pending.finding];
      if (result_.rounds > 0 && finding.fix && pending.fix.origin == "rule" &&
          !misfit(draft_.file.text(), finding.fix->edits)) {
        pending.fix = adapted_fix(*finding.fix);
        pending.fits = true;
      }
      const auto failed =
          pending.fits ? precheck(draft_, pending.fix, options_.verify) : std::nullopt;
      if (!pending.fits) {
        tried.outcome = FixOutcome::undecided;
        tried.note = "another fix has edited the same place";
      } else if (failed) {
        settle(pending.tried, *failed, FixOutcome::applied);
      } else {
        left.push_back(std::move(pending));
      }
    }
    pending_ = std::move(left);
  }

  /// Proves and applies as many fixes as go together; false when that decided nothing.
  bool one_round() {
    std::vector<std::size_t> chosen = choose_apart();
    accepted_.clear();
    accepted_trial_.reset();
    done_.assign(pending_.size(), false);
    find_culprits(std::move(chosen));
    if (accepted_trial_) advance();
    const bool decided = std::find(done_.begin(), done_.end(), true) != done_.end();
    std::vector<Pending> left;
    for (std::size_t i = 0; i < pending_.size(); ++i)
      if (!done_[i]) left.push_back(std::move(pending_[i]));
    pending_ = std::move(left);
    return decided;
  }

  /// Indices of pending fixes that do not overlap: in order of start, the first wins.
  std::vector<std::size_t> choose_apart() {
    std::stable_sort(pending_.begin(), pending_.end(), [](const Pending& a, const Pending& b) {
      return a.fix.edits.front().span < b.fix.edits.front().span;
    });
    Taken taken;
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < pending_.size(); ++i)
      if (taken.take(pending_[i].fix)) chosen.push_back(i);
    return chosen;
  }

  /// Halves `chosen` until what fails stands alone; what holds is accepted on the way.
  void find_culprits(std::vector<std::size_t> chosen) {
    std::vector<std::vector<std::size_t>> open;
    if (!chosen.empty()) open.push_back(std::move(chosen));
    while (!open.empty() && !spent()) {
      auto group = std::move(open.back());
      open.pop_back();
      auto trial = try_with_accepted(group);
      if (trial.holds()) {
        accepted_.insert(accepted_.end(), group.begin(), group.end());
        accepted_trial_ = std::move(trial);
      } else if (group.size() == 1 || !fails(trial)) {
        reject(group, trial);
      } else {
        part(std::move(group), trial, open);
      }
    }
  }

  /// No member of the group holds, whichever of them made it fail.
  void reject(const std::vector<std::size_t>& group, const Trial& trial) {
    for (const auto i : group) {
      settle(pending_[i].tried, blame(trial), FixOutcome::applied);
      done_[i] = true;
    }
  }

  Trial try_with_accepted(const std::vector<std::size_t>& group) {
    std::vector<Candidate> candidates;
    const auto add = [&](std::size_t i) {
      candidates.push_back({*pending_[i].finding, pending_[i].fix});
    };
    std::for_each(accepted_.begin(), accepted_.end(), add);
    std::for_each(group.begin(), group.end(), add);
    ++result_.trials;
    return try_fixes(draft_, candidates, examine_, options_.verify);
  }

  /// A step failed; else it holds, or there was no way to try one (a file too large to parse),
  /// whatever the fix.
  [[nodiscard]] static bool fails(const Trial& trial) {
    return std::any_of(trial.proofs.begin(), trial.proofs.end(),
                       [](const Proof& proof) { return proof.failure() != nullptr; });
  }

  /// The proof of the last candidate, or of one that it made fail.
  [[nodiscard]] static Proof blame(const Trial& trial) {
    if (!trial.proofs.back().holds()) return trial.proofs.back();
    const auto it = std::find_if(trial.proofs.begin(), trial.proofs.end(),
                                 [](const Proof& proof) { return !proof.holds(); });
    return *it;
  }

  /// Splits a group that failed: where steps about single fixes failed, into these and the rest,
  /// else into halves.
  void part(std::vector<std::size_t> group, const Trial& trial,
            std::vector<std::vector<std::size_t>>& open) {
    std::vector<std::size_t> named;
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < group.size(); ++i)
      (is_named(proof_in(trial, i)) ? named : others).push_back(group[i]);
    if (named.empty()) {
      const auto middle = group.begin() + static_cast<std::ptrdiff_t>(group.size() / 2);
      open.emplace_back(middle, group.end());
      open.emplace_back(group.begin(), middle);
      return;
    }
    if (named.size() <= kMostSingles)
      std::transform(named.rbegin(), named.rend(), std::back_inserter(open),
                     [](std::size_t single) { return std::vector{single}; });
    else
      reject_named(group, trial);
    if (!others.empty()) open.push_back(std::move(others));
  }

  /// The step that failed is about this fix alone, not about the text as a whole.
  [[nodiscard]] static bool is_named(const Proof& proof) {
    const auto* failed = proof.failure();
    return failed != nullptr &&
           (failed->step == ProofStep::clears || failed->step == ProofStep::idempotent);
  }

  /// The proof of the `i`th of the group that was tried on top of what is accepted.
  [[nodiscard]] const Proof& proof_in(const Trial& trial, std::size_t i) const {
    return trial.proofs[accepted_.size() + i];
  }

  /// Too many to be given a trial each: the joint one decides.
  void reject_named(const std::vector<std::size_t>& group, const Trial& trial) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (!is_named(proof_in(trial, i))) continue;
      settle(pending_[group[i]].tried, proof_in(trial, i), FixOutcome::applied);
      done_[group[i]] = true;
    }
  }

  /// Makes the accepted trial the new draft and carries the waiting fixes over to it.
  void advance() {
    for (std::size_t n = 0; n < accepted_.size(); ++n) {
      settle(pending_[accepted_[n]].tried, accepted_trial_->proofs[n], FixOutcome::applied);
      done_[accepted_[n]] = true;
    }
    const auto edits = accepted_edits();
    const EditMap map(edits);
    for (std::size_t i = 0; i < pending_.size(); ++i)
      if (!done_[i]) carry_over(pending_[i], map);
    draft_ = std::move(*accepted_trial_->after);
    ++result_.rounds;
  }

  [[nodiscard]] std::vector<Edit> accepted_edits() const {
    std::vector<Edit> edits;
    for (const auto i : accepted_)
      edits.insert(edits.end(), pending_[i].fix.edits.begin(), pending_[i].fix.edits.end());
    sort_edits(edits);
    // fixes that several findings share
    edits.erase(std::unique(edits.begin(), edits.end()), edits.end());
    return edits;
  }

  void carry_over(Pending& pending, const EditMap& map) const {
    pending.finding = accepted_trial_->still[*pending.finding];
    for (auto& edit : pending.fix.edits) {
      const auto moved = map.moved(edit.span);
      pending.fits = pending.fits && moved.has_value();
      if (moved) edit.span = *moved;
    }
  }

  const Examine& examine_;
  const RoundsOptions& options_;
  Draft draft_;
  RoundsResult result_;
  std::vector<Pending> pending_;
  // of the current round: indices in pending_
  std::vector<std::size_t> accepted_;
  std::optional<Trial> accepted_trial_;
  std::vector<bool> done_;
  std::optional<bool> holds_secrets_;  // asked at the first fix
};

}  // namespace

RoundsResult run_rounds(const FileJob& job, const Choose& choose, const Examine& examine,
                        const RoundsOptions& options) {
  return Rounds(job, examine, options).run(choose);
}

std::string_view to_string(FixOutcome outcome) {
  constexpr std::array<std::string_view, 5> kWords{"applied", "proved", "failed", "superseded",
                                                   "undecided"};
  return kWords[static_cast<std::size_t>(outcome)];
}

}  // namespace peer
