// What a RangeSpec means in a repository: two sides to compare. For bot/git only.
#pragma once

#include <string>
#include <vector>

#include "bot/git/handles.hpp"
#include "bot/git/state.hpp"

namespace peer {

/// One side of a comparison.
struct Side {
  enum class Kind { nothing, tree, index, work_tree };
  Kind kind = Kind::nothing;
  TreeHandle tree;     ///< with Kind::tree
  std::string commit;  ///< the id of its commit, or ""
};

struct ResolvedRange {
  Side before;
  Side after;
  std::string description;
  std::string merge_base;
  std::vector<std::string> degraded;
  bool incomplete = false;
  bool whole_files = false;  ///< only `after` is known: its files as they stand
};

/// Resolves any range but a patch. Never gives a base that is not the right one: where it is
/// missing from the clone, the head commit stands alone and `incomplete` is set (PEER-E120).
[[nodiscard]] Result<ResolvedRange> resolve(const Repository::State& state, const RangeSpec& range);

}  // namespace peer
