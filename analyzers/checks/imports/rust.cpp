#include <algorithm>
#include <array>
#include <string>

#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/checks/imports/notes.hpp"
#include "analyzers/checks/imports/rust_names.hpp"
#include "base/text.hpp"

namespace peer::imports {
namespace {

constexpr std::array<std::string_view, 1> kKeywords{"use"};
constexpr std::size_t kMostLevels = 32;  // of nested braces; deeper ones are hostile, and kept

/// A node of a use tree still to be read.
struct Part {
  Node node;
  std::string prefix;        // the path before it: "std::io"
  std::string_view parent;   // the last name of it, as it stands in the file: "io"
  std::vector<Span> levels;  // what may be deleted around it, outermost first
};

std::string joined(const std::string& prefix, std::string_view rest) {
  return prefix.empty() ? std::string(rest) : prefix + "::" + std::string(rest);
}

std::string_view last_name(std::string_view path) {
  const auto at = path.rfind("::");
  return at == std::string_view::npos ? path : path.substr(at + 2);
}

Import import_of(const Part& part, Node at, std::string_view name, const std::string& path) {
  Import import{.at = at.span(), .levels = {part.levels.rbegin(), part.levels.rend()}};
  if (is_never_a_trait(path) && name != "_") import.name = name;
  return import;
}

/// Each entry of a list, in reverse: they are read from the back.
void open_list(const Part& part, std::vector<Part>& todo) {
  const auto first = static_cast<std::ptrdiff_t>(todo.size());
  for_each_child(part.node, [&](Node child) {
    if (!child.is_named() || child.is_extra()) return;
    todo.push_back({child, part.prefix, part.parent, part.levels});
    todo.back().levels.push_back(child.span());
  });
  std::reverse(todo.begin() + first, todo.end());
}

void read(Part part, std::string_view text, std::vector<Part>& todo, std::vector<Import>& out) {
  const auto kind = part.node.kind();
  const Node path = part.node.field("path");
  const auto written = part.node.text(text);
  if (part.levels.size() > kMostLevels) {
    out.push_back(import_of(part, part.node, {}, {}));
    return;
  }
  if (kind == "use_list") {
    open_list(part, todo);
  } else if (kind == "scoped_use_list") {
    if (path) {
      part.prefix = joined(part.prefix, path.text(text));
      part.parent = last_name(path.text(text));
    }
    part.node = part.node.field("list");
    if (part.node) todo.push_back(std::move(part));
  } else if (kind == "use_as_clause" && path && part.node.field("alias")) {
    const Node alias = part.node.field("alias");
    out.push_back(import_of(part, alias, alias.text(text), joined(part.prefix, path.text(text))));
  } else if (kind == "self") {
    out.push_back(import_of(part, part.node, part.parent, part.prefix));
  } else if (const Node name = kind == "scoped_identifier" ? part.node.field("name") : part.node;
             name && name.kind() == "identifier") {
    out.push_back(import_of(part, name, name.text(text), joined(part.prefix, written)));
  } else {  // a star, or what the grammar does not say
    out.push_back(import_of(part, part.node, {}, {}));
  }
}

void collect(const Place& keyword, const SourceFile& file, std::vector<Import>& out) {
  const Node statement = keyword.above(1);
  if (!statement || statement.kind() != "use_declaration" || statement.has_error()) return;
  if (statement.child(0).kind() == "visibility_modifier") return;
  const Node argument = statement.field("argument");
  if (!argument) return;
  std::vector<Part> todo{{argument, {}, {}, {statement.span()}}};
  while (!todo.empty()) {
    Part part = std::move(todo.back());
    todo.pop_back();
    read(std::move(part), file.text(), todo, out);
  }
}

/// In a path only the first name is looked up here; `self::x`, `super::x` and `crate::x` may come
/// back to this file.
bool is_looked_up(const Place& place, std::string_view text) {
  auto begin = place.word.begin;
  if (begin < 2 || text.substr(begin - 2, 2) != "::") return true;
  const auto in_path = [](char c) {
    return c == ':' || c == '_' || c == '$' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  while (begin > 0 && in_path(text[begin - 1]))
    --begin;
  const auto path = text.substr(begin);
  return path.starts_with("self::") || path.starts_with("super::") || path.starts_with("crate::") ||
         path.starts_with("$crate::");
}

/// `use io::Read` and `pub use self::name` look a name up that another import may have brought in.
bool is_use_in_import(const Place& place, Node statement, std::string_view text) {
  constexpr std::size_t kFarthest = 4096;
  const auto head = text.substr(statement.begin(), place.word.begin - statement.begin());
  if (mentions(head.substr(0, kFarthest), {"self::", "super::", "crate::"})) return true;
  const bool first =
      head.find("::") == std::string_view::npos && head.find(',') == std::string_view::npos;
  return first && text.substr(place.word.end, 2) == "::";
}

bool is_use(const Place& place, std::string_view text) {
  const Node node = place.node();
  const auto kind = node.kind();
  if (kind == "field_identifier" || kind == "lifetime") return false;
  if (is_comment(kind)) return kind == "doc_comment";
  if (kind.find("string") != std::string_view::npos)  // `#[serde(with = "name")]`, "{NAME}"
    return place.nearest({"attribute_item", "inner_attribute_item"}) ||
           byte_before(text, place.word.begin) == '{';
  if (const Node import = place.nearest({"use_declaration"}))
    return is_use_in_import(place, import, text);
  return is_looked_up(place, text);
}

/// A module in another file may take the imports of this one by `use super::*`.
bool has_module_elsewhere(std::string_view text) {
  for (auto at = text.find("mod "); at != std::string_view::npos; at = text.find("mod ", at + 1)) {
    const auto end = text.find_first_of(";{\n", at);
    if (end != std::string_view::npos && text[end] == ';') return true;
  }
  return false;
}

/// A macro of this crate may name what must be imported where it is called.
bool calls_unknown_macro(const SourceFile& file) {
  const auto text = file.text();
  for (auto at = text.find('!'); at != std::string_view::npos; at = text.find('!', at + 1)) {
    auto begin = at;
    while (begin > 0 &&
           (text[begin - 1] == '_' || (text[begin - 1] >= 'a' && text[begin - 1] <= 'z') ||
            (text[begin - 1] >= '0' && text[begin - 1] <= '9')))
      --begin;
    if (begin == at || at + 1 >= text.size() || text[at + 1] == '=') continue;
    const auto name = text.substr(begin, at - begin);
    if (is_standard_macro(name)) continue;
    if (begin >= 2 && text.substr(begin - 2, 2) == "::")
      continue;  // of another crate or by full path
    return true;
  }
  return false;
}

bool in_doubt(const SourceFile& file) {
  const auto text = file.text();
  return mentions(text,
                  {"allow(unused", "allow(warnings", "include!", "paste", "no_implicit_prelude"}) ||
         has_module_elsewhere(text) || calls_unknown_macro(file);
}

/// An attribute on the lines before the import says that it may be unused, or depends on the
/// platform.
bool is_silenced(const Import& import, const SourceFile& file) {
  constexpr std::uint32_t kMostLines = 12;
  const auto statement = import.levels.back();
  const auto allows = [](std::string_view line) {
    return mentions(line, {"#[", "# ["}) ||
           mentions(line, {"allow(", "cfg(", "macro_use", "expect("});
  };
  const auto own = file.lines().line_of(statement.begin);
  if (mentions(line_around(file, statement), {"#["})) return true;
  for (auto line = own - 1; line > 0 && own - line <= kMostLines; --line) {
    const auto text = trim(line_around(file, file.lines().line_span(line)));
    if (text.empty() || text.ends_with(';') || text.ends_with('{') || text.ends_with('}'))
      return false;
    if (allows(text)) return true;
  }
  return false;
}

}  // namespace

const ImportSyntax& rust() {
  static const ImportSyntax kSyntax{
      .language = "rust",
      .keywords = kKeywords,
      .collect = collect,
      .is_use = is_use,
      .in_doubt = in_doubt,
      .is_silenced = is_silenced,
  };
  return kSyntax;
}

}  // namespace peer::imports
