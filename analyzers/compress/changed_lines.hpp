// From a diff to the lines a digest is about. Pure; thread-safe.
#pragma once

#include <vector>

#include "analyzers/change_set.hpp"

namespace peer {

/// The lines of the new file that `hunks` add, and with count 0 the lines before which they only
/// remove; sorted.
[[nodiscard]] std::vector<LineRange> changed_lines(const std::vector<Hunk>& hunks);

}  // namespace peer
