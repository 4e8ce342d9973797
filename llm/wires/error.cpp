#include "llm/wires/error.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>

#include "base/text.hpp"
#include "llm/wires/fields.hpp"
#include "llm/wires/retry_after.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostMessageBytes = 400;
constexpr std::chrono::hours kHopeless{1};

bool contains(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

template <std::size_t N>
bool contains_any(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return contains(text, word); });
}

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::string shown(std::string_view message) {
  auto text = visible(message.substr(0, kMostMessageBytes), false);
  if (message.size() > kMostMessageBytes) text += "...";
  return text;
}

/// Codes are words in some dialects and numbers in others.
std::string word_or_number(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  return json.is_number_integer() ? std::to_string(json.get<std::int64_t>()) : std::string();
}

/// Gemini's details: how long to wait, which quota it was.
void read_details(const Json& details, ErrorFacts& facts) {
  if (!details.is_array()) return;
  for (const auto& detail : details) {
    if (const auto delay = parse_wait(text_at(detail, "retryDelay"))) facts.retry_delay = delay;
    const auto& violations = member(detail, "violations");
    if (!violations.is_array()) continue;
    for (const auto& violation : violations) {
      if (contains(text_at(violation, "quotaId"), "PerDay")) facts.quota_is_daily = true;
      if (text_at(violation, "quotaValue") == "0") facts.quota_is_zero = true;
    }
  }
}

