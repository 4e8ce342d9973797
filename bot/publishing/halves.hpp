// The two halves of `peer ci`: a reader that sees the repository and may ask models, and a writer
// that holds the token of the forge. Each is a process of its own and neither is given what the
// other must keep. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "bot/session.hpp"

namespace peer {

/// NAME=VALUE of `all` without what only the writer may see.
[[nodiscard]] std::vector<std::string> reader_environment(const std::vector<std::string>& all);

/// Only what the writer needs: where the job runs, how to reach the forge, its tokens.
[[nodiscard]] std::vector<std::string> writer_environment(const std::vector<std::string>& all);

/// The values of the variables whose names look secret, of at least `least` characters, and the
/// passwords of those that are addresses.
[[nodiscard]] std::vector<std::string> secret_values(const std::vector<std::string>& all,
                                                     std::size_t least);

/// Runs this program again with `words` in `environment` and `folder`, passes on what it prints,
/// and gives its exit code. Fails when it cannot be started or is to stop.
[[nodiscard]] Result<int> run_half(const std::vector<std::string>& words,
                                   std::vector<std::string> environment,
                                   const std::filesystem::path& folder, const Session& session);

/// All variables of this process, which from now on holds the forge's secrets only in `session`:
/// neither its environment nor, but for root, its memory can be read from outside. While there is
/// one thread.
std::vector<std::string> take_secrets(Session& session);

/// Nobody but root reads the memory and the environment of this process from now on.
void hide_this_process();

}  // namespace peer
