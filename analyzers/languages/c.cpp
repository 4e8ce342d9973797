#include <array>

#include "analyzers/languages/declarators.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/parse/macros.hpp"

extern "C" const TSLanguage* tree_sitter_c();

namespace peer {
namespace {

constexpr std::array<std::string_view, 2> kExtensions{".c", ".h"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(#include <stdio.h>

struct point {
  int x;
  int y;
};

static int sum(const struct point *p) {
  return p->x + p->y;
}

int main(void) {
  struct point p = {1, 2};
  printf("%d\n", sum(&p));
  return 0;
}
)peer";
constexpr std::array<std::string_view, 16> kOutlineSkips{
    "argument_list",     "array_declarator", "comment",
    "condition_clause",  "enumerator_list",  "expression_statement",
    "initializer_list",  "parameter_list",   "parenthesized_expression",
    "preproc_def",       "return_statement", "string_literal",
    "binary_expression", "call_expression",  "conditional_expression",
    "cast_expression"};
constexpr std::array<OutlineRule, 8> kOutline{{
    {.node = "function_definition", .kind = SymbolKind::function, .name_field = "declarator"},
    {.node = "declaration",
     .kind = SymbolKind::function,
     .name_field = "declarator",
     .body_field = ""},
    {.node = "struct_specifier", .kind = SymbolKind::struct_},
    {.node = "union_specifier", .kind = SymbolKind::type},
    {.node = "enum_specifier", .kind = SymbolKind::enum_},
    {.node = "type_definition",
     .kind = SymbolKind::type,
     .name_field = "declarator",
     .body_field = "type/body"},
    {.node = "preproc_function_def",
     .kind = SymbolKind::macro,
     .name_field = "name",
     .body_field = "value"},
    {.node = "preproc_include", .kind = SymbolKind::import, .name_field = "path", .body_field = ""},
}};
constexpr std::array<Branch, 13> kBranches{{{"if_statement", BranchKind::condition},
                                            {"conditional_expression", BranchKind::ternary},
                                            {"preproc_if", BranchKind::directive},
                                            {"preproc_ifdef", BranchKind::directive},
                                            {"else", BranchKind::otherwise},
                                            {"#else", BranchKind::otherwise},
                                            {"#elif", BranchKind::otherwise},
                                            {"for_statement", BranchKind::loop},
                                            {"while_statement", BranchKind::loop},
                                            {"do_statement", BranchKind::loop},
                                            {"switch_statement", BranchKind::choice},
                                            {"case_statement", BranchKind::arm},
                                            {"goto_statement", BranchKind::jump}}};
constexpr std::array<std::string_view, 3> kPlainStatements{"expression_statement", "declaration",
                                                           "return_statement"};
constexpr std::array<std::string_view, 2> kLogicalOperators{"&&", "||"};

}  // namespace

const Language& language_c() {
  static const Language kLanguage{
      .name = "c",
      .display_name = "C",
      .extensions = kExtensions,
      .grammar = tree_sitter_c,
      .readable = blank_macros,
      .line_comments = kLineComments,
      .block_comments = kBlockComments,
      .outline = kOutline,
      .outline_hook = outline_c_family,
      .outline_skips = kOutlineSkips,
      .plain_statements = kPlainStatements,
      .branches = kBranches,
      .logical_operators = kLogicalOperators,
      .sample = kSample,
  };
  return kLanguage;
}

}  // namespace peer
