#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_java();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".java"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(package shop;

import java.util.ArrayList;
import java.util.List;

public class Basket {
    private final List<String> items = new ArrayList<>();

    public Basket() {
    }

    public void add(String item) {
        items.add(item);
    }

    interface Visitor {
        void visit(String item);
    }
}
)peer";
constexpr std::array<std::string_view, 17> kOutlineSkips{
    "annotation",        "array_access",     "array_type",
    "binary_expression", "block_comment",    "field_access",
    "formal_parameters", "generic_type",     "instanceof_expression",
    "line_comment",      "modifiers",        "scoped_identifier",
    "string_literal",    "super_interfaces", "superclass",
    "type_arguments",    "type_parameters"};
constexpr std::array<OutlineRule, 11> kOutline{{
    {.node = "class_declaration", .kind = SymbolKind::class_},
    {.node = "record_declaration", .kind = SymbolKind::class_},
    {.node = "interface_declaration", .kind = SymbolKind::interface},
    {.node = "annotation_type_declaration", .kind = SymbolKind::interface},
    {.node = "enum_declaration", .kind = SymbolKind::enum_},
    {.node = "method_declaration", .kind = SymbolKind::method},
    {.node = "annotation_type_element_declaration", .kind = SymbolKind::method},
    {.node = "constructor_declaration", .kind = SymbolKind::constructor},
    {.node = "compact_constructor_declaration", .kind = SymbolKind::constructor},
    {.node = "import_declaration", .kind = SymbolKind::import, .name_field = "", .body_field = ""},
    {.node = "package_declaration", .kind = SymbolKind::module, .name_field = "", .body_field = ""},
}};

bool outline(const OutlineSite& site, Symbol& symbol) {
  if (symbol.kind == SymbolKind::import || symbol.kind == SymbolKind::module)
    name_by_children(symbol, site.node, site.text);
  return true;
}
constexpr std::array<Branch, 13> kBranches{{{"if_statement", BranchKind::condition},
                                            {"ternary_expression", BranchKind::ternary},
                                            {"else", BranchKind::otherwise},
                                            {"for_statement", BranchKind::loop},
                                            {"enhanced_for_statement", BranchKind::loop},
                                            {"while_statement", BranchKind::loop},
                                            {"do_statement", BranchKind::loop},
                                            {"switch_expression", BranchKind::choice},
                                            {"switch_label", BranchKind::arm},
                                            {"catch_clause", BranchKind::handler},
                                            {"break_statement", BranchKind::labelled_jump},
                                            {"continue_statement", BranchKind::labelled_jump},
                                            {"lambda_expression", BranchKind::lambda}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"&&", "||"};

}  // namespace

const Language& language_java() {
  static const Language kLanguage{
      .name = "java",
      .display_name = "Java",
      .extensions = kExtensions,
      .grammar = tree_sitter_java,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
      .outline = kOutline,
      .outline_hook = outline,
      .outline_skips = kOutlineSkips,
      .branches = kBranches,
      .logical_operators = kLogicalOperators,
      .grammar_is_exact = true,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
