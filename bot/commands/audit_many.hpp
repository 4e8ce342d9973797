// The forms of peer audit that read no repository in this process: many of them, or one by its
// address. One thread.
#pragma once

#include "bot/cli.hpp"
#include "bot/session.hpp"

namespace peer {

/// `peer audit --repos FILE`: the exit code, the worst of all.
[[nodiscard]] int audit_many(const Invocation& invocation, Session& session);

/// `peer audit ADDRESS`: a bare clone for the time of the audit, which another process makes and
/// another reads.
[[nodiscard]] int audit_address(const Invocation& invocation, Session& session);

/// `peer audit --open-issue`: one process reads the repository and never holds the token, another
/// writes the issue.
[[nodiscard]] int audit_with_issue(const Invocation& invocation, Session& session);

}  // namespace peer
