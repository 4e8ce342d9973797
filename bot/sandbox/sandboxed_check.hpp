// Runs the user's own check (--verify-cmd) on their work tree with fixes in it, without touching
// the tree: no network, nothing outside the copy can be written, HOME is a scratch folder, and what
// the command writes is thrown away.
#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "bot/config.hpp"
#include "bot/fixing/user_check.hpp"

namespace peer {

/// How the command is held.
enum class SandboxKind {
  bwrap_overlay,  ///< bubblewrap over a copy-on-write view of the work tree
  bwrap_copy,     ///< bubblewrap over a copy of the work tree
  landlock,       ///< Landlock and seccomp, in a copy of the work tree
  none,           ///< nothing that holds: the command is not run
};

/// The strongest that works here, found by trying. `jailer`: see UserCheck.
[[nodiscard]] SandboxKind available_sandbox(const Environment& environment,
                                            const std::filesystem::path& jailer = {});
[[nodiscard]] std::string_view to_string(SandboxKind kind);

struct SandboxedCheck {
  std::string command;                          ///< for /bin/sh -c, in the work tree's root
  std::vector<std::filesystem::path> writable;  ///< outside the work tree, as the user allowed
  std::chrono::seconds patience{600};
  std::filesystem::path jailer;  ///< the `peer` that makes the jail; empty: this program
  std::stop_token stop = {};     ///< ends the command and the check
};

/// Fails with `refused` when no sandbox works here, and `unavailable` when the copy cannot be made
/// or the stop came. `work_tree` is absolute.
[[nodiscard]] Result<CheckOutcome> run_in_sandbox(const SandboxedCheck& check,
                                                  const std::filesystem::path& work_tree,
                                                  std::span<const FileContent> fixed,
                                                  const Environment& environment,
                                                  SandboxKind sandbox);

}  // namespace peer
