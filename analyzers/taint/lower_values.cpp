// Expressions.
#include <algorithm>
#include <array>
#include <charconv>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr std::size_t kMaxLiteral = 256;

bool contains_any(std::string_view kind, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return kind.find(word) != kind.npos; });
}

/// The text of a string between its quotes.
std::string unquoted(std::string_view raw) {
  while (!raw.empty() && raw.front() != '"' && raw.front() != '\'' && raw.front() != '`' &&
         (raw.back() == '"' || raw.back() == '\'' || raw.back() == '`'))
    raw.remove_prefix(1);
  for (const std::size_t quotes : {std::size_t{3}, std::size_t{1}}) {
    if (raw.size() < 2 * quotes ||
        (raw.front() != '"' && raw.front() != '\'' && raw.front() != '`'))
      continue;
    const std::string mark(quotes, raw.front());
    if (raw.starts_with(mark) && raw.ends_with(mark))
      return std::string(raw.substr(quotes, raw.size() - 2 * quotes));
  }
  return std::string(raw.starts_with(':') ? raw.substr(1) : raw);
}

std::optional<std::string> decimal(std::string_view raw) {
  std::string digits;
  for (const char c : raw)
    if (c != '_') digits.push_back(c);
  while (!digits.empty() && contains_any("lLuU", {std::string_view(&digits.back(), 1)}))
    digits.pop_back();
  long long number = 0;
  const int base = digits.starts_with("0x") || digits.starts_with("0X") ? 16 : 10;
  const char* first = digits.data() + (base == 16 ? 2 : 0);
  const auto [end, error] = std::from_chars(first, digits.data() + digits.size(), number, base);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
    return std::nullopt;
  return std::to_string(number);
}

bool is_piece(std::string_view kind) {
  return contains_any(kind, {"content", "fragment", "escape"}) || kind == "character" ||
         kind == "nowdoc_string";
}

}  // namespace

bool Lowering::lower_value(const FormRule& rule, Node node) {
  switch (rule.form) {
    case Form::skip:
    case Form::constant:
    case Form::global:
    case Form::boolean:
    case Form::true_:
    case Form::false_:
    case Form::null:
    case Form::number: {
      const auto literal = literal_of(node);
      push(literal ? constant(*literal) : constant(), node);
      return true;
    }
    case Form::cast:
      eval(node.field(rule.b));
      if (is_harmless_type(node.field(rule.a)))
        emit(Op::combine, node, 1, static_cast<std::uint32_t>(Combination::number));
      return true;
    case Form::out:
    case Form::hole:
    case Form::pass:
    case Form::keyword: {
      const Node inner = rule.form == Form::keyword ? node.field(rule.b)
                         : rule.a.empty()           ? Node()
                                                    : node.field(rule.a);
      const auto children = inner ? std::vector<Node>{inner} : parts(node);
      eval_block(children);
      return true;
    }
    case Form::name:
    case Form::self:
    case Form::own_member:
      lower_name(node);
      return true;
    case Form::text:
      lower_text(node);
      return true;
    case Form::binary:
      lower_binary(rule, node);
      return true;
    case Form::unary:
      lower_unary(rule, node);
      return true;
    case Form::member:
    case Form::index:
      lower_access(rule, node);
      return true;
    case Form::call:
    case Form::method_call:
      lower_call(rule, node);
      return true;
    case Form::construct:
      lower_construct(rule, node);
      return true;
    case Form::list:
    case Form::spread:
      list(parts(node), node);
      return true;
    case Form::map:
      lower_map(node);
      return true;
    case Form::lambda:
    case Form::function:
      lower_closure(rule, node);
      return true;
    case Form::conditional: {
      const auto children = parts(node);
      const auto at = [&](std::string_view field, std::size_t index) {
        if (!field.empty()) return node.field(field);
        return index < children.size() ? children[index] : Node();
      };
      Arms arms;
      arms.condition = at(rule.a, 0);
      for (const auto& [into, from] :
           {std::pair{&arms.first, at(rule.b, 1)}, std::pair{&arms.second, at(rule.c, 2)}})
        if (from) into->push_back(from);
      if (arms.first.empty() && arms.condition) arms.first.push_back(arms.condition);  // `a ?: b`
      choose(arms, node);
      return true;
    }
    default:
      return false;
  }
}

