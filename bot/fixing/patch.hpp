// Fixed files as one patch for `git apply`. Pure; thread-safe.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "bot/fixing/fix_files.hpp"

namespace peer {

struct Patch {
  std::string text;                   ///< "" when nothing changed
  std::vector<std::string> left_out;  ///< why a changed file is not in it, one sentence each
};

/// The unified diff of all changed files. Bytes that Git takes for binary (UTF-16) are left out and
/// named.
[[nodiscard]] Patch make_patch(std::span<const FixedFile> files);

}  // namespace peer
