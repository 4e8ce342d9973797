// What a scalar of YAML says, however it is written: plain, in quotes, as a block, folded. Pure;
// thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/span.hpp"

namespace peer::ci {

/// A line of what a scalar says; a folded one may stand on several lines of the file.
struct SaidLine {
  std::string text;  ///< without indentation, quotes and escapes
  Span span;         ///< where it stands; the whole scalar where that is not kept line by line
};

[[nodiscard]] bool is_scalar(Node node);

/// What the scalar `node` of `text` says, without blank lines.
[[nodiscard]] std::vector<SaidLine> lines_said(Node node, std::string_view text);

}  // namespace peer::ci
