#include "llm/attempt.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "llm/wires/fields.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kTriesPerModel = 2;
constexpr std::string_view kForm = "peer-attempt-1";

AttemptStep finish(Attempt attempt, AttemptAction action) {
  attempt.state = Attempt::State::done;
  attempt.proposal.clear();
  return {std::move(attempt), std::move(action)};
}

/// Nobody is left: the best that was proposed, as text, else nothing.
AttemptStep end_without(Attempt attempt) {
  if (!attempt.best.empty()) {
    auto best = attempt.best;
    return finish(std::move(attempt), OfferUnverified{std::move(best)});
  }
  auto reason = attempt.reason.empty() ? std::string("no model had an answer") : attempt.reason;
  return finish(std::move(attempt), GiveUp{std::move(reason)});
}

AttemptStep ask(Attempt attempt) {
  attempt.state = Attempt::State::asking;
  attempt.proposal.clear();
  ++attempt.tries;
  AskModel action{attempt.model, attempt.reason};
  return {std::move(attempt), std::move(action)};
}

AttemptStep next_model(Attempt attempt) {
  if (attempt.model + 1 >= attempt.models) return end_without(std::move(attempt));
  ++attempt.model;
  attempt.tries = 0;
  return ask(std::move(attempt));
}

/// The same model once more with the reason, then the next.
AttemptStep once_more(Attempt attempt, std::string reason) {
  attempt.reason = std::move(reason);
  if (attempt.tries < kTriesPerModel) return ask(std::move(attempt));
  return next_model(std::move(attempt));
}

AttemptStep judged(Attempt attempt, const Judged& verdict) {
  auto proposal = std::exchange(attempt.proposal, {});
  if (verdict.rejected) return once_more(std::move(attempt), verdict.reason);
  if (!verdict.ask_next)
    return finish(std::move(attempt), Accept{std::move(proposal), verdict.confidence});
  if (attempt.best.empty() || verdict.confidence > attempt.best_confidence) {
    attempt.best = std::move(proposal);
    attempt.best_confidence = verdict.confidence;
  }
  attempt.reason.clear();  // it was no mistake that another model should be told of
  return next_model(std::move(attempt));
}

AttemptStep while_asking(Attempt attempt, const AttemptEvent& event) {
  if (std::holds_alternative<Began>(event)) {
    if (attempt.models == 0) return end_without(std::move(attempt));
    return ask(std::move(attempt));
  }
  if (const auto* answer = std::get_if<Answered>(&event)) {
    attempt.state = Attempt::State::verifying;
    attempt.proposal = answer->proposal;
    return {std::move(attempt), Verify{answer->proposal}};
  }
  if (const auto* failed = std::get_if<CallFailed>(&event)) {
    if (attempt.reason.empty()) attempt.reason = failed->reason;
    return next_model(std::move(attempt));
  }
  return end_without(std::move(attempt));
}

AttemptStep while_verifying(Attempt attempt, const AttemptEvent& event) {
  if (const auto* unusable = std::get_if<NotUsable>(&event))
    return once_more(std::move(attempt), unusable->reason);
  if (const auto* verdict = std::get_if<Judged>(&event))
    return judged(std::move(attempt), *verdict);
  return end_without(std::move(attempt));
}

std::optional<std::uint32_t> small_count(const Json& json, std::string_view name) {
  const auto count = count_at(json, name);
  if (!count || *count > 1000) return std::nullopt;
  return static_cast<std::uint32_t>(*count);
}

}  // namespace

AttemptStep step(Attempt attempt, const AttemptEvent& event) {
  switch (attempt.state) {
    case Attempt::State::asking:
      return while_asking(std::move(attempt), event);
    case Attempt::State::verifying:
      return while_verifying(std::move(attempt), event);
    case Attempt::State::done:
      break;
  }
  return finish(std::move(attempt), GiveUp{"the attempt is over"});
}

std::string to_json(const Attempt& a) {
  return dump_json(Json{{"form", kForm},
                        {"state", static_cast<int>(a.state)},
                        {"finding", a.finding},
                        {"models", a.models},
                        {"model", a.model},
                        {"tries", a.tries},
                        {"reason", a.reason},
                        {"best", a.best},
                        {"best_confidence", a.best_confidence},
                        {"proposal", a.proposal}});
}

Result<Attempt> parse_attempt(std::string_view json) {
  const auto parsed = parse_json(json);
  if (!parsed) return fail(parsed.error());
  const auto bad = [] { return fail(ErrorKind::invalid_input, "not a saved attempt"); };
  if (text_at(*parsed, "form") != kForm) return bad();
  const auto state = small_count(*parsed, "state");
  const auto models = small_count(*parsed, "models"), model = small_count(*parsed, "model"),
             tries = small_count(*parsed, "tries");
  const auto& confidence = member(*parsed, "best_confidence");
  if (!state || *state > 2 || !models || !model || !tries || !confidence.is_number()) return bad();
  Attempt out;
  out.state = static_cast<Attempt::State>(*state);
  out.finding = text_at(*parsed, "finding");
  out.models = *models;
  out.model = *model;
  out.tries = *tries;
  out.reason = text_at(*parsed, "reason");
  out.best = text_at(*parsed, "best");
  out.best_confidence = std::clamp(confidence.get<double>(), 0.0, 1.0);
  out.proposal = text_at(*parsed, "proposal");
  return out;
}

}  // namespace peer
