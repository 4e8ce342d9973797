#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr FormRule kForms[] = {
    {"program", Form::block},
    {"comment", Form::skip},
    {"php_tag", Form::skip},
    {"php_end_tag", Form::skip},
    {"text", Form::skip},
    {"text_interpolation", Form::skip},
    {"namespace_use_declaration", Form::skip},
    {"namespace_definition", Form::pass, "body"},
    {"namespace_name", Form::skip},
    {"use_declaration", Form::skip},
    {"attribute_list", Form::skip},
    {"visibility_modifier", Form::skip},
    {"static_modifier", Form::skip},
    {"readonly_modifier", Form::skip},
    {"final_modifier", Form::skip},
    {"abstract_modifier", Form::skip},
    {"var_modifier", Form::skip},
    {"reference_modifier", Form::skip},
    {"base_clause", Form::skip},
    {"class_interface_clause", Form::skip},
    {"named_type", Form::skip},
    {"primitive_type", Form::skip},
    {"optional_type", Form::skip},
    {"union_type", Form::skip},
    {"type_list", Form::skip},
    {"cast_type", Form::skip},
    {"anonymous_function_use_clause", Form::skip},
    {"unset_statement", Form::skip},
    {"expression_statement", Form::pass},
    {"parenthesized_expression", Form::pass},
    {"error_suppression_expression", Form::pass},
    {"clone_expression", Form::pass},
    {"argument", Form::keyword, "name", "#-1"},
    {"yield_expression", Form::yield_},
    {"by_ref", Form::pass},
    {"variadic_unpacking", Form::spread},
    {"array_element_initializer", Form::pass},
    {"echo_statement", Form::pass},
    {"print_intrinsic", Form::pass},
    {"else_clause", Form::pass, "body"},
    {"compound_statement", Form::block},
    {"colon_block", Form::block},
    {"declaration_list", Form::block},
    {"sequence_expression", Form::mix},
    {"const_declaration", Form::block},
    {"const_element", Form::declare},
    {"property_declaration", Form::block},
    {"property_element", Form::declare, "name", "default_value"},
    {"function_static_declaration", Form::block},
    {"static_variable_declaration", Form::declare, "name", "value"},
    {"variable_name", Form::name},
    {"name", Form::name},
    {"relative_scope", Form::self},
    {"boolean", Form::boolean},
    {"null", Form::null},
    {"integer", Form::number},
    {"string", Form::text},
    {"encapsed_string", Form::text},
    {"heredoc", Form::pass, "value"},
    {"heredoc_body", Form::text},
    {"nowdoc", Form::pass, "value"},
    {"nowdoc_body", Form::text},
    {"shell_command_expression", Form::mix},
    {"binary_expression", Form::binary, "left", "right"},
    {"unary_op_expression", Form::unary},
    {"update_expression", Form::unary, "argument"},
    {"assignment_expression", Form::assign, "left", "right"},
    {"augmented_assignment_expression", Form::assign, "left", "right"},
    {"reference_assignment_expression", Form::assign, "left", "right"},
    {"member_access_expression", Form::member, "object", "name"},
    {"nullsafe_member_access_expression", Form::member, "object", "name"},
    {"scoped_property_access_expression", Form::member, "scope", "name"},
    {"class_constant_access_expression", Form::member},
    {"subscript_expression", Form::index},
    {"function_call_expression", Form::call, "function", "arguments"},
    {"member_call_expression", Form::method_call, "object", "name", "arguments"},
    {"nullsafe_member_call_expression", Form::method_call, "object", "name", "arguments"},
    {"scoped_call_expression", Form::method_call, "scope", "name", "arguments"},
    {"object_creation_expression", Form::special},
    {"cast_expression", Form::cast, "type", "value"},
    {"conditional_expression", Form::conditional, "condition", "body", "alternative"},
    {"array_creation_expression", Form::special},
    {"list_literal", Form::list},
    {"if_statement", Form::if_, "condition", "body", "alternative"},
    {"else_if_clause", Form::if_, "condition", "body"},
    {"while_statement", Form::while_, "condition", "body"},
    {"do_statement", Form::do_while, "condition", "body"},
    {"for_statement", Form::for_, "initialize", "condition", "update", "body"},
    {"foreach_statement", Form::special},
    {"switch_statement", Form::switch_, "condition", "body"},
    {"case_statement", Form::arm, "value"},
    {"default_statement", Form::arm, "value"},
    {"match_expression", Form::switch_, "condition", "body"},
    {"match_conditional_expression", Form::arm, "conditional_expressions"},
    {"match_default_expression", Form::arm, "conditional_expressions"},
    {"match_condition_list", Form::list},
    {"try_statement", Form::try_},
    {"catch_clause", Form::handler, "name", "body"},
    {"finally_clause", Form::finally, "body"},
    {"return_statement", Form::return_},
    {"throw_expression", Form::throw_},
    {"exit_statement", Form::throw_},
    {"break_statement", Form::break_},
    {"continue_statement", Form::continue_},
    {"global_declaration", Form::global},
    {"function_definition", Form::function, "name", "parameters", "body"},
    {"method_declaration", Form::function, "name", "parameters", "body"},
    {"anonymous_function", Form::lambda, "", "parameters", "body"},
    {"arrow_function", Form::lambda, "", "parameters", "body"},
    {"class_declaration", Form::class_, "name", "body"},
    {"trait_declaration", Form::class_, "name", "body"},
    {"enum_declaration", Form::class_, "name", "body"},
    {"interface_declaration", Form::skip},
};

