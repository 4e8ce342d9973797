// A change cut into pieces that a model can look at: hunks with the function around them, removed
// lines at their place. No piece holds a line number, so that a piece whose lines only moved is the
// same piece. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/change_set.hpp"
#include "analyzers/source_file.hpp"
#include "llm/answer/quote.hpp"

namespace peer {

struct ItemLimits {
  std::size_t max_bytes = 8'000;      ///< of a piece
  std::uint32_t function_lines = 60;  ///< a longer function is not shown whole
};

struct ReviewItem {
  std::string text;  ///< lines with ' ', '+' or '-' before them
  /// Of the new file that are in it, or parts of long ones; views of its text.
  std::vector<QuotableLine> lines;
};

/// The pieces of one file in order; every added and every removed line is in one. `before`: the old
/// text, "" where there is none. `whole`: every line counts as added. Nothing is left out: a line
/// too long for one piece stands in several.
[[nodiscard]] std::vector<ReviewItem> review_items(const ChangedFile& file, const SourceFile& after,
                                                   std::string_view before, bool whole,
                                                   const ItemLimits& limits);

}  // namespace peer
