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
/// `f` of `std::f`.
[[nodiscard]] std::string_view last_part(std::string_view name);

}  // namespace peer::c_syntax
