// When two CWE numbers mean one kind of flaw. Pure.
#pragma once

#include <span>

namespace peer {

/// Some number of `a` and some number of `b` are of one class: tools choose one or the other for
/// the same flaw ("command injection" is 77 or 78). Of long lists the first twenty count.
[[nodiscard]] bool share_a_weakness(std::span<const int> a, std::span<const int> b);

}  // namespace peer
