// The way to a file below a root without following a symbolic link. For the files of
// bot/fixing only.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/descriptor.hpp"
#include "base/result.hpp"

namespace peer {

/// The folder a file stands in, open, and the file's name in it.
struct Place {
  Descriptor folder;
  std::string name;
};

/// Opens the folder of `path` ('/'-separated, below `root`) part by part; fails with refused where
/// the path is not safe or a part of it is a symbolic link, else with not_found or unavailable.
[[nodiscard]] Result<Place> open_place(const std::filesystem::path& root, std::string_view path);

/// "cannot WHAT PATH: why", from errno.
[[nodiscard]] Error system_error(std::string_view what, std::string_view path, int number);

/// All bytes from the current place of `file` on.
[[nodiscard]] Result<std::string> read_all(const Descriptor& file, std::string_view path);

/// Writes all of `bytes`; restarts after signals and partial writes.
[[nodiscard]] Result<void> write_all(const Descriptor& file, std::string_view bytes,
                                     std::string_view path);

}  // namespace peer
