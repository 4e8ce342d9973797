#include "llm/wires/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <ctime>
#include <string>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr double kYearInMs = 365.0 * 24 * 3600 * 1000;

/// Takes "12.5" from the front; nullopt when there is no number.
std::optional<double> take_number(std::string_view& text) {
  const auto end = std::min(text.find_first_not_of("0123456789."), text.size());
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + end, value);
  if (error != std::errc{} || stop != text.data() + end) return std::nullopt;
  text.remove_prefix(end);
  return value;
}

/// Takes a unit from the front, as milliseconds.
std::optional<double> take_unit(std::string_view& text) {
  constexpr std::array<std::pair<std::string_view, double>, 6> kUnits{
      {{"ms", 1}, {"us", 0.001}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"d", 86'400'000}}};
  for (const auto& [name, ms] : kUnits) {
    if (!text.starts_with(name)) continue;
    text.remove_prefix(name.size());
    return ms;
  }
  return std::nullopt;
}

std::optional<std::chrono::milliseconds> milliseconds_of(double ms) {
  if (!(ms >= 0)) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::min(ms, kYearInMs) + 0.999));
}

std::optional<std::int64_t> parse_rfc3339(const std::string& text) {
  std::tm parts{};
  const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  if (rest == nullptr) return std::nullopt;
  auto time = static_cast<std::int64_t>(timegm(&parts));
  if (*rest == '.') rest += 1 + std::strspn(rest + 1, "0123456789");
  if (*rest == 'Z' || *rest == 'z' || *rest == '\0') return time;
  if (*rest != '+' && *rest != '-') return std::nullopt;
  std::tm zone{};
  const char* end = strptime(rest, "%z", &zone);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return time - zone.tm_gmtoff;
}

/// A header that may hold a wait or a moment.
std::optional<std::chrono::milliseconds> wait_or_moment(std::string_view text, std::int64_t now) {
  if (const auto wait = parse_wait(text)) return wait;
  const auto moment = parse_time(text);
  if (!moment || now <= 0) return std::nullopt;
  return milliseconds_of(static_cast<double>(std::max<std::int64_t>(0, *moment - now)) * 1000);
}

/// The reset of the limit whose remaining count is zero, the longest of them.
std::optional<std::chrono::milliseconds> wait_for_reset(const HttpOutcome& outcome,
                                                        std::int64_t now) {
  constexpr std::string_view kRemaining = "-remaining";
  std::optional<std::chrono::milliseconds> longest;
  for (const auto& [name, value] : outcome.headers) {
    if (name.find("ratelimit") == std::string_view::npos) continue;
    const auto at = name.find(kRemaining);
    if (at == std::string_view::npos || trim(value) != "0") continue;
    const auto reset =
        outcome.header(name.substr(0, at) + "-reset" + name.substr(at + kRemaining.size()));
    if (!reset) continue;
    const auto wait = wait_or_moment(*reset, now);
    if (wait && (!longest || *wait > *longest)) longest = wait;
  }
  return longest;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_wait(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 64) return std::nullopt;
  double total = 0;
  while (!text.empty()) {
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    if (text.empty() && total == 0) return milliseconds_of(*number * 1000);
    const auto unit = take_unit(text);
    if (!unit) return std::nullopt;
    total += *number * *unit;
  }
  return milliseconds_of(total);
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  const std::string trimmed(trim(text));
  if (trimmed.size() > 64) return std::nullopt;
  std::tm parts{};
  const char* end = strptime(trimmed.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (end != nullptr && *end == '\0') return static_cast<std::int64_t>(timegm(&parts));
  return parse_rfc3339(trimmed);
}

std::optional<std::chrono::milliseconds> wait_in_headers(const HttpOutcome& outcome,
                                                         std::int64_t now_unix) {
  for (const char* name : {"retry-after-ms", "x-ms-retry-after-ms"}) {
    const auto value = outcome.header(name);
    if (!value) continue;
    if (const auto ms = parse_wait(std::string(trim(*value)) + "ms")) return ms;
  }
  if (const auto value = outcome.header("retry-after"))
    if (const auto wait = wait_or_moment(*value, now_unix)) return wait;
  return wait_for_reset(outcome, now_unix);
}

std::optional<std::chrono::milliseconds> wait_in_text(std::string_view message) {
  const auto lower = to_lower(message.substr(0, 4096));
  for (const std::string_view phrase : {"try again in ", "retry in ", "retry after "}) {
    const auto at = lower.find(phrase);
    if (at == std::string_view::npos) continue;
    auto rest = std::string_view(lower).substr(at + phrase.size());
    auto word = rest.substr(0, std::min(rest.find_first_of(" ,;)"), rest.size()));
    while (!word.empty() && word.back() == '.')
      word.remove_suffix(1);
    if (const auto wait = parse_wait(word)) {
      // "in 5 minutes": the unit is a word of its own
      const auto after = rest.substr(std::min(word.size(), rest.size()));
      const bool bare = word.find_first_not_of("0123456789.") == std::string_view::npos;
      if (bare && after.starts_with(" minute")) return *wait * 60;
      if (bare && after.starts_with(" hour")) return *wait * 3600;
      if (bare && after.starts_with(" ms")) return *wait / 1000;
      return wait;
    }
  }
  return std::nullopt;
}

}  // namespace peer
