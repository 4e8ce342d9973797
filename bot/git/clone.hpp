// A bare clone of a repository by its address, through libgit2. What arrives is hostile: this runs
// in a process of its own, which holds no credential but the one for that address. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace peer {

/// Whether `text` is the address of a repository (`https://...`, `file://...`, `git@host:path`) and
/// no path.
[[nodiscard]] bool is_repository_url(std::string_view text);

/// `url` without the name and password it may hold: for people, reports and histories.
[[nodiscard]] std::string without_credentials(std::string_view url);

/// Who asks a server, and how the server is known; empty: nobody in particular, one the machine
/// trusts.
struct CloneAccess {
  std::string user, secret;
  std::string ca_file;  ///< PEM: the authorities to trust instead of the machine's
};

/// Clones `url` into `folder`, which must not exist, bare and with all branches. The secret
/// goes to the server that `url` names and to no other: with one, no redirect is followed. Fails
/// with `refused` for an address that is not cloned (PEER-E134), `unavailable` where the server
/// cannot be reached or will not give it (PEER-E135).
[[nodiscard]] Result<void> clone_bare(const std::string& url, const std::filesystem::path& folder,
                                      const CloneAccess& access, const std::stop_token& stop);

}  // namespace peer
