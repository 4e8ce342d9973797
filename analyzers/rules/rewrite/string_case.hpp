// The ways of writing a name, and where its words begin. Pure; thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peer::rules {

enum class StringCase { lower, upper, capitalize, camel, snake, kebab, pascal };

/// Where one word of a name ends and the next begins.
enum class Separator { case_change, dash, dot, slash, space, underscore };

[[nodiscard]] std::optional<StringCase> parse_string_case(std::string_view name);  ///< "camelCase"
[[nodiscard]] std::optional<Separator> parse_separator(std::string_view name);     ///< "caseChange"
/// The names that parse_string_case and parse_separator know.
[[nodiscard]] std::span<const std::string_view> string_case_names();
[[nodiscard]] std::span<const std::string_view> separator_names();

/// The words of `text`, none empty. A change of case separates a lower-case letter from an
/// upper-case one after it, and the last of several upper-case letters from those before it where a
/// lower-case letter follows.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text,
                                                     std::span<const Separator> separators);

/// `text` written as `to`. Every separator counts where `separators` is nullopt.
[[nodiscard]] std::string converted(std::string_view text, StringCase to,
                                    const std::optional<std::vector<Separator>>& separators);

}  // namespace peer::rules
