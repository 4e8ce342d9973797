// The command that a job was started for: from GitHub's issue_comment event, or as words that
// whoever set the job up gives it. Nothing here comes from a report. Pure, given pure readers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "reporters/commands/carry_out.hpp"
#include "reporters/forges/place.hpp"

namespace peer {

/// The job of a GitHub workflow on `issue_comment`; nullopt where the comment was edited or
/// deleted, stands on no pull request, or was written by a program. Fails where the event cannot be
/// read.
[[nodiscard]] Result<std::optional<CommandJob>> command_in_event(const LookUpVariable& variable,
                                                                 const ReadTextFile& read_file);

/// The job of someone who runs a pipeline or workflow by hand with `words` ("/peer fix"; the
/// "/peer" may be left out): the forge's variables say who that is. `peer ci` run again in the same
/// pipeline is the same command.
[[nodiscard]] CommandJob command_in_words(std::string_view words, ForgeKind kind,
                                          const LookUpVariable& variable);

}  // namespace peer
