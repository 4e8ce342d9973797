#include "analyzers/taint/asked_patterns.hpp"
#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr FormRule kForms[] = {
    {"compilation_unit", Form::block},
    {"comment", Form::skip},
    {"using_directive", Form::skip},
    {"attribute_list", Form::skip},
    {"modifier", Form::skip},
    {"base_list", Form::skip},
    {"predefined_type", Form::skip},
    {"implicit_type", Form::skip},
    {"nullable_type", Form::skip},
    {"array_type", Form::skip},
    {"pointer_type", Form::skip},
    {"tuple_type", Form::skip},
    {"type_argument_list", Form::skip},
    {"type_parameter_list", Form::skip},
    {"generic_name", Form::constant},
    {"typeof_expression", Form::constant},
    {"default_expression", Form::constant},
    {"sizeof_expression", Form::constant},
    {"catch_declaration", Form::binding, "name", "type"},
    {"catch_filter_clause", Form::skip},
    {"interpolation_brace", Form::skip},
    {"interpolation_alignment_clause", Form::skip},
    {"interpolation_format_clause", Form::skip},
    {"empty_statement", Form::skip},
    {"goto_statement", Form::skip},
    {"explicit_interface_specifier", Form::skip},
    {"namespace_declaration", Form::pass, "body"},
    {"file_scoped_namespace_declaration", Form::skip},
    {"declaration_list", Form::block},
    {"global_statement", Form::pass},
    {"expression_statement", Form::pass},
    {"parenthesized_expression", Form::pass},
    {"await_expression", Form::pass},
    {"checked_expression", Form::pass},
    {"as_expression", Form::pass, "left"},
    {"ref_expression", Form::pass},
    {"argument", Form::keyword, "name", "#-1"},
    {"bracketed_argument_list", Form::pass},
    {"arrow_expression_clause", Form::pass},
    {"labeled_statement", Form::pass},
    {"unsafe_statement", Form::pass},
    {"checked_statement", Form::pass},
    {"lock_statement", Form::block},
    {"yield_statement", Form::yield_},
    {"using_statement", Form::scope},
    {"fixed_statement", Form::scope},
    {"block", Form::scope},
    {"local_declaration_statement", Form::pass},
    {"field_declaration", Form::pass},
    {"event_field_declaration", Form::skip},
    {"variable_declaration", Form::typed, "type"},
    {"variable_declarator", Form::declare, "name"},
    {"property_declaration", Form::declare, "name", "value"},
    {"accessor_list", Form::skip},
    {"declaration_expression", Form::declare, "name", "value"},
    {"identifier", Form::name},
    {"implicit_parameter", Form::name},
    {"tuple_pattern", Form::list},
    {"this", Form::self},
    {"base", Form::self},
    {"discard", Form::skip},
    {"null_literal", Form::null},
    {"boolean_literal", Form::boolean},
    {"integer_literal", Form::number},
    {"character_literal", Form::text},
    {"string_literal", Form::text},
    {"verbatim_string_literal", Form::text},
    {"raw_string_literal", Form::text},
    {"interpolated_string_expression", Form::text},
    {"interpolation", Form::hole},
    {"binary_expression", Form::binary, "left", "right"},
    {"prefix_unary_expression", Form::unary},
    {"postfix_unary_expression", Form::unary},
    {"conditional_access_expression", Form::member},
    {"is_expression", Form::special},
    {"is_pattern_expression", Form::special},
    {"assignment_expression", Form::assign, "left", "right"},
    {"member_access_expression", Form::member, "expression", "name"},
    {"element_access_expression", Form::index, "expression", "subscript"},
    {"invocation_expression", Form::call, "function", "arguments"},
    {"object_creation_expression", Form::construct, "type", "arguments", "initializer"},
    {"initializer_expression", Form::special},
    {"cast_expression", Form::cast, "type", "value"},
    {"conditional_expression", Form::conditional, "condition", "consequence", "alternative"},
    {"array_creation_expression", Form::pass},
    {"implicit_array_creation_expression", Form::pass},
    {"collection_expression", Form::list},
    {"collection_element", Form::pass},
    {"expression_element", Form::pass},
    {"spread_element", Form::spread},
    {"tuple_expression", Form::list},
    {"if_statement", Form::if_, "condition", "consequence", "alternative"},
    {"while_statement", Form::while_, "condition", "body"},
    {"do_statement", Form::do_while, "condition", "body"},
    {"for_statement", Form::for_, "initializer", "condition", "update", "body"},
    {"foreach_statement", Form::for_each, "left", "right", "body"},
    {"switch_statement", Form::switch_, "value", "body"},
    {"switch_section", Form::arm},
    {"switch_expression", Form::switch_},
    {"switch_expression_arm", Form::arm},
    {"constant_pattern", Form::label},
    {"when_clause", Form::skip},
    {"try_statement", Form::try_},
    {"catch_clause", Form::handler, ".catch_declaration", "body"},
    {"finally_clause", Form::finally},
    {"return_statement", Form::return_},
    {"throw_statement", Form::throw_},
    {"throw_expression", Form::throw_},
    {"break_statement", Form::break_},
    {"continue_statement", Form::continue_},
    {"method_declaration", Form::function, "name", "parameters", "body"},
    {"constructor_declaration", Form::function, "name", "parameters", "body",
     ".constructor_initializer"},
    {"constructor_initializer", Form::base_call, ".argument_list"},
    {"local_function_statement", Form::function, "name", "parameters", "body"},
    {"destructor_declaration", Form::function, "name", "parameters", "body"},
    {"operator_declaration", Form::function, "operator", "parameters", "body"},
    {"lambda_expression", Form::lambda, "", "parameters", "body"},
    {"anonymous_method_expression", Form::lambda, "", "parameters", "body"},
    {"class_declaration", Form::class_, "name", "body", ".parameter_list"},
    {"struct_declaration", Form::class_, "name", "body", ".parameter_list"},
    {"record_declaration", Form::class_, "name", "body", ".parameter_list"},
    {"interface_declaration", Form::class_, "name", "body"},
    {"enum_declaration", Form::skip},
    {"delegate_declaration", Form::skip},
};

