#include <array>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/kotlin_lines.hpp"

extern "C" const TSLanguage* tree_sitter_kotlin();

namespace peer {
namespace {

constexpr std::array<std::string_view, 2> kExtensions{".kt", ".kts"};
constexpr std::array<std::string_view, 1> kInterpreters{"kotlin"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(package shop

import java.io.File

interface Priced {
    fun price(): Int
}

class Basket(private val items: MutableList<String>) {
    fun add(item: String) {
        items.add(item)
    }
}

fun load(path: String): Basket {
    return Basket(File(path).readLines().toMutableList())
}
)peer";
/// See docs/decisions/0013.
constexpr std::array kKindNames{KindName{"import_header", "import"},
                                KindName{"simple_identifier", "identifier"},
                                KindName{"type_identifier", "identifier"},
                                KindName{"boolean_literal", "identifier"},
                                KindName{"null_literal", "identifier"},
                                KindName{"integer_literal", "number_literal"},
                                KindName{"indexing_expression", "index_expression"},
                                KindName{"jump_expression", "return_expression"},
                                KindName{"prefix_expression", "unary_expression"},
                                KindName{"postfix_expression", "unary_expression"},
                                KindName{"additive_expression", "binary_expression"},
                                KindName{"multiplicative_expression", "binary_expression"},
                                KindName{"comparison_expression", "binary_expression"},
                                KindName{"equality_expression", "binary_expression"},
                                KindName{"conjunction_expression", "binary_expression"},
                                KindName{"disjunction_expression", "binary_expression"},
                                KindName{"elvis_expression", "binary_expression"},
                                KindName{"check_expression", "in_expression"},
                                KindName{"control_structure_body", "block"},
                                KindName{"statements", "block"}};
constexpr std::array<OutlineRule, 8> kOutline{{
    {.node = "class_declaration",
     .kind = SymbolKind::class_,
     .name_field = "name",
     .body_field = ""},
    {.node = "object_declaration",
     .kind = SymbolKind::class_,
     .name_field = "name",
     .body_field = ""},
    {.node = "companion_object",
     .kind = SymbolKind::class_,
     .name_field = "name",
     .body_field = ""},
    {.node = "function_declaration",
     .kind = SymbolKind::function,
     .name_field = "name",
     .body_field = "",
     .kind_in_type = SymbolKind::method},
    {.node = "secondary_constructor",
     .kind = SymbolKind::constructor,
     .name_field = "",
     .body_field = ""},
    {.node = "type_alias", .kind = SymbolKind::type, .name_field = "type", .body_field = ""},
    {.node = "import", .kind = SymbolKind::import, .name_field = "", .body_field = ""},
    {.node = "package_header", .kind = SymbolKind::module, .name_field = "", .body_field = ""},
}};

/// The body, and what the words before the name say, stand in no field.
void read_children(const OutlineSite& site, Symbol& symbol) {
  Node previous;
  for_each_child(site.node, [&](Node child) {
    const auto kind = child.kind();
    if (kind == "class_body" || kind == "enum_class_body" || kind == "function_body" ||
        kind == "block")
      symbol.body = child.span();
    if (kind == "interface") symbol.kind = SymbolKind::interface;
    if (kind == "enum") symbol.kind = SymbolKind::enum_;
    if (kind == "enum_class_body") symbol.kind = SymbolKind::enum_;
    if (kind == "." && previous) symbol.scope = std::string(previous.text(site.text));
    previous = child;
  });
}

bool outline(const OutlineSite& site, Symbol& symbol) {
  const auto kind = site.node.kind();
  if (symbol.kind == SymbolKind::import || symbol.kind == SymbolKind::module) {
    name_by_children(symbol, site.node, site.text);
    return true;
  }
  read_children(site, symbol);
  if (kind == "companion_object" && symbol.name.empty()) symbol.name = "Companion";
  if (kind == "secondary_constructor") symbol.name = "constructor";
  return true;
}
constexpr std::array<Branch, 11> kBranches{{{"if_expression", BranchKind::condition},
                                            {"else", BranchKind::otherwise},
                                            {"for_statement", BranchKind::loop},
                                            {"while_statement", BranchKind::loop},
                                            {"do_while_statement", BranchKind::loop},
                                            {"when_expression", BranchKind::choice},
                                            {"when_entry", BranchKind::arm},
                                            {"catch_block", BranchKind::handler},
                                            {"labeled_expression", BranchKind::labelled_jump},
                                            {"lambda_literal", BranchKind::lambda},
                                            {"anonymous_function", BranchKind::lambda}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"&&", "||"};

}  // namespace

const Language& language_kotlin() {
  static const Language kLanguage{
      .name = "kotlin",
      .display_name = "Kotlin",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_kotlin,
      .respelled = respelled_kotlin,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
      .outline = kOutline,
      .outline_hook = outline,
      .branches = kBranches,
      .logical_operators = kLogicalOperators,
      .kind_names = kKindNames,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
