#include <array>

#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/checks/imports/notes.hpp"

namespace peer::imports {
namespace {

constexpr std::array<std::string_view, 1> kKeywords{"import"};

void collect(const Place& keyword, const SourceFile& file, std::vector<Import>& out) {
  const Node statement = keyword.above(1);
  if (!statement || statement.kind() != "import_declaration" || statement.has_error()) return;
  Node path;
  bool star = false;
  for_each_child(statement, [&](Node part) {
    if (part.kind() == "scoped_identifier") path = part;
    if (part.kind() == "asterisk") star = true;
  });
  if (!path || star) return;
  const Node name = path.field("name");
  if (!name) return;
  out.push_back({.name = name.text(file.text()), .at = name.span(), .levels = {statement.span()}});
}

/// Behind a dot or `::` stands a member, never an imported name (`...` before a name is no such
/// dot).
bool is_member(const Place& place, std::string_view text) {
  const auto before = two_before(text, place.word.begin);
  return before == "::" || (before.ends_with('.') && before != "..");
}

bool is_use(const Place& place, std::string_view text) {
  const auto kind = place.node().kind();
  if (is_comment(kind)) {
    const auto comment = place.node().text(text);
    return (comment.starts_with("/**") || comment.starts_with("///")) &&
           is_reference_in_doc(text, place.node().span(), place.word, false);
  }
  if (place.nearest({"import_declaration", "package_declaration"})) return false;
  if (place.nearest({"string_literal", "string_interpolation"}).operator bool())
    return place.nearest({"string_interpolation"}).operator bool();
  return !is_member(place, text);
}

bool in_doubt(const SourceFile& file) {
  return mentions(file.text(), {"noinspection UnusedImport", "noinspection unused"});
}

bool is_silenced(const Import& import, const SourceFile& file) {
  return says_near(file, import, true,
                   {"noinspection", "NOSONAR", "NOPMD", "NOLINT", "CHECKSTYLE", "UnusedImport"});
}

}  // namespace

const ImportSyntax& java() {
  static const ImportSyntax kSyntax{
      .language = "java",
      .keywords = kKeywords,
      .words = {.dollar = true},
      .collect = collect,
      .is_use = is_use,
      .in_doubt = in_doubt,
      .is_silenced = is_silenced,
  };
  return kSyntax;
}

}  // namespace peer::imports
