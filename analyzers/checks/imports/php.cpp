#include <array>

#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/checks/imports/notes.hpp"

namespace peer::imports {
namespace {

constexpr std::array<std::string_view, 1> kKeywords{"use"};

/// What one clause binds: its alias, or the last part of its name.
Node name_of(Node clause) {
  if (const Node alias = clause.field("alias")) return alias;
  Node name;
  for_each_child(clause, [&](Node part) {
    if (part.kind() == "name") name = part;
    if (part.kind() == "qualified_name")
      for_each_child(part, [&](Node piece) {
        if (piece.kind() == "name") name = piece;
      });
  });
  return name;
}

void take_clause(Node clause, const SourceFile& file, std::vector<Import>& out) {
  Import import{.at = clause.span(), .levels = {clause.span()}};
  if (const Node name = name_of(clause)) {
    import.at = name.span();
    import.name = name.text(file.text());
  }
  out.push_back(std::move(import));
}

void collect(const Place& keyword, const SourceFile& file, std::vector<Import>& out) {
  const Node statement = keyword.above(1);
  if (!statement || statement.kind() != "namespace_use_declaration" || statement.has_error())
    return;
  const auto first = out.size();
  for_each_child(statement, [&](Node part) {
    if (part.kind() == "namespace_use_clause") take_clause(part, file, out);
    if (part.kind() != "namespace_use_group") return;
    for_each_child(part, [&](Node clause) {
      if (clause.kind() == "namespace_use_clause") take_clause(clause, file, out);
    });
  });
  for (auto i = first; i < out.size(); ++i)
    out[i].levels.push_back(statement.span());
}

/// Documentation and annotations name classes; other comments only where they carry a tag.
bool is_use_in_comment(const Place& place, std::string_view text) {
  const auto comment = place.node().text(text);
  return comment.starts_with("/**") || comment.starts_with("#[") ||
         comment.find('@') != std::string_view::npos;
}

/// A member, a variable or a later part of a qualified name: none is looked up among the imports.
bool is_member(const Place& place, std::string_view text) {
  const auto before = two_before(text, place.word.begin);
  return before.ends_with('$') || before.ends_with('\\') || before == "->" || before == "::";
}

bool is_use(const Place& place, std::string_view text) {
  const auto kind = place.node().kind();
  if (is_comment(kind)) return is_use_in_comment(place, text);
  if (kind == "text" || kind.find("string") != std::string_view::npos ||
      kind.find("doc") != std::string_view::npos)
    return false;
  if (place.nearest({"namespace_use_declaration"})) return false;
  const Node parent = place.above(1);
  const auto around = parent ? parent.kind() : std::string_view{};
  if (around == "variable_name" || around == "const_element" || around == "enum_case") return false;
  if (place.field() == "name" && (around == "argument" || around == "method_declaration"))
    return false;
  return !is_member(place, text);
}

bool in_doubt(const SourceFile& file) {
  return mentions(file.text(), {"PhpUnusedAliasInspection"});
}

bool is_silenced(const Import& import, const SourceFile& file) {
  return says_near(file, import, true,
                   {"phpcs:", "@phpstan-ignore", "@psalm-suppress", "noinspection", "NOSONAR"});
}

}  // namespace

const ImportSyntax& php() {
  static const ImportSyntax kSyntax{
      .language = "php",
      .keywords = kKeywords,
      .words = {.ignore_case = true},
      .collect = collect,
      .is_use = is_use,
      .in_doubt = in_doubt,
      .is_silenced = is_silenced,
  };
  return kSyntax;
}

}  // namespace peer::imports
