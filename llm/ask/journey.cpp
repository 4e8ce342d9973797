#include "llm/ask/journey.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.hpp"

namespace peer {
namespace {

using std::chrono::milliseconds;

constexpr int kMostFeaturesDropped = 4;
constexpr std::string_view kBudget = "budget";

CallFailure failed(FailureClass kind, std::string message, std::string_view code = {}) {
  CallFailure failure;
  failure.kind = kind;
  failure.message = std::move(message);
  failure.code = code;
  return failure;
}

/// A key that a server says back is not passed on.
void hide(std::string& text, const ApiKey& key) {
  constexpr std::size_t kLeastBytes = 4;
  if (key.reveal().size() >= kLeastBytes)
    text = replace_all(std::move(text), key.reveal(), "(key)");
}

/// The most that a call can cost.
double most_cost(const Question& question, const Model& model, CountedTexts& counted) {
  if (!model.prices.known) return 0;
  constexpr double kPerMillion = 1e-6;
  const auto dearest = std::max(model.prices.input, model.prices.cache_write.value_or(0));
  return kPerMillion * (static_cast<double>(most_tokens(question, model, counted)) * dearest +
                        question.max_output_tokens * model.prices.output);
}

/// No step leads on from these, whoever is asked.
bool is_final(const CallFailure& failure) {
  return failure.kind == FailureClass::bad_request || failure.kind == FailureClass::cancelled ||
         (failure.kind == FailureClass::refused && failure.code == kBudget);
}

HttpDeadlines deadlines_for(milliseconds left) {
  HttpDeadlines out;
  out.connect = std::min(out.connect, left);
  out.first_byte = out.idle = out.total = left;
  return out;
}

}  // namespace

/// A call that is about to be made.
struct Journey::Try {
  const Target& target;
  Model model;  // as learned
  Question question;
  std::size_t key = 0;
  milliseconds waited{0};
  milliseconds took{0};
  double cost = 0;

