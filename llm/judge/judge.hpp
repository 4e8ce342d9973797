// What becomes of a fix that a model proposed: applied, offered, or turned down, by what was shown
// about it and by what its model's word is worth. A model's word alone never applies anything.
// Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzers/fix/proof.hpp"
#include "llm/answer/apply.hpp"
#include "llm/judge/calibration.hpp"
#include "llm/proved_fix.hpp"

namespace peer {

/// What is known about a proposed fix.
struct Evidence {
  std::optional<double> own_score;  ///< of the model, 0.0 to 1.0; nullopt: none that is valid
  CalibratedScore calibrated;       ///< of own_score
  Proof proof;
  MatchTier match = MatchTier::exact;
  bool chosen_by_distance = false;     ///< its place was not the only one
  std::optional<bool> second_opinion;  ///< another model agrees
  std::optional<bool> user_check;      ///< --verify-cmd failed before and passes after, or did not
  bool only_model_saw = false;         ///< no rule can check that the finding is gone
};

struct Judgement {
  double confidence = 0;  ///< 0.0 to 1.0
  Decision decision = Decision::reject;
  bool ask_next = false;             ///< too weak to be offered as it is: another model should try
  bool committable = false;          ///< may be committed with no human looking
  std::vector<std::string> reasons;  ///< one sentence each, for people
};

/// 8 of 10 and all shown: apply. 5 to 7: offer. Under 5: the next model, then offered as text that
/// was not verified.
inline constexpr double kApplyFrom = 0.8;
inline constexpr double kOfferFrom = 0.5;
/// The most that a model is believed of which little is known.
inline constexpr double kUnknownModelCap = 0.7;

[[nodiscard]] Judgement judge(const Evidence& evidence);

}  // namespace peer
