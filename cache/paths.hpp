// Where Peer keeps what it knows. Pure: the environment is given, not read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace peer {

/// The environment variables that decide; nullopt where one is not set.
struct StoreEnvironment {
  std::optional<std::string> xdg_cache_home, xdg_state_home, home;
};

/// $XDG_CACHE_HOME/peer/cache.db, else $HOME/.cache/peer/cache.db. As the XDG specification asks,
/// values that are empty or not absolute count as not set. Fails with unavailable and PEER-E162
/// when HOME doesn't help either.
[[nodiscard]] Result<std::filesystem::path> cache_path(const StoreEnvironment& environment);

/// $XDG_STATE_HOME/peer/state.db, else $HOME/.local/state/peer/state.db.
[[nodiscard]] Result<std::filesystem::path> state_path(const StoreEnvironment& environment);

}  // namespace peer
