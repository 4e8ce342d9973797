#include <array>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr FormRule kForms[] = {
    {"module", Form::block},
    {"comment", Form::skip},
    {"import_statement", Form::skip},
    {"import_from_statement", Form::skip},
    {"future_import_statement", Form::skip},
    {"type", Form::skip},
    {"decorator", Form::skip},
    {"type_conversion", Form::skip},
    {"format_specifier", Form::skip},
    {"decorated_definition", Form::pass, "definition"},
    {"expression_statement", Form::pass},
    {"parenthesized_expression", Form::pass},
    {"await", Form::pass},
    {"as_pattern_target", Form::pass},
    {"block", Form::block},
    {"identifier", Form::name},
    {"string", Form::text},
    {"concatenated_string", Form::special},
    {"interpolation", Form::hole, "expression"},
    {"integer", Form::number},
    {"true", Form::true_},
    {"false", Form::false_},
    {"none", Form::null},
    {"binary_operator", Form::binary, "left", "right"},
    {"boolean_operator", Form::binary, "left", "right"},
    {"comparison_operator", Form::binary},
    {"not_operator", Form::unary, "argument"},
    {"unary_operator", Form::unary, "argument"},
    {"assignment", Form::assign, "left", "right"},
    {"augmented_assignment", Form::assign, "left", "right"},
    {"named_expression", Form::assign, "name", "value"},
    {"attribute", Form::member, "object", "attribute"},
    {"subscript", Form::index, "value", "subscript"},
    {"call", Form::call, "function", "arguments"},
    {"keyword_argument", Form::keyword, "name", "value"},
    {"conditional_expression", Form::special},
    {"list", Form::list},
    {"tuple", Form::list},
    {"set", Form::list},
    {"expression_list", Form::list},
    {"pattern_list", Form::list},
    {"tuple_pattern", Form::list},
    {"list_pattern", Form::list},
    {"list_splat", Form::spread},
    {"dictionary_splat", Form::spread},
    {"list_splat_pattern", Form::spread},
    {"dictionary_splat_pattern", Form::spread},
    {"dictionary", Form::map},
    {"pair", Form::pair, "key", "value"},
    {"list_comprehension", Form::special},
    {"set_comprehension", Form::special},
    {"dictionary_comprehension", Form::special},
    {"generator_expression", Form::special},
    {"if_statement", Form::if_, "condition", "consequence", "alternative"},
    {"elif_clause", Form::if_, "condition", "consequence"},
    {"else_clause", Form::pass, "body"},
    {"while_statement", Form::while_, "condition", "body"},
    {"for_statement", Form::for_each, "left", "right", "body"},
    {"match_statement", Form::switch_, "subject", "body"},
    {"case_clause", Form::arm},
    {"case_pattern", Form::label},
    {"try_statement", Form::try_},
    {"except_clause", Form::handler, "alias"},
    {"finally_clause", Form::finally},
    {"with_statement", Form::special},
    {"as_pattern", Form::special},
    {"return_statement", Form::return_},
    {"raise_statement", Form::throw_},
    {"break_statement", Form::break_},
    {"continue_statement", Form::continue_},
    {"global_statement", Form::global},
    {"nonlocal_statement", Form::global},
    {"delete_statement", Form::skip},
    {"pass_statement", Form::skip},
    {"function_definition", Form::function, "name", "parameters", "body"},
    {"lambda", Form::lambda, "", "parameters", "body"},
    {"class_definition", Form::class_, "name", "body"},
};

constexpr FormRule kWords[] = {{"self", Form::self}, {"cls", Form::self}};
constexpr std::string_view kClean[] = {"int",
                                       "float",
                                       "bool",
                                       "len",
                                       "abs",
                                       "round",
                                       "sum",
                                       "ord",
                                       "hash",
                                       "id",
                                       "isinstance",
                                       "hasattr",
                                       "callable",
                                       "any",
                                       "all",
                                       "type",
                                       "range",
                                       "complex",
                                       "uuid.UUID",
                                       "UUID",
                                       "datetime.strptime",
                                       "Decimal",
                                       "ipaddress.ip_address"};
