// What of two trees is worth comparing, found before any path is made: a few kilobytes of objects
// can stand for a thousand million paths (a folder whose ten entries are the same folder, nine
// times over). For bot/git only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bot/git/handles.hpp"

namespace peer {

/// The most files and folders of one tree, or of one change, that are looked at: a million, but of
/// what repeats itself only so many, or three times what its different trees hold. A report needs
/// some kilobytes for each.
inline constexpr std::uint64_t kMostEntries = 1'000'000;
inline constexpr std::uint64_t kMostRepeated = 100'000;
/// Their paths may have so many bytes for each entry within the limit.
inline constexpr std::uint64_t kMostPathBytes = 200;

/// A folder that is left out, and why (PEER-E105).
struct LeftOut {
  std::string path;
  std::string why;
};

struct TreePlan {
  /// Files that differ and folders that stand on one side only; "" for all.
  std::vector<std::string> taken;
  std::vector<LeftOut> left_out;
  std::string full_at;  ///< where there was no more room, so that what follows is left out too; ""
                        ///< where all was taken
};

/// Where `before` and `after` (either may be null) differ, below `paths` or everywhere where that
/// is empty. Folders of equal ids are not entered. A folder that stands on one side only and is
/// over the limits is left out; where one folder in it is the reason, only that. Fails with
/// PEER-E130 where a tree cannot be read.
[[nodiscard]] Result<TreePlan> plan_trees(git_repository* repo, const git_tree* before,
                                          const git_tree* after,
                                          const std::vector<std::string>& paths);

/// "" where `tree` is within the limits, else why it is not looked at.
[[nodiscard]] Result<std::string> too_many_entries(git_repository* repo, const git_tree* tree);

}  // namespace peer
