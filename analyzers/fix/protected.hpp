// Files that no fix may touch: what steers CI and reviews, what a tool generates, and paths that
// lead out of the tree. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace peer {

/// Why a fix of `path` (from the repository's root, '/' between folders) is refused, as half a
/// sentence ("is a lock file"); nullopt when it may be fixed. Names are compared as the least
/// careful file system would: case, trailing dots and blanks, short names and invisible characters
/// do not hide a `.git`.
[[nodiscard]] std::optional<std::string> protected_path(std::string_view path);

/// True where `path` stays below the root it is joined to, on any file system: relative, no empty,
/// `.` or `..` part, no NUL or backslash, no part that ends in a dot or a blank, and nothing that
/// may be read as `.git`.
[[nodiscard]] bool is_safe_path(std::string_view path);

}  // namespace peer
