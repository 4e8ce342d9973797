// The formats of printf() and scanf(). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace peer::known_size {

/// One `%...` of a format.
struct Conversion {
  char letter = '\0';
  int width = 0;            ///< 0: none
  bool is_kept = true;      ///< of scanf(): not `%*s`
  bool takes_more = false;  ///< of printf(): `*` takes another argument
};

struct Format {
  std::vector<Conversion> conversions;
  std::int64_t letters = 0;  ///< that stand around them
};

enum class FormatOf { printf, scanf };
[[nodiscard]] Format read_format(std::string_view text, FormatOf whose);

/// What stands between the quotes of a plain string literal; none of raw ones.
[[nodiscard]] std::optional<std::string_view> content_of(std::string_view literal);

/// Letters of a string literal without the zero; none where it says some of them by number.
[[nodiscard]] std::optional<std::int64_t> length_of_literal(std::string_view literal);

}  // namespace peer::known_size