constexpr std::string_view kClean[] = {"int.Parse",
                                       "int.TryParse",
                                       "long.Parse",
                                       "long.TryParse",
                                       "double.Parse",
                                       "decimal.Parse",
                                       "bool.Parse",
                                       "bool.TryParse",
                                       "Guid.Parse",
                                       "Guid.TryParse",
                                       "DateTime.Parse",
                                       "Convert.ToInt32",
                                       "Convert.ToInt64",
                                       "Convert.ToInt16",
                                       "Convert.ToBoolean",
                                       "Convert.ToDouble",
                                       "Convert.ToDecimal",
                                       "Int32.Parse",
                                       "Int32.TryParse",
                                       "Int64.Parse",
                                       "Guid.NewGuid",
                                       "Math.",
                                       "string.IsNullOrEmpty",
                                       "string.IsNullOrWhiteSpace",
                                       "String.IsNullOrEmpty",
                                       "nameof",
                                       "Enum.TryParse",
                                       "Convert.ToDateTime",
                                       "Enum.IsDefined",
                                       "string.Equals",
                                       "Object.ReferenceEquals",
                                       "IPAddress.Parse"};
constexpr std::string_view kPure[] = {"Path.Combine",
                                      "Path.GetFullPath",
                                      "Path.Join",
                                      "Path.GetFileName",
                                      "string.Format",
                                      "string.Concat",
                                      "string.Join",
                                      "String.Format",
                                      "String.Concat",
                                      "Encoding.UTF8.GetBytes",
                                      "Encoding.ASCII.GetBytes",
                                      "Convert.ToString",
                                      "Regex.Replace",
                                      "Convert.ToBase64String",
                                      "Uri",
                                      "Tuple.Create",
                                      "Array.Empty"};

constexpr std::string_view kStops[] = {"Environment.Exit", "Environment.FailFast"};

/// `x is Type name`: the name holds what x holds.
void is(Lowering& to, Node node) {
  Node value = node.field("expression");
  if (!value) value = node.field("left");
  if (value)
    to.eval(value);
  else
    to.push(anything(), node);
  if (const Node pattern = node.field("pattern"))
    if (const Node name = pattern.field("name")) to.assign(name, true);
  to.emit(Op::drop, node);
  if (const Node condition = condition_in_pattern(node)) {
    to.eval(condition);
    to.emit(Op::drop, node);
  }
  to.push(constant(), node);
}

/// { a, b } or { Member = a }: members of something else than this object.
void initializer(Lowering& to, Node node) {
  std::vector<Node> values;
  for (const Node part : to.parts(node)) {
    const Node value = part.kind() == "assignment_expression" ? part.field("right") : part;
    if (value) values.push_back(value);
  }
  to.list(values, node);
}

void lower(Lowering& to, Node node) {
  if (node.kind() == "initializer_expression")
    initializer(to, node);
  else
    is(to, node);
}

}  // namespace

const TaintLanguage& taint_language_csharp() {
  static const TaintLanguage kLanguage{
      .name = "csharp",
      .forms = kForms,
      .member_types_hold = true,
      .hook = lower,
      .clean_calls = kClean,
      .pure_calls = kPure,
      .stops = kStops,
      .implicit_self = true,
      .block_scoped = true,
      .patterns_are_asked = true,
      .break_leaves_switch = true,
      .has_extensions = true,
      .objects_are_shared = true,
  };
  return kLanguage;
}

}  // namespace peer::taint
