#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_php();

namespace peer {
namespace {

constexpr std::array<std::string_view, 4> kExtensions{".php", ".phtml", ".php5", ".phps"};
constexpr std::array<std::string_view, 1> kInterpreters{"php"};
constexpr std::array<std::string_view, 2> kLineComments{"//", "#"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(<?php

namespace Shop;

use InvalidArgumentException;

interface Priced
{
    public function price(): int;
}

class Item implements Priced
{
    public function __construct(private int $price)
    {
        if ($price < 0) {
            throw new InvalidArgumentException('negative price');
        }
    }

    public function price(): int
    {
        return $this->price;
    }
}

function total(array $items): int
{
    return array_sum(array_map(fn (Priced $item) => $item->price(), $items));
}
)peer";
constexpr std::array<std::string_view, 9> kOutlineSkips{
    "attribute_list",  "binary_expression",    "comment",
    "encapsed_string", "formal_parameters",    "member_access_expression",
    "string",          "subscript_expression", "union_type"};
constexpr std::array<OutlineRule, 8> kOutline{{
    {.node = "function_definition", .kind = SymbolKind::function},
    {.node = "method_declaration", .kind = SymbolKind::method},
    {.node = "class_declaration", .kind = SymbolKind::class_},
    {.node = "interface_declaration", .kind = SymbolKind::interface},
    {.node = "trait_declaration", .kind = SymbolKind::trait},
    {.node = "enum_declaration", .kind = SymbolKind::enum_},
    {.node = "namespace_definition", .kind = SymbolKind::module},
    {.node = "namespace_use_declaration",
     .kind = SymbolKind::import,
     .name_field = "",
     .body_field = ""},
}};

bool outline(const OutlineSite& site, Symbol& symbol) {
  if (symbol.kind == SymbolKind::import) name_by_children(symbol, site.node, site.text);
  if (symbol.kind == SymbolKind::method && symbol.name == "__construct")
    symbol.kind = SymbolKind::constructor;
  return true;
}
constexpr std::array<Branch, 18> kBranches{{{"if_statement", BranchKind::condition},
                                            {"conditional_expression", BranchKind::ternary},
                                            {"else", BranchKind::otherwise},
                                            {"elseif", BranchKind::else_if},
                                            {"for_statement", BranchKind::loop},
                                            {"foreach_statement", BranchKind::loop},
                                            {"while_statement", BranchKind::loop},
                                            {"do_statement", BranchKind::loop},
                                            {"switch_statement", BranchKind::choice},
                                            {"match_expression", BranchKind::choice},
                                            {"case_statement", BranchKind::arm},
                                            {"match_conditional_expression", BranchKind::arm},
                                            {"catch_clause", BranchKind::handler},
                                            {"goto_statement", BranchKind::jump},
                                            {"break_statement", BranchKind::labelled_jump},
                                            {"continue_statement", BranchKind::labelled_jump},
                                            {"anonymous_function", BranchKind::lambda},
                                            {"arrow_function", BranchKind::lambda}}};
constexpr std::array<std::string_view, 4> kLogicalOperators{"&&", "||", "and", "or"};

}  // namespace

const Language& language_php() {
  static const Language kLanguage{
      .name = "php",
      .display_name = "PHP",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_php,
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
