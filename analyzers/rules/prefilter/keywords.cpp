#include "analyzers/rules/prefilter/keywords.hpp"

#include <algorithm>
#include <array>

namespace peer::rules {
namespace {

constexpr std::array<KindKeywords, 19> kC{{{"break_statement", "break"},
                                           {"comment", "//|/*"},
                                           {"continue_statement", "continue"},
                                           {"do_statement", "do"},
                                           {"else_clause", "else"},
                                           {"enum_specifier", "enum"},
                                           {"for_statement", "for"},
                                           {"goto_statement", "goto"},
                                           {"if_statement", "if"},
                                           {"preproc_def", "define"},
                                           {"preproc_function_def", "define"},
                                           {"preproc_include", "include"},
                                           {"return_statement", "return"},
                                           {"sizeof_expression", "sizeof"},
                                           {"struct_specifier", "struct"},
                                           {"switch_statement", "switch"},
                                           {"type_definition", "typedef"},
                                           {"union_specifier", "union"},
                                           {"while_statement", "while"}}};

constexpr std::array<KindKeywords, 32> kCpp{{{"break_statement", "break"},
                                             {"catch_clause", "catch"},
                                             {"class_specifier", "class"},
                                             {"co_await_expression", "co_await"},
                                             {"co_return_statement", "co_return"},
                                             {"comment", "//|/*"},
                                             {"continue_statement", "continue"},
                                             {"decltype", "decltype"},
                                             {"delete_expression", "delete"},
                                             {"do_statement", "do"},
                                             {"else_clause", "else"},
                                             {"enum_specifier", "enum"},
                                             {"for_range_loop", "for"},
                                             {"for_statement", "for"},
                                             {"friend_declaration", "friend"},
                                             {"goto_statement", "goto"},
                                             {"if_statement", "if"},
                                             {"namespace_definition", "namespace"},
                                             {"new_expression", "new"},
                                             {"preproc_def", "define"},
                                             {"preproc_function_def", "define"},
                                             {"preproc_include", "include"},
                                             {"return_statement", "return"},
                                             {"sizeof_expression", "sizeof"},
                                             {"static_assert_declaration", "static_assert"},
                                             {"switch_statement", "switch"},
                                             {"template_declaration", "template"},
                                             {"throw_statement", "throw"},
                                             {"try_statement", "try"},
                                             {"union_specifier", "union"},
                                             {"using_declaration", "using"},
                                             {"while_statement", "while"}}};

constexpr std::array<KindKeywords, 30> kGo{{{"break_statement", "break"},
                                            {"channel_type", "chan"},
                                            {"communication_case", "case"},
                                            {"const_declaration", "const"},
                                            {"continue_statement", "continue"},
                                            {"dec_statement", "--"},
                                            {"defer_statement", "defer"},
                                            {"expression_case", "case"},
                                            {"expression_switch_statement", "switch"},
                                            {"fallthrough_statement", "fallthrough"},
                                            {"for_statement", "for"},
                                            {"func_literal", "func"},
                                            {"function_declaration", "func"},
                                            {"go_statement", "go"},
                                            {"goto_statement", "goto"},
                                            {"if_statement", "if"},
                                            {"import_declaration", "import"},
                                            {"inc_statement", "++"},
                                            {"interface_type", "interface"},
                                            {"map_type", "map"},
                                            {"method_declaration", "func"},
                                            {"range_clause", "range"},
                                            {"return_statement", "return"},
                                            {"select_statement", "select"},
                                            {"send_statement", "<-"},
                                            {"short_var_declaration", ":="},
                                            {"struct_type", "struct"},
                                            {"type_declaration", "type"},
                                            {"type_switch_statement", "switch"},
                                            {"var_declaration", "var"}}};

constexpr std::array<KindKeywords, 31> kJava{{{"annotation_type_declaration", "interface"},
                                              {"array_creation_expression", "new"},
                                              {"assert_statement", "assert"},
                                              {"break_statement", "break"},
                                              {"catch_clause", "catch"},
                                              {"class_declaration", "class"},
                                              {"class_literal", "class"},
                                              {"continue_statement", "continue"},
                                              {"do_statement", "do"},
                                              {"enhanced_for_statement", "for"},
                                              {"enum_declaration", "enum"},
                                              {"finally_clause", "finally"},
                                              {"for_statement", "for"},
                                              {"if_statement", "if"},
                                              {"import_declaration", "import"},
                                              {"instanceof_expression", "instanceof"},
                                              {"interface_declaration", "interface"},
                                              {"lambda_expression", "->"},
                                              {"method_reference", "::"},
                                              {"object_creation_expression", "new"},
                                              {"package_declaration", "package"},
                                              {"return_statement", "return"},
                                              {"static_initializer", "static"},
                                              {"superclass", "extends"},
                                              {"switch_expression", "switch"},
                                              {"synchronized_statement", "synchronized"},
                                              {"throw_statement", "throw"},
                                              {"throws", "throws"},
                                              {"try_statement", "try"},
                                              {"try_with_resources_statement", "try"},
                                              {"while_statement", "while"}}};

constexpr std::array<KindKeywords, 36> kJavascript{{{"arrow_function", "=>"},
                                                    {"await_expression", "await"},
                                                    {"break_statement", "break"},
                                                    {"catch_clause", "catch"},
                                                    {"class_declaration", "class"},
                                                    {"class_heritage", "extends"},
                                                    {"continue_statement", "continue"},
                                                    {"debugger_statement", "debugger"},
                                                    {"do_statement", "do"},
                                                    {"else_clause", "else"},
                                                    {"export_statement", "export"},
                                                    {"finally_clause", "finally"},
                                                    {"for_in_statement", "for"},
                                                    {"for_statement", "for"},
                                                    {"function_declaration", "function"},
                                                    {"function_expression", "function"},
                                                    {"generator_function", "function"},
                                                    {"generator_function_declaration", "function"},
                                                    {"if_statement", "if"},
                                                    {"import_statement", "import"},
                                                    {"lexical_declaration", "let|const|using"},
                                                    {"new_expression", "new"},
                                                    {"optional_chain", "?."},
                                                    {"return_statement", "return"},
                                                    {"spread_element", "..."},
                                                    {"switch_case", "case"},
                                                    {"switch_default", "default"},
                                                    {"switch_statement", "switch"},
                                                    {"template_substitution", "${"},
                                                    {"throw_statement", "throw"},
                                                    {"try_statement", "try"},
                                                    {"update_expression", "++|--"},
                                                    {"variable_declaration", "var"},
                                                    {"while_statement", "while"},
                                                    {"with_statement", "with"},
                                                    {"yield_expression", "yield"}}};

// What TypeScript adds to JavaScript, or says otherwise.
constexpr std::array<KindKeywords, 9> kTypescript{{{"abstract_class_declaration", "abstract"},
                                                   {"ambient_declaration", "declare"},
                                                   {"as_expression", "as"},
                                                   {"class_heritage", "extends|implements"},
                                                   {"enum_declaration", "enum"},
                                                   {"implements_clause", "implements"},
                                                   {"interface_declaration", "interface"},
                                                   {"satisfies_expression", "satisfies"},
                                                   {"type_alias_declaration", "type"}}};

constexpr std::array<KindKeywords, 38> kPython{{{"assert_statement", "assert"},
                                                {"await", "await"},
                                                {"boolean_operator", "and|or"},
                                                {"break_statement", "break"},
                                                {"case_clause", "case"},
                                                {"class_definition", "class"},
                                                {"conditional_expression", "if"},
                                                {"continue_statement", "continue"},
                                                {"delete_statement", "del"},
                                                {"dictionary_comprehension", "for"},
                                                {"dictionary_splat", "**"},
                                                {"elif_clause", "elif"},
                                                {"else_clause", "else"},
                                                {"except_clause", "except"},
                                                {"finally_clause", "finally"},
                                                {"for_in_clause", "for"},
                                                {"for_statement", "for"},
                                                {"function_definition", "def"},
                                                {"future_import_statement", "__future__"},
                                                {"generator_expression", "for"},
                                                {"global_statement", "global"},
                                                {"if_statement", "if"},
                                                {"import_from_statement", "import"},
                                                {"import_statement", "import"},
                                                {"lambda", "lambda"},
                                                {"list_comprehension", "for"},
                                                {"match_statement", "match"},
                                                {"named_expression", ":="},
                                                {"nonlocal_statement", "nonlocal"},
                                                {"not_operator", "not"},
                                                {"pass_statement", "pass"},
                                                {"raise_statement", "raise"},
                                                {"return_statement", "return"},
                                                {"set_comprehension", "for"},
                                                {"try_statement", "try"},
                                                {"while_statement", "while"},
                                                {"with_statement", "with"},
                                                {"yield", "yield"}}};

constexpr std::array<KindKeywords, 27> kCsharp{
    {{"as_expression", "as"},          {"await_expression", "await"},
     {"catch_clause", "catch"},        {"checked_statement", "checked|unchecked"},
     {"class_declaration", "class"},   {"do_statement", "do"},
     {"finally_clause", "finally"},    {"for_statement", "for"},
     {"foreach_statement", "foreach"}, {"goto_statement", "goto"},
     {"if_statement", "if"},           {"is_expression", "is"},
     {"is_pattern_expression", "is"},  {"lambda_expression", "=>"},
     {"lock_statement", "lock"},       {"object_creation_expression", "new"},
     {"return_statement", "return"},   {"switch_statement", "switch"},
     {"throw_expression", "throw"},    {"throw_statement", "throw"},
     {"try_statement", "try"},         {"typeof_expression", "typeof"},
     {"unsafe_statement", "unsafe"},   {"using_directive", "using"},
     {"using_statement", "using"},     {"while_statement", "while"},
     {"yield_statement", "yield"}}};

constexpr std::array<KindKeywords, 12> kRuby{{{"class", "class"},
                                              {"ensure", "ensure"},
                                              {"if_modifier", "if"},
                                              {"lambda", "->|lambda"},
                                              {"module", "module"},
                                              {"rescue", "rescue"},
                                              {"rescue_modifier", "rescue"},
                                              {"unless", "unless"},
                                              {"unless_modifier", "unless"},
                                              {"until_modifier", "until"},
                                              {"while_modifier", "while"},
                                              {"yield", "yield"}}};

constexpr std::array<KindKeywords, 17> kRust{{{"async_block", "async"},
                                              {"await_expression", "await"},
                                              {"enum_item", "enum"},
                                              {"extern_crate_declaration", "extern"},
                                              {"for_expression", "for"},
                                              {"function_item", "fn"},
                                              {"if_expression", "if"},
                                              {"impl_item", "impl"},
                                              {"loop_expression", "loop"},
                                              {"macro_definition", "macro_rules"},
                                              {"match_expression", "match"},
                                              {"return_expression", "return"},
                                              {"struct_item", "struct"},
                                              {"trait_item", "trait"},
                                              {"unsafe_block", "unsafe"},
                                              {"use_declaration", "use"},
                                              {"while_expression", "while"}}};

constexpr std::array<KindKeywords, 9> kKotlin{{{"catch_block", "catch"},
                                               {"do_while_statement", "do"},
                                               {"finally_block", "finally"},
                                               {"for_statement", "for"},
                                               {"function_declaration", "fun"},
                                               {"if_expression", "if"},
                                               {"try_expression", "try"},
                                               {"when_expression", "when"},
                                               {"while_statement", "while"}}};

}  // namespace

std::span<const KindKeywords> known_keywords(std::string_view language) {
  if (language == "c") return kC;
  if (language == "cpp") return kCpp;
  if (language == "go") return kGo;
  if (language == "java") return kJava;
  if (language == "javascript") return kJavascript;
  if (language == "typescript") return kTypescript;
  if (language == "tsx") return kTypescript;
  if (language == "python") return kPython;
  if (language == "csharp") return kCsharp;
  if (language == "ruby") return kRuby;
  if (language == "rust") return kRust;
  if (language == "kotlin") return kKotlin;
  return {};
}

std::string_view language_extended_by(std::string_view language) {
  return language == "typescript" || language == "tsx" ? "javascript" : "";
}

std::string_view keywords_of_kind(std::string_view language, std::string_view kind) {
  for (; !language.empty(); language = language_extended_by(language)) {
    const auto known = known_keywords(language);
    const auto found = std::lower_bound(
        known.begin(), known.end(), kind,
        [](const KindKeywords& row, std::string_view wanted) { return row.kind < wanted; });
    if (found != known.end() && found->kind == kind) return found->keywords;
  }
  return {};
}

bool has_plain_signs(std::string_view language) {
  static constexpr std::array<std::string_view, 8> kLanguages{
      "c", "cpp", "go", "java", "javascript", "python", "tsx", "typescript"};
  return std::find(kLanguages.begin(), kLanguages.end(), language) != kLanguages.end();
}

}  // namespace peer::rules
