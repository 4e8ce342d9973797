// The range that a CI job was started for, from its environment: GitHub Actions' event, GitLab's
// merge request or push. Pure but for the two functions it is given.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "bot/git/repository.hpp"

namespace peer {

/// Gives an environment variable; nullopt where it is unset.
using LookUp = std::function<std::optional<std::string>(std::string_view name)>;
/// Gives a file's bytes.
using ReadText = std::function<Result<std::string>(const std::string& path)>;

/// The range of the event, with `fall_back` set (a shallow checkout reviews what it can, and says
/// so); nullopt outside CI and for events without a change (a schedule, a comment). Fails where the
/// event cannot be read or names no commits.
[[nodiscard]] Result<std::optional<RangeSpec>> ci_range(const LookUp& variable,
                                                        const ReadText& read_file);

}  // namespace peer