constexpr std::string_view kPure[] = {"str",
                                      "repr",
                                      "bytes",
                                      "bytearray",
                                      "list",
                                      "tuple",
                                      "set",
                                      "sorted",
                                      "dict",
                                      "zip",
                                      "map",
                                      "filter",
                                      "min",
                                      "max",
                                      "chr",
                                      "enumerate",
                                      "frozenset",
                                      "reversed",
                                      "os.path.join",
                                      "Path",
                                      "os.path.abspath",
                                      "os.path.dirname",
                                      "os.path.basename",
                                      "os.path.normpath",
                                      "os.path.realpath",
                                      "os.path.expanduser",
                                      "pathlib.Path",
                                      "re.compile",
                                      "json.dumps",
                                      "shlex.split",
                                      "textwrap.dedent",
                                      "copy.copy",
                                      "copy.deepcopy"};

constexpr std::string_view kStops[] = {"sys.exit",    "exit",     "quit",    "abort",
                                       "flask.abort", "os._exit", "os.abort"};

/// `value if condition else other`
void conditional(Lowering& to, Node node) {
  const auto children = to.parts(node);
  if (children.size() != 3) {
    to.eval_mix(children);
    return;
  }
  Arms arms;
  arms.condition = children[1];
  arms.first = {children[0]};
  arms.second = {children[2]};
  to.choose(arms, node);
}

/// [body for x in xs if x]: each clause in order, then the body.
void comprehension(Lowering& to, Node node) {
  to.open_scope(true);
  std::vector<Node> conditions;
  for (const Node clause : to.parts(node)) {
    if (clause.kind() == "for_in_clause") {
      to.eval(clause.field("right"));
      to.emit(Op::some, clause);
      to.assign(clause.field("left"), true);
      to.emit(Op::drop, clause);
    } else if (clause.kind() == "if_clause") {
      const Node condition = to.parts(clause).back();
      to.eval(condition);
      to.branch(condition, clause);
      to.emit(Op::arm, clause, 0);
      conditions.push_back(clause);
    }
  }
  const Node body = node.field("body");
  if (body.kind() == "pair")
    to.eval_mix(to.parts(body));
  else
    to.eval(body);
  for (std::size_t i = conditions.size(); i-- > 0;) {
    to.emit(Op::arm_end, conditions[i]);
    to.emit(Op::arm, conditions[i], 1);
    to.push(nothing(), conditions[i]);
    to.emit(Op::arm_end, conditions[i]);
    to.emit(Op::choice_end, conditions[i]);
  }
  to.emit(Op::list, node, 1, 1);
  to.close_scope();
}

/// with open(name) as file: the value goes into the alias, then the body.
void with(Lowering& to, Node node) {
  std::vector<Node> all;
  for (const Node clause : to.parts(node))
    if (clause.kind() == "with_clause")
      for (const Node item : to.parts(clause))
        all.push_back(item.field("value"));
  all.push_back(node.field("body"));
  to.eval_block(all);
}

void as_pattern(Lowering& to, Node node) {
  const auto children = to.parts(node);
  to.eval(children.front());
  if (const Node alias = node.field("alias")) to.assign(alias);
}

void lower(Lowering& to, Node node) {
  const auto kind = node.kind();
  if (kind == "conditional_expression")
    conditional(to, node);
  else if (kind == "with_statement")
    with(to, node);
  else if (kind == "as_pattern")
    as_pattern(to, node);
  else if (kind == "concatenated_string")
    to.concat(to.parts(node), node);
  else
    comprehension(to, node);
}

}  // namespace

const TaintLanguage& taint_language_python() {
  static const TaintLanguage kLanguage{
      .name = "python",
      .forms = kForms,
      .member_types_hold = true,
      .hook = lower,
      .clean_calls = kClean,
      .pure_calls = kPure,
      .stops = kStops,
      .words = kWords,
      .function_scoped = true,
      .members_are_given = true,
      .constructor = "__init__",
  };
  return kLanguage;
}

}  // namespace peer::taint