bool is_status(std::string_view code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The status that an error's own words stand for, where HTTP said 200 or the body names none.
int status_of_words(const ErrorFacts& facts) {
  constexpr std::array<std::pair<std::string_view, int>, 30> kStatuses{{
      {"rate_limit_error", 429},     {"rate_limit_exceeded", 429},
      {"RESOURCE_EXHAUSTED", 429},   {"insufficient_quota", 429},
      {"overloaded_error", 529},     {"api_error", 500},
      {"server_error", 500},         {"server", 500},
      {"internal_error", 500},       {"INTERNAL", 500},
      {"UNAVAILABLE", 503},          {"provider_overloaded", 503},
      {"provider_unavailable", 503}, {"capacity_exceeded", 498},
      {"timeout_error", 504},        {"timeout", 504},
      {"DEADLINE_EXCEEDED", 504},    {"authentication_error", 401},
      {"authentication", 401},       {"UNAUTHENTICATED", 401},
      {"invalid_api_key", 401},      {"permission_error", 403},
      {"permission_denied", 403},    {"PERMISSION_DENIED", 403},
      {"billing_error", 402},        {"payment_required", 402},
      {"not_found_error", 404},      {"NOT_FOUND", 404},
      {"model_not_found", 404},      {"invalid_request_error", 400},
  }};
  for (const std::string_view word : {std::string_view(facts.code), std::string_view(facts.type)})
    for (const auto& [name, status] : kStatuses)
      if (word == name) return status;
  return 0;
}

bool means_quota(int status, const ErrorFacts& facts) {
  constexpr std::array<std::string_view, 4> kCodes{
      "insufficient_quota", "billing_hard_limit_reached", "billing_error", "payment_required"};
  if (status == 402 || is_one_of(facts.code, kCodes) || is_one_of(facts.type, kCodes)) return true;
  if (status != 429) return false;
  if (facts.quota_is_zero || contains(to_lower(facts.message), "limit: 0,")) return true;
  if (facts.retry_delay) return *facts.retry_delay >= kHopeless;
  return facts.quota_is_daily;
}

bool means_content(int status, const ErrorFacts& facts) {
  constexpr std::array<std::string_view, 6> kCodes{
      "content_filter", "content_policy_violation", "content_policy",
      "refusal",        "moderation_blocked",       "responsible_ai_policy_violation"};
  if (is_one_of(facts.code, kCodes) || is_one_of(facts.type, kCodes)) return true;
  const auto message = to_lower(facts.message);
  return status == 403 && (contains(message, "moderation") || contains(message, "flagged"));
}

/// The ability that the server says it lacks, or "".
std::string missing_feature(const ErrorFacts& facts) {
  const auto text = to_lower(facts.message + " " + facts.param + " " + facts.code);
  constexpr std::array<std::string_view, 14> kRefusals{
      "not support",         "unsupported",    "unknown",    "unrecognized", "not permitted",
      "extra inputs",        "not allowed",    "not accept", "deprecated",   "unexpected",
      "invalid_json_schema", "invalid schema", "unable to",  "not available"};
  if (!contains_any(text, kRefusals)) return {};
  // the longer names first: one may hold another
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kFeatures{
      {{"max_completion_tokens", "max_completion_tokens"},
       {"json_schema", "json_schema"},
       {"responsejsonschema", "json_schema"},
       {"output_config", "json_schema"},
       {"output_format", "json_schema"},
       {"response_format", "json_schema"},
       {"json_object", "json_object"},
       {"responsemimetype", "json_object"},
       {"json mode", "json_object"},
       {"stream_options", "stream_usage"},
       {"max_tokens", "max_tokens"},
       {"temperature", "temperature"},
       {"top_p", "top_p"},
       {"repeat_penalty", "repeat_penalty"},
       {"cache_control", "cache_control"},
       {"seed", "seed"}}};
  for (const auto& [word, feature] : kFeatures)
    if (facts.param == word) return std::string(feature);
  for (const auto& [word, feature] : kFeatures)
    if (contains(text, word)) return std::string(feature);
  if (facts.param == "stop" || contains(text, "'stop'")) return "stop";
  return {};
}

bool means_capacity(int status, const ErrorFacts& facts) {
  const auto message = to_lower(facts.message);
  const bool too_many_at_once =
      status == 413 || (status == 429 && contains(message, "request too large"));
  return too_many_at_once || contains(message, "requires more system memory");
}

bool is_transient_status(int status) {
  constexpr std::array<int, 9> kStatuses{408, 409, 425, 498, 500, 502, 503, 504, 499};
  return std::find(kStatuses.begin(), kStatuses.end(), status) != kStatuses.end() || status >= 500;
}

FailureClass class_of(int status, const ErrorFacts& facts, std::string& feature) {
  if (means_context_exceeded(facts)) return FailureClass::context_window_exceeded;
  if (means_quota(status, facts)) return FailureClass::quota;
  if (means_content(status, facts)) return FailureClass::content;
  if (means_capacity(status, facts)) return FailureClass::model_capacity;
  if (status == 429) return FailureClass::rate;
  if (status == 401 || status == 403 || status == 407) return FailureClass::auth;
  if (status == 404 || status == 410) return FailureClass::gone;
  if (is_transient_status(status)) return FailureClass::transient;
  if (status == 400 || status == 422) feature = missing_feature(facts);
  return feature.empty() ? FailureClass::bad_request : FailureClass::capability;
}

std::optional<ErrorFacts> read_error_object(const Json& body) {
  if (!body.is_object()) return std::nullopt;
  ErrorFacts facts;
  const auto& error = member(body, "error");
  if (error.is_string()) {
    facts.message = text_of(error);
    facts.type = text_at(body, "type");
    return facts.message.empty() ? std::nullopt : std::optional(facts);
  }
  const bool told = member(body, "message").is_string() || member(body, "detail").is_string();
  const bool bare = !error.is_object() && told && !body.contains("choices") &&
                    !body.contains("content") && !body.contains("done");
  if (!error.is_object() && !bare) return std::nullopt;
  const auto& object = bare ? body : error;
  facts.message = text_at(object, "message");
  if (facts.message.empty()) facts.message = text_at(object, "detail");
  facts.code = word_or_number(member(object, "code"));
  facts.type = text_at(object, "type");
  if (facts.type.empty()) facts.type = text_at(object, "status");
  facts.param = text_at(object, "param");
  const auto inner = text_at(member(object, "metadata"), "error_type");
  if (!inner.empty()) facts.type = inner;
  if (is_status(facts.code)) {
    facts.status = std::stoi(facts.code);
    facts.code.clear();
  }
  read_details(member(object, "details"), facts);
  return facts;
}

}  // namespace

