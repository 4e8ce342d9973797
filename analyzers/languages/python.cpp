#include <array>

#include "analyzers/languages/language.hpp"

extern "C" const TSLanguage* tree_sitter_python();

namespace peer {
namespace {

constexpr std::array<std::string_view, 3> kExtensions{".py", ".pyi", ".pyw"};
constexpr std::array<std::string_view, 3> kFileNames{"SConstruct", "SConscript", "wscript"};
constexpr std::array<std::string_view, 5> kInterpreters{"python", "python2", "python3", "pypy",
                                                        "pypy3"};
constexpr std::array<std::string_view, 1> kLineComments{"#"};
constexpr std::string_view kSample = R"peer(import json
from pathlib import Path


class Basket:
    """Holds items."""

    def __init__(self, items=()):
        self.items = list(items)

    def add(self, item):
        self.items.append(item)


def load(path: str) -> Basket:
    return Basket(json.loads(Path(path).read_text()))
)peer";
constexpr std::array<std::string_view, 32> kOutlineSkips{"argument_list",
                                                         "assert_statement",
                                                         "attribute",
                                                         "augmented_assignment",
                                                         "await",
                                                         "binary_operator",
                                                         "boolean_operator",
                                                         "call",
                                                         "comment",
                                                         "comparison_operator",
                                                         "concatenated_string",
                                                         "conditional_expression",
                                                         "decorator",
                                                         "dictionary",
                                                         "dictionary_comprehension",
                                                         "generator_expression",
                                                         "lambda",
                                                         "list",
                                                         "list_comprehension",
                                                         "not_operator",
                                                         "pattern_list",
                                                         "parameters",
                                                         "parenthesized_expression",
                                                         "raise_statement",
                                                         "return_statement",
                                                         "set",
                                                         "string",
                                                         "subscript",
                                                         "tuple",
                                                         "type",
                                                         "unary_operator",
                                                         "yield"};
constexpr std::array<OutlineRule, 6> kOutline{{
    {.node = "function_definition",
     .kind = SymbolKind::function,
     .kind_in_type = SymbolKind::method},
    {.node = "class_definition", .kind = SymbolKind::class_},
    {.node = "assignment",
     .kind = SymbolKind::function,
     .name_field = "left",
     .body_field = "",
     .kind_in_type = SymbolKind::method,
     .is_leaf = true},
    {.node = "import_statement",
     .kind = SymbolKind::import,
     .name_field = "name",
     .body_field = ""},
    {.node = "import_from_statement",
     .kind = SymbolKind::import,
     .name_field = "module_name",
     .body_field = ""},
    {.node = "future_import_statement",
     .kind = SymbolKind::import,
     .name_field = "name",
     .body_field = ""},
}};

bool outline(const OutlineSite& site, Symbol& symbol) {
  if (site.node.kind() == "assignment") {
    // `square = lambda x: x * x`
    const Node value = site.node.field("right");
    return value && value.kind() == "lambda" && site.node.field("left").kind() == "identifier";
  }
  if (symbol.kind == SymbolKind::import) {
    if (site.node.kind() != "import_from_statement") name_by_children(symbol, site.node, site.text);
  } else if (symbol.kind == SymbolKind::method && symbol.name == "__init__") {
    symbol.kind = SymbolKind::constructor;
  }
  return true;
}
constexpr std::array<Branch, 10> kBranches{{{"if_statement", BranchKind::condition},
                                            {"conditional_expression", BranchKind::ternary},
                                            {"else", BranchKind::otherwise},
                                            {"elif", BranchKind::else_if},
                                            {"for_statement", BranchKind::loop},
                                            {"while_statement", BranchKind::loop},
                                            {"match_statement", BranchKind::choice},
                                            {"case_clause", BranchKind::arm},
                                            {"except_clause", BranchKind::handler},
                                            {"lambda", BranchKind::lambda}}};
constexpr std::array<std::string_view, 2> kLogicalOperators{"and", "or"};

}  // namespace

const Language& language_python() {
  static const Language kLanguage{
      .name = "python",
      .display_name = "Python",
      .extensions = kExtensions,
      .file_names = kFileNames,
      .interpreters = kInterpreters,
      .grammar = tree_sitter_python,
      .line_comments = kLineComments,
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
