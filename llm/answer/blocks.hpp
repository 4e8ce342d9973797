// Takes the SEARCH/REPLACE blocks out of a model's answer. Lenient about what stands around them,
// strict about what they are: a block that could be read in two ways is none. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// <<<<<<< SEARCH, lines to be found, =======, lines to stand there, >>>>>>> REPLACE.
struct SearchReplace {
  std::string path;             ///< named on a line before the block, or ""
  std::string search, replace;  ///< whole lines, each with '\n'
  friend bool operator==(const SearchReplace&, const SearchReplace&) = default;
};

struct ParsedBlocks {
  std::vector<SearchReplace> blocks;
  std::vector<std::string> problems;  ///< blocks that are none, and why: words for the model
};

inline constexpr std::size_t kMostBlocks = 64;

[[nodiscard]] ParsedBlocks parse_blocks(std::string_view answer);

}  // namespace peer
