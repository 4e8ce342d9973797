// Finds and resolves the configuration of a command. Not thread-safe with itself; called once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "bot/cli.hpp"
#include "bot/config.hpp"
#include "bot/session.hpp"

namespace peer {

/// Reads a file of the repository as it stands where configuration counts: the base commit, or the
/// work tree for a run on the user's own files. nullopt: it is not there.
using ReadTrusted = std::function<Result<std::optional<std::string>>(std::string_view path)>;

/// Paths of the files below a folder there, sorted; empty where it is not there.
using ListTrusted = std::function<Result<std::vector<std::string>>(std::string_view folder)>;

/// The name of the repository's configuration file.
inline constexpr std::string_view kRepositoryConfig = ".peer.yml";

/// Everything that is configured: flags, environment, the user's file, and `.peer.yml` through
/// `read_trusted` (may be null).
[[nodiscard]] Result<Config> load_config(const Invocation& invocation, const Session& session,
                                         const ReadTrusted& read_trusted);

}  // namespace peer
