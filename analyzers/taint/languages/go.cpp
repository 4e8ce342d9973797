#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr FormRule kForms[] = {
    {"source_file", Form::block},
    {"comment", Form::skip},
    {"package_clause", Form::skip},
    {"import_declaration", Form::skip},
    {"type_declaration", Form::skip},
    {"type_identifier", Form::skip},
    {"qualified_type", Form::skip},
    {"pointer_type", Form::skip},
    {"slice_type", Form::skip},
    {"array_type", Form::skip},
    {"map_type", Form::skip},
    {"channel_type", Form::skip},
    {"function_type", Form::skip},
    {"struct_type", Form::skip},
    {"interface_type", Form::skip},
    {"generic_type", Form::skip},
    {"type_arguments", Form::skip},
    {"label_name", Form::skip},
    {"fallthrough_statement", Form::skip},
    {"empty_statement", Form::skip},
    {"expression_statement", Form::pass},
    {"parenthesized_expression", Form::pass},
    {"go_statement", Form::pass},
    {"defer_statement", Form::pass},
    {"labeled_statement", Form::pass},
    {"variadic_argument", Form::spread},
    {"literal_element", Form::pass},
    {"composite_literal", Form::pass, "body"},
    {"type_assertion_expression", Form::pass, "operand"},
    {"type_conversion_expression", Form::cast, "type", "operand"},
    {"block", Form::scope},
    {"statement_list", Form::block},
    {"var_declaration", Form::block},
    {"var_spec_list", Form::block},
    {"const_declaration", Form::block},
    {"var_spec", Form::declare, "name", "value"},
    {"const_spec", Form::declare, "name", "value"},
    {"identifier", Form::name},
    {"blank_identifier", Form::skip},
    {"nil", Form::null},
    {"true", Form::true_},
    {"false", Form::false_},
    {"int_literal", Form::number},
    {"interpreted_string_literal", Form::text},
    {"raw_string_literal", Form::text},
    {"rune_literal", Form::text},
    {"binary_expression", Form::binary, "left", "right"},
    {"unary_expression", Form::unary, "operand"},
    {"inc_statement", Form::unary},
    {"dec_statement", Form::unary},
    {"short_var_declaration", Form::define, "left", "right"},
    {"assignment_statement", Form::assign, "left", "right"},
    {"expression_list", Form::list},
    {"selector_expression", Form::member, "operand", "field"},
    {"index_expression", Form::index, "operand", "index"},
    {"call_expression", Form::call, "function", "arguments"},
    {"literal_value", Form::special},
    {"keyed_element", Form::pair, "key", "value"},
    {"if_statement", Form::if_, "condition", "consequence", "alternative"},
    {"for_statement", Form::special},
    {"expression_switch_statement", Form::switch_, "value"},
    {"type_switch_statement", Form::special},
    {"select_statement", Form::special},
    {"expression_case", Form::arm, "value"},
    {"default_case", Form::arm, "value"},
    {"receive_statement", Form::define, "left", "right"},
    {"return_statement", Form::return_},
    {"send_statement", Form::special},
    {"break_statement", Form::break_},
    {"continue_statement", Form::continue_},
    {"goto_statement", Form::skip},
    {"function_declaration", Form::function, "name", "parameters", "body"},
    {"method_declaration", Form::function, "name", "parameters", "body"},
    {"func_literal", Form::lambda, "", "parameters", "body"},
};

constexpr std::string_view kClean[] = {"len",
                                       "cap",
                                       "int",
                                       "int64",
                                       "int32",
                                       "uint",
                                       "uint64",
                                       "uint32",
                                       "float64",
                                       "bool",
                                       "strconv.Atoi",
                                       "strconv.ParseInt",
                                       "strconv.ParseUint",
                                       "strconv.ParseFloat",
                                       "strconv.ParseBool",
                                       "uuid.Parse",
                                       "time.Parse",
                                       "time.ParseDuration",
                                       "strings.Contains",
                                       "strings.HasPrefix",
                                       "strings.HasSuffix",
                                       "strings.Index",
                                       "strings.EqualFold",
                                       "errors.Is",
                                       "math.",
                                       "utf8.",
                                       "time.Now",
                                       "net.ParseIP",
                                       "mail.ParseAddress",
                                       "reflect.TypeOf",
                                       "copy",
                                       "make"};
