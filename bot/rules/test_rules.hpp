// peer rules test: the tests of a project of YAML rules. Reads and, with --update, writes files.
#pragma once

#include "bot/cli.hpp"
#include "bot/session.hpp"

namespace peer {

// Exit codes of `ast-grep test`, which scripts know.
inline constexpr int kRuleTestsFailed = 4;
inline constexpr int kNoRuleProject = 3;
inline constexpr int kRuleFilesUnreadable = 6;
inline constexpr int kRuleFilesInvalid = 8;

/// Runs the tests of the project that `invocation` names. The exit code.
[[nodiscard]] int test_rules(const Invocation& invocation, Session& session);

}  // namespace peer
