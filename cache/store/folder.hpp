// Folders for what is nobody else's business.
#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace peer {

/// Makes `folder` and the folders above it that are missing, mode 0700; existing ones stay as they
/// are. Fails with unavailable and PEER-E162.
[[nodiscard]] Result<void> make_private_folder(const std::filesystem::path& folder);

}  // namespace peer