constexpr std::string_view kPure[] = {
    "string",         "append",        "strings.",     "filepath.",    "path.",
    "fmt.Sprintf",    "fmt.Sprint",    "fmt.Sprintln", "fmt.Errorf",   "errors.New",
    "strconv.",       "bytes.",        "new",          "url.Parse",    "regexp.MustCompile",
    "regexp.Compile", "time.Duration", "url.URL",      "template.New", "rune",
    "byte",           "min",           "max"};

constexpr std::string_view kStops[] = {"panic",       "os.Exit",   "log.Fatal", "log.Fatalf",
                                       "log.Fatalln", "log.Panic", "t.Fatal",   "t.Fatalf"};

/// `T{a, b}` or `T{Name: a}`.
void literal_value(Lowering& to, Node node) {
  const auto elements = to.parts(node);
  const Node whole = elements.empty() ? node.parent() : Node();
  const Node type = whole ? whole.field("type") : Node();
  const bool is_empty_map = type && type.kind() == "map_type";
  if (!is_empty_map && (elements.empty() || elements.front().kind() != "keyed_element")) {
    to.list(elements, node);
    return;
  }
  std::vector<std::pair<Node, Node>> pairs;
  for (const Node element : elements) {
    const Node key = element.field("key");
    const Node value = element.field("value");
    if (value) pairs.emplace_back(key, value);
  }
  to.map(pairs, node);
}

void loop(Lowering& to, Node node) {
  const auto body = parts_of(node, "body");
  Node head;
  for (const Node part : to.parts(node))
    if (!head && !(part == body.front())) head = part;
  if (head && head.kind() == "range_clause") {
    const Node names = head.field("left");
    auto bindings = names ? to.parts(names) : std::vector<Node>{};
    const Node right = head.field("right");
    const bool may_be_channel = right && right.kind() == "identifier";
    if (bindings.size() == 2 || !may_be_channel)
      bindings.erase(bindings.begin(),
                     bindings.begin() + (bindings.empty() ? 0 : 1));  // the index, or a key
    to.for_each(bindings, head.field("right"), body, node);
    return;
  }
  to.open_scope();
  if (head && head.kind() == "for_clause") {
    for (const Node first : parts_of(head, "initializer")) {
      to.eval(first);
      to.emit(Op::drop, first);
    }
    to.repeat(head.field("condition"), false, body, parts_of(head, "update"), node);
  } else {
    to.repeat(head, false, body, {}, node);
  }
  to.close_scope();
}

/// `switch v := x.(type)`, `select`: one of the cases.
void cases(Lowering& to, Node node) {
  to.open_scope();
  if (const Node value = node.field("value")) {
    to.eval(value);
    if (const Node alias = node.field("alias")) to.assign(alias, true);
    to.emit(Op::drop, node);
  }
  std::vector<std::vector<Node>> ways;
  for (const Node part : to.parts(node)) {
    const auto kind = part.kind();
    if (kind != "type_case" && kind != "default_case" && kind != "communication_case") continue;
    std::vector<Node> way;
    if (const Node communication = part.field("communication")) way.push_back(communication);
    for (const Node statement : to.parts(part))
      if (statement.kind() == "statement_list") way.push_back(statement);
    ways.push_back(std::move(way));
  }
  to.one_of(ways, node);
  to.close_scope();
}

void lower(Lowering& to, Node node) {
  const auto kind = node.kind();
  if (kind == "literal_value")
    literal_value(to, node);
  else if (kind == "for_statement")
    loop(to, node);
  else if (kind == "send_statement")
    to.put_into(node.field("channel"), node.field("value"), node);
  else
    cases(to, node);
}

}  // namespace

const TaintLanguage& taint_language_go() {
  static const TaintLanguage kLanguage{
      .name = "go",
      .forms = kForms,
      .member_types_hold = true,
      .hook = lower,
      .clean_calls = kClean,
      .pure_calls = kPure,
      .stops = kStops,
      .block_scoped = true,
      .names_are_keys = true,
      .break_leaves_switch = true,
  };
  return kLanguage;
}

}  // namespace peer::taint
