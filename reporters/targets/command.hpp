// Commands in comments, on the forge that they were given on. One thread per call.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "reporters/commands/carry_out.hpp"
#include "reporters/targets/publish.hpp"

namespace peer {

/// What both steps of a command are given.
struct CommandPlace {
  const ForgePlace& place;
  const PublishOptions& options;
  const ForgeWorld& world;
  std::vector<std::string> secrets;  ///< nothing that is sent may hold one
  std::function<std::optional<std::string>(std::string_view id)> rule_text;
};

/// begin_command() at `where`. Fails where the forge cannot be opened.
[[nodiscard]] Result<CommandEnded> begin_command_at(const CommandJob& job,
                                                    const CommandPlace& where);

/// finish_command() at `where`; a report about no commit is refused.
[[nodiscard]] Result<CommandEnded> finish_command_at(const CommandJob& job, const Report* report,
                                                     const CommandPlace& where);

}  // namespace peer
