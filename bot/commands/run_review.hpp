// What review, fix-all, check-security and audit share: read the input, resolve the configuration,
// run, report.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "bot/cli.hpp"
#include "bot/config.hpp"
#include "bot/importing.hpp"
#include "bot/input.hpp"
#include "bot/session.hpp"
#include "reporters/render/render.hpp"
#include "reporters/report.hpp"

namespace peer {

struct ReviewPlan {
  std::string command;         ///< "review", ...
  bool security_only = false;  ///< security rules and secrets only
  bool whole_tree = false;     ///< the whole repository instead of a change
  bool models = false;         ///< models review the change too, where the user lets them
  bool remember = true;        ///< the report becomes the last run, which explain-error tells of
};

struct Reviewed {
  Input input;
  Config config;
  Report report;
  std::unique_ptr<Imports> imports = {};  ///< null: nothing was imported
};

/// Reads, resolves and runs, and, where the plan says so, remembers the report for explain-error.
[[nodiscard]] Result<Reviewed> run_review(const Invocation& invocation, Session& session,
                                          const ReviewPlan& plan);

/// Writes its report in every format asked for with --format (terminal when none is); `history` is
/// of an audit. The command's exit code.
[[nodiscard]] int write_reports(const Reviewed& reviewed, const Invocation& invocation,
                                Session& session, const std::vector<AuditPoint>& history = {});

/// Says why a command could not be carried out, and gives its exit code.
[[nodiscard]] int complain(const Error& error, const Session& session);

}  // namespace peer
