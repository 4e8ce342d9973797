// What a call to a model gave: a completion with what it used, or a failure by what can be done
// about it. Values.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "llm/model.hpp"

namespace peer {

/// Why the model stopped.
enum class Finish {
  stop,
  length,    ///< the limit of tokens: the text is cut
  filtered,  ///< by a filter or refusal
  tool,      ///< it called a tool, though it has none
  unknown,   ///< the server did not say
};

/// Tokens, all as one provider-independent count: `input` holds the cached and the written ones,
/// `output` the reasoning.
struct Usage {
  std::uint64_t input = 0, cached = 0, cache_written = 0, output = 0, reasoning = 0;
  bool known = false;  ///< the server said so
  friend bool operator==(const Usage&, const Usage&) = default;
};

struct Completion {
  std::string text;
  std::string reasoning;  ///< thoughts that the server told apart
  Finish finish = Finish::unknown;
  Usage usage;
  std::optional<double> cost_usd;  ///< as the provider says
  std::string model;               ///< as the server calls it
  std::string request_id;
  friend bool operator==(const Completion&, const Completion&) = default;
};

/// What the provider says it cost, else usage times prices; nullopt where neither is known.
[[nodiscard]] std::optional<double> cost_of(const Completion& completion, const Prices& prices);

/// What can be done about a failed call.
enum class FailureClass {
  transient,                ///< the same again, a little later
  rate,                     ///< the same after a wait, or another key
  quota,                    ///< this key has no credit
  auth,                     ///< this key is not accepted
  gone,                     ///< no such model there
  context_window_exceeded,  ///< prompt and answer do not fit the model's window
  model_capacity,    ///< the server will not take so much now: a limit of tokens per minute, or
                     ///< memory
  prompt_too_large,  ///< Peer itself saw that it cannot fit, and did not send it
  capability,        ///< the server does not know something in the request
  content,           ///< a filter or the model refuses
  bad_request,       ///< the request is wrong
  bad_output,        ///< an answer came that is none
  refused,           ///< Peer's own rules forbid the call
  cancelled,
};

[[nodiscard]] std::string_view to_string(FailureClass failure);

struct CallFailure {
  FailureClass kind = FailureClass::transient;
  std::string message = {};                            ///< safe to show
  int status = 0;                                      ///< of HTTP; 0: none came
  std::string code = {};                               ///< the provider's word, if any
  std::optional<std::chrono::milliseconds> wait = {};  ///< the server wants this much
  std::string feature = {};  ///< for `capability`: which, as in Abilities ("json_schema")
  std::optional<bool> retry_hint = {};  ///< the server's x-should-retry
  friend bool operator==(const CallFailure&, const CallFailure&) = default;
};

using CallResult = tl::expected<Completion, CallFailure>;

}  // namespace peer