  [[nodiscard]] const ApiKey& api_key() const { return target.source->keys[key]; }
};

Journey::Journey(AskShared& shared, const Inquiry& inquiry, const std::stop_token& stop)
    : shared_(shared),
      inquiry_(inquiry),
      stop_(stop),
      question_(inquiry.question),
      chain_end_(now() + shared.limits.chain),
      reply_{tl::unexpected(failed(FailureClass::refused, "no model may be asked")), {}} {}

Reply Journey::travel() {
  for (;;) {
    const bool with_less = shrunk_;
    for (std::size_t i = 0; i < inquiry_.chain.size(); ++i) {
      const auto way = visit(i);
      if (way == Way::answered || way == Way::over) return std::move(reply_);
    }
    // everybody failed: once more with less, unless all of this round had it already
    if (with_less || (!shrunk_ && !shrink())) return std::move(reply_);
  }
}

void Journey::begin_model() {
  tries_ = same_error_ = dropped_ = 0;
  last_error_.clear();
  repair_.clear();
  repaired_ = false;
  wait_ = milliseconds{0};
}

bool Journey::may_fit(const Target& target) {
  return target.model.window > too_small_ &&
         fits(question_, shared_.as_learned(target.model), counted_);
}

/// Whether a later model of the chain could still answer.
bool Journey::other_target(std::size_t index) {
  for (std::size_t i = index + 1; i < inquiry_.chain.size(); ++i)
    if (may_fit(inquiry_.chain[i]) && shared_.keys.usable(inquiry_.chain[i], now())) return true;
  return false;
}

bool Journey::shrink() {
  if (!can_shrink() || no_smaller_) return false;
  auto smaller = inquiry_.smaller();
  no_smaller_ = !smaller;
  if (!smaller) return false;
  question_ = *std::move(smaller);
  shrunk_ = true;
  too_small_ = 0;
  return true;
}

/// Notes a model that was not called.
Journey::Way Journey::pass_over(const Target& target, CallFailure failure, Way way) {
  CallRecord record;
  record.model = full_name(target.model);
  record.failure = failure;
  record.smaller = shrunk_;
  reply_.calls.push_back(std::move(record));
  reply_.answer = tl::unexpected(std::move(failure));
  return way;
}

Journey::Way Journey::visit(std::size_t index) {
  const auto& target = inquiry_.chain[index];
  begin_model();
  if (!may_fit(target))
    return pass_over(target,
                     failed(FailureClass::prompt_too_large,
                            fmt::format("the prompt does not fit the {} tokens of {}",
                                        target.model.window, full_name(target.model))),
                     Way::next);
  const bool near = is_loopback(target.source->provider.origin);
  const auto end = near ? now() + shared_.limits.per_model_loopback
                        : std::min(now() + shared_.limits.per_model, chain_end_);
  auto way = Way::same;
  while (way == Way::same)
    way = try_once(index, end);
  return way;
}

Journey::Way Journey::try_once(std::size_t index, Time end) {
  const auto& target = inquiry_.chain[index];
  const auto left = [&] { return std::chrono::floor<milliseconds>(end - now()); };
  if (!shared_.world.sleep(wait_, stop_))
    return pass_over(target, failed(FailureClass::cancelled, "cancelled"), Way::over);
  Try made{.target = target, .model = shared_.as_learned(target.model), .question = {}};
  made.question = adapted(question_, made.model);
  if (!repair_.empty())
    if (auto told = with_repair(question_, repair_); fits(told, made.model, counted_))
      made.question = adapted(std::move(told), made.model);
  const auto choice =
      shared_.keys.choose(target, most_tokens(made.question, made.model, counted_), now(), left());
  if (!choice)
    return pass_over(target,
                     failed(FailureClass::transient,
                            fmt::format("{} cannot be asked now", full_name(target.model))),
                     Way::next);
  made.key = choice->key;
  made.waited = wait_ + choice->wait;
  if (!shared_.world.sleep(choice->wait, stop_)) {
    shared_.keys.note_nothing(target, made.key);
    return pass_over(target, failed(FailureClass::cancelled, "cancelled"), Way::over);
  }
  const auto reserved = most_cost(made.question, made.model, counted_);
  if (shared_.budget != nullptr && !shared_.budget->reserve(reserved)) {
    shared_.keys.note_nothing(target, made.key);
    return pass_over(target, failed(FailureClass::refused, shared_.budget->why(), kBudget),
                     Way::over);
  }
  ++tries_;
  const auto begun = now();
  HttpOutcome outcome;
  auto result = call(made, left(), outcome);
  made.took = std::chrono::duration_cast<milliseconds>(now() - begun);
  if (result) made.cost = cost_of(*result, made.model.prices).value_or(0);
  cost_ += made.cost;
  if (shared_.budget != nullptr) shared_.budget->settle(reserved, made.cost);
  record(made, result);
  if (!result) {
    shared_.keys.note_failure(target, made.key, result.error(), now());
    reply_.answer = tl::unexpected(result.error());
    return react(index, made, result.error(), end);
  }
  shared_.keys.note_success(target, made.key, outcome, now(), shared_.world.clock.unix_seconds());
  Answer answer;
  answer.completion = *std::move(result);
  answer.model = made.model;
  answer.cost_usd = cost_;
  answer.smaller = shrunk_;
  reply_.answer = std::move(answer);
  return Way::answered;
}

CallResult Journey::call(const Try& made, milliseconds left, HttpOutcome& outcome) {
  const auto& provider = made.target.source->provider;
  const auto* wire = find_wire(provider.wire);
  if (wire == nullptr)
    return tl::unexpected(failed(FailureClass::refused, "there is no wire " + provider.wire));
  const bool stream = inquiry_.on_text != nullptr && made.model.abilities.stream;
  auto written = wire->write(made.question, made.model, stream);
  if (shared_.guard)
    if (const auto passed = shared_.guard(written.body, provider); !passed)
      return tl::unexpected(failed(FailureClass::refused, passed.error().message));
  HttpRequest request;
  request.url = provider.base_url + written.target;
  request.headers = std::move(written.headers);
  request.body = std::move(written.body);
  request.deadlines = deadlines_for(left);
  const auto [header, before] = wire->key_header();
  const auto& key = made.api_key();
  if (!key.reveal().empty())
    request.credential =
        HttpCredential{provider.origin, std::string(header), std::string(before) + key.reveal()};
  AnswerReader reader(*wire, made.model, inquiry_.on_text);
  if (stream) {
    inquiry_.on_text("");
    request.on_data = [&reader](std::string_view bytes) { return reader.feed(bytes); };
  }
  outcome = shared_.world.http.send(request, stop_);
  CallFailure failure;
  if (outcome.status >= 300) {
    failure = classify_outcome(outcome, shared_.world.clock.unix_seconds());
  } else if (!outcome.ok() && outcome.failure != HttpFailure::stopped &&
             !(stream && reader.whole())) {
    failure = classify_transport(outcome.failure, outcome.detail);
  } else {
    if (!stream) reader.feed(outcome.body);
    auto answer = reader.finish();
    if (answer && answer->finish != Finish::length) return answer;
    failure = answer ? failed(FailureClass::bad_output, "the answer was cut at the limit of tokens")
                     : answer.error();
  }
  hide(failure.message, key);
  return tl::unexpected(std::move(failure));
}

void Journey::record(const Try& made, const CallResult& result) {
  CallRecord record;
  record.model = full_name(made.model);
  record.key = made.api_key().label();
  record.sent = true;
  if (result) {
    record.usage = result->usage;
    auto plain = made.model;
    plain.token_factor = 1.0;
    if (result->usage.known)
      record.token_ratio = shared_.saw_tokens(
          made.model, most_tokens(made.question, plain, counted_), result->usage.input);
  } else {
    record.failure = result.error();
  }
  record.cost_usd = made.cost;
  record.waited = made.waited;
  record.took = made.took;
  record.smaller = shrunk_;
  reply_.calls.push_back(std::move(record));
}

Journey::Way Journey::react(std::size_t index, const Try& made, const CallFailure& failure,
                            Time end) {
  const auto& target = made.target;
  const auto& model = made.model;
  same_error_ = failure.message == last_error_ ? same_error_ + 1 : 1;
  last_error_ = failure.message;
  if (failure.kind == FailureClass::context_window_exceeded)
    too_small_ = std::max(too_small_, model.window);
  Situation at;
  at.tries = tries_;
  at.same_error = same_error_;
  at.other_key = shared_.keys.has_other(target, made.key, now());
  at.other_target = other_target(index);
  at.can_shrink = can_shrink() && !no_smaller_;
  at.repaired = repaired_;
  at.feature_dropped = dropped_ >= kMostFeaturesDropped;
  at.left = std::chrono::floor<milliseconds>(end - now());
  const auto step = next_step(failure, at, shared_.limits.retry, shared_.world.random);
  wait_ = step.wait;
  switch (step.next) {
    case NextStep::again:
    case NextStep::next_key:
      return Way::same;
    case NextStep::repair:
      repaired_ = true;
      repair_ = failure.message;
      return Way::same;
    case NextStep::without_feature:
      ++dropped_;
      return shared_.unlearn(model, failure.feature) ? Way::same : Way::next;
    case NextStep::smaller: {
      if (!shrink()) return Way::next;
      const auto dropped = dropped_;
      begin_model();
      dropped_ = dropped;
      return may_fit(target) ? Way::same : Way::next;
    }
    case NextStep::next_target:
      return Way::next;
    case NextStep::give_up:
      return is_final(failure) ? Way::over : Way::next;
  }
  return Way::over;
}

}  // namespace peer
