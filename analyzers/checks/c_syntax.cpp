#include "analyzers/checks/c_syntax.hpp"

#include <algorithm>

namespace peer::c_syntax {

std::vector<Node> named_children(Node node) {
  std::vector<Node> found;
  for_each_child(node, [&](Node child) {
    if (child.is_named() && !child.is_extra()) found.push_back(child);
  });
  return found;
}

Node without_brackets(Node node) {
  constexpr int kMostBrackets = 16;
  for (int steps = 0; node && steps < kMostBrackets; ++steps) {
    const auto kind = node.kind();
    if (kind == "parenthesized_expression")
      node = node.named_child(0);
    else if (kind == "cast_expression")
      node = node.field("value");
    else
      break;
  }
  return node;
}

Node name_of_declarator(Node declarator) {
  for (int steps = 0; declarator && steps < 16; ++steps) {
    const auto kind = declarator.kind();
    if (kind == "identifier" || kind == "field_identifier") return declarator;
    const Node inner = declarator.field("declarator");
    declarator = inner || kind != "reference_declarator" ? inner : declarator.named_child(0);
  }
  return {};
}

bool is_null_word(std::string_view word) {
  return word == "NULL" || word == "nullptr" || word == "0" || word == "false" || word == "FALSE";
}

bool has_storage(Node type, std::string_view specifier, std::string_view text) {
  const auto parts = named_children(type ? type.parent() : Node());
  return std::any_of(parts.begin(), parts.end(), [&](Node part) {
    return part.kind() == "storage_class_specifier" && part.text(text) == specifier;
  });
}

bool is_text_class(std::string_view type) {
  const auto name = last_part(type);
  return name == "string" || name == "string_view" || name == "wstring" || name == "String" ||
         name == "QString" || name == "QByteArray" || name == "path" ||
         name.starts_with("basic_string<");
}

std::string_view last_part(std::string_view name) {
  const auto scope = name.rfind("::");
  return scope == std::string_view::npos ? name : name.substr(scope + 2);
}

}  // namespace peer::c_syntax
