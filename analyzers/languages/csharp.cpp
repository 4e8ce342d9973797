#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_c_sharp();

namespace peer {
namespace {

constexpr std::array<std::string_view, 2> kExtensions{".cs", ".csx"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(using System;

namespace Shop
{
    public interface IPriced
    {
        decimal Price();
    }

    public class Item : IPriced
    {
        private readonly decimal price;

        public Item(decimal price)
        {
            this.price = price;
        }

        public decimal Price()
        {
            return price;
        }
    }
}
)peer";
constexpr std::array<std::string_view, 10> kOutlineSkips{
    "attribute_list",     "base_list",
    "binary_expression",  "comment",
    "generic_name",       "member_access_expression",
    "parameter_list",     "string_literal",
    "type_argument_list", "type_parameter_list"};
constexpr std::array<OutlineRule, 15> kOutline{{
    {.node = "class_declaration", .kind = SymbolKind::class_},
    {.node = "struct_declaration", .kind = SymbolKind::struct_},
    {.node = "record_declaration", .kind = SymbolKind::class_},
    {.node = "interface_declaration", .kind = SymbolKind::interface},
    {.node = "enum_declaration", .kind = SymbolKind::enum_},
    {.node = "delegate_declaration",
     .kind = SymbolKind::type,
     .name_field = "name",
     .body_field = ""},
    {.node = "namespace_declaration", .kind = SymbolKind::module},
    {.node = "file_scoped_namespace_declaration",
     .kind = SymbolKind::module,
     .name_field = "name",
     .body_field = ""},
    {.node = "method_declaration", .kind = SymbolKind::method},
    {.node = "constructor_declaration", .kind = SymbolKind::constructor},
    {.node = "destructor_declaration", .kind = SymbolKind::method},
    {.node = "operator_declaration", .kind = SymbolKind::method, .name_field = "operator"},
    {.node = "conversion_operator_declaration", .kind = SymbolKind::method, .name_field = "type"},
    {.node = "local_function_statement", .kind = SymbolKind::function},
    {.node = "using_directive", .kind = SymbolKind::import, .name_field = "", .body_field = ""},
}};

/// Puts what a person would write before the name: "operator +", "~Item".
void prefix_name(Symbol& symbol, std::string_view prefix) { symbol.name.insert(0, prefix); }

bool outline(const OutlineSite& site, Symbol& symbol) {
  const auto kind = site.node.kind();
  if (symbol.kind == SymbolKind::import) name_by_children(symbol, site.node, site.text);
  if (kind == "operator_declaration" || kind == "conversion_operator_declaration")
    prefix_name(symbol, "operator ");
  if (kind == "destructor_declaration") prefix_name(symbol, "~");
  return true;
}
constexpr std::array<Branch, 15> kBranches{{{"if_statement", BranchKind::condition},
                                            {"conditional_expression", BranchKind::ternary},
                                            {"else", BranchKind::otherwise},
                                            {"for_statement", BranchKind::loop},
                                            {"foreach_statement", BranchKind::loop},
                                            {"while_statement", BranchKind::loop},
                                            {"do_statement", BranchKind::loop},
                                            {"switch_statement", BranchKind::choice},
                                            {"switch_expression", BranchKind::choice},
                                            {"switch_section", BranchKind::arm},
                                            {"switch_expression_arm", BranchKind::arm},
                                            {"catch_clause", BranchKind::handler},
                                            {"goto_statement", BranchKind::jump},
                                            {"lambda_expression", BranchKind::lambda},
                                            {"anonymous_method_expression", BranchKind::lambda}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"&&", "||"};

}  // namespace

const Language& language_csharp() {
  static const Language kLanguage{
      .name = "csharp",
      .display_name = "C#",
      .extensions = kExtensions,
      .grammar = tree_sitter_c_sharp,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
      .outline = kOutline,
      .outline_hook = outline,
      .outline_skips = kOutlineSkips,
      .branches = kBranches,
      .logical_operators = kLogicalOperators,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
