#include <array>

#include "analyzers/languages/declarators.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/parse/macros.hpp"

extern "C" const TSLanguage* tree_sitter_cpp();

namespace peer {
namespace {

constexpr std::array<std::string_view, 13> kExtensions{".cpp", ".cc",   ".cxx", ".c++", ".hpp",
                                                       ".hh",  ".hxx",  ".h++", ".ipp", ".tpp",
                                                       ".inl", ".cppm", ".ixx"};
constexpr std::array<std::string_view, 1> kLineComments{"//"};
constexpr std::array<BlockComment, 1> kBlockComments{{{"/*", "*/"}}};
constexpr std::string_view kSample = R"peer(#include <string>

namespace shop {

class Basket {
 public:
  explicit Basket(int capacity) : capacity_(capacity) {}
  ~Basket() = default;
  void add(const std::string& item);
  bool full() const { return count_ >= capacity_; }

 private:
  int capacity_;
  int count_ = 0;
};

void Basket::add(const std::string& item) {
  if (!item.empty() && !full()) ++count_;
}

template <class T>
T twice(T value) {
  return value + value;
}

}  // namespace shop
)peer";
constexpr std::array<std::string_view, 16> kOutlineSkips{"binary_expression",
                                                         "comment",
                                                         "condition_clause",
                                                         "enumerator_list",
                                                         "field_expression",
                                                         "field_initializer_list",
                                                         "initializer_list",
                                                         "parameter_list",
                                                         "preproc_def",
                                                         "qualified_identifier",
                                                         "string_literal",
                                                         "subscript_expression",
                                                         "template_argument_list",
                                                         "template_parameter_list",
                                                         "pointer_expression",
                                                         "cast_expression"};
constexpr std::array<OutlineRule, 13> kOutline{{
    {.node = "function_definition",
     .kind = SymbolKind::function,
     .name_field = "declarator",
     .kind_in_type = SymbolKind::method},
    {.node = "declaration",
     .kind = SymbolKind::function,
     .name_field = "declarator",
     .body_field = "",
     .kind_in_type = SymbolKind::method},
    {.node = "field_declaration",
     .kind = SymbolKind::method,
     .name_field = "declarator",
     .body_field = ""},
    {.node = "class_specifier", .kind = SymbolKind::class_},
    {.node = "struct_specifier", .kind = SymbolKind::struct_},
    {.node = "union_specifier", .kind = SymbolKind::type},
    {.node = "enum_specifier", .kind = SymbolKind::enum_},
    {.node = "type_definition",
     .kind = SymbolKind::type,
     .name_field = "declarator",
     .body_field = "type/body"},
    {.node = "alias_declaration", .kind = SymbolKind::type, .name_field = "name", .body_field = ""},
    {.node = "namespace_definition", .kind = SymbolKind::module},
    {.node = "concept_definition",
     .kind = SymbolKind::type,
     .name_field = "name",
     .body_field = ""},
    {.node = "preproc_function_def",
     .kind = SymbolKind::macro,
     .name_field = "name",
     .body_field = "value"},
    {.node = "preproc_include", .kind = SymbolKind::import, .name_field = "path", .body_field = ""},
}};
constexpr std::array<Branch, 16> kBranches{{{"if_statement", BranchKind::condition},
                                            {"conditional_expression", BranchKind::ternary},
                                            {"preproc_if", BranchKind::directive},
                                            {"preproc_ifdef", BranchKind::directive},
                                            {"else", BranchKind::otherwise},
                                            {"#else", BranchKind::otherwise},
                                            {"#elif", BranchKind::otherwise},
                                            {"for_statement", BranchKind::loop},
                                            {"for_range_loop", BranchKind::loop},
                                            {"while_statement", BranchKind::loop},
                                            {"do_statement", BranchKind::loop},
                                            {"switch_statement", BranchKind::choice},
                                            {"case_statement", BranchKind::arm},
                                            {"catch_clause", BranchKind::handler},
                                            {"goto_statement", BranchKind::jump},
                                            {"lambda_expression", BranchKind::lambda}}};
constexpr std::array<std::string_view, 3> kPlainStatements{"expression_statement", "declaration",
                                                           "return_statement"};
constexpr std::array<std::string_view, 4> kLogicalOperators{"&&", "||", "and", "or"};

}  // namespace

const Language& language_cpp() {
  static const Language kLanguage{
      .name = "cpp",
      .display_name = "C++",
      .extensions = kExtensions,
      .grammar = tree_sitter_cpp,
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
