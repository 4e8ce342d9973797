// What kind of thing a changed file holds, and whether that puts it out of scope. Pure;
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzers/change_set.hpp"

namespace peer {

constexpr std::uint32_t kModeFile = 0100644;
constexpr std::uint32_t kModeExecutable = 0100755;
constexpr std::uint32_t kModeFolder = 0040000;
constexpr std::uint32_t kModeLink = 0120000;
constexpr std::uint32_t kModeSubmodule = 0160000;

/// symlink or submodule; text for everything else, whose bytes decide.
[[nodiscard]] Nature nature_of_mode(std::uint32_t mode);

/// text, binary or lfs_pointer.
[[nodiscard]] Nature nature_of_bytes(std::string_view bytes);

/// True for what the LFS client leaves in the repository in place of a large file.
[[nodiscard]] bool is_lfs_pointer(std::string_view bytes);

/// The size that an LFS pointer names; nullopt where it names none that fits into 64 bits.
[[nodiscard]] std::optional<std::uint64_t> lfs_size(std::string_view pointer);

/// "LFS pointer, 100 bytes -> 100 GB", for a pointer that was added or removed with one size; "LFS
/// pointer" where none is known. A side that is no pointer counts with its own bytes.
[[nodiscard]] std::string lfs_words(std::string_view before, std::string_view after);

/// Sets `file`'s nature and takes it out of scope where that is nothing to examine. A scope already
/// out stays.
void settle_nature(ChangedFile& file, Nature nature);

/// For whole files, whose natures are not known until their content is read: settles `file` by
/// `bytes`.
void settle_nature_by_bytes(ChangedFile& file, std::string_view bytes);

}  // namespace peer
