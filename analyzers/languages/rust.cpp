#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_rust();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".rs"};
constexpr std::array<std::string_view, 1> kInterpreters{"rust-script"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(use std::collections::HashMap;

pub struct Basket {
    items: HashMap<String, u32>,
}

pub trait Priced {
    fn price(&self) -> u32;
}

impl Basket {
    pub fn add(&mut self, item: &str) {
        *self.items.entry(item.to_string()).or_insert(0) += 1;
    }
}

fn main() {
    let mut basket = Basket { items: HashMap::new() };
    basket.add("tea");
}
)peer";
constexpr std::array<std::string_view, 14> kOutlineSkips{
    "attribute_item", "binary_expression", "block_comment",   "field_expression",  "generic_type",
    "line_comment",   "parameters",        "reference_type",  "scoped_identifier", "string_literal",
    "token_tree",     "type_arguments",    "type_parameters", "where_clause"};
constexpr std::array<OutlineRule, 12> kOutline{{
    {.node = "function_item", .kind = SymbolKind::function, .kind_in_type = SymbolKind::method},
    {.node = "function_signature_item",
     .kind = SymbolKind::function,
     .name_field = "name",
     .body_field = "",
     .kind_in_type = SymbolKind::method},
    {.node = "struct_item", .kind = SymbolKind::struct_},
    {.node = "union_item", .kind = SymbolKind::type},
    {.node = "enum_item", .kind = SymbolKind::enum_},
    {.node = "trait_item", .kind = SymbolKind::trait},
    {.node = "impl_item", .kind = SymbolKind::extension, .name_field = "type"},
    {.node = "mod_item", .kind = SymbolKind::module},
    {.node = "type_item", .kind = SymbolKind::type, .name_field = "name", .body_field = ""},
    {.node = "macro_definition", .kind = SymbolKind::macro, .name_field = "name", .body_field = ""},
    {.node = "use_declaration",
     .kind = SymbolKind::import,
     .name_field = "argument",
     .body_field = ""},
    {.node = "extern_crate_declaration",
     .kind = SymbolKind::import,
     .name_field = "name",
     .body_field = ""},
}};

/// The type itself of `&'a shop::Basket<T>`.
Node bare_type(Node type) {
  while (type) {
    const auto kind = type.kind();
    if (kind == "generic_type" || kind == "reference_type") {
      type = type.field("type");
    } else if (kind == "scoped_type_identifier") {
      type = type.field("name");
    } else {
      break;
    }
  }
  return type;
}

bool outline(const OutlineSite& site, Symbol& symbol) {
  if (symbol.kind == SymbolKind::extension)
    name_symbol(symbol, bare_type(site.node.field("type")), site.text);
  return true;
}
constexpr std::array<Branch, 10> kBranches{{{"if_expression", BranchKind::condition},
                                            {"else", BranchKind::otherwise},
                                            {"for_expression", BranchKind::loop},
                                            {"while_expression", BranchKind::loop},
                                            {"loop_expression", BranchKind::loop},
                                            {"match_expression", BranchKind::choice},
                                            {"match_arm", BranchKind::arm},
                                            {"break_expression", BranchKind::labelled_jump},
                                            {"continue_expression", BranchKind::labelled_jump},
                                            {"closure_expression", BranchKind::lambda}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"&&", "||"};

}  // namespace

const Language& language_rust() {
  static const Language kLanguage{
      .name = "rust",
      .display_name = "Rust",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_rust,
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
