// The user's own check (--verify-cmd) as the last step of every proof. Where and how it runs is not
// said here.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "bot/fixing/fix_files.hpp"

namespace peer {

/// A file of the tree that is checked.
struct FileContent {
  std::string path;
  std::string bytes;
};

struct CheckOutcome {
  bool passed = false;
  std::string detail;  ///< for people: "exit code 1", "killed after 600 s"
  std::string output;  ///< the end of what it printed
};

/// Runs the check with these files in place of those of the work tree.
using UserCheck = std::function<Result<CheckOutcome>(std::span<const FileContent>)>;

/// Runs `check` once with all changed files. Where it passes, the proof of each applied fix says
/// so; where it fails, each is rejected with what was seen and no file is changed any more. When
/// the check could not run at all its error is passed on and nothing is kept either. Without a
/// changed file it is not run (and gives passed).
[[nodiscard]] Result<CheckOutcome> keep_if_check_passes(std::vector<FixedFile>& files,
                                                        const UserCheck& check);

}  // namespace peer
