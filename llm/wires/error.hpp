// From what a server said to what can be done about it: the policy table as a function. Pure;
// thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/http.hpp"
#include "base/json.hpp"
#include "llm/completion.hpp"

namespace peer {

/// What an error object of any dialect holds.
struct ErrorFacts {
  std::string message = {}, code = {}, type = {}, param = {};
  int status = 0;  ///< as the body says; 0: it does not
  std::optional<std::chrono::milliseconds> retry_delay = {};
  bool quota_is_zero = false;   ///< Gemini: "limit: 0"
  bool quota_is_daily = false;  ///< Gemini: a quota per day
};

/// Reads the error in `body`, in whatever shape servers write it: {"error":{..}}, {"error":"text"},
/// {"message":..},
/// [{"error":..}]. nullopt where there is none.
[[nodiscard]] std::optional<ErrorFacts> read_error(const Json& body);

/// What a failed answer means. `status` is that of HTTP; the body's own wins for errors inside an
/// answer of 200.
[[nodiscard]] CallFailure classify_error(int status, const ErrorFacts& facts);

/// The same for an outcome of HTTP that is no 2xx: reads body and headers.
[[nodiscard]] CallFailure classify_outcome(const HttpOutcome& outcome, std::int64_t now_unix);

/// A transfer that broke, by how it broke.
[[nodiscard]] CallFailure classify_transport(HttpFailure failure, std::string_view detail);

/// True where the text of an error says that the prompt does not fit the model's window.
[[nodiscard]] bool means_context_exceeded(const ErrorFacts& facts);

/// JSON as servers really send it: bytes that are no UTF-8 and lone surrogates become U+FFFD.
[[nodiscard]] Result<Json> parse_server_json(std::string_view text);

}  // namespace peer
