// The patterns of `files` and `ignores`, in the syntax of Rust's globset: `*` and `?` take '/' too,
// `**` is no more than two stars but in `**/`, `[a-z]`, `[!a]`, `{a,b}`, `\` takes the next
// character as it is. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace peer::rules {

/// True where `glob` matches all of `path`. Malformed ones match nothing.
[[nodiscard]] bool path_matches(std::string_view glob, std::string_view path, bool ignore_case);

/// What is wrong with a glob, which globset would refuse: "a class without end"; "" where nothing
/// is.
[[nodiscard]] std::string wrong_in_glob(std::string_view glob);

}  // namespace peer::rules
