// Colour on a terminal, only where it carries meaning. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "analyzers/finding.hpp"

namespace peer {

enum class Ink { plain, bold, dim, red, green, yellow, blue, cyan };

/// `text` in `ink` where `color` is on; the text must already be safe to show.
[[nodiscard]] inline std::string painted(std::string_view text, Ink ink, bool color) {
  if (!color || ink == Ink::plain || text.empty()) return std::string(text);
  constexpr std::string_view kCodes[] = {"0", "1", "2", "1;31", "32", "33", "34", "36"};
  std::string out = "\x1b[";
  out += kCodes[static_cast<int>(ink)];
  out += 'm';
  out += text;
  out += "\x1b[0m";
  return out;
}

[[nodiscard]] constexpr Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return Ink::red;
    case Severity::warning:
      return Ink::yellow;
    case Severity::info:
      return Ink::cyan;
    case Severity::hint:
      break;
  }
  return Ink::dim;
}

}  // namespace peer
