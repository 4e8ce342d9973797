// C and C++: one table, the second language adds its own words.
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr FormRule kForms[] = {
    {"translation_unit", Form::block},
    {"comment", Form::skip},
    {"preproc_include", Form::skip},
    {"preproc_def", Form::skip},
    {"preproc_function_def", Form::skip},
    {"preproc_call", Form::skip},
    {"preproc_if", Form::block},
    {"preproc_ifdef", Form::block},
    {"preproc_else", Form::block},
    {"primitive_type", Form::skip},
    {"sized_type_specifier", Form::skip},
    {"type_identifier", Form::skip},
    {"type_qualifier", Form::skip},
    {"type_descriptor", Form::skip},
    {"type_definition", Form::skip},
    {"storage_class_specifier", Form::skip},
    {"struct_specifier", Form::skip},
    {"union_specifier", Form::skip},
    {"enum_specifier", Form::skip},
    {"attribute_specifier", Form::skip},
    {"attribute_declaration", Form::skip},
    {"function_declarator", Form::skip},
    {"statement_identifier", Form::skip},
    {"goto_statement", Form::skip},
    {"sizeof_expression", Form::constant},
    {"offsetof_expression", Form::constant},
    {"alignof_expression", Form::constant},
    {"linkage_specification", Form::pass, "body"},
    {"declaration_list", Form::block},
    {"expression_statement", Form::pass},
    {"parenthesized_expression", Form::pass},
    {"extension_expression", Form::pass},
    {"attributed_statement", Form::pass},
    {"labeled_statement", Form::pass},
    {"else_clause", Form::pass},
    {"compound_literal_expression", Form::pass, "value"},
    {"comma_expression", Form::block},
    {"compound_statement", Form::scope},
    {"declaration", Form::typed, "type"},
    {"init_declarator", Form::declare, "declarator", "value"},
    {"pointer_declarator", Form::declare, "declarator", "value"},
    {"array_declarator", Form::declare, "declarator", "value"},
    {"identifier", Form::name},
    {"null", Form::null},
    {"true", Form::true_},
    {"false", Form::false_},
    {"number_literal", Form::number},
    {"string_literal", Form::text},
    {"char_literal", Form::text},
    {"concatenated_string", Form::special},
    {"binary_expression", Form::binary, "left", "right"},
    {"unary_expression", Form::unary, "argument"},
    {"pointer_expression", Form::unary, "argument"},
    {"update_expression", Form::unary, "argument"},
    {"assignment_expression", Form::assign, "left", "right"},
    {"field_expression", Form::member, "argument", "field"},
    {"call_expression", Form::call, "function", "arguments"},
    {"cast_expression", Form::cast, "type", "value"},
    {"conditional_expression", Form::conditional, "condition", "consequence", "alternative"},
    {"initializer_list", Form::special},
    {"initializer_pair", Form::pair, "designator", "value"},
    {"field_designator", Form::special},
    {"if_statement", Form::if_, "condition", "consequence", "alternative"},
    {"while_statement", Form::while_, "condition", "body"},
    {"do_statement", Form::do_while, "condition", "body"},
    {"for_statement", Form::for_, "initializer", "condition", "update", "body"},
    {"switch_statement", Form::switch_, "condition", "body"},
    {"case_statement", Form::arm},
    {"return_statement", Form::return_},
    {"break_statement", Form::break_},
    {"continue_statement", Form::continue_},
    {"function_definition", Form::function, "declarator", "parameters", "body"},
};

constexpr FormRule kIndexOfC[] = {{"subscript_expression", Form::index, "argument", "index"}};

constexpr FormRule kMoreOfCpp[] = {
    {"subscript_expression", Form::index, "argument", "indices"},
    {"subscript_argument_list", Form::pass},
    {"namespace_definition", Form::pass, "body"},
    {"namespace_identifier", Form::skip},
    {"using_declaration", Form::skip},
    {"alias_declaration", Form::skip},
    {"template_type", Form::skip},
    {"template_parameter_list", Form::skip},
    {"placeholder_type_specifier", Form::skip},
    {"access_specifier", Form::skip},
    {"friend_declaration", Form::skip},
    {"static_assert_declaration", Form::skip},
    {"base_class_clause", Form::skip},
    {"virtual_specifier", Form::skip},
    {"trailing_return_type", Form::skip},
    {"lambda_capture_specifier", Form::skip},
    {"template_declaration", Form::pass},
    {"condition_clause", Form::pass, "value"},
    {"init_statement", Form::pass},
    {"co_await_expression", Form::pass, "argument"},
    {"qualified_identifier", Form::name},
    {"template_function", Form::name},
    {"this", Form::self},
    {"raw_string_literal", Form::text},
    {"reference_declarator", Form::pass},
    {"structured_binding_declarator", Form::list},
    {"function_declarator", Form::prototype, "declarator", "parameters"},
    {"parameter_declaration", Form::special},
    {"field_declaration_list", Form::block},
    {"field_identifier", Form::own_member},
    {"field_initializer_list", Form::block},
    {"field_initializer", Form::assign, "#0", "#1"},
    {"function_definition", Form::function, "declarator", "parameters", "body",
     ".field_initializer_list"},
    {"field_declaration", Form::declare, "declarator", "default_value"},
    {"new_expression", Form::construct, "type", "arguments"},
    {"for_range_loop", Form::for_each, "declarator", "right", "body"},
    {"try_statement", Form::try_},
    {"catch_clause", Form::handler, "parameters", "body"},
    {"throw_statement", Form::throw_},
    {"co_return_statement", Form::return_},
    {"lambda_expression", Form::lambda, "", "parameters", "body"},
    {"class_specifier", Form::class_, "name", "body"},
    {"struct_specifier", Form::class_, "name", "body"},
};

