// Asks about each fix, as `git add -p` does. Speaks through functions, so that tests can answer.
// Used by one thread.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "bot/fixing/fix_files.hpp"
#include "bot/fixing/fix_key.hpp"

namespace peer {

struct Dialogue {
  std::function<void(std::string_view)> say;
  std::function<std::optional<std::string>()>
      hear;  ///< one line without its end; nothing at the end of input
  bool color = false;
};

struct Answers {
  std::set<FixKey> accepted;
  bool quit = false;  ///< q or the end of input: the rest was not asked about
};

/// Shows each fix of `files` that holds (decision apply or offer) with its diff and asks: y takes
/// it, n leaves it, a takes it and all that follow, q leaves it and all that follow, e explains the
/// finding, ? explains the letters.
[[nodiscard]] Answers ask(std::span<const FixedFile> files, const Dialogue& dialogue);

}  // namespace peer
