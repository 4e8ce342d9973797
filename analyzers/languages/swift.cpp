#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_swift();

namespace peer {
namespace {

constexpr std::array<std::string_view, 1> kExtensions{".swift"};
constexpr std::array<std::string_view, 1> kInterpreters{"swift"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(import Foundation

protocol Priced {
    func price() -> Int
}

struct Item: Priced {
    let cents: Int

    func price() -> Int {
        return cents
    }
}

class Basket {
    private var items: [Item] = []

    init(items: [Item]) {
        self.items = items
    }

    func total() -> Int {
        return items.reduce(0) { sum, item in sum + item.price() }
    }
}

func describe(_ basket: Basket) -> String {
    return "total \(basket.total())"
}
)peer";
constexpr std::array<OutlineRule, 8> kOutline{{
    {.node = "class_declaration", .kind = SymbolKind::class_},
    {.node = "protocol_declaration", .kind = SymbolKind::interface},
    {.node = "function_declaration",
     .kind = SymbolKind::function,
     .kind_in_type = SymbolKind::method},
    {.node = "protocol_function_declaration",
     .kind = SymbolKind::method,
     .name_field = "name",
     .body_field = ""},
    {.node = "init_declaration", .kind = SymbolKind::constructor, .name_field = ""},
    {.node = "deinit_declaration", .kind = SymbolKind::method, .name_field = ""},
    {.node = "typealias_declaration",
     .kind = SymbolKind::type,
     .name_field = "name",
     .body_field = ""},
    {.node = "import_declaration", .kind = SymbolKind::import, .name_field = "", .body_field = ""},
}};

bool outline(const OutlineSite& site, Symbol& symbol) {
  const auto kind = site.node.kind();
  if (kind == "import_declaration") {
    name_by_children(symbol, site.node, site.text);
  } else if (kind == "class_declaration") {
    const Node word = site.node.field("declaration_kind");
    const auto what = word ? word.text(site.text) : std::string_view{};
    if (what == "struct") symbol.kind = SymbolKind::struct_;
    if (what == "enum") symbol.kind = SymbolKind::enum_;
    if (what == "extension") symbol.kind = SymbolKind::extension;
  } else if (kind == "init_declaration") {
    symbol.name = "init";
  } else if (kind == "deinit_declaration") {
    symbol.name = "deinit";
  }
  return true;
}
constexpr std::array<Branch, 12> kBranches{
    {{"if_statement", BranchKind::condition},
     {"guard_statement", BranchKind::ternary},
     {"ternary_expression", BranchKind::ternary},
     {"else", BranchKind::otherwise},
     {"for_statement", BranchKind::loop},
     {"while_statement", BranchKind::loop},
     {"repeat_while_statement", BranchKind::loop},
     {"switch_statement", BranchKind::choice},
     {"switch_entry", BranchKind::arm},
     {"catch_block", BranchKind::handler},
     {"control_transfer_statement", BranchKind::labelled_jump},
     {"lambda_literal", BranchKind::lambda}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"&&", "||"};

}  // namespace

const Language& language_swift() {
  static const Language kLanguage{
      .name = "swift",
      .display_name = "Swift",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_swift,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
      .outline = kOutline,
      .outline_hook = outline,
      .branches = kBranches,
      .logical_operators = kLogicalOperators,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
