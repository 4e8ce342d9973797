// What checks ask of trees of C and C++.
#pragma once

#include <string_view>
#include <vector>

#include "analyzers/parse/tree.hpp"

namespace peer::c_syntax {

/// Direct children, without comments and signs; none of the null node.
[[nodiscard]] std::vector<Node> named_children(Node node);
/// What brackets and casts stand around.
[[nodiscard]] Node without_brackets(Node node);
/// The declarator's name, without what stands around it; the null node where there is none.
[[nodiscard]] Node name_of_declarator(Node declarator);
/// `NULL`, `0`, `false` and their like.
[[nodiscard]] bool is_null_word(std::string_view word);
/// Calls `visit(type, declarator, value)` for what a declaration declares, in order; the value is
/// the null node where it begins with none.
template <class Visit>
void for_each_declared(Node declaration, Visit&& visit) {
  const Node type = declaration.field("type");
  for (const Node part : named_children(declaration)) {
    if (part == type || part == declaration.field("value")) continue;
    if (part.kind() == "init_declarator")
      visit(type, part.field("declarator"), part.field("value"));
    else
      visit(type, part,
            declaration.field("value"));  // `if (T *p = f())`: the value stands beside the name
  }
}
/// Whether `type` is that of a declaration that says `specifier`: "static", "extern".
[[nodiscard]] bool has_storage(Node type, std::string_view specifier, std::string_view text);
/// `f` of `std::f`.
[[nodiscard]] std::string_view last_part(std::string_view name);
/// A class of texts: one that is made of a pointer reads what that points to, and may not be made
/// of null.
[[nodiscard]] bool is_text_class(std::string_view type);

}  // namespace peer::c_syntax