void Lowering::lower_name(Node node) {
  const auto name = text(node);
  const Form kind = form(node).form;
  if (kind == Form::self) {
    emit(Op::load, node, self_);
  } else if (kind == Form::own_member || (!bound_.contains(name) && is_member(name))) {
    emit(Op::load, node, self_);
    emit(Op::member, node, member_symbol(node));
  } else {
    emit(Op::load, node, symbol_of(name));
  }
}

std::optional<Literal> Lowering::literal_of(Node node) const {
  node = unwrapped(node);
  if (!node || node.end() - node.begin() > kMaxLiteral) return std::nullopt;
  switch (form(node).form) {
    case Form::boolean: {
      const auto word = text(node);
      return Literal{Literal::Kind::boolean, word == "true" || word == "TRUE" ? "true" : "false"};
    }
    case Form::true_:
      return Literal{Literal::Kind::boolean, "true"};
    case Form::false_:
      return Literal{Literal::Kind::boolean, "false"};
    case Form::null:
      return Literal{Literal::Kind::null, "null"};
    case Form::number: {
      auto number = decimal(text(node));
      if (!number) return std::nullopt;
      return Literal{Literal::Kind::number, std::move(*number)};
    }
    case Form::text: {
      std::string whole;
      bool has_pieces = false;
      for (const Node part : parts(node)) {
        if (is_piece(part.kind())) {
          whole += text(part);
          has_pieces = true;
        } else if (form(part).form != Form::mix || part.named_child_count() != 0) {
          return std::nullopt;
        }
      }
      return Literal{Literal::Kind::text, has_pieces ? whole : unquoted(text(node))};
    }
    default:
      return std::nullopt;
  }
}

void Lowering::lower_text(Node node) {
  std::vector<Node> pieces;
  bool has_holes = false;
  for (const Node part : parts(node)) {
    const bool is_hole =
        !is_piece(part.kind()) && (form(part).form != Form::mix || part.named_child_count() != 0);
    has_holes = has_holes || is_hole;
    if (is_hole || is_piece(part.kind())) pieces.push_back(part);
  }
  if (has_holes) {
    concat(pieces, node);
    return;
  }
  const auto literal = literal_of(node);
  push(literal ? constant(*literal) : constant(), node);
}

void Lowering::concat(const std::vector<Node>& pieces, Node at) {
  for (const Node piece : pieces)
    if (is_piece(piece.kind()))
      push(piece.end() - piece.begin() > kMaxLiteral
               ? constant()
               : constant({Literal::Kind::text, std::string(text(piece))}),
           piece);
    else
      eval(piece);
  emit(Op::combine, at, static_cast<std::uint32_t>(pieces.size()),
       static_cast<std::uint32_t>(Combination::concat));
}

void Lowering::lower_binary(const FormRule& rule, Node node) {
  Node left, right;
  if (rule.a.empty()) {
    const auto children = parts(node);
    if (children.size() != 2) {  // a < b < c
      eval_mix(children);
      emit(Op::combine, node, 1, static_cast<std::uint32_t>(Combination::operator_),
           in_.names("!"));
      return;
    }
    left = children[0];
    right = children[1];
  } else {
    left = node.field(rule.a);
    right = node.field(rule.b);
  }
  if (!left || !right) {
    push(anything(), node);
    return;
  }
  const auto sign = operator_of(node);
  const bool is_and = sign == "&&" || sign == "and";
  const bool is_or = sign == "||" || sign == "or" || sign == "??" || sign == "?:";
  eval(left);
  if (!is_and && !is_or) {
    eval(right);
    const bool joins = sign == in_.language.concat || sign == "+";
    emit(Op::combine, node, 2,
         static_cast<std::uint32_t>(joins && sign != "+" ? Combination::concat
                                                         : Combination::operator_),
         in_.names(sign));
    if (sign == "<<" && in_.language.shift_appends) {
      Node into = unwrapped(left);  // stream << a << b
      for (int steps = 0; steps < 100 && form(into).form == Form::binary; ++steps)
        into = unwrapped(into.field(form(into).a));
      const auto kind = form(into).form;
      if (kind == Form::name || kind == Form::own_member || kind == Form::member) assign(into);
    }
    return;
  }
  emit(Op::duplicate, node);
  branch(left, node);
  for (const std::uint32_t arm : {0U, 1U}) {
    emit(Op::arm, node, arm);
    if ((arm == 0) == is_and)
      eval(right);
    else
      push(nothing(), node);
    emit(Op::arm_end, node);
  }
  emit(Op::choice_end, node);
  emit(Op::combine, node, 2, static_cast<std::uint32_t>(Combination::either));
}

