#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_scala();

namespace peer {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".scala", ".sc", ".sbt"};
constexpr std::array<std::string_view, 1> kInterpreters{"scala"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(package shop

import scala.collection.mutable

trait Priced {
  def price: Int
}

class Basket(capacity: Int) {
  private val items = mutable.ListBuffer.empty[String]

  def add(item: String): Boolean = {
    if (items.size >= capacity) {
      false
    } else {
      items += item
      true
    }
  }
}

object Shop {
  def open(): Basket = new Basket(10)
}
)peer";
constexpr std::array<OutlineRule, 10> kOutline{{
    {.node = "class_definition", .kind = SymbolKind::class_},
    {.node = "object_definition", .kind = SymbolKind::class_},
    {.node = "trait_definition", .kind = SymbolKind::trait},
    {.node = "enum_definition", .kind = SymbolKind::enum_},
    {.node = "function_definition",
     .kind = SymbolKind::function,
     .kind_in_type = SymbolKind::method},
    {.node = "function_declaration",
     .kind = SymbolKind::function,
     .name_field = "name",
     .body_field = "",
     .kind_in_type = SymbolKind::method},
    {.node = "type_definition", .kind = SymbolKind::type, .name_field = "name", .body_field = ""},
    {.node = "import_declaration", .kind = SymbolKind::import, .name_field = "", .body_field = ""},
    {.node = "package_clause", .kind = SymbolKind::module, .name_field = "name", .body_field = ""},
    {.node = "package_object", .kind = SymbolKind::module},
}};

bool outline(const OutlineSite& site, Symbol& symbol) {
  if (symbol.kind == SymbolKind::import) name_by_children(symbol, site.node, site.text);
  return true;
}
constexpr std::array<Branch, 9> kBranches{{{"if_expression", BranchKind::condition},
                                           {"else", BranchKind::otherwise},
                                           {"for_expression", BranchKind::loop},
                                           {"while_expression", BranchKind::loop},
                                           {"do_while_expression", BranchKind::loop},
                                           {"match_expression", BranchKind::choice},
                                           {"catch_clause", BranchKind::choice},
                                           {"case_clause", BranchKind::arm},
                                           {"lambda_expression", BranchKind::lambda}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"&&", "||"};

}  // namespace

const Language& language_scala() {
  static const Language kLanguage{
      .name = "scala",
      .display_name = "Scala",
      .extensions = kExtensions,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_scala,
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
