// Files that steer reviewers: Peer's own configuration, and the instruction and ignore files that
// assistants and bots read. Pure; thread-safe.
#pragma once

#include <string_view>

#include "analyzers/change_set.hpp"

namespace peer {

/// What `path` holds decides what is looked at, or how.
[[nodiscard]] bool steers_reviews(std::string_view path);

/// The change edits, adds, deletes or moves such a file. People see that whatever the configuration
/// excludes, and whatever kind of file it becomes: else one change could hide the next.
[[nodiscard]] bool changes_steering(const ChangedFile& file);

}  // namespace peer
