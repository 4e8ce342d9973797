// From a report to a commit of its proved fixes: which files, what message, what is left out. The
// report may be forged, so paths and sizes are looked at again. Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "reporters/commands/forge.hpp"
#include "reporters/comment_sync/answer.hpp"
#include "reporters/report.hpp"

namespace peer {

struct FixesToCommit {
  std::vector<NewText> files;
  std::vector<std::string> fixes;     ///< "src/a.py:3 unused-import", in order
  std::vector<std::string> left_out;  ///< Markdown, one sentence for each file
};

/// The files whose new text the report holds, with the fixes in them that are proved and safe.
/// Never what belongs to CI, locks dependencies or steers Git or Peer, and no link; with
/// `keeps_modes` false no file that may be executed; and no file with the fix of a finding whose
/// key is in `aside`.
[[nodiscard]] FixesToCommit fixes_to_commit(const Report& report, bool keeps_modes,
                                            const std::vector<SetAside>& aside = {});

/// "Fix 3 findings in 2 files".
[[nodiscard]] std::string title_of(const FixesToCommit& fixes);

/// The list, and the line by which the commit is known again as the answer to command `to`.
[[nodiscard]] std::string message_of(const FixesToCommit& fixes, const std::string& to);

/// Whether a commit's message says that it answers `to`.
[[nodiscard]] bool answers(const std::string& message, const std::string& to);

}  // namespace peer
