// Reading the files that steer a run (configuration, ignore files, baseline) from where they may be
// trusted.
#pragma once

#include <filesystem>

#include "bot/settings.hpp"

namespace peer {

/// From the files of the user's own work tree that holds `folder`: its root is the nearest folder
/// above with a `.git`, else `folder` itself. Symlinks are not followed.
[[nodiscard]] ReadTrusted read_work_tree(const std::filesystem::path& folder);

/// Lists files of the same work tree; links are left out.
[[nodiscard]] ListTrusted list_work_tree(const std::filesystem::path& folder);

/// The nearest folder at or above `folder` that holds a `.git`, else `folder`.
[[nodiscard]] std::filesystem::path work_tree_root(const std::filesystem::path& folder);

}  // namespace peer