std::optional<ErrorFacts> read_error(const Json& body) {
  if (body.is_array()) return body.empty() ? std::nullopt : read_error_object(first(body));
  return read_error_object(body);
}

bool means_context_exceeded(const ErrorFacts& facts) {
  constexpr std::array<std::string_view, 4> kCodes{
      "context_length_exceeded", "exceed_context_size_error", "model_max_prompt_tokens_exceeded",
      "token_limit_exceeded"};
  if (is_one_of(facts.code, kCodes) || is_one_of(facts.type, kCodes)) return true;
  if (facts.code == "string_above_max_length")
    return false;  // one parameter is too long, not the prompt
  constexpr std::array<std::string_view, 11> kPhrases{
      "maximum context length is",
      "prompt is too long",
      "exceed context limit",
      "model's maximum context limit",
      "is longer than the model's context length",
      "input tokens exceed the configured limit",
      "exceeds the available context size",
      "exceeds the maximum number of tokens allowed",
      "exceeds the context length",
      "request too large for model context",
      "`inputs` tokens + `max_new_tokens` must be"};
  const auto text = to_lower(facts.message);
  return contains_any(text, kPhrases) ||
         (contains(text, "current length is") && contains(text, "while limit is")) ||
         (contains(text, "maximum input length is") && contains(text, "tokens")) ||
         (contains(text, "prompt token count of") && contains(text, "exceeds the limit"));
}

CallFailure classify_error(int status, const ErrorFacts& facts) {
  CallFailure failure;
  if (status < 300) status = facts.status >= 300 ? facts.status : status_of_words(facts);
  if (status == 0) status = 500;  // an error inside an answer: what it is, nobody says
  failure.status = status;
  failure.code = shown(facts.code.empty() ? facts.type : facts.code);
  failure.kind = class_of(status, facts, failure.feature);
  failure.message = shown(facts.message);
  failure.wait = facts.retry_delay ? facts.retry_delay : wait_in_text(facts.message);
  return failure;
}

CallFailure classify_outcome(const HttpOutcome& outcome, std::int64_t now_unix) {
  ErrorFacts facts;
  if (const auto body = parse_server_json(outcome.body))
    if (const auto read = read_error(*body)) facts = *read;
  auto failure = classify_error(outcome.status, facts);
  failure.status = outcome.status;
  if (outcome.status >= 300 && outcome.status < 400) {
    failure.kind = FailureClass::bad_request;
    failure.message =
        "the server sends requests elsewhere, and no key follows a redirect; correct its base URL";
  }
  if (failure.message.empty()) failure.message = fmt::format("HTTP status {}", outcome.status);
  if (const auto wait = wait_in_headers(outcome, now_unix)) failure.wait = wait;
  if (failure.kind == FailureClass::rate && failure.wait && *failure.wait >= kHopeless)
    failure.kind = FailureClass::quota;
  if (const auto hint = outcome.header("x-should-retry"); hint == "true" || hint == "false")
    failure.retry_hint = hint == "true";
  return failure;
}

CallFailure classify_transport(HttpFailure failure, std::string_view detail) {
  CallFailure out;
  out.message = fmt::format("{} ({})", to_string(failure), shown(detail));
  switch (failure) {
    case HttpFailure::unavailable:
    case HttpFailure::refused:
      out.kind = FailureClass::refused;
      break;
    case HttpFailure::too_large:
      out.kind = FailureClass::bad_output;
      break;
    case HttpFailure::proxy:
      out.kind = FailureClass::auth;
      break;
    case HttpFailure::cancelled:
      out.kind = FailureClass::cancelled;
      break;
    default:
      out.kind = FailureClass::transient;
  }
  return out;
}

}  // namespace peer
