#include <algorithm>
#include <array>

#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/checks/imports/notes.hpp"
#include "base/text.hpp"

namespace peer::imports {
namespace {

constexpr std::array<std::string_view, 1> kKeywords{"import"};

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Modules that work by being imported.
bool works_by_import(std::string_view module) {
  constexpr std::array<std::string_view, 4> kModules{"readline", "rlcompleter", "antigravity",
                                                     "this"};
  return std::find(kModules.begin(), kModules.end(), module) != kModules.end();
}

/// The nearest function or class around the import, or the null node at the top of the module.
Node scope_of(const Place& keyword) {
  return keyword.nearest({"function_definition", "class_definition"});
}

/// An import that may be there for more than its name: tried out, watched by a context manager, an
/// attribute of a class, or run when Django is ready.
bool has_purpose(const Place& keyword, std::string_view text) {
  if (keyword.nearest({"try_statement", "with_statement"})) return true;
  const Node scope = scope_of(keyword);
  if (!scope) return false;
  return scope.kind() == "class_definition" || scope.field("name").text(text) == "ready";
}

/// Other files may take the name from this one.
bool may_be_shared(const Place& keyword, const SourceFile& file, bool from) {
  const auto name = file_name(file.path());
  if (scope_of(keyword)) return false;
  if (name.find("compat") != std::string_view::npos) return true;  // made to be imported from
  return name == "__init__.py" || name == "__init__.pyi" || (from && name == "conftest.py");
}

/// What one entry of the list binds; the name stays empty where it is never reported.
Import entry(Node node, std::string_view text, bool from) {
  Import import{.at = node.span(), .levels = {node.span()}};
  if (node.kind() == "aliased_import") {
    const Node alias = node.field("alias");
    if (!alias || alias.text(text) == node.field("name").text(text))
      return import;  // `x as x` re-exports
    import.at = alias.span();
    import.name = alias.text(text);
  } else if (node.kind() == "dotted_name") {
    const auto written = node.text(text);
    import.name = from ? written : trim(written.substr(0, written.find('.')));
    if (works_by_import(import.name)) import.name = {};
  }
  if (import.name.find_first_not_of('_') == std::string_view::npos) import.name = {};
  // `from x import __all__` passes on what x offers
  if (import.name.starts_with("__") && import.name.ends_with("__")) import.name = {};
  return import;
}

void collect(const Place& keyword, const SourceFile& file, std::vector<Import>& out) {
  const Node statement = keyword.above(1);
  const bool from = statement && statement.kind() == "import_from_statement";
  if (!from && !(statement && statement.kind() == "import_statement")) return;
  if (statement.has_error()) return;
  const bool keep = has_purpose(keyword, file.text()) || may_be_shared(keyword, file, from);
  const Node parent = keyword.above(2);
  const auto first = out.size();
  Cursor cursor(statement);
  if (!cursor.to_first_child()) return;
  do {
    const bool star = cursor.node().kind() == "wildcard_import";
    if (cursor.field() == "name" || star) out.push_back(entry(cursor.node(), file.text(), from));
  } while (cursor.to_next_sibling());
  for (auto i = first; i < out.size(); ++i) {
    if (keep) out[i].name = {};
    out[i].levels.push_back(statement.span());
    if (parent && parent.kind() == "block") out[i].block = parent;
  }
}

std::string_view last_part(std::string_view dotted) {
  return dotted.substr(dotted.rfind('.') + 1);  // npos + 1 is 0
}

/// A function of `typing` that takes types in strings.
bool takes_types(std::string_view function) {
  constexpr std::array<std::string_view, 7> kFunctions{
      "cast", "TypeVar", "NewType", "TypedDict", "NamedTuple", "ForwardRef", "TypeAliasType"};
  const auto name = last_part(function);
  return std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end();
}

/// `Optional[..]`, `list[..]`: something whose brackets hold types, not keys.
bool is_generic(std::string_view value) {
  constexpr std::array<std::string_view, 6> kBuiltins{"list",  "dict", "set",
                                                      "tuple", "type", "frozenset"};
  const auto name = last_part(value);
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') return true;
  return std::find(kBuiltins.begin(), kBuiltins.end(), name) != kBuiltins.end();
}

/// The line before the word begins as an example of doctest does.
bool is_in_doctest(std::string_view text, std::uint32_t word) {
  const auto begin = word == 0 ? 0 : text.rfind('\n', word - 1) + 1;  // npos + 1 is 0
  const auto line = trim(text.substr(begin, word - begin));
  return line.starts_with(">>>") || line.starts_with("...");
}

bool holds_types(Node node, std::string_view text) {
  const auto kind = node.kind();
  if (kind == "type") return true;
  if (kind == "call") return takes_types(node.field("function").text(text));
  if (kind == "subscript") return is_generic(node.field("value").text(text));
  if (kind == "assignment") {
    const Node type = node.field("type");
    return type && type.text(text).find("TypeAlias") != std::string_view::npos;
  }
  return false;
}

/// A word in a string is a use where the string is a type, a public name or an example that doctest
/// runs.
bool is_use_in_string(const Place& place, Node string, std::string_view text) {
  constexpr std::size_t kHead = 200;
  const auto word = text.substr(place.word.begin, place.word.size());
  const auto content = string.text(text);
  if (word[0] >= 'A' && word[0] <= 'Z' && content.size() == word.size() + 2) return true;
  if (is_in_doctest(text, place.word.begin)) return true;
  for (std::size_t level = 1; level < 64; ++level) {
    const Node node = place.above(level);
    if (!node || node.kind() == "block") return false;
    if (holds_types(node, text)) return true;
    if (node.kind() == "expression_statement")
      return node.text(text).substr(0, kHead).find("__all__") != std::string_view::npos;
  }
  return false;
}

bool is_use(const Place& place, std::string_view text) {
  const Node node = place.node();
  if (is_comment(node.kind())) {
    const auto comment = node.text(text);
    return comment.starts_with("# type:") && !comment.starts_with("# type: ignore");
  }
  const Node around = place.nearest({"string", "interpolation", "import_statement",
                                     "import_from_statement", "future_import_statement"});
  if (around && around.kind() == "string") return is_use_in_string(place, around, text);
  if (around && around.kind().find("import") != std::string_view::npos) return false;
  if (node.kind() != "identifier") return true;
  const Node parent = place.above(1);
  if (parent && parent.kind() == "attribute") return place.field() != "attribute";
  if (parent && parent.kind() == "keyword_argument") return place.field() != "name";
  return true;
}

/// A `noqa` comment that begins at or after `at` covers unused imports: it names no codes, or this
/// one.
bool covers(std::string_view comment) {
  auto rest = trim(comment);
  if (!rest.starts_with(':')) return true;
  rest = trim(rest.substr(1));
  const auto codes = rest.substr(0, rest.find('#'));
  return codes.empty() || codes.find("F4") != std::string_view::npos || codes == "F";
}

bool has_noqa(std::string_view line) {
  const std::string lower = to_lower(line);
  const auto hash = lower.find('#');
  const auto at = hash == std::string::npos ? hash : lower.find("noqa", hash);
  return at != std::string::npos && covers(line.substr(at + 4));
}

/// Comments that silence a whole file: `# flake8: noqa`, `# ruff: noqa: F401`, a pylint line of its
/// own.
bool silences_file(std::string_view line) {
  if (!line.starts_with('#')) return false;
  if (mentions(line, {"pylint: disable=unused-import", "pylint:disable=unused-import",
                      "pylint: skip-file"}))
    return true;
  return mentions(line, {"flake8", "ruff"}) && has_noqa(line);
}

/// Nothing but imports: a file that gathers names for others.
bool is_facade(Node module) {
  Cursor cursor(module);
  if (!cursor.to_first_child()) return false;
  do {
    const Node node = cursor.node();
    const auto kind = node.kind();
    const bool gathers = node.is_extra() || kind.find("import") != std::string_view::npos ||
                         (kind == "expression_statement" && node.named_child(0).kind() == "string");
    if (!gathers) return false;
  } while (cursor.to_next_sibling());
  return true;
}

bool in_doubt(const SourceFile& file) {
  if (is_facade(file.tree()->root())) return true;
  if (calls(file, {"eval", "exec", "globals", "locals", "vars"})) return true;
  const auto lines = split_lines(file.text());
  return std::any_of(lines.begin(), lines.end(),
                     [](std::string_view line) { return silences_file(trim(line)); });
}

bool is_silenced(const Import& import, const SourceFile& file) {
  const auto statement = import.levels.back();
  return has_noqa(line_around(file, statement)) || has_noqa(line_around(file, import.at)) ||
         has_noqa(line_around(file, {statement.end - 1, statement.end})) ||
         says_near(file, import, false,
                   {"disable=unused-import", ",unused-import", "W0611", "reportUnusedImport",
                    "nopycln", "noinspection", "NOSONAR", "pyflakes:"});
}

}  // namespace

const ImportSyntax& python() {
  static const ImportSyntax kSyntax{
      .language = "python",
      .keywords = kKeywords,
      .line_comment = "#",
      .semicolon_separates = true,
      .collect = collect,
      .is_use = is_use,
      .in_doubt = in_doubt,
      .is_silenced = is_silenced,
  };
  return kSyntax;
}

}  // namespace peer::imports