void Lowering::lower_unary(const FormRule& rule, Node node) {
  const auto children = parts(node);
  const Node operand =
      rule.a.empty() ? (children.empty() ? Node() : children.back()) : node.field(rule.a);
  if (!operand) {
    push(anything(), node);
    return;
  }
  const auto sign = operator_of(node);
  eval(operand);
  if (sign == "&" || sign == "*" || sign == "&mut") return;
  emit(Op::combine, node, 1, static_cast<std::uint32_t>(Combination::operator_), in_.names(sign));
  if (sign == "++" || sign == "--") assign(operand);
}

void Lowering::list(const std::vector<Node>& elements, Node at) {
  if (elements.size() == 1 && at.kind() == "expression_list") {
    eval(elements.front());
    return;
  }
  bool is_open = form(at).form == Form::spread;
  for (const Node element : elements) {
    eval(element);
    if (form(element).form == Form::spread) is_open = true;
  }
  emit(Op::list, at, static_cast<std::uint32_t>(elements.size()), is_open ? 1 : 0);
}

void Lowering::lower_map(Node node) {
  std::uint32_t count = 0;
  bool is_open = false;
  for (const Node part : parts(node)) {
    const FormRule& rule = form(part);
    ++count;
    if (rule.form == Form::pair) {
      const auto children = parts(part);
      const Node key = rule.a.empty() ? children.front() : part.field(rule.a);
      const Node value = rule.b.empty() ? children.back() : part.field(rule.b);
      if (key && in_.language.names_are_keys && form(unwrapped(key)).form == Form::name)
        push(constant({Literal::Kind::text, std::string(text(key))}), key);
      else if (key)
        eval(key);
      else
        push(constant(), part);
      if (value)
        eval(value);
      else
        push(anything(), part);
      continue;
    }
    const bool is_short = rule.form == Form::shorthand;
    push(is_short ? constant({Literal::Kind::text, std::string(text(part))}) : constant(), part);
    if (is_short)
      emit(Op::load, part, symbol_of(text(part)));
    else
      eval(part);
    is_open = is_open || !is_short;
  }
  emit(Op::map, node, count, is_open ? 1 : 0);
}

void Lowering::map(const std::vector<std::pair<Node, Node>>& pairs, Node at) {
  for (const auto& [key, value] : pairs) {
    if (key && in_.language.names_are_keys && form(unwrapped(key)).form == Form::name)
      push(constant({Literal::Kind::text, std::string(text(key))}), key);
    else if (key)
      eval(key);
    else
      push(constant(), at);
    eval(value);
  }
  emit(Op::map, at, static_cast<std::uint32_t>(pairs.size()));
}

/// The variable that the call may write: `&x`, `out x`, `ref x`.
std::optional<std::uint32_t> Lowering::written_by_call(Node argument) {
  const Node bare = unwrapped(argument);
  if (form(bare).form == Form::unary) {
    const auto sign = operator_of(bare);
    return sign == "&" || sign == "&mut" ? path_of(bare) : std::nullopt;
  }
  bool is_out = form(argument).form == Form::out;
  for_each_child(argument, [&](Node child) {
    is_out = is_out || (!child.is_named() && (child.kind() == "out" || child.kind() == "ref"));
  });
  if (!is_out) return std::nullopt;
  const Node name = bare.field("name");
  return path_of(form(bare).form == Form::declare && name ? name : bare);
}

