// Texts that whatever a regular expression (Rust's syntax) matches must hold. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace peer::rules {

/// Texts of which any match holds one; empty when nothing is known.
[[nodiscard]] std::vector<std::string> regex_literals(std::string_view regex);
/// More of them, in the order of the expression: of each element any match holds one text. The
/// words of `require\(.(fs|path).\)\.(read|write)` are `require(`, `fs` or `path`, and `read` or
/// `write`.
[[nodiscard]] std::vector<std::vector<std::string>> regex_parts(std::string_view regex);

/// Every text of regex_literals() is where it matches the end of the node's text, and a name of its
/// own: `^(md5|sha1)$`, `(^|\.)exec$`.
[[nodiscard]] bool regex_gives_names(std::string_view regex);

/// The expression begins with `(?i)`, or `(?is)` and the like: its literals are all in lower case,
/// and stand for any. Two letters from outside of ASCII are `s` and `k` in another case.
[[nodiscard]] bool ignores_case(std::string_view regex);

}  // namespace peer::rules
