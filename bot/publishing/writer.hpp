// The writing half: a report that may come from anyone, said on a forge. One thread.
#pragma once

#include <string>
#include <string_view>

#include "bot/cli.hpp"
#include "bot/commands/ci_files.hpp"
#include "bot/session.hpp"

namespace peer {

/// Which forge the words and the environment ask for; Forge::none for neither. Fails with
/// invalid_input on a word that is no forge.
[[nodiscard]] Result<Forge> chosen_forge(const Invocation& invocation, const Session& session);

/// Publishes the report in `path` as the flags say, and gives the exit code.
[[nodiscard]] int publish_file(const std::string& path, Forge forge, const Invocation& invocation,
                               Session& session);

/// Says the audit in `path` in an issue of the repository that the job names, and gives the exit
/// code.
[[nodiscard]] int publish_issue_file(const std::string& path, Forge forge,
                                     const Invocation& invocation, Session& session);

/// What a review that ended with `reviewed` counts as, once it is known from what publish_file()
/// printed that people set findings aside.
[[nodiscard]] int exit_code_after(int reviewed, std::string_view printed);

}  // namespace peer
