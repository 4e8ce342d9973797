// The writing half of commands in comments: who may ask them, and carrying them out with the report
// that the reading half makes in between. One thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/cli.hpp"
#include "bot/commands/ci_files.hpp"
#include "bot/session.hpp"

namespace peer {

/// What is to be reviewed before a command can be carried out.
struct ReviewRequest {
  std::string base, head;  ///< commits
  std::string words;       ///< the command
};

/// Asks whether the command of this job may be carried out, and prints on standard output what is
/// to be reviewed first, if anything is. The exit code.
[[nodiscard]] int begin_commanded(Forge forge, const Invocation& invocation, Session& session);

/// Carries it out with the report in `path`, which need not be there, and prints on standard output
/// how many fixes were committed, where any were. The exit code.
[[nodiscard]] int finish_commanded(const std::string& path, Forge forge,
                                   const Invocation& invocation, Session& session);

/// What begin_commanded() printed; nullopt where it asks for no review.
[[nodiscard]] std::optional<ReviewRequest> read_review_request(std::string_view printed);

/// What finish_commanded() printed: 0 where nothing was committed.
[[nodiscard]] std::size_t read_committed_fixes(std::string_view printed);

}  // namespace peer
