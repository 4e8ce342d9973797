#include <algorithm>
#include <array>

#include "analyzers/checks/imports/imports.hpp"
#include "analyzers/checks/imports/notes.hpp"
#include "analyzers/languages/language.hpp"
#include "base/text.hpp"

namespace peer::imports {
namespace {

constexpr std::array<std::string_view, 1> kKeywords{"import"};

/// What deleting a whole statement changes: the module is no longer run. TypeScript leaves unused
/// imports out anyway, and packages are made to be imported; a file of the project, or a style
/// sheet, may be there for what it does.
Safety safety_of(std::string_view source, const SourceFile& file, bool type_only) {
  if (type_only) return Safety::safe;
  for (const std::string_view style : {".css", ".scss", ".sass", ".less", ".styl"})
    if (source.find(style) != std::string_view::npos) return Safety::unsafe;
  const auto language = file.language()->name;
  if (language == "typescript" || language == "tsx") return Safety::safe;
  const bool is_path = source.starts_with('.') || source.starts_with('/') ||
                       source.starts_with("@/") || source.starts_with("~");
  return is_path ? Safety::unsafe : Safety::safe;
}

Import binding(Node name, std::string_view text) {
  return {.name = name.text(text), .at = name.span(), .levels = {}};
}

void collect_named(Node list, std::string_view text, std::vector<Import>& out) {
  for_each_child(list, [&](Node specifier) {
    if (specifier.kind() != "import_specifier") return;
    const Node alias = specifier.field("alias");
    const Node name = alias ? alias : specifier.field("name");
    if (!name) return;
    Import import = binding(name, text);
    if (name.kind() == "string") import.name = {};
    import.levels = {specifier.span(), list.span()};
    out.push_back(std::move(import));
  });
}

void collect_clause(Node clause, std::string_view text, std::vector<Import>& out) {
  for_each_child(clause, [&](Node part) {
    if (part.kind() == "named_imports") {
      collect_named(part, text, out);
    } else if (part.kind() == "identifier") {
      out.push_back(binding(part, text));
      out.back().levels = {part.span()};
    } else if (part.kind() == "namespace_import" && part.named_child_count() == 1) {
      out.push_back(binding(part.named_child(0), text));
      out.back().levels = {part.span()};
    }
  });
}

/// The first name of `import x = require("y")` or `import X = A.B`.
void collect_alias(Node clause, std::string_view text, std::vector<Import>& out) {
  if (const Node name = clause.named_child(0); name && name.kind() == "identifier")
    out.push_back(binding(name, text));
}

void collect(const Place& keyword, const SourceFile& file, std::vector<Import>& out) {
  const Node statement = keyword.above(1);
  if (!statement || keyword.node().kind() != "import" || statement.has_error()) return;
  const auto first = out.size();
  bool type_only = false;
  std::string_view source;
  if (statement.kind() == "import_alias") {
    const Node around = keyword.above(2);
    if (around && around.kind() == "export_statement") return;
    collect_alias(statement, file.text(), out);
  } else if (statement.kind() == "import_statement") {
    for_each_child(statement, [&](Node part) {
      const auto kind = part.kind();
      if (kind == "type" || kind == "typeof") type_only = true;
      if (kind == "import_clause") collect_clause(part, file.text(), out);
      if (kind == "import_require_clause") collect_alias(part, file.text(), out);
      if (kind == "string" && part.span().size() > 2) source = part.text(file.text()).substr(1);
    });
  }
  const auto safety = safety_of(source, file, type_only);
  for (auto i = first; i < out.size(); ++i) {
    out[i].levels.push_back(statement.span());
    out[i].safety = safety;
  }
}

bool is_use_in_comment(const Place& place, std::string_view text) {
  const auto comment = place.node().text(text);
  if (comment.find("@jsx") != std::string_view::npos) return true;
  return comment.starts_with("/**") &&
         is_reference_in_doc(text, place.node().span(), place.word, true);
}

bool is_use(const Place& place, std::string_view text) {
  const auto kind = place.node().kind();
  if (is_comment(kind)) return is_use_in_comment(place, text);
  constexpr std::array<std::string_view, 12> kOther{"string",
                                                    "string_fragment",
                                                    "template_string",
                                                    "regex",
                                                    "regex_pattern",
                                                    "property_identifier",
                                                    "private_property_identifier",
                                                    "statement_identifier",
                                                    "jsx_text",
                                                    "escape_sequence",
                                                    "html_character_reference",
                                                    "hash_bang_line"};
  if (std::find(kOther.begin(), kOther.end(), kind) != kOther.end()) return false;
  const Node parent = place.above(1);
  if (!parent) return true;
  if (parent.kind() == "nested_type_identifier") return place.field() != "name";
  if (parent.kind() == "export_specifier") {
    const Node statement = place.nearest({"export_statement"});
    return place.field() == "name" && !(statement && statement.field("source"));
  }
  return !place.nearest({"import_statement"});
}

/// An `eslint-disable` for the rest of the file that covers unused names.
bool silences_file(std::string_view text) {
  constexpr std::string_view kWord = "eslint-disable";
  for (auto at = text.find(kWord); at != std::string_view::npos; at = text.find(kWord, at + 1)) {
    auto rest = text.substr(at + kWord.size());
    if (rest.starts_with("-next-line") || rest.starts_with("-line")) continue;
    rest = trim(rest.substr(0, std::min(rest.find("*/"), rest.find('\n'))));
    if (rest.empty() || rest.starts_with("--") || rest.find("unused") != std::string_view::npos)
      return true;
  }
  return false;
}

bool in_doubt(const SourceFile& file) {
  const auto& path = file.path();
  if (path.ends_with(".d.ts") || path.ends_with(".d.mts") || path.ends_with(".d.cts")) return true;
  // an augmentation needs the import that makes the file a module, or loads the module it adds to
  if (mentions(file.text(), {"declare module", "declare global"})) return true;
  return calls(file, {"eval"}) || silences_file(file.text());
}

/// Names that compiled JSX calls though they do not stand in it.
bool builds_jsx(std::string_view name) {
  constexpr std::array<std::string_view, 6> kNames{"React", "h",      "Fragment",
                                                   "jsx",   "Preact", "createElement"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool is_needed(std::string_view name, const SourceFile& file) {
  return builds_jsx(name) && mentions(file.text(), {"</", "/>"});
}

bool is_silenced(const Import& import, const SourceFile& file) {
  return says_near(file, import, true,
                   {"eslint-disable-line", "eslint-disable-next-line", "biome-ignore", "@ts-ignore",
                    "@ts-expect-error", "tslint:disable", "oxlint-disable", "deno-lint-ignore",
                    "noinspection", "NOSONAR"});
}

ImportSyntax syntax(std::string_view language) {
  return {
      .language = language,
      .keywords = kKeywords,
      .words = {.dollar = true},
      .collect = collect,
      .is_use = is_use,
      .in_doubt = in_doubt,
      .is_needed = is_needed,
      .is_silenced = is_silenced,
  };
}

}  // namespace

const ImportSyntax& javascript() {
  static const ImportSyntax kSyntax = syntax("javascript");
  return kSyntax;
}

const ImportSyntax& typescript() {
  static const ImportSyntax kSyntax = syntax("typescript");
  return kSyntax;
}

const ImportSyntax& tsx() {
  static const ImportSyntax kSyntax = syntax("tsx");
  return kSyntax;
}

}  // namespace peer::imports
