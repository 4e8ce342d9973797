// `File file = new File(base, name); if (!file.getCanonicalPath().startsWith(base)) throw ..`:
// where a rule's sink only makes a path or an address, a guard of what was made counts as one
// before it does. One file, one thread.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "analyzers/taint/forms.hpp"
#include "analyzers/taint/marks.hpp"

namespace peer::taint {

/// A condition that a sanitizer of `set` matched, and what it speaks of.
struct GuardPlace {
  Node condition;
  Node target;
  Sanitizer set = 0;
};

/// Whether what `made` makes is kept in a variable of which (or of what is made of it) one of
/// `guards` speaks further down in the same function. The guard is trusted to lead away: not
/// followed.
[[nodiscard]] bool is_guarded_later(const TaintLanguage& language, Node made, std::string_view text,
                                    std::span<const GuardPlace> guards);

}  // namespace peer::taint
