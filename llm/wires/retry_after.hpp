// How long a server asks to wait, in all the ways servers say it. Pure; thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/http.hpp"

namespace peer {

/// "6m0s", "1h2m3s", "12ms", "45.83s", "1.5" (seconds). nullopt for anything else, negative times
/// included. Never over a year.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_wait(std::string_view text);

/// An HTTP date ("Sun, 06 Nov 1994 08:49:37 GMT") or RFC 3339 time as seconds since 1970.
[[nodiscard]] std::optional<std::int64_t> parse_time(std::string_view text);

/// What the headers ask for: retry-after-ms, x-ms-retry-after-ms, retry-after (seconds or date),
/// else the reset of a rate limit of which nothing remains.
[[nodiscard]] std::optional<std::chrono::milliseconds> wait_in_headers(const HttpOutcome& outcome,
                                                                       std::int64_t now_unix);

/// "Please try again in 46.72s", "retry in 36s", "try again in 6m0s".
[[nodiscard]] std::optional<std::chrono::milliseconds> wait_in_text(std::string_view message);

}  // namespace peer
