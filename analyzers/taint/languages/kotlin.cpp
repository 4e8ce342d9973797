#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

// The grammar has hardly any fields: most parts go by their kind or their place.
constexpr FormRule kForms[] = {
    {"source_file", Form::block},
    {"line_comment", Form::skip},
    {"block_comment", Form::skip},
    {"package_header", Form::skip},
    {"import", Form::skip},
    {"file_annotation", Form::skip},
    {"annotation", Form::skip},
    {"modifiers", Form::skip},
    {"parameter_modifiers", Form::skip},
    {"label", Form::skip},
    {"user_type", Form::skip},
    {"nullable_type", Form::skip},
    {"non_nullable_type", Form::skip},
    {"function_type", Form::skip},
    {"parenthesized_type", Form::skip},
    {"type_arguments", Form::skip},
    {"type_parameters", Form::skip},
    {"type_constraints", Form::skip},
    {"type_alias", Form::skip},
    {"delegation_specifiers", Form::skip},
    {"getter", Form::skip},
    {"setter", Form::skip},
    {"enum_class_body", Form::skip},
    {"callable_reference", Form::function_name},
    {"annotated_expression", Form::pass},
    {"labeled_expression", Form::pass},
    {"parenthesized_expression", Form::pass},
    {"annotated_lambda", Form::pass},
    {"property_delegate", Form::pass},
    {"when_subject", Form::special},
    {"infix_expression", Form::special},
    {"anonymous_initializer", Form::pass},
    {"companion_object", Form::pass},
    {"class_body", Form::block},
    {"block", Form::scope},
    {"function_body", Form::pass},
    {"identifier", Form::name},
    {"this_expression", Form::self},
    {"super_expression", Form::self},
    {"number_literal", Form::number},
    {"float_literal", Form::constant},
    {"character_literal", Form::text},
    {"string_literal", Form::text},
    {"multiline_string_literal", Form::text},
    {"interpolation", Form::hole},
    {"binary_expression", Form::binary, "left", "right"},
    {"in_expression", Form::binary, "left", "right"},
    {"is_expression", Form::constant},
    {"unary_expression", Form::unary, "argument"},
    {"assignment", Form::assign, "left", "right"},
    {"property_declaration", Form::declare, ".variable_declaration"},
    {"variable_declaration", Form::binding, ".identifier", ".type"},
    {"multi_variable_declaration", Form::list},
    {"navigation_expression", Form::member},
    {"index_expression", Form::index},
    {"as_expression", Form::cast, "right", "left"},
    {"call_expression", Form::call, "", ".value_arguments", ".annotated_lambda"},
    {"value_argument", Form::keyword, "#-2", "#-1"},
    {"spread_expression", Form::spread},
    {"collection_literal", Form::list},
    {"if_expression", Form::if_, "condition", "#1", "#2"},
    {"while_statement", Form::while_, "condition", "#1"},
    {"do_while_statement", Form::do_while, "condition", "#0"},
    {"for_statement", Form::for_each, ".variable_declaration", "#-2", "#-1"},
    {"when_expression", Form::switch_},
    {"when_entry", Form::arm, "condition"},
    {"try_expression", Form::try_},
    {"catch_block", Form::handler, ".identifier", ".block"},
    {"finally_block", Form::finally, ".block"},
    {"return_expression", Form::return_},
    {"throw_expression", Form::throw_},
    {"function_declaration", Form::function, "name", ".function_value_parameters",
     ".function_body"},
    {"anonymous_function", Form::lambda, "", ".function_value_parameters", ".function_body"},
    {"lambda_literal", Form::lambda, "", ".lambda_parameters", kRest},
    {"parameter", Form::binding, ".identifier", ".type"},
    {"class_parameter", Form::binding, ".identifier", ".type"},
    {"primary_constructor", Form::constructor, "", ".class_parameters"},
    {"secondary_constructor", Form::constructor, "", ".function_value_parameters", ".block"},
    {"class_declaration", Form::class_, "name", ".class_body"},
    {"object_declaration", Form::class_, "name", ".class_body"},
};

constexpr FormRule kWords[] = {{"true", Form::true_},
                               {"false", Form::false_},
                               {"null", Form::null},
                               {"break", Form::break_},
                               {"continue", Form::continue_}};

constexpr std::string_view kClean[] = {"Integer.parseInt",
                                       "UUID.fromString",
                                       "BigInteger",
                                       "BigDecimal",
                                       "LocalDate.parse",
                                       "Instant.parse",
                                       "Duration.parse",
                                       "enumValueOf",
                                       "maxOf",
                                       "minOf",
                                       "Math.",
                                       "Long.parseLong",
                                       "java.lang.Long.parseLong",
                                       "Date"};
constexpr std::string_view kPure[] = {
    "listOf",         "setOf",         "mapOf",         "arrayOf",
    "arrayListOf",    "mutableListOf", "mutableMapOf",  "mutableSetOf",
    "Pair",           "Triple",        "Regex",         "Paths.get",
    "Path.of",        "Path",          "String.format", "java.lang.String.format",
    "requireNotNull", "checkNotNull",  "List.of",       "Map.of"};
constexpr std::string_view kAsserts[] = {"require", "check", "assert"};
constexpr std::string_view kLoneParameter[] = {"it"};
constexpr std::string_view kStops[] = {"error", "exitProcess", "System.exit", "TODO"};

/// `(val x = f())`: the name holds what is asked for. `"key" to value`
void lower(Lowering& to, Node node) {
  const auto parts = to.parts(node);
  if (node.kind() == "infix_expression") {
    if (parts.size() == 3 && to.text(parts[1]) == "to")
      to.list({parts[0], parts[2]}, node);
    else
      to.eval_mix(parts);
    return;
  }
  if (parts.empty()) {
    to.push(anything(), node);
    return;
  }
  to.eval(parts.back());
  if (parts.size() > 1) to.assign(parts.front(), true);
}

}  // namespace

const TaintLanguage& taint_language_kotlin() {
  static const TaintLanguage kLanguage{
      .name = "kotlin",
      .forms = kForms,
      .member_types_hold = true,
      .hook = lower,
      .clean_calls = kClean,
      .pure_calls = kPure,
      .stops = kStops,
      .asserts = kAsserts,
      .implicit_self = true,
      .block_scoped = true,
      .words = kWords,
      .dollar_names = true,
      .lone_parameter = kLoneParameter,
      .signs_bind_first = true,
      .types_compare = true,
      .has_extensions = true,
      .objects_are_shared = true,
  };
  return kLanguage;
}

}  // namespace peer::taint
