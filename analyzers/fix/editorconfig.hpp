// What .editorconfig files say about one path, as far as it concerns text that a fix inserts.
// Follows the EditorConfig specification 0.17. Pure: the caller reads the files. Thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// The settings in force for one file; nothing where no file says so, or says "unset".
struct EditorSettings {
  std::optional<bool> insert_final_newline;
  std::optional<bool> trim_trailing_whitespace;
  std::optional<bool> indent_with_tabs;      ///< indent_style
  std::optional<std::uint32_t> indent_size;  ///< columns of one step; `tab` gives tab_width
  std::optional<std::uint32_t> tab_width;
  std::optional<std::string> end_of_line;  ///< the very bytes: "\n", "\r\n" or "\r"
  friend bool operator==(const EditorSettings&, const EditorSettings&) = default;
};

/// The text of one `.editorconfig` and the folder it stands in.
struct EditorConfigFile {
  std::string folder;  ///< from the repository's root, "" for the root itself
  std::string text;
};

/// The settings for `path`. `files` in any order; those that do not stand above `path` are left
/// out, and so are those above the nearest with `root = true`. Lines that are no setting are
/// skipped, as the specification asks.
[[nodiscard]] EditorSettings editor_settings(std::string_view path,
                                             std::span<const EditorConfigFile> files);

/// Where `.editorconfig` files for `path` may stand, the root's first: ".editorconfig",
/// "src/.editorconfig".
[[nodiscard]] std::vector<std::string> editorconfig_paths(std::string_view path);

/// True where an EditorConfig section `pattern` matches `path` (relative to the folder of its
/// file): `*`, `**`, `?`,
/// `[ab]`, `[!ab]`, `{a,b}`, `{1..9}`, `\` before a special character. Without a '/' it matches in
/// every folder.
[[nodiscard]] bool editorconfig_matches(std::string_view pattern, std::string_view path);

}  // namespace peer