constexpr FormRule kWords[] = {{"$this", Form::self}};
constexpr std::string_view kClean[] = {"intval",        "floatval",
                                       "doubleval",     "boolval",
                                       "strlen",        "count",
                                       "sizeof",        "isset",
                                       "empty",         "is_numeric",
                                       "is_int",        "is_string",
                                       "is_array",      "in_array",
                                       "strpos",        "stripos",
                                       "strcmp",        "time",
                                       "mktime",        "abs",
                                       "round",         "floor",
                                       "ceil",          "max",
                                       "min",           "rand",
                                       "mt_rand",       "crc32",
                                       "file_exists",   "is_file",
                                       "is_dir",        "preg_match",
                                       "ctype_digit",   "ctype_alnum",
                                       "ctype_alpha",   "array_key_exists",
                                       "str_contains",  "str_starts_with",
                                       "str_ends_with", "filesize",
                                       "strtotime",     "checkdate",
                                       "gettype",       "ord",
                                       "is_null",       "date",
                                       "number_format"};
constexpr std::string_view kPure[] = {
    "strval",       "trim",         "ltrim",          "rtrim",       "array_merge",  "array_map",
    "array_values", "array_keys",   "array_filter",   "ucwords",     "lcfirst",      "nl2br",
    "dirname",      "str_pad",      "str_repeat",     "strrev",      "compact",      "array",
    "preg_replace", "strtr",        "wordwrap",       "chr",         "define",       "json_encode",
    "rtrim",        "str_ireplace", "substr_replace", "array_slice", "array_unique", "realpath"};

constexpr std::string_view kStops[] = {"die", "exit", "abort", "wp_die"};

void object_creation(Lowering& to, Node node) {
  Lowering::Callee callee;
  callee.is_new = true;
  std::vector<Node> arguments;
  for (const Node part : to.parts(node))
    if (part.kind() == "arguments")
      arguments = to.parts(part);
    else if (!callee.name)
      callee.name = part;
  callee.whole = callee.name;
  to.call(callee, arguments, node);
}

/// [a, b] or ['key' => a].
void array(Lowering& to, Node node) {
  const auto elements = to.parts(node);
  std::vector<std::pair<Node, Node>> pairs;
  bool has_keys = false;
  for (const Node element : elements) {
    const auto halves = to.parts(element);
    if (halves.empty()) continue;
    has_keys = has_keys || halves.size() == 2;
    pairs.emplace_back(halves.size() == 2 ? halves.front() : Node(), halves.back());
  }
  if (has_keys)
    to.map(pairs, node);
  else
    to.list(elements, node);
}

/// foreach (container as [key =>] value) body
void foreach (Lowering& to, Node node) {
  const auto body = parts_of(node, "body");
  std::vector<Node> bindings;
  Node container;
  for (const Node part : to.parts(node)) {
    if (!body.empty() && part == body.front()) break;
    if (!container)
      container = part;
    else if (part.kind() == "pair")
      bindings = to.parts(part);
    else
      bindings.push_back(part);
  }
  if (!container) {
    to.push(constant(), node);
    return;
  }
  to.for_each(bindings, container, body, node);
}

void lower(Lowering& to, Node node) {
  const auto kind = node.kind();
  if (kind == "object_creation_expression")
    object_creation(to, node);
  else if (kind == "array_creation_expression")
    array(to, node);
  else
    foreach (to, node)
      ;
}

}  // namespace

const TaintLanguage& taint_language_php() {
  static const TaintLanguage kLanguage{
      .name = "php",
      .forms = kForms,
      .hook = lower,
      .clean_calls = kClean,
      .pure_calls = kPure,
      .stops = kStops,
      .concat = ".",
      .words = kWords,
      .break_leaves_switch = true,
      .function_scoped = true,
      .falls_through = true,
      .texts_name_functions = true,
      .constructor = "__construct",
  };
  return kLanguage;
}

}  // namespace peer::taint
