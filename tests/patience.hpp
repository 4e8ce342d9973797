// How long a test waits for what must not take forever. Tests measure no speed, but some guard against work that grows
// with the square of its input; a program that is watched by a sanitizer takes many times as long.
#pragma once

#include <chrono>

namespace peer {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kIsWatched = true;
#else
inline constexpr bool kIsWatched = false;
#endif

template <class Duration>
constexpr auto patience(Duration usual) {
  return usual * (kIsWatched ? 30 : 1);
}

}  // namespace peer
