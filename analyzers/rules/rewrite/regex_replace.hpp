// Replacing by regular expression as Rust's regex crate does it, on RE2. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace peer::rules {

/// `text` with every match of `pattern` replaced by `by`, in which `$1`, `$name` and `${name}`
/// stand for groups (without braces a name takes all letters, digits and `_` that follow; a group
/// that is not there is empty) and `$$` for a dollar. Nothing where that would be longer than
/// `most`.
[[nodiscard]] std::optional<std::string> replaced_all(std::string_view text,
                                                      const re2::RE2& pattern, std::string_view by,
                                                      std::size_t most);

}  // namespace peer::rules
