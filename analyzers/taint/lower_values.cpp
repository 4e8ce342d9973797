// Expressions.
#include <algorithm>
#include <array>
#include <charconv>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr std::size_t kMaxLiteral = 256;

bool contains_any(std::string_view kind, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return kind.find(word) != std::string_view::npos;
  });
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

/// What has no values in it, but text may have holes.
bool Lowering::lower_atom(const FormRule& rule, Node node) {
  switch (rule.form) {
    case Form::skip:
    case Form::constant:
    case Form::global:
    case Form::boolean:
    case Form::true_:
    case Form::false_:
    case Form::null:
    case Form::number:
      push_literal(node);
      return true;
    case Form::name:
    case Form::self:
    case Form::own_member:
      lower_name(node);
      return true;
    case Form::text:
      lower_text(node);
      return true;
    default:
      return false;
  }
}

bool Lowering::lower_value(const FormRule& rule, Node node) {
  switch (rule.form) {
    case Form::cast:
      eval(node.field(rule.b));
      if (is_harmless_type(node.field(rule.a)))
        emit(Op::combine, node, 1, static_cast<std::uint32_t>(Combination::number));
      return true;
    case Form::out:
    case Form::hole:
    case Form::pass:
    case Form::keyword:
      lower_wrapper(rule, node);
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
    case Form::conditional:
      lower_conditional(rule, node);
      return true;
    default:
      return false;
  }
}

/// What stands around a value and changes nothing of it.
void Lowering::lower_wrapper(const FormRule& rule, Node node) {
  const std::string_view field = rule.form == Form::keyword ? rule.b : rule.a;
  const Node inner = field.empty() ? Node() : node.field(field);
  eval_block(inner ? std::vector<Node>{inner} : parts(node));
}

void Lowering::lower_conditional(const FormRule& rule, Node node) {
  const auto children = parts(node);
  const auto at = [&](std::string_view field, std::size_t index) {
    if (!field.empty()) return node.field(field);
    return index < children.size() ? children[index] : Node();
  };
  Arms arms;
  arms.condition = at(rule.a, 0);
  if (const Node value = at(rule.b, 1)) arms.first.push_back(value);
  if (const Node other = at(rule.c, 2)) arms.second.push_back(other);
  if (arms.first.empty() && arms.condition) arms.first.push_back(arms.condition);  // `a ?: b`
  choose(arms, node);
}

void Lowering::lower_name(Node node) {
  const auto name = text(node);
  const Form kind = form(node).form;
  if (kind == Form::self) {
    emit(Op::load, node, self_);
  } else if (kind == Form::own_member || (!is_bound(name) && is_member(name))) {
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
      auto plain = plain_text(node);
      if (!plain) return std::nullopt;
      return Literal{Literal::Kind::text, std::move(*plain)};
    }
    default:
      return std::nullopt;
  }
}

/// Whether a part of a string that is no piece of its text holds a value.
bool Lowering::is_hole(Node part) const {
  return form(part).form != Form::mix || part.named_child_count() != 0;
}

/// What a string without holes says.
std::optional<std::string> Lowering::plain_text(Node node) const {
  std::string whole;
  bool has_pieces = false;
  for (const Node part : parts(node)) {
    if (is_piece(part.kind())) {
      whole += text(part);
      has_pieces = true;
    } else if (is_hole(part)) {
      return std::nullopt;
    }
  }
  return has_pieces ? whole : unquoted(text(node));
}

void Lowering::push_literal(Node node) {
  const auto literal = literal_of(node);
  push(literal ? constant(*literal) : constant(), node);
}

void Lowering::lower_text(Node node) {
  std::vector<Node> pieces;
  bool has_holes = false;
  for (const Node part : parts(node)) {
    if (is_piece(part.kind())) {
      pieces.push_back(part);
    } else if (is_hole(part)) {
      has_holes = true;
      pieces.push_back(part);
    }
  }
  if (has_holes)
    concat(pieces, node);
  else
    push_literal(node);
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
  if (is_and || is_or)
    lower_short_circuit(is_and, left, right, node);
  else
    lower_operator(sign, left, right, node);
}

void Lowering::lower_operator(std::string_view sign, Node left, Node right, Node node) {
  eval(left);
  eval(right);
  const bool joins = sign == in_.language.concat && sign != "+";
  emit(Op::combine, node, 2,
       static_cast<std::uint32_t>(joins ? Combination::concat : Combination::operator_),
       in_.names(sign));
  if (sign != "<<" || !in_.language.shift_appends) return;
  Node into = unwrapped(left);  // stream << a << b
  for (int steps = 0; steps < 100 && into && form(into).form == Form::binary; ++steps)
    into = unwrapped(into.field(form(into).a));
  if (!into) return;
  const auto kind = form(into).form;
  if (kind == Form::name || kind == Form::own_member || kind == Form::member) assign(into);
}

/// One side or the other: which one is decided by the left one.
void Lowering::lower_short_circuit(bool is_and, Node left, Node right, Node node) {
  eval(left);
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

/// `key`, which may be a name that stands for itself or null.
void Lowering::push_key(Node key, Node at) {
  if (key && in_.language.names_are_keys && form(unwrapped(key)).form == Form::name)
    push(constant({Literal::Kind::text, std::string(text(key))}), key);
  else if (key)
    eval(key);
  else
    push(constant(), at);
}

void Lowering::lower_map(Node node) {
  std::uint32_t count = 0;
  bool is_open = false;
  for (const Node part : parts(node)) {
    const FormRule& rule = form(part);
    ++count;
    if (rule.form == Form::pair) {
      const auto [key, value] = halves(rule, part);
      push_key(key, part);
      if (value)
        eval(value);
      else
        push(anything(), part);
    } else if (rule.form == Form::shorthand) {
      push(constant({Literal::Kind::text, std::string(text(part))}), part);
      emit(Op::load, part, symbol_of(text(part)));
    } else {
      push(constant(), part);
      eval(part);
      is_open = true;
    }
  }
  emit(Op::map, node, count, is_open ? 1 : 0);
}

void Lowering::map(const std::vector<std::pair<Node, Node>>& pairs, Node at) {
  for (const auto& [key, value] : pairs) {
    push_key(key, at);
    eval(value);
  }
  emit(Op::map, at, static_cast<std::uint32_t>(pairs.size()));
}

void Lowering::lower_access(const FormRule& rule, Node node) {
  const auto children = parts(node);
  const Node object =
      rule.a.empty() ? (children.empty() ? Node() : children.front()) : node.field(rule.a);
  if (!object) {
    push(anything(), node);
    return;
  }
  eval_object(object);
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

}  // namespace peer::taint
