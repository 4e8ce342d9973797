// What a model says of two states of a piece of code, and which elements of a file it takes for
// important, as far as both can be read and make sense. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

struct CompareVerdict {
  bool same = false;
  std::string changed;  ///< what differs for callers; "" where it is the same
  std::string reason;   ///< one sentence
};

/// Reads {"same": bool, "changed": "...", "reason": "..."}. nullopt where there is no verdict, no
/// reason, or the verdict contradicts itself.
[[nodiscard]] std::optional<CompareVerdict> parse_comparison(std::string_view json);

inline constexpr std::size_t kMostRanked = 40;

/// Reads {"ranking": [3, 17]}: indices below `count`, without doubles, at most kMostRanked of them.
/// Nothing at all where one of them names what is not there: then the rest is not to be believed
/// either.
[[nodiscard]] std::vector<std::size_t> parse_ranking(std::string_view json, std::size_t count);

}  // namespace peer
