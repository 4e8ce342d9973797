// Saying an audit in an issue of its repository. One thread per call.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "reporters/comment_sync/wanted.hpp"
#include "reporters/forges/forge_http.hpp"
#include "reporters/forges/place.hpp"
#include "reporters/report.hpp"

namespace peer {

/// What came of it.
struct IssueOutcome {
  bool done = false;
  std::string words;    ///< "opened", "updated", "closed", "as it was", "none is needed"
  std::string failure;  ///< when not done
};

/// Brings the one issue about audits in `place.project` in line with `report`, which must be of
/// whole files at a commit. Fails with invalid_input for any other report, refused where nothing
/// can be written; all that is sent is scanned for `secrets` and the token.
[[nodiscard]] Result<IssueOutcome> publish_issue(const Report& report, const ForgePlace& place,
                                                 const PublishOptions& options,
                                                 const ForgeWorld& world,
                                                 std::vector<std::string> secrets = {});

/// The title and text that an issue would have, without asking the forge.
[[nodiscard]] Result<std::string> rehearse_issue(const Report& report,
                                                 const PublishOptions& options);

}  // namespace peer
