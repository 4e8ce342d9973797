// JavaScript, TypeScript and TSX: one table, the grammars share their words.
#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr FormRule kForms[] = {
    {"program", Form::block},
    {"comment", Form::skip},
    {"hash_bang_line", Form::skip},
    {"import_statement", Form::skip},
    {"export_clause", Form::skip},
    {"namespace_export", Form::skip},
    {"export_statement", Form::pass},
    {"expression_statement", Form::pass},
    {"parenthesized_expression", Form::pass},
    {"await_expression", Form::pass},
    {"yield_expression", Form::yield_},
    {"sequence_expression", Form::block},
    {"labeled_statement", Form::pass, "body"},
    {"statement_identifier", Form::skip},
    {"debugger_statement", Form::skip},
    {"empty_statement", Form::skip},
    {"statement_block", Form::scope},
    {"class_static_block", Form::pass, "body"},
    {"identifier", Form::name},
    {"this", Form::self},
    {"undefined", Form::null},
    {"null", Form::null},
    {"true", Form::true_},
    {"false", Form::false_},
    {"number", Form::number},
    {"string", Form::text},
    {"template_string", Form::text},
    {"template_substitution", Form::hole},
    {"property_identifier", Form::text},
    {"private_property_identifier", Form::text},
    {"regex", Form::constant},
    {"meta_property", Form::constant},
    {"binary_expression", Form::binary, "left", "right"},
    {"unary_expression", Form::unary, "argument"},
    {"update_expression", Form::unary, "argument"},
    {"assignment_expression", Form::assign, "left", "right"},
    {"augmented_assignment_expression", Form::assign, "left", "right"},
    {"lexical_declaration", Form::block},
    {"using_declaration", Form::block},
    {"variable_declaration", Form::hoisted},
    {"variable_declarator", Form::declare, "name", "value"},
    {"field_definition", Form::declare, "property", "value"},
    {"public_field_definition", Form::declare, "name", "value"},
    {"member_expression", Form::member, "object", "property"},
    {"subscript_expression", Form::index, "object", "index"},
    {"call_expression", Form::call, "function", "arguments"},
    {"new_expression", Form::construct, "constructor", "arguments"},
    {"ternary_expression", Form::conditional, "condition", "consequence", "alternative"},
    {"array", Form::list},
    {"array_pattern", Form::list},
    {"object", Form::map},
    {"object_pattern", Form::map},
    {"pair", Form::pair, "key", "value"},
    {"pair_pattern", Form::pair, "key", "value"},
    {"computed_property_name", Form::pass},
    {"shorthand_property_identifier", Form::shorthand},
    {"shorthand_property_identifier_pattern", Form::shorthand},
    {"spread_element", Form::spread},
    {"rest_pattern", Form::spread},
    {"if_statement", Form::if_, "condition", "consequence", "alternative"},
    {"else_clause", Form::pass},
    {"while_statement", Form::while_, "condition", "body"},
    {"do_statement", Form::do_while, "condition", "body"},
    {"for_statement", Form::for_, "initializer", "condition", "increment", "body"},
    {"for_in_statement", Form::for_each, "left", "right", "body"},
    {"switch_statement", Form::switch_, "value", "body"},
    {"switch_case", Form::arm},
    {"switch_default", Form::arm},
    {"try_statement", Form::try_},
    {"catch_clause", Form::handler, "parameter", "body"},
    {"finally_clause", Form::finally, "body"},
    {"return_statement", Form::return_},
    {"throw_statement", Form::throw_},
    {"break_statement", Form::break_},
    {"continue_statement", Form::continue_},
    {"function_declaration", Form::function, "name", "parameters", "body"},
    {"generator_function_declaration", Form::function, "name", "parameters", "body"},
    {"method_definition", Form::function, "name", "parameters", "body"},
    {"function_expression", Form::lambda, "", "parameters", "body"},
    {"generator_function", Form::lambda, "", "parameters", "body"},
    {"arrow_function", Form::lambda, "", "parameters", "body"},
    {"class_declaration", Form::class_, "name", "body"},
    {"abstract_class_declaration", Form::class_, "name", "body"},
    {"class", Form::class_, "name", "body"},
    {"class_body", Form::block},
    {"class_heritage", Form::skip},
    {"decorator", Form::skip},
    {"as_expression", Form::pass},
    {"satisfies_expression", Form::pass},
    {"non_null_expression", Form::pass},
    {"type_assertion", Form::pass},
    {"type_annotation", Form::skip},
    {"type_arguments", Form::skip},
    {"type_parameters", Form::skip},
    {"type_identifier", Form::skip},
    {"predefined_type", Form::skip},
    {"generic_type", Form::skip},
    {"union_type", Form::skip},
    {"intersection_type", Form::skip},
    {"literal_type", Form::skip},
    {"array_type", Form::skip},
    {"object_type", Form::skip},
    {"function_type", Form::skip},
    {"nested_type_identifier", Form::skip},
    {"tuple_type", Form::skip},
    {"lookup_type", Form::skip},
    {"type_query", Form::skip},
    {"index_type_query", Form::skip},
    {"readonly_type", Form::skip},
    {"parenthesized_type", Form::skip},
    {"conditional_type", Form::skip},
    {"accessibility_modifier", Form::skip},
    {"override_modifier", Form::skip},
    {"interface_declaration", Form::skip},
    {"type_alias_declaration", Form::skip},
    {"enum_declaration", Form::skip},
    {"ambient_declaration", Form::skip},
    {"function_signature", Form::skip},
    {"method_signature", Form::skip},
    {"abstract_method_signature", Form::skip},
    {"index_signature", Form::skip},
    {"internal_module", Form::pass, "body"},
    {"module", Form::pass, "body"},
    {"jsx_expression", Form::pass},
    {"jsx_text", Form::constant},
};

