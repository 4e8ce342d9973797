// What a run leaves behind for later commands: the last report of a repository, and the history of
// its audits.
#pragma once

#include <optional>
#include <vector>

#include "base/result.hpp"
#include "bot/config.hpp"
#include "bot/input.hpp"
#include "bot/session.hpp"
#include "cache/state_db.hpp"
#include "reporters/render/render.hpp"
#include "reporters/report.hpp"

namespace peer {

/// Keeps `report` as the last one of its repository; of more than 1,000 findings the worst, which
/// the kept report says among its `degraded`. Where that cannot be done the run goes on, and the
/// report says so.
void remember(Report& report, const Input& input, const Config& config, const Session& session);

/// The last report of the repository that holds the session's folder; not_found when there is none.
[[nodiscard]] Result<Report> recall(const Config& config, const Session& session);

/// Adds `report` to the history of audits and gives the latest 30, this one included, oldest first:
/// each against the one before it, by fingerprint, where both still have theirs.
[[nodiscard]] Result<std::vector<AuditPoint>> remember_audit(const Report& report,
                                                             const Input& input,
                                                             const Config& config,
                                                             const Session& session);

/// Where the latest audit of `repository` (a folder, or the name it is known by) stands against the
/// one before; nullopt where that is not known.
[[nodiscard]] std::optional<AuditPoint> last_step(const std::string& repository, bool by_name,
                                                  const Config& config, const Session& session);

/// The commit of the latest audit of the repository that `--since last` is about; "" when there was
/// none.
[[nodiscard]] Result<std::string> last_audited_commit(const std::filesystem::path& folder,
                                                      const std::string& known_as,
                                                      const Config& config, const Session& session);

}  // namespace peer