/// A row of the second list stands before those of the first.
template <std::size_t A, std::size_t B>
constexpr auto together(const FormRule (&first)[A], const FormRule (&second)[B]) {
  std::array<FormRule, A + B> all{};
  for (std::size_t i = 0; i < B; ++i)
    all[i] = second[i];
  for (std::size_t i = 0; i < A; ++i)
    all[B + i] = first[i];
  return all;
}

constexpr auto kFormsOfC = together(kForms, kIndexOfC);
constexpr auto kFormsOfCpp = together(kForms, kMoreOfCpp);

constexpr std::string_view kClean[] = {
    "atoi",    "atol",    "atoll",   "atof",   "strtol",  "strtoul",    "strtoll", "strtoull",
    "strtod",  "strlen",  "strnlen", "strcmp", "strncmp", "strcasecmp", "memcmp",  "isdigit",
    "isalnum", "isalpha", "stoi",    "stol",   "stoul",   "stoll",      "stod",    "time",
    "getpid",  "open",    "fopen",   "socket", "fclose",  "close",      "sizeof",  "toupper",
    "tolower", "abs",     "wcslen",  "access", "stat"};
constexpr std::string_view kPure[] = {
    "strdup",  "strndup",   "strchr", "strrchr",     "strstr", "basename", "dirname",
    "string",  "to_string", "move",   "c_str",       "data",   "str",      "make_unique",
    "forward", "gettext",   "_",      "string_view", "path"};
constexpr std::string_view kStops[] = {"exit", "_exit",     "abort",      "err",
                                       "errx", "std::exit", "std::abort", "std::terminate"};
constexpr std::string_view kWritten[] = {
    "strcpy",      "strncpy",      "strcat",        "strncat",   "strlcpy",     "strlcat",
    "sprintf",     "snprintf",     "vsprintf",      "vsnprintf", "memcpy",      "memmove",
    "stpcpy",      "wcscpy",       "wcscat",        "asprintf",  "std::strcpy", "std::strcat",
    "std::memcpy", "std::sprintf", "std::snprintf", "memset",    "std::memset", "bzero"};

/// `{a, b}` and `{.name = a}`
void lower_initializers(Lowering& to, Node node) {
  const auto parts = to.parts(node);
  std::vector<std::pair<Node, Node>> pairs;
  for (const Node part : parts)
    if (part.kind() == "initializer_pair")
      pairs.emplace_back(part.field("designator"), part.field("value"));
  if (pairs.empty() || pairs.size() != parts.size())
    to.list(parts, node);
  else
    to.map(pairs, node);
}

/// Of a Form::prototype: `a`, or `f(a)`.
void lower_parameter(Lowering& to, Node node) {
  const Node name = node.field("type");
  const Node called = node.field("declarator");
  if (!name || (called && called.kind() != "abstract_function_declarator")) {
    to.push(anything(), node);
    return;
  }
  if (called) {
    Lowering::Callee callee;
    callee.name = name;
    callee.whole = name;
    const Node arguments = called.field("parameters");
    to.call(callee, arguments ? to.parts(arguments) : std::vector<Node>(), node);
  } else {
    to.load(to.text(name), node);
    to.mark_after(name);
  }
}

void lower(Lowering& to, Node node) {
  const auto kind = node.kind();
  if (kind == "initializer_list") {
    lower_initializers(to, node);
  } else if (kind == "field_designator") {
    to.push(constant({Literal::Kind::text, std::string(to.text(node).substr(1))}), node);
  } else if (kind == "parameter_declaration") {
    lower_parameter(to, node);
  } else {
    to.concat(to.parts(node), node);
  }
}

TaintLanguage language(std::string_view name, std::span<const FormRule> forms) {
  TaintLanguage made;
  made.name = name;
  made.forms = forms;
  made.hook = lower;
  made.clean_calls = kClean;
  made.pure_calls = kPure;
  made.stops = kStops;
  made.first_is_written = kWritten;
  made.block_scoped = true;
  made.break_leaves_switch = true;
  made.falls_through = true;
  return made;
}

}  // namespace

const TaintLanguage& taint_language_c() {
  static const TaintLanguage kLanguage = language("c", kFormsOfC);
  return kLanguage;
}

const TaintLanguage& taint_language_cpp() {
  static const TaintLanguage kLanguage = [] {
    TaintLanguage made = language("cpp", kFormsOfCpp);
    made.implicit_self = true;
    made.shift_appends = true;
    made.declares_objects = true;
    made.members_are_given = true;
    return made;
  }();
  return kLanguage;
}

}  // namespace peer::taint
