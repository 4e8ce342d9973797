// File name patterns as .gitignore writes them: `*`, `?`, `[a-z]`, `**`, a leading or inner '/'
// anchors, a trailing '/' means folders, `!` takes back. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// True where one pattern (without `!`) matches `path` ('/'-separated, relative) or a folder above
/// it.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view path);

/// Like glob_matches, but for `path` itself only, not through a folder above it: what
/// .gitattributes means. A pattern with a trailing '/' matches nothing.
[[nodiscard]] bool glob_matches_itself(std::string_view pattern, std::string_view path);

/// An ordered list of patterns; the last that matches decides.
class GlobList {
 public:
  GlobList() = default;
  explicit GlobList(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {}
  /// The lines of an ignore file: blank ones and `#` comments left out.
  [[nodiscard]] static GlobList from_ignore_file(std::string_view text);
  [[nodiscard]] bool matches(std::string_view path) const;
  [[nodiscard]] bool empty() const { return patterns_.empty(); }

 private:
  std::vector<std::string> patterns_;
};

}  // namespace peer
