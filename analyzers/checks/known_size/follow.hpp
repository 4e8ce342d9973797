// Follows the sizes of arrays, of memory and of texts through one function of C or C++, and finds
// what does not fit. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/checks/known_size/declared.hpp"
#include "analyzers/parse/tree.hpp"

namespace peer::known_size {

struct Overrun {
  Span at;
  std::string message;
  bool is_certain = true;  ///< false: where a text is as long as it may be
};

/// In order of the text. Reports only what does not fit on every way that leads there; where
/// something is not known, nothing.
[[nodiscard]] std::vector<Overrun> overruns(Node function, std::string_view text,
                                            const Declared& declared, bool is_cpp);

}  // namespace peer::known_size
