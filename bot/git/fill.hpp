// Completes a changed file from its contents: sizes, nature, hunks. For bot/git only.
#pragma once

#include "bot/git/repository.hpp"

namespace peer {

/// Reads both sides of `file` once. What cannot be read or is over `max_bytes` is said in
/// `file.skipped`. False where content and mode turned out to be equal (line ends that git
/// converts, a touched file).
[[nodiscard]] bool fill(const Repository& repository, ChangedFile& file, std::uint64_t max_bytes);

/// PEER-E103: a file of `size` bytes is not compared.
[[nodiscard]] Error too_large(std::uint64_t size, std::uint64_t max_bytes);

}  // namespace peer
