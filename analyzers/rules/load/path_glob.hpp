// The patterns of `files` and `ignores`, in the syntax of Rust's globset: `*` and `?` take '/' too,
// `**` is no more than two stars but in `**/`, `[a-z]`, `[!a]`, `{a,b}`, `\` takes the next
// character as it is. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace peer::rules {

/// A glob that many paths are asked about. Malformed ones match nothing.
class PathMatcher {
 public:
  PathMatcher(std::string_view glob, bool ignore_case);
  /// True where it matches all of `path`.
  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  std::vector<std::string> ways_;  // with nothing but stars, `?` and classes
  bool ignores_case_;              // then they are in lower case
};

/// As PathMatcher::matches of one made for it.
[[nodiscard]] bool path_matches(std::string_view glob, std::string_view path, bool ignore_case);

/// What is wrong with a glob, which globset would refuse: "a class without end"; "" where nothing
/// is.
[[nodiscard]] std::string wrong_in_glob(std::string_view glob);

}  // namespace peer::rules
