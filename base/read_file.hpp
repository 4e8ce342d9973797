// Files of the user's own machine, whole: settings, rules, tests of rules. What a repository holds
// is read by bot/git.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace peer {

/// The bytes of `path`, whose links are followed; no more memory than they take. Fails with
/// not_found when it cannot be read (a folder, for one), and with invalid_input when it has over
/// `max_bytes`, which are all that is read of something endless.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::size_t max_bytes);

}  // namespace peer
