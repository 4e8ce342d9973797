#include <algorithm>
#include <array>

#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/checks/imports/notes.hpp"

namespace peer::imports {
namespace {

constexpr std::array<std::string_view, 1> kKeywords{"import"};

// functions that operators, loops, destructuring and `by` call without their name
constexpr std::array<std::string_view, 31> kOperators{
    "getValue",    "setValue",  "provideDelegate", "invoke",     "iterator",
    "next",        "hasNext",   "contains",        "get",        "set",
    "plus",        "minus",     "times",           "div",        "rem",
    "mod",         "rangeTo",   "rangeUntil",      "plusAssign", "minusAssign",
    "timesAssign", "divAssign", "remAssign",       "modAssign",  "inc",
    "dec",         "unaryPlus", "unaryMinus",      "not",        "compareTo",
    "equals"};

bool is_called_by_operator(std::string_view name) {
  if (name == "assign") return true;  // `=` in Gradle scripts
  if (name.starts_with("component") && name.size() > 9) return true;
  return std::find(kOperators.begin(), kOperators.end(), name) != kOperators.end();
}

/// `text` without the backticks that let a keyword be a name.
Span inner(Node name, std::string_view text) {
  const auto span = name.span();
  const bool quoted = span.size() > 2 && text[span.begin] == '`';
  return quoted ? Span{span.begin + 1, span.end - 1} : span;
}

void collect(const Place& keyword, const SourceFile& file, std::vector<Import>& out) {
  const Node statement = keyword.above(1);
  if (!statement || statement.kind() != "import" || !statement.is_named() || statement.has_error())
    return;
  Node name, last;
  bool star = false;
  for_each_child(statement, [&](Node part) {
    if (part.kind() == "*") star = true;
    if (part.kind() == "identifier") name = part;  // behind `as`
    if (part.kind() == "qualified_identifier" && part.named_child_count() > 0)
      name = last = part.named_child(part.named_child_count() - 1);
  });
  if (star || !name || !last) return;
  const auto at = inner(name, file.text());
  Import import{.name = file.text(at), .at = at, .levels = {statement.span()}};
  if (is_called_by_operator(import.name) || is_called_by_operator(last.text(file.text())))
    import.name = {};
  out.push_back(import);
}

bool is_use(const Place& place, std::string_view text) {
  const auto kind = place.node().kind();
  if (is_comment(kind))
    return place.node().text(text).starts_with("/**") &&
           is_reference_in_doc(text, place.node().span(), place.word, false);
  if (kind.find("string") != std::string_view::npos)
    return place.word.begin > 0 && text[place.word.begin - 1] == '$';
  return !place.nearest({"import", "package_header"});
}

bool in_doubt(const SourceFile& file) {
  return mentions(file.text(), {"UnusedImport", "UNUSED_IMPORT", "no-unused-imports"});
}

bool is_silenced(const Import& import, const SourceFile& file) {
  return says_near(file, import, true, {"noinspection", "ktlint-disable", "NOSONAR", "detekt"});
}

}  // namespace

const ImportSyntax& kotlin() {
  static const ImportSyntax kSyntax{
      .language = "kotlin",
      .keywords = kKeywords,
      .collect = collect,
      .is_use = is_use,
      .in_doubt = in_doubt,
      .is_silenced = is_silenced,
  };
  return kSyntax;
}

}  // namespace peer::imports
