#include "llm/judge/judge.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace peer {
namespace {

constexpr double kWeakMatch = 0.1;   // taken off for a place that had to be looked for
constexpr double kAgreement = 0.05;  // added for a second opinion or a check that passed

/// Every step that can be shown was: that a finding only a model saw is gone, no step can show.
bool shown(const Evidence& e) {
  if (!e.only_model_saw) return e.proof.holds();
  auto proof = e.proof;
  for (auto& entry : proof.entries)
    if (entry.step == ProofStep::clears) entry.result = StepResult::passed;
  return proof.holds();
}

/// All evidence that there can be speaks for the fix.
bool all_evidence(const Evidence& e) {
  return shown(e) && e.match == MatchTier::exact && !e.chosen_by_distance &&
         e.second_opinion.value_or(true) && e.user_check.value_or(!e.only_model_saw);
}

double confidence_of(const Evidence& e, std::vector<std::string>& reasons) {
  double value = e.calibrated.value;
  if (e.calibrated.labels < kLeastLabels) {
    reasons.push_back(
        fmt::format("The model gives itself {:.0f}/10; only {} of its fixes were judged so far.",
                    *e.own_score * 10, e.calibrated.labels));
    if (!all_evidence(e)) value = std::min(value, kUnknownModelCap);
  } else {
    reasons.push_back(
        fmt::format("The model gives itself {:.0f}/10, which is worth {:.0f}/10 by {} earlier "
                    "fixes of this {}.",
                    *e.own_score * 10, value * 10, e.calibrated.labels, e.calibrated.source));
  }
  if (e.match != MatchTier::exact || e.chosen_by_distance) {
    value -= kWeakMatch;
    reasons.emplace_back("Its place had to be looked for.");
  }
  if (e.second_opinion) {
    value = *e.second_opinion ? value + kAgreement : std::min(value, kApplyFrom - kWeakMatch);
    reasons.emplace_back(*e.second_opinion ? "Another model agrees." : "Another model disagrees.");
  }
  if (e.user_check) {
    value = *e.user_check ? value + kAgreement : 0;
    reasons.emplace_back(*e.user_check ? "The verify command failed before and passes now."
                                       : "The verify command does not pass.");
  }
  return std::clamp(value, 0.0, 1.0);
}

}  // namespace

Judgement judge(const Evidence& evidence) {
  Judgement out;
  if (const auto* failure = evidence.proof.failure()) {
    out.reasons.push_back(fmt::format("It fails the step \"{}\"{}{}.", to_string(failure->step),
                                      failure->detail.empty() ? "" : ": ", failure->detail));
    out.ask_next = true;
    return out;
  }
  if (!evidence.own_score) {
    out.reasons.emplace_back("The model did not say how sure it is.");
    out.ask_next = true;
    out.decision = shown(evidence) ? Decision::offer : Decision::reject;
    return out;
  }
  out.confidence = confidence_of(evidence, out.reasons);
  // a rule cannot see that such a finding is gone: only the user's own check can
  const bool proved =
      evidence.proof.holds() && (!evidence.only_model_saw || evidence.user_check.value_or(false));
  if (!shown(evidence)) out.reasons.emplace_back("Not every step of its proof was made.");
  if (evidence.only_model_saw && !evidence.user_check)
    out.reasons.emplace_back("No rule can check this finding.");
  if (evidence.user_check == false) {
    out.ask_next = true;
    return out;
  }
  out.ask_next = out.confidence < kOfferFrom;
  out.decision = proved && out.confidence >= kApplyFrom ? Decision::apply : Decision::offer;
  out.committable = out.decision == Decision::apply && evidence.user_check.value_or(false);
  return out;
}

}  // namespace peer