void Lowering::lower_access(const FormRule& rule, Node node) {
  const auto children = parts(node);
  const Node object =
      rule.a.empty() ? (children.empty() ? Node() : children.front()) : node.field(rule.a);
  if (!object) {
    push(anything(), node);
    return;
  }
  if (names_owner(object))
    emit(Op::load, object, self_);
  else
    eval(object);
  if (rule.form == Form::member) {
    emit(Op::member, node, member_symbol(rule.b.empty() ? children.back() : node.field(rule.b)));
    return;
  }
  std::vector<Node> keys;
  if (!rule.b.empty())
    keys = fields(node, rule.b);
  else if (children.size() > 1)
    keys.assign(children.begin() + 1, children.end());
  if (keys.size() == 1)
    eval(keys.front());
  else
    push(constant(), node);
  emit(Op::index, node);
}

bool Lowering::is_harmless_type(Node type) const {
  static constexpr std::array<std::string_view, 60> kTypes{
      "int",        "long",     "short",   "byte",   "double",  "float",  "boolean", "bool",
      "Integer",    "Long",     "Short",   "Byte",   "Double",  "Float",  "Boolean", "BigInteger",
      "BigDecimal", "UUID",     "decimal", "uint",   "ulong",   "ushort", "sbyte",   "Guid",
      "DateTime",   "int8",     "int16",   "int32",  "int64",   "uint8",  "uint16",  "uint32",
      "uint64",     "float32",  "float64", "size_t", "ssize_t", "off_t",  "int32_t", "int64_t",
      "uint32_t",   "uint64_t", "uint8_t", "i8",     "i16",     "i32",    "i64",     "u8",
      "u16",        "u32",      "u64",     "usize",  "isize",   "f32",    "f64",     "Int",
      "Long?",      "int?",     "long?",   "Int?"};
  if (!type || type.end() - type.begin() > 20) return false;
  return std::find(kTypes.begin(), kTypes.end(), text(type)) != kTypes.end();
}

std::vector<Node> Lowering::arguments_of(Node node, std::string_view field) const {
  std::vector<Node> found;
  if (const Node list = node.field(field)) {
    if (form(list).form == Form::mix)
      found = parts(list);
    else
      found.push_back(list);
  }
  if (const Node block = node.field("block")) found.push_back(block);
  return found;
}

void Lowering::lower_call(const FormRule& rule, Node node) {
  Callee callee;
  if (rule.form == Form::method_call) {
    callee.object = node.field(rule.a);
    callee.name = node.field(rule.b);
    call(callee, arguments_of(node, rule.c), node);
    return;
  }
  const Node function = rule.a.empty() ? node.named_child(0) : node.field(rule.a);
  callee.whole = function;
  const Node bare = function ? unwrapped(function) : Node();
  if (bare) {
    const FormRule& called = form(bare);
    if (called.form == Form::member) {
      const auto children = parts(bare);
      callee.object = called.a.empty() ? children.front() : bare.field(called.a);
      callee.name = called.b.empty() ? children.back() : bare.field(called.b);
    } else if (called.form == Form::name) {
      callee.name = bare;
    } else if (called.form != Form::mix) {
      callee.object = bare;
    } else {
      callee.name = bare;
    }
  }
  call(callee, arguments_of(node, rule.b), node);
}

std::optional<std::uint32_t> Lowering::function_of(const Callee& callee) const {
  if (!callee.name || callee.is_new) return std::nullopt;
  const auto name = text(callee.name);
  if (!callee.object) {
    if (bound_.contains(name) && !bound_.at(name).empty()) return std::nullopt;
    return in_.units.named(name, owner_);
  }
  const Node object = unwrapped(callee.object);
  if (form(object).form == Form::self || names_owner(object)) return in_.units.named(name, owner_);
  const FormRule& rule = form(object);
  const Node type = rule.form == Form::construct && !rule.a.empty() ? object.field(rule.a) : object;
  if (rule.form != Form::construct && rule.form != Form::name) return std::nullopt;
  if (!type || type.end() - type.begin() > 100) return std::nullopt;
  const auto owner = in_.units.owner_named(text(type));
  return owner ? in_.units.named(name, owner) : std::nullopt;
}

