#include <algorithm>

#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

constexpr FormRule kForms[] = {
    {"source_file", Form::block},
    {"line_comment", Form::skip},
    {"block_comment", Form::skip},
    {"attribute_item", Form::skip},
    {"inner_attribute_item", Form::skip},
    {"use_declaration", Form::skip},
    {"extern_crate_declaration", Form::skip},
    {"visibility_modifier", Form::skip},
    {"function_modifiers", Form::skip},
    {"mutable_specifier", Form::skip},
    {"struct_item", Form::skip},
    {"enum_item", Form::skip},
    {"union_item", Form::skip},
    {"type_item", Form::skip},
    {"associated_type", Form::skip},
    {"function_signature_item", Form::skip},
    {"macro_definition", Form::skip},
    {"type_identifier", Form::skip},
    {"scoped_type_identifier", Form::skip},
    {"primitive_type", Form::skip},
    {"reference_type", Form::skip},
    {"generic_type", Form::skip},
    {"array_type", Form::skip},
    {"tuple_type", Form::skip},
    {"pointer_type", Form::skip},
    {"function_type", Form::skip},
    {"dynamic_type", Form::skip},
    {"abstract_type", Form::skip},
    {"type_arguments", Form::skip},
    {"type_parameters", Form::skip},
    {"where_clause", Form::skip},
    {"trait_bounds", Form::skip},
    {"lifetime", Form::skip},
    {"label", Form::skip},
    {"empty_statement", Form::skip},
    {"remaining_field_pattern", Form::skip},
    {"unit_expression", Form::constant},
    {"float_literal", Form::constant},
    {"char_literal", Form::constant},
    {"mod_item", Form::pass, "body"},
    {"declaration_list", Form::block},
    {"expression_statement", Form::pass},
    {"parenthesized_expression", Form::pass},
    {"try_expression", Form::pass},
    {"await_expression", Form::pass},
    {"reference_expression", Form::pass, "value"},
    {"generic_function", Form::pass, "function"},
    {"unsafe_block", Form::pass},
    {"async_block", Form::pass},
    {"const_block", Form::pass, "body"},
    {"else_clause", Form::pass},
    {"match_pattern", Form::pass, "#0"},
    {"mut_pattern", Form::pass},
    {"ref_pattern", Form::pass},
    {"reference_pattern", Form::pass},
    {"struct_expression", Form::pass, "body"},
    {"block", Form::scope},
    {"identifier", Form::name},
    {"field_identifier", Form::name},
    {"self", Form::self},
    {"string_literal", Form::text},
    {"raw_string_literal", Form::text},
    {"integer_literal", Form::number},
    {"boolean_literal", Form::boolean},
    {"binary_expression", Form::binary, "left", "right"},
    {"unary_expression", Form::unary},
    {"negative_literal", Form::constant},
    {"assignment_expression", Form::assign, "left", "right"},
    {"compound_assignment_expr", Form::assign, "left", "right"},
    {"let_declaration", Form::declare, "pattern", "value"},
    {"const_item", Form::declare, "name", "value"},
    {"static_item", Form::declare, "name", "value"},
    {"let_condition", Form::special},
    {"field_expression", Form::member, "value", "field"},
    {"scoped_identifier", Form::member, "path", "name"},
    {"index_expression", Form::index},
    {"type_cast_expression", Form::cast, "type", "value"},
    {"call_expression", Form::call, "function", "arguments"},
    {"macro_invocation", Form::special},
    {"token_tree", Form::special},
    {"array_expression", Form::list},
    {"tuple_expression", Form::list},
    {"tuple_pattern", Form::list},
    {"slice_pattern", Form::list},
    {"or_pattern", Form::list},
    {"field_initializer_list", Form::map},
    {"field_initializer", Form::pair, "field", "value"},
    {"shorthand_field_initializer", Form::shorthand},
    {"shorthand_field_identifier", Form::shorthand},
    {"base_field_initializer", Form::spread},
    {"if_expression", Form::if_, "condition", "consequence", "alternative"},
    {"while_expression", Form::while_, "condition", "body"},
    {"loop_expression", Form::while_, "", "body"},
    {"for_expression", Form::for_each, "pattern", "value", "body"},
    {"match_expression", Form::switch_, "value", "body"},
    {"match_arm", Form::arm, "pattern"},
    {"return_expression", Form::return_},
    {"break_expression", Form::break_},
    {"continue_expression", Form::continue_},
    {"function_item", Form::function, "name", "parameters", "body"},
    {"closure_expression", Form::lambda, "", "parameters", "body"},
    {"parameter", Form::binding, "pattern", "type"},
    {"self_parameter", Form::self},
    {"impl_item", Form::class_, "type", "body"},
    {"trait_item", Form::class_, "name", "body"},
};

