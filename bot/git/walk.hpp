// Files below a folder on disk: links are listed, never followed; `.git` is left out. Thread-safe.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace peer {

/// True for a path (a folder's ends with '/') that the walk should leave out.
using LeaveOut = std::function<bool(const std::string& path)>;

/// Paths below `root`/`folder` ("" for all), from `root`, sorted. Empty where the folder is not
/// there. Files and links only; devices, pipes and sockets are not listed, and folders that hold a
/// repository of their own are not entered.
[[nodiscard]] Result<std::vector<std::string>> walk_files(const std::filesystem::path& root,
                                                          std::string_view folder,
                                                          const LeaveOut& leave_out);

}  // namespace peer
