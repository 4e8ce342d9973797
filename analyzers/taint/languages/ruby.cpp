#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr FormRule kForms[] = {
    {"program", Form::block},
    {"comment", Form::skip},
    {"empty_statement", Form::skip},
    {"superclass", Form::skip},
    {"alias", Form::skip},
    {"undef", Form::skip},
    {"operator", Form::skip},
    {"then", Form::block},
    {"else", Form::block},
    {"do", Form::block},
    {"block_body", Form::block},
    {"parenthesized_statements", Form::block},
    {"in", Form::pass},
    {"pattern", Form::pass},
    {"block_argument", Form::pass},
    {"yield", Form::special},
    {"super", Form::special},
    {"interpolation", Form::hole},
    {"identifier", Form::name},
    {"constant", Form::name},
    {"global_variable", Form::name},
    {"instance_variable", Form::own_member},
    {"class_variable", Form::own_member},
    {"self", Form::self},
    {"nil", Form::null},
    {"true", Form::true_},
    {"false", Form::false_},
    {"integer", Form::number},
    {"string", Form::text},
    {"bare_string", Form::text},
    {"character", Form::text},
    {"simple_symbol", Form::text},
    {"delimited_symbol", Form::text},
    {"hash_key_symbol", Form::text},
    {"bare_symbol", Form::text},
    {"subshell", Form::text},
    {"regex", Form::text},
    {"heredoc_body", Form::text},
    {"heredoc_beginning", Form::special},
    {"chained_string", Form::special},
    {"string_array", Form::list},
    {"symbol_array", Form::list},
    {"binary", Form::binary, "left", "right"},
    {"unary", Form::unary, "operand"},
    {"assignment", Form::assign, "left", "right"},
    {"operator_assignment", Form::assign, "left", "right"},
    {"left_assignment_list", Form::list},
    {"right_assignment_list", Form::list},
    {"destructured_left_assignment", Form::list},
    {"destructured_parameter", Form::list},
    {"rest_assignment", Form::spread},
    {"splat_argument", Form::spread},
    {"hash_splat_argument", Form::spread},
    {"scope_resolution", Form::member, "scope", "name"},
    {"element_reference", Form::index, "object"},
    {"call", Form::method_call, "receiver", "method", "arguments"},
    {"conditional", Form::conditional, "condition", "consequence", "alternative"},
    {"rescue_modifier", Form::mix},
    {"array", Form::list},
    {"hash", Form::map},
    {"pair", Form::pair, "key", "value"},
    {"if", Form::if_, "condition", "consequence", "alternative"},
    {"elsif", Form::if_, "condition", "consequence", "alternative"},
    {"unless", Form::unless, "condition", "consequence", "alternative"},
    {"if_modifier", Form::if_, "condition", "body"},
    {"unless_modifier", Form::unless, "condition", "body"},
    {"while", Form::while_, "condition", "body"},
    {"until", Form::until, "condition", "body"},
    {"while_modifier", Form::while_, "condition", "body"},
    {"until_modifier", Form::until, "condition", "body"},
    {"for", Form::for_each, "pattern", "value", "body"},
    {"case", Form::switch_, "value"},
    {"when", Form::arm, "pattern"},
    {"case_match", Form::switch_, "value"},
    {"in_clause", Form::arm, "pattern"},
    {"begin", Form::try_},
    {"body_statement", Form::try_},
    {"rescue", Form::handler, "variable", "body"},
    {"exception_variable", Form::pass},
    {"ensure", Form::finally},
    {"return", Form::special},
    {"next", Form::special},
    {"break", Form::special},
    {"redo", Form::continue_},
    {"method", Form::function, "name", "parameters", "body"},
    {"singleton_method", Form::function, "name", "parameters", "body"},
    {"block", Form::lambda, "", "parameters", "body"},
    {"do_block", Form::lambda, "", "parameters", "body"},
    {"lambda", Form::lambda, "", "parameters", "body"},
    {"class", Form::class_, "name", "body"},
    {"module", Form::class_, "name", "body"},
    {"singleton_class", Form::pass, "body"},
};

constexpr std::string_view kClean[] = {
    "Integer",  "Float",        "Rational",          "rand",
    "Time.now", "Integer.sqrt", "SecureRandom.uuid", "SecureRandom.hex"};
constexpr std::string_view kPure[] = {
    "String",        "Array",        "format",   "File.join",        "File.expand_path",
    "File.basename", "File.dirname", "Pathname", "Pathname.new",     "Regexp.new",
    "Regexp.union",  "URI.join",     "require",  "require_relative", "lambda",
    "proc"};

constexpr std::string_view kLoneParameter[] = {"it", "_1"};
constexpr std::string_view kStops[] = {"raise", "fail", "abort", "exit", "exit!", "halt", "throw"};

/// The text of `<<~SQL` stands after the statement.
void heredoc(Lowering& to, Node node) {
  Node at = node;
  for (int steps = 0; at && steps < 12; ++steps) {
    for (Node next = at.next_named_sibling(); next; next = next.next_named_sibling())
      if (next.kind() == "heredoc_body") {
        to.eval(next);
        return;
      }
    at = at.parent();
  }
  to.push(constant(), node);
}

std::vector<Node> given_to(Lowering& to, Node node) {
  const auto lists = to.parts(node);
  return lists.empty() ? lists : to.parts(lists.front());
}

/// return, next and break take their value as an argument list.
void leave(Lowering& to, Node node, Op op) {
  std::vector<Node> values;
  for (const Node part : to.parts(node))
    for (const Node value : to.parts(part))
      values.push_back(value);
  if (values.empty())
    to.push(constant(), node);
  else
    to.eval_mix(values);
  to.emit(op, node, op == Op::leave ? 1 : 0);
}

void lower(Lowering& to, Node node) {
  const auto kind = node.kind();
  if (kind == "heredoc_beginning")
    heredoc(to, node);
  else if (kind == "chained_string")
    to.concat(to.parts(node), node);
  else if (kind == "yield")
    to.call_block(given_to(to, node), node);
  else if (kind == "super")
    to.call_base(node);
  else
    leave(to, node, kind == "break" ? Op::leave : Op::give);
}

}  // namespace

const TaintLanguage& taint_language_ruby() {
  static const TaintLanguage kLanguage{
      .name = "ruby",
      .forms = kForms,
      .hook = lower,
      .clean_calls = kClean,
      .pure_calls = kPure,
      .stops = kStops,
      .implicit_self = true,
      .lone_parameter = kLoneParameter,
      .shift_appends = true,
      .names_call = true,
      .implicit_return = true,
      .texts_name_functions = true,
      .blocks_are_apart = true,
      .constructor = "initialize",
  };
  return kLanguage;
}

}  // namespace peer::taint
