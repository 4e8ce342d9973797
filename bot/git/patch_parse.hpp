// A unified diff as text to its parts. Takes what git, diff -u and people produce: bare ---/+++
// without a `diff --git` line, omitted counts, quoted paths, mail around it. A part that is
// malformed says so and costs no other part. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/span.hpp"

namespace peer {

struct PatchLine {
  char kind = ' ';  ///< ' ' context, '-' removed, '+' added
  /// With its line end; without where "\ No newline at end of file" follows.
  std::string_view text;
};

struct PatchHunk {
  LineRange old_lines;
  LineRange new_lines;
  std::vector<PatchLine> lines;
  std::size_t at = 0;  ///< the line of the diff that holds its @@, 1-based
};

/// What a diff says about one file. Views point into the diff.
struct FilePatch {
  std::string old_path;  ///< "" where there was no file (/dev/null)
  std::string new_path;  ///< "" where there is none any more
  std::optional<std::uint32_t> old_mode, new_mode;
  std::string old_id, new_id;  ///< beginnings of the blob ids of the `index` line, or ""
  bool copied = false;
  bool binary = false;  ///< "Binary files differ" or a binary patch: no text to apply
  std::vector<PatchHunk> hunks;
  std::string problem;  ///< why this part cannot be used, with the line of the diff; "" when it can
  std::size_t at = 0;   ///< the line of the diff where it begins

  [[nodiscard]] const std::string& path() const { return new_path.empty() ? old_path : new_path; }
};

struct ParsedPatch {
  std::vector<FilePatch> files;
  std::vector<std::string> problems;  ///< what belongs to no file, e.g. a hunk without a header
};

[[nodiscard]] ParsedPatch parse_patch(std::string_view diff);

/// The paths that two header lines name: `a/` and `b/` (also git's other prefixes) taken off, time
/// stamps cut, quotes undone, "" for /dev/null.
struct PatchPaths {
  std::string old_path, new_path;
};
[[nodiscard]] PatchPaths paths_of_headers(std::string_view old_header, std::string_view new_header);

/// The paths of "a/x b/x" as `diff --git` writes them; nullopt where they cannot be told apart.
[[nodiscard]] std::optional<PatchPaths> paths_of_git_line(std::string_view rest);

/// A C-quoted path ("a\303\244\n") as its bytes; a path without quotes as it is.
[[nodiscard]] std::string unquote_path(std::string_view path);

}  // namespace peer
