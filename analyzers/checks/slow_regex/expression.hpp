// A regular expression of an engine that backtracks (Perl's, Python's, Java's, JavaScript's,
// .NET's, Ruby's, PCRE), as a tree.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzers/checks/slow_regex/char_set.hpp"

namespace peer::slow_regex {

struct Flags {
  bool ignore_case = false;
  bool ignore_blanks = false;  ///< blanks and `# ..` mean nothing: the flag x
};

struct Part {  // NOLINT(misc-no-recursion): copies go as deep as the groups
  enum class Kind : std::uint8_t { sequence, choice, repeat, chars };
  static constexpr std::uint32_t kNoLimit = std::numeric_limits<std::uint32_t>::max();

  Kind kind = Kind::sequence;
  /// Of a repeat: the one that is repeated. An empty sequence matches nothing at all.
  std::vector<Part> parts;
  CharSet chars;
  std::uint32_t least = 0;
  std::uint32_t most = 0;
};

/// The expression that `text` (UTF-8) writes; none where it is malformed, nests deeper than 100
/// groups, or has what is not known here. What takes no part in choosing (look-around,
/// back-references, atomic groups, possessive repetitions, the end of the text) is a symbol of its
/// own, which nothing else matches; what only bounds where it is (`^`, `\b`) is left out.
[[nodiscard]] std::optional<Part> parse(std::string_view text, Flags flags);

}  // namespace peer::slow_regex
