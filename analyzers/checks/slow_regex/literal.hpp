// Texts written in a file of any language, and the regular expressions they write. Pure.
#pragma once

#include <string>
#include <string_view>

#include "analyzers/checks/slow_regex/expression.hpp"
#include "analyzers/parse/tree.hpp"

namespace peer::slow_regex {

/// The node is a text or a regular expression in the source.
[[nodiscard]] bool is_literal(Node node);
/// The node is a regular expression by itself: `/a+/`.
[[nodiscard]] bool is_regex(Node node);
/// The node is a sum of two: `"a" + "b"`.
[[nodiscard]] bool is_sum(Node node, std::string_view source);
/// The expression that a literal or a sum of them writes: escapes are undone, delimiters left out.
/// What is put in from elsewhere (`${name}`) is a character that stands for nothing else, the same
/// wherever the same is put in.
[[nodiscard]] std::string expression_in(Node literal, std::string_view source,
                                        std::string_view language);
/// The same to be read by people: `…` for what is put in, on one line.
[[nodiscard]] std::string shown(std::string_view expression);
/// What the letters behind `/a+/` say.
[[nodiscard]] Flags flags_of(Node regex, std::string_view source);
/// `/a+/i` in a text, as PHP has them: without the delimiters, and what the letters say. The text
/// itself where it has none.
[[nodiscard]] std::string_view without_delimiters(std::string_view text, Flags& flags);

}  // namespace peer::slow_regex
