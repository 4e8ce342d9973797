// Committing files on a new branch: objects and one reference are written, nothing else. Index,
// HEAD, work tree and hooks are not touched, so it works in bare repositories and beside other
// work.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "bot/git/repository.hpp"

namespace peer {

struct CommittedFile {
  std::string path;
  std::string expected;  ///< the bytes the fix was made from: the parent commit must hold the same
  std::string bytes;
};

struct CommitRequest {
  std::string parent;  ///< commit id or other revision; "" for HEAD
  std::string branch;  ///< new branch, "fixes/x"; "" for "peer/fixes-<hash>", the hash that of what
                       ///< is committed
  std::string message;
  std::vector<CommittedFile> files;
};

struct Committed {
  std::string id;
  std::string branch;
  std::string parent;
  bool existed = false;  ///< the very same commit stood on the branch already; nothing was written
  bool nameless =
      false;  ///< no user.name and user.email: "Peer <peer@localhost>" stands in the commit
};

/// Commits `request.files` (whose modes stay) on top of the parent, on a new branch. Fails with
/// refused where a file is protected, is no plain file of the parent, or differs there from
/// `expected` (uncommitted changes would be taken along); where HEAD is unborn; where HEAD is
/// detached and neither parent nor branch is named; where the branch exists or its name is not
/// valid.
[[nodiscard]] Result<Committed> commit_files(Repository& repository, const CommitRequest& request,
                                             const Clock& clock);

}  // namespace peer
