// How many paths a tree stands for, counted without walking them: each tree object is read once,
// however often it occurs. For bot/git only; not thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "bot/git/handles.hpp"

namespace peer {

/// Files and folders below a tree, and the bytes of their paths from it; both stop at the largest
/// number.
struct TreeSize {
  std::uint64_t entries = 0;
  std::uint64_t path_bytes = 0;
};

class TreeSizes {
 public:
  explicit TreeSizes(git_repository* repo) : repo_(repo) {}
  /// The size of tree `id`. Fails with PEER-E130 where it, or one below it, cannot be read.
  [[nodiscard]] Result<TreeSize> of(const git_oid& id);
  /// Entries of all trees that were read so far, each tree counted once.
  [[nodiscard]] std::uint64_t different() const { return different_; }

 private:
  struct ById {
    bool operator()(const git_oid& a, const git_oid& b) const { return git_oid_cmp(&a, &b) < 0; }
  };
  /// Adds up `tree`. False, with their ids appended to `unknown`, where folders of it are not known
  /// yet.
  [[nodiscard]] bool add_up(const git_tree* tree, TreeSize& size,
                            std::vector<git_oid>& unknown) const;

  git_repository* repo_;
  std::map<git_oid, TreeSize, ById> known_;
  std::uint64_t different_ = 0;
};

/// Reads tree `id`; one of more than 64 MiB is refused before it is read.
[[nodiscard]] Result<TreeHandle> read_tree(git_repository* repo, const git_oid& id);

}  // namespace peer