void Lowering::call(const Callee& callee, const std::vector<Node>& arguments, Node at) {
  CallSite site;
  auto name = callee.name ? text(callee.name) : std::string_view{};
  if (const auto scope = name.substr(0, 200).rfind("::"); scope != name.npos)
    name.remove_prefix(scope + 2);
  site.name = in_.names(name.size() <= 100 ? name : "");
  std::string dotted;
  const auto add = [&](std::string_view more) {
    for (const char c : more.substr(0, 100))
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') dotted.push_back(c);
  };
  if (callee.whole) {
    add(text(callee.whole));
  } else if (callee.object && callee.object.end() - callee.object.begin() < 80) {
    add(text(callee.object));
    add(".");
    add(name);
  } else {
    add(name);
  }
  site.dotted = in_.names(dotted);
  site.is_new = callee.is_new;
  for (const Node called : {callee.name, callee.whole})
    if (called && in_.marks.find(called) != nullptr) {  // somebody asks what is called
      eval(called);
      emit(Op::drop, called);
      break;
    }
  site.function = function_of(callee);
  if (callee.object) {
    site.has_receiver = true;
    if (names_owner(callee.object))
      emit(Op::load, callee.object, self_);
    else
      eval(callee.object);
    std::vector<Node> keys;
    if (const auto path = path_of(callee.object, &keys); path && keys.empty())
      site.receiver_path = path;
  }
  for (const Node argument : arguments) {
    const FormRule& rule = form(argument);
    site.keywords.push_back(rule.form == Form::keyword && !rule.a.empty() && argument.field(rule.a)
                                ? in_.names(text(argument.field(rule.a)))
                                : 0);
    site.has_spread = site.has_spread || rule.form == Form::spread;
    const Node bare = unwrapped(argument);
    if (site.has_receiver && form(bare).form == Form::lambda)
      receiver_depth_[bare.raw().id] = site.arguments;
    if (const auto path = written_by_call(argument)) site.out_paths.push_back(*path);
    eval(argument);
    ++site.arguments;
  }
  const auto is_named = [&](std::span<const std::string_view> list) {
    return std::any_of(list.begin(), list.end(), [&](std::string_view entry) {
      return entry == dotted || (entry == name && !site.has_receiver);
    });
  };
  if (!arguments.empty() && is_named(in_.language.first_is_written))
    if (const auto path = path_of(arguments.front())) site.out_paths.push_back(*path);
  const bool stops = is_named(in_.language.stops);
  out_.calls.push_back(std::move(site));
  emit(Op::call, at, static_cast<std::uint32_t>(out_.calls.size() - 1));
  if (stops) emit(Op::raise, at);
}

void Lowering::lower_construct(const FormRule& rule, Node node) {
  Callee callee;
  callee.is_new = true;
  callee.name = rule.a.empty() ? Node() : node.field(rule.a);
  callee.whole = callee.name;
  auto arguments = arguments_of(node, rule.b);
  if (!rule.c.empty())
    for (const Node more : fields(node, rule.c))
      arguments.push_back(more);
  for (const Node part : parts(node))  // the members of a class without a name
    if (part.kind() == "class_body" || part.kind() == "declaration_list") arguments.push_back(part);
  call(callee, arguments, node);
}

void Lowering::lower_closure(const FormRule& rule, Node node) {
  if (in_.units.is_unit(node)) {
    push(constant(), node);
    return;
  }
  const auto receiver = receiver_depth_.find(node.raw().id);
  emit(Op::closure, node);
  open_scope(true);
  if (const Node list = parameters_of(rule, node)) {
    std::vector<Node> names = parts(list);
    if (names.empty() && form(list).form == Form::name) names.push_back(list);
    for (const Node name : names) {
      if (receiver != receiver_depth_.end()) {
        emit(Op::pick, name, receiver->second);
        emit(Op::some, name);
      } else {
        push(anything(), name);
      }
      if (const NodeMarks* marks = in_.marks.find(name)) mark_after(*marks, name);
      assign(name, true);
      emit(Op::drop, name);
    }
  }
  const Node body = rule.c.empty() ? Node() : node.field(rule.c);
  bool gives = in_.language.implicit_return;
  if (body) {
    gives = gives || (form(body).form != Form::scope && form(body).form != Form::block);
    eval(body);
  } else {
    push(constant(), node);
  }
  close_scope();
  emit(Op::closure_end, node, 0, gives ? 1 : 0);
}

}  // namespace peer::taint
