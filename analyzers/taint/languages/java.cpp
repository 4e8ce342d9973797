#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr FormRule kForms[] = {
    {"program", Form::block},
    {"line_comment", Form::skip},
    {"block_comment", Form::skip},
    {"import_declaration", Form::skip},
    {"package_declaration", Form::skip},
    {"modifiers", Form::skip},
    {"dimensions", Form::skip},
    {"type_arguments", Form::skip},
    {"generic_type", Form::skip},
    {"type_identifier", Form::skip},
    {"scoped_type_identifier", Form::skip},
    {"array_type", Form::skip},
    {"integral_type", Form::skip},
    {"boolean_type", Form::skip},
    {"floating_point_type", Form::skip},
    {"void_type", Form::skip},
    {"superclass", Form::skip},
    {"super_interfaces", Form::skip},
    {"method_reference", Form::function_name},
    {"class_literal", Form::constant},
    {"expression_statement", Form::pass},
    {"parenthesized_expression", Form::pass},
    {"labeled_statement", Form::pass},
    {"block", Form::scope},
    {"constructor_body", Form::scope},
    {"class_body", Form::block},
    {"static_initializer", Form::pass},
    {"synchronized_statement", Form::pass, "body"},
    {"resource_specification", Form::block},
    {"resource", Form::declare, "name", "value"},
    {"identifier", Form::name},
    {"this", Form::self},
    {"string_literal", Form::text},
    {"character_literal", Form::text},
    {"string_interpolation", Form::hole},
    {"decimal_integer_literal", Form::number},
    {"hex_integer_literal", Form::number},
    {"true", Form::true_},
    {"false", Form::false_},
    {"null_literal", Form::null},
    {"binary_expression", Form::binary, "left", "right"},
    {"unary_expression", Form::unary, "operand"},
    {"update_expression", Form::unary},
    {"instanceof_expression", Form::special},
    {"assignment_expression", Form::assign, "left", "right"},
    {"local_variable_declaration", Form::typed, "type"},
    {"field_declaration", Form::typed, "type"},
    {"constant_declaration", Form::typed, "type"},
    {"variable_declarator", Form::declare, "name", "value"},
    {"field_access", Form::member, "object", "field"},
    {"array_access", Form::index, "array", "index"},
    {"method_invocation", Form::method_call, "object", "name", "arguments"},
    {"object_creation_expression", Form::construct, "type", "arguments"},
    {"array_creation_expression", Form::pass, "value"},
    {"array_initializer", Form::list},
    {"cast_expression", Form::cast, "type", "value"},
    {"ternary_expression", Form::conditional, "condition", "consequence", "alternative"},
    {"if_statement", Form::if_, "condition", "consequence", "alternative"},
    {"while_statement", Form::while_, "condition", "body"},
    {"do_statement", Form::do_while, "condition", "body"},
    {"for_statement", Form::for_, "init", "condition", "update", "body"},
    {"enhanced_for_statement", Form::for_each, "name", "value", "body"},
    {"switch_expression", Form::switch_, "condition", "body"},
    {"switch_block_statement_group", Form::arm},
    {"switch_rule", Form::arm},
    {"switch_label", Form::label},
    {"yield_statement", Form::pass},
    {"try_statement", Form::try_},
    {"try_with_resources_statement", Form::try_},
    {"catch_clause", Form::handler, ".catch_formal_parameter", "body"},
    {"finally_clause", Form::finally},
    {"return_statement", Form::return_},
    {"throw_statement", Form::throw_},
    {"break_statement", Form::break_},
    {"continue_statement", Form::continue_},
    {"method_declaration", Form::function, "name", "parameters", "body"},
    {"constructor_declaration", Form::function, "name", "parameters", "body"},
    {"compact_constructor_declaration", Form::function, "name", "", "body"},
    {"lambda_expression", Form::lambda, "", "parameters", "body"},
    {"explicit_constructor_invocation", Form::call, "constructor", "arguments"},
    {"class_declaration", Form::class_, "name", "body"},
    {"interface_declaration", Form::class_, "name", "body"},
    {"enum_declaration", Form::class_, "name", "body"},
    {"record_declaration", Form::class_, "name", "body", "parameters"},
};

constexpr std::string_view kClean[] = {
    "Integer.parseInt",   "Integer.valueOf",  "Long.parseLong",   "Long.valueOf",
    "Double.parseDouble", "Double.valueOf",   "Float.parseFloat", "Boolean.parseBoolean",
    "Boolean.valueOf",    "Short.parseShort", "UUID.fromString",  "BigInteger",
    "BigDecimal",         "LocalDate.parse",  "Math.abs",         "Math.max",
    "Math.min",           "Objects.hash",     "Enum.valueOf",     "Byte.parseByte"};
constexpr std::string_view kPure[] = {"String.valueOf",
                                      "Arrays.asList",
                                      "List.of",
                                      "Set.of",
                                      "Map.of",
                                      "Paths.get",
                                      "Path.of",
                                      "String.join",
                                      "Objects.requireNonNull",
                                      "Collections.singletonList",
                                      "Pattern.compile",
                                      "Optional.of",
                                      "Optional.ofNullable"};

constexpr std::string_view kAsserts[] = {"checkArgument", "Preconditions.checkArgument",
                                         "checkState",    "Preconditions.checkState",
                                         "Assert.isTrue", "Validate.isTrue",
                                         "isTrue"};
constexpr std::string_view kStops[] = {"System.exit"};

void lower(Lowering& to, Node node) {  // `x instanceof Type t`
  to.eval(node.field("left"));
  if (const Node name = node.field("name")) to.assign(name, true);
  to.emit(Op::drop, node);
  to.push(constant(), node);
}

}  // namespace

const TaintLanguage& taint_language_java() {
  static const TaintLanguage kLanguage{
      .name = "java",
      .forms = kForms,
      .member_types_hold = true,
      .hook = lower,
      .clean_calls = kClean,
      .pure_calls = kPure,
      .stops = kStops,
      .asserts = kAsserts,
      .implicit_self = true,
      .block_scoped = true,
      .break_leaves_switch = true,
      .falls_through = true,
      .objects_are_shared = true,
  };
  return kLanguage;
}

}  // namespace peer::taint
