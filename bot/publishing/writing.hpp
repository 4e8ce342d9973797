// What everything that holds the token of the forge shares: which change the job is about, how the
// forge is reached, and giving up files before it is. One thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

#include "base/http_engine.hpp"
#include "bot/cli.hpp"
#include "bot/commands/ci_files.hpp"
#include "bot/session.hpp"
#include "reporters/targets/publish.hpp"

namespace peer {

constexpr std::size_t kMostEvent = std::size_t{32} << 20U;   ///< bytes
constexpr std::size_t kMostReport = std::size_t{64} << 20U;  ///< bytes
constexpr std::size_t kLeastSecret = 16;  ///< characters of a value that only looks secret

/// The change that the job is about, or that --change numbers.
[[nodiscard]] Result<ForgePlace> place_of_job(Forge forge, const Invocation& invocation,
                                              const Session& session);

[[nodiscard]] Result<PublishOptions> options_of(const Invocation& invocation);

[[nodiscard]] HttpOptions http_options(const ForgePlace& place, const Session& session);

/// From here on the process opens no file of the repository, nor writes one: it needs libraries,
/// certificates and the names of hosts.
void give_up_files(const ForgePlace& place, const Session& session);

/// Waits; false when the user wants to stop.
[[nodiscard]] std::function<bool(std::chrono::milliseconds)> sleeper(const Session& session);

/// A regular file of at most `most` bytes.
[[nodiscard]] Result<std::string> read_whole(const std::filesystem::path& path, std::size_t most);

/// Says why nothing was published, and gives the exit code.
[[nodiscard]] int publishing_failed(const Error& error, const Session& session);

}  // namespace peer
