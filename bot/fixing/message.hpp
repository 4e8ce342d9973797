// The commit message of applied fixes. Pure; thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "bot/fixing/fix_files.hpp"

namespace peer {

/// `subject` (or "Fix 3 findings in 2 files" when it is empty), then one line per applied fix:
/// "path:line rule: title". File names and titles cannot break out of their line; at most 100 are
/// listed.
[[nodiscard]] std::string commit_message(std::span<const FixedFile> files,
                                         std::string_view subject = {});

}  // namespace peer
