// From a finding to a fix that a model proposed and Peer proved: the step function of Attempt
// driven to its end. Whom to ask, and how, is given. Thread-safe as what it is given.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "analyzers/fix/verify.hpp"
#include "llm/attempt.hpp"
#include "llm/completion.hpp"
#include "llm/judge/judge.hpp"
#include "llm/prompt/context.hpp"
#include "llm/question.hpp"

namespace peer {

/// A question as it goes to one model, with what its answer depends on.
struct FixQuestion {
  std::uint32_t model = 0;  ///< index in FixTools::models
  Question question;
  std::string prompt_version;
  /// Tokens of the whole file, and of what of it stands in the question.
  std::uint64_t file_tokens = 0, shown_tokens = 0;
};

/// What came back.
struct FixAnswer {
  std::string text;
  bool cached = false;
};

struct FixTools {
  std::vector<Model> models;  ///< best first
  std::function<tl::expected<FixAnswer, CallFailure>(const FixQuestion&)> ask;
  Examine examine;
  VerifyOptions verify;
  const Calibration* calibration = nullptr;  ///< null: nothing is known of any model
  /// The first model proposes up to three fixes, of which the best proved one counts, and the next
  /// model is asked whether a fix that would be applied is right.
  bool second_opinion = false;
  /// Whether the user's own check fails without this fix and passes with it; nullopt where it
  /// shows neither. Asked only where no rule can show that the finding is gone. May be null.
  std::function<std::optional<bool>(const Fix&)> user_check = {};
  DigestSource digests;  ///< null: made each time
  std::string guidance;  ///< what the repository asks of its contributors, quoted; or ""
  std::stop_token stop;
};

/// What became of one proposal, for history: whether it was shown to be right.
struct ScoredProposal {
  std::uint32_t model = 0;
  std::optional<double> own_score;
  bool proved = false;
};

struct Solved {
  enum class Kind { proved, unverified, nothing };
  Kind kind = Kind::nothing;
  Fix fix;              ///< of the draft's text; for `proved`
  Proof proof;          ///< for `proved`
  Judgement judgement;  ///< for `proved`
  std::optional<double> own_score;
  std::uint32_t model = 0;  ///< asked last
  std::string model_name;   ///< of it: "groq/llama-3.1-8b-instant"
  bool cached = false;      ///< its answer was remembered
  std::string reasoning;    ///< the model's words
  std::string proposal;     ///< the answer, for `unverified`
  std::string reason;       ///< why there is nothing
  bool refused = false;     ///< a call was not made because of a budget or a rule of Peer's own
  std::uint32_t asked = 0;  ///< questions, remembered answers included
  std::vector<ScoredProposal> proposals;
};

/// Finds a fix for `draft.review.findings[finding]`. Where no model answers at all, all are asked
/// once more with half of the code and nothing around it. Never fails: what goes wrong stands in
/// the result. Nothing is applied.
[[nodiscard]] Solved solve(const Draft& draft, std::size_t finding, const FixTools& tools);

}  // namespace peer