constexpr FormRule kWords[] = {{"Self", Form::self}, {"None", Form::null}};

constexpr std::string_view kClean[] = {
    "Uuid::parse_str", "u32::from_str",    "i32::from_str",
    "u64::from_str",   "i64::from_str",    "usize::from_str",
    "u16::from_str",   "IpAddr::from_str", "NaiveDate::parse_from_str",
    "size_of",         "std::mem::size_of"};
constexpr std::string_view kPure[] = {"String::new",
                                      "Vec::new",
                                      "PathBuf::new",
                                      "HashMap::new",
                                      "String::with_capacity",
                                      "String::from",
                                      "String::from_utf8",
                                      "String::from_utf8_lossy",
                                      "PathBuf::from",
                                      "Path::new",
                                      "Some",
                                      "Ok",
                                      "Err",
                                      "Box::new",
                                      "Arc::new",
                                      "Rc::new",
                                      "Vec::from",
                                      "HashSet::from",
                                      "HashMap::from",
                                      "Cow::from",
                                      "OsStr::new",
                                      "OsString::from",
                                      "CString::new",
                                      "Bytes::from",
                                      "Regex::new"};
constexpr std::string_view kStops[] = {"std::process::exit", "process::exit", "exit",
                                       "std::process::abort", "process::abort"};

/// `params.name` of the tokens from `at` on, which is moved behind it: what it may be evaluated as.
struct Chain {
  Node root;
  std::vector<Node> members;
  bool is_call = false;  ///< what is called, not a value

  void eval(Lowering& to) const {
    to.eval(root);
    for (const Node member : members)
      to.member(member);
    if (!members.empty())
      to.settle(to.source().substr(root.begin(), members.back().end() - root.begin()), root);
  }
};

Chain chain_at(const std::vector<Node>& tokens, std::size_t& at) {
  Chain chain{tokens[at++], {}, false};
  const auto is = [&](std::size_t index, std::string_view sign) {
    return index < tokens.size() && tokens[index].kind() == sign;
  };
  const auto calls = [&](std::size_t index) {
    return is(index, "token_tree") && tokens[index].child(0).kind() == "(";
  };
  while (is(at, ".") && at + 1 < tokens.size() && tokens[at + 1].kind() == "identifier") {
    if (calls(at + 2)) break;  // a method: what it gives holds what the chain does
    chain.members.push_back(tokens[at + 1]);
    at += 2;
  }
  chain.is_call = calls(at) || is(at, "::") || is(at, "!");
  return chain;
}

/// In a macro nothing is known of a call but its name.
bool is_harmless_call(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (const std::string_view word : {"escape", "encode", "quote", "sanitize", "clean"})
    if (contains(lower, word)) return true;
  return is_one_of(lower,
                   {"len", "count", "is_empty", "is_some", "is_none", "id", "status", "elapsed"});
}

bool is_value(std::string_view kind) { return kind == "token_tree" || kind.ends_with("literal"); }

/// `{name}` and `{name:?}` in what a macro formats.
std::vector<std::string_view> names_in(std::string_view format) {
  std::vector<std::string_view> names;
  for (std::size_t at = format.find('{'); at != std::string_view::npos && names.size() < 100;
       at = format.find('{', at)) {
    ++at;
    if (at < format.size() && format[at] == '{') {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < format.size() && is_word(format[end]))
      ++end;
    const bool closes = end < format.size() && (format[end] == '}' || format[end] == ':');
    if (closes && end > at && (format[at] < '0' || format[at] > '9'))
      names.push_back(format.substr(at, end - at));
  }
  return names;
}

bool formats(std::string_view macro) {
  return is_one_of(macro, {"format", "print", "println", "eprint", "eprintln", "write", "writeln",
                           "panic", "format_args", "anyhow", "bail", "trace", "debug", "info",
                           "warn", "error", "log", "event"});
}

