#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_go();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".go"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(package shop

import "fmt"

type Basket struct {
	items []string
}

func (b *Basket) Add(item string) {
	b.items = append(b.items, item)
}

func Describe(b *Basket) string {
	return fmt.Sprintf("%d items", len(b.items))
}
)peer";
constexpr std::array<std::string_view, 10> kOutlineSkips{
    "binary_expression",   "comment",
    "index_expression",    "interpreted_string_literal",
    "parameter_list",      "raw_string_literal",
    "selector_expression", "slice_expression",
    "unary_expression",    "type_arguments"};
constexpr std::array<OutlineRule, 6> kOutline{{
    {.node = "function_declaration", .kind = SymbolKind::function},
    {.node = "method_declaration", .kind = SymbolKind::method},
    {.node = "type_spec", .kind = SymbolKind::type, .name_field = "name", .body_field = ""},
    {.node = "type_alias", .kind = SymbolKind::type, .name_field = "name", .body_field = ""},
    {.node = "import_spec", .kind = SymbolKind::import, .name_field = "path", .body_field = ""},
    {.node = "method_elem", .kind = SymbolKind::method, .name_field = "name", .body_field = ""},
}};

/// `*Basket[T]`: the node of Basket.
Node receiver_type(Node method) {
  const Node receiver = method.field("receiver");
  const Node parameter = receiver ? receiver.named_child(0) : Node();
  Node type = parameter ? parameter.field("type") : Node();
  while (type && type.kind() != "type_identifier")
    type = type.named_child(0);
  return type;
}

/// The part of a struct or interface in braces.
std::optional<Span> braces(Node type) {
  std::optional<Span> span;
  for_each_child(type, [&](Node child) {
    if (!span && (child.kind() == "{" || child.kind() == "field_declaration_list"))
      span = Span{child.begin(), type.end()};
  });
  return span;
}

bool outline(const OutlineSite& site, Symbol& symbol) {
  const auto kind = site.node.kind();
  if (symbol.kind == SymbolKind::import) {
    unquote_name(symbol);
  } else if (kind == "method_declaration") {
    if (const Node type = receiver_type(site.node))
      symbol.scope = std::string(type.text(site.text));
  } else if (kind == "type_spec") {
    const Node type = site.node.field("type");
    const auto what = type ? type.kind() : std::string_view{};
    if (what == "struct_type") symbol.kind = SymbolKind::struct_;
    if (what == "interface_type") symbol.kind = SymbolKind::interface;
    if (symbol.kind != SymbolKind::type) symbol.body = braces(type);
  }
  return true;
}
constexpr std::array<Branch, 13> kBranches{{{"if_statement", BranchKind::condition},
                                            {"else", BranchKind::otherwise},
                                            {"for_statement", BranchKind::loop},
                                            {"expression_switch_statement", BranchKind::choice},
                                            {"type_switch_statement", BranchKind::choice},
                                            {"select_statement", BranchKind::choice},
                                            {"expression_case", BranchKind::arm},
                                            {"type_case", BranchKind::arm},
                                            {"communication_case", BranchKind::arm},
                                            {"goto_statement", BranchKind::jump},
                                            {"break_statement", BranchKind::labelled_jump},
                                            {"continue_statement", BranchKind::labelled_jump},
                                            {"func_literal", BranchKind::lambda}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"&&", "||"};

}  // namespace

const Language& language_go() {
  static const Language kLanguage{
      .name = "go",
      .display_name = "Go",
      .extensions = kExtensions,
      .grammar = tree_sitter_go,
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