constexpr std::string_view kClean[] = {"parseInt",
                                       "parseFloat",
                                       "Number",
                                       "Number.parseInt",
                                       "Number.parseFloat",
                                       "Boolean",
                                       "BigInt",
                                       "isNaN",
                                       "isFinite",
                                       "Number.isInteger",
                                       "Array.isArray",
                                       "Math.",
                                       "Date",
                                       "Date.now",
                                       "Date.parse",
                                       "Number.isNaN",
                                       "Symbol",
                                       "ObjectId.isValid"};
constexpr std::string_view kPure[] = {
    "String",       "path.join",       "path.resolve",   "path.normalize",  "path.basename",
    "path.dirname", "JSON.stringify",  "JSON.parse",     "Array.from",      "Object.assign",
    "Object.keys",  "Object.values",   "Object.entries", "Buffer.from",     "util.format",
    "require",      "require.resolve", "RegExp",         "encodeURI",       "decodeURIComponent",
    "decodeURI",    "String.raw",      "Object.freeze",  "structuredClone", "Array.of",
    "join",         "resolve",         "url.format",     "Promise.resolve", "Promise.all"};

constexpr std::string_view kStops[] = {"process.exit", "process.abort"};

TaintLanguage language(std::string_view name) {
  TaintLanguage made;
  made.name = name;
  made.forms = kForms;
  made.clean_calls = kClean;
  made.pure_calls = kPure;
  made.stops = kStops;
  made.block_scoped = true;
  made.break_leaves_switch = true;
  made.falls_through = true;
  made.constructor = "constructor";
  made.this_is_given = true;
  made.objects_are_shared = true;
  return made;
}

}  // namespace

const TaintLanguage& taint_language_javascript() {
  static const TaintLanguage kLanguage = language("javascript");
  return kLanguage;
}

const TaintLanguage& taint_language_typescript() {
  static const TaintLanguage kLanguage = language("typescript");
  return kLanguage;
}

const TaintLanguage& taint_language_tsx() {
  static const TaintLanguage kLanguage = language("tsx");
  return kLanguage;
}

}  // namespace peer::taint
