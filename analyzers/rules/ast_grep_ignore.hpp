// `ast-grep-ignore` comments, read as ast-grep 0.51 reads them, looser than Peer's own word: what
// people silenced there stays silent. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/source_file.hpp"
#include "analyzers/span.hpp"

namespace peer {

struct AstGrepIgnore {
  Span comment;
  std::uint32_t line = 0;  ///< where the comment begins
  std::uint32_t target =
      0;  ///< findings that begin on this line are silenced; 0: those of the whole file
  bool every_rule = false;       ///< no colon follows the word
  std::vector<std::string> ids;  ///< else these rules
};

/// The comments in which the word stands and no letter before it, in the order of the tree, a
/// comment before what it holds. A comment without code before it on its line speaks of the next
/// line, on the first line with an empty one below it of the whole file; one behind code of the
/// line on which that code begins. Empty for a file without a tree. At most 5000; none after one
/// that silences the whole file.
[[nodiscard]] std::vector<AstGrepIgnore> read_ast_grep_ignores(const SourceFile& file);

}  // namespace peer
