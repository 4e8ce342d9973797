// How long a test waits for what must not take forever. Tests measure no speed, but some guard
// against work that grows with the square of its input; a program that is watched by a sanitizer
// takes many times as long.
#pragma once

#include <chrono>

#include "base/sanitizers.hpp"

namespace peer {

inline const bool kIsWatched = is_sanitized();

template <class Duration>
auto patience(Duration usual) {
  return usual * (kIsWatched ? 30 : 1);
}

}  // namespace peer
