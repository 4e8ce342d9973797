// What two states of a piece of code are to each other, as far as their trees tell: most pairs need
// nobody else's judgement. Pure; thread-safe.
#pragma once

#include <string>

#include "analyzers/source_file.hpp"
#include "analyzers/span.hpp"

namespace peer {

enum class Sameness {
  same,     ///< comments and layout aside there is no difference
  changed,  ///< a value or an operator differs, and nothing else
  open,     ///< the trees alone do not say whether it does the same
};

struct CodeComparison {
  Sameness sameness = Sameness::open;
  std::string reason;  ///< for people; "" where it is open
};

/// Compares `old_span` of `before` with `new_span` of `after`: first by their bytes, then by the
/// kinds and words of their trees without comments. Code that does not parse is the same only with
/// the same lines, white space at their ends aside. Linear in both.
[[nodiscard]] CodeComparison compare_code(const SourceFile& before, Span old_span,
                                          const SourceFile& after, Span new_span);

}  // namespace peer