/// `name` of `std::name!(..)`
std::string_view macro_name(const Lowering& to, Node macro) {
  const Node called = macro.field("macro");
  const auto name = called ? to.text(called) : std::string_view{};
  return name.substr(name.rfind(':') + 1);
}

bool is_call_at(const std::vector<Node>& tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].kind() == "token_tree" &&
         tokens[at].child(0).kind() == "(";
}

/// The name at `at` and what belongs to it. True where that gives a value.
bool take_name(Lowering& to, const std::vector<Node>& tokens, std::size_t& at) {
  const Chain chain = chain_at(tokens, at);
  if (chain.is_call) {  // what it is given is a value of its own
    if (is_call_at(tokens, at) && is_harmless_call(to.text(chain.root))) ++at;
    return false;
  }
  const bool calls_method = is_call_at(tokens, at + 2) && tokens[at].kind() == "." &&
                            tokens[at + 1].kind() == "identifier";
  if (calls_method && is_harmless_call(to.text(tokens[at + 1]))) {
    at += 3;
    return false;
  }
  chain.eval(to);
  return true;
}

/// Takes what stands at `at`. True where that gives a value.
bool take_token(Lowering& to, const std::vector<Node>& tokens, std::size_t& at) {
  const auto kind = tokens[at].kind();
  const bool is_field = at > 0 && tokens[at - 1].kind() == ".";
  if (kind == "self" || (kind == "identifier" && !is_field)) return take_name(to, tokens, at);
  const bool is_literal_or_tree = is_value(kind);
  if (is_literal_or_tree) to.eval(tokens[at]);
  ++at;
  return is_literal_or_tree;
}

/// Code in a macro is tokens to the grammar: names, members and texts are taken as they stand.
void tokens(Lowering& to, Node tree) {
  std::vector<Node> all;
  for_each_child(tree, [&](Node child) { all.push_back(child); });
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < all.size();)
    if (take_token(to, all, at)) ++count;
  if (count == 0)
    to.push(constant(), tree);
  else if (count > 1)
    to.emit(Op::combine, tree, count, static_cast<std::uint32_t>(Combination::concat));
}

void macro_invocation(Lowering& to, Node node) {
  const auto macro = macro_name(to, node);
  Node tree, format;
  for_each_child(node, [&](Node child) {
    if (child.kind() == "token_tree") tree = child;
  });
  if (!tree) {
    to.push(constant(), node);
    return;
  }
  to.eval(tree);
  if (formats(macro)) {
    for_each_child(tree, [&](Node child) {
      if (!format && child.kind().ends_with("string_literal")) format = child;
    });
    const auto names = format ? names_in(to.text(format)) : std::vector<std::string_view>{};
    for (const auto name : names)
      to.load(name, format);
    if (!names.empty())
      to.emit(Op::combine, node, static_cast<std::uint32_t>(names.size() + 1),
              static_cast<std::uint32_t>(Combination::concat));
  }
  Node first = tree.named_child(0);
  if (first && first.kind() == "mutable_specifier") first = first.next_named_sibling();
  if ((macro == "write" || macro == "writeln") && first && first.kind() == "identifier")
    to.assign(first);
  if (is_one_of(macro, {"panic", "bail", "unreachable", "todo", "unimplemented"}))
    to.emit(Op::raise, node);
}

/// `let Some(x) = y` as a condition.
void let_condition(Lowering& to, Node node) {
  to.eval(node.field("value"));
  to.assign(node.field("pattern"), true);
}

void lower(Lowering& to, Node node) {
  const auto kind = node.kind();
  if (kind == "macro_invocation")
    macro_invocation(to, node);
  else if (kind == "token_tree")
    tokens(to, node);
  else
    let_condition(to, node);
}

}  // namespace

const TaintLanguage& taint_language_rust() {
  static const TaintLanguage kLanguage{
      .name = "rust",
      .forms = kForms,
      .member_types_hold = true,
      .hook = lower,
      .clean_calls = kClean,
      .pure_calls = kPure,
      .stops = kStops,
      .block_scoped = true,
      .words = kWords,
      .patterns_bind = true,
      .names_are_keys = true,
      .implicit_return = true,
      .constructor = "Self",
  };
  return kLanguage;
}

}  // namespace peer::taint
