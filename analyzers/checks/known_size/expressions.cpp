// What expressions are worth, and what they change.
#include <algorithm>
#include <array>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/known_size/follower.hpp"

namespace peer::known_size {

using c_syntax::last_part;
using c_syntax::without_brackets;

namespace {

constexpr int kDeepest = 16;  // of expressions that stand for places

}  // namespace

Variable* Follower::known(std::string_view name) {
  if (Variable* own = state_.find(name)) return own;
  const Shape* shape = declared_.variable(name);
  if (shape == nullptr) return nullptr;
  Variable& variable = state_.variables[name];
  variable.shape = *shape;
  if (const auto bytes = shape->bytes()) variable.held = place_held({add_memory(*bytes), 0});
  return &variable;
}

Memory Follower::add_memory(std::int64_t bytes, Text text) {
  sizes_.push_back(bytes);
  const Memory made = sizes_.size() - 1;
  state_.texts[made] = text;
  return made;
}

Follower::Number Follower::value_of(std::string_view expression, Turn turn) {
  const Constants constants{[&](std::string_view name) -> Number {
                              if (const Variable* own = state_.find(name)) {
                                if (!own->held.number) return std::nullopt;
                                return turn == Turn::first ? own->held.number->first
                                                           : own->held.number->last;
                              }
                              return declared_.constant(name);
                            },
                            [&](std::string_view operand) { return size_of(operand); }};
  return fold_constant(expression, constants);
}

Follower::Number Follower::value_of(Node node) {
  if (!node) return std::nullopt;
  const auto first = value_of(text(node), Turn::first);
  return first && first == value_of(text(node), Turn::last) ? first : std::nullopt;
}

Follower::Number Follower::size_of(std::string_view operand) {
  constexpr std::int64_t kPointer = 8;
  if (operand.starts_with('*')) {
    operand.remove_prefix(1);
    const Variable* pointer = known(operand);
    return pointer == nullptr ? std::nullopt : pointer->shape.element;
  }
  if (operand.ends_with("[0]")) {
    const Variable* array = known(operand.substr(0, operand.size() - 3));
    return array == nullptr || array->shape.counts.size() > 1 ? std::nullopt : array->shape.element;
  }
  const auto member = operand.find_last_of(".>");
  if (member != std::string_view::npos) {
    const Shape* shape = declared_.member(operand.substr(member + 1));
    return shape == nullptr ? std::nullopt : shape->bytes();
  }
  const Variable* variable = known(operand);
  if (variable == nullptr) return std::nullopt;
  if (variable->shape.is_array) return variable->shape.bytes();
  return variable->shape.element ? std::optional(kPointer) : std::nullopt;
}

/// All that happens in it, from the inside out.
void Follower::expression(Node node) {
  walk(
      node,
      [&](Node each) {
        ++work_;
        const auto kind = each.kind();
        return kind != "sizeof_expression" && kind != "lambda_expression" && kind != "decltype";
      },
      [&](Node each) { evaluated(each); });
}

void Follower::evaluated(Node node) {
  if (!node.is_named()) return;
  const auto kind = node.kind();
  if (kind == "call_expression")
    call(node);
  else if (kind == "subscript_expression")
    index(node);
  else if (kind == "pointer_expression")
    dereference(node);
  else if (kind == "assignment_expression")
    assignment(node);
  else if (kind == "update_expression")
    update(node);
  else if (is_cpp_ && kind == "binary_expression" && text(node.field("operator")) == ">>" &&
           node.field("right"))
    state_.forget(text(node.field("right")));  // in >> n
}

void Follower::update(Node node) {
  const Node argument = without_brackets(node.field("argument"));
  if (!argument || argument.kind() != "identifier") return;
  Variable* variable = known(text(argument));
  if (variable == nullptr || variable->shape.is_array) return;
  const std::int64_t step = text(node.field("operator")) == "++" ? 1 : -1;
  const auto& number = variable->held.number;
  variable->held = number && number->first == number->last
                       ? number_held(number->first + step)
                       : moved(variable->held, step, variable->shape.element);
}

void Follower::assignment(Node node) {
  const Node target = without_brackets(node.field("left"));
  const Node value = node.field("right");
  if (!target || !value) return;
  if (target.kind() == "subscript_expression" || target.kind() == "pointer_expression") {
    element_assigned(target, value);
    return;
  }
  if (target.kind() != "identifier") return;
  const auto name = text(target);
  const auto sign = text(node.field("operator"));
  if (sign == "=") {
    const Held held = held_by(value);
    if (Variable* variable = known(name); variable != nullptr && !variable->shape.is_array)
      variable->held = held;
    return;
  }
  Variable* variable = known(name);
  if (variable == nullptr || variable->shape.is_array) return;
  const auto by = value_of(value);
  const auto number = variable->held.number;
  if (number && number->first == number->last && by && (sign == "+=" || sign == "-="))
    variable->held = number_held(sign == "+=" ? number->first + *by : number->first - *by);
  else
    variable->held = by && (sign == "+=" || sign == "-=")
                         ? moved(variable->held, sign == "+=" ? *by : -*by, variable->shape.element)
                         : unknown();
}

/// `buf[9] = 0` ends a text there.
void Follower::element_assigned(Node target, Node value) {
  const Node base = without_brackets(target.field("argument"));
  const Held held = base ? held_by(base) : unknown();
  Text* known_text = text_at(held);
  const Node index = target.kind() == "subscript_expression" ? target.field("index") : Node();
  const Node indices = target.kind() == "subscript_expression" ? target.field("indices") : Node();
  const auto at = value_of(indices ? indices.named_child(0) : index);
  if (known_text == nullptr || !at) {
    state_.forget_text(held);
    return;
  }
  const std::int64_t place = held.places.front().offset + *at;
  const auto written =
      text(value) == "'\\0'" || text(value) == "L'\\0'" ? Number(0) : value_of(value);
  if (written == 0) {
    if (known_text->filled >= place || known_text->length.value_or(-1) > place)
      known_text->length = place;
    known_text->filled = std::min(known_text->filled, place);
  } else if (known_text->length && place >= *known_text->length) {
    known_text->length.reset();
  }
}

Held Follower::moved(Held from, Number elements, Number element) {
  if (!from.is_placed() || !elements || !element) return unknown();
  for (Place& place : from.places) {
    std::int64_t bytes = 0;
    if (__builtin_mul_overflow(*elements, *element, &bytes) ||
        __builtin_add_overflow(place.offset, bytes, &place.offset))
      return unknown();
  }
  return from;
}

/// The shape of `v.name` and `p->name`, by the name of the member.
const Shape* Follower::shape_of_member(Node node) const {
  const Node name = node.kind() == "field_expression" ? node.field("field") : Node();
  return name ? declared_.member(text(name)) : nullptr;
}

/// Bytes of one element of what `node` points to.
Follower::Number Follower::element_of(Node node) {
  for (int steps = 0; node && node.kind() == "parenthesized_expression" && steps < 16; ++steps)
    node = node.named_child(0);
  if (!node) return std::nullopt;
  if (node.kind() == "cast_expression") {
    auto type = text(node.field("type"));
    if (!type.ends_with('*')) return std::nullopt;
    type.remove_suffix(1);
    return size_of_type(type);
  }
  const Variable* variable = node.kind() == "identifier" ? known(text(node)) : nullptr;
  const Shape* shape = variable != nullptr ? &variable->shape : shape_of_member(node);
  return shape == nullptr || shape->counts.size() > 1 ? std::nullopt : shape->element;
}

Held Follower::held_by_name(std::string_view name) {
  if (name == "NULL" || name == "nullptr") return nothing();
  if (const Variable* variable = known(name))
    return variable->held.is_counter() ? unknown() : variable->held;
  const auto number = declared_.constant(name);
  return number ? number_held(*number) : unknown();
}

Held Follower::place_of_literal(Node node) {
  const auto length = text(node).starts_with('"')
                          ? length_of(node)
                          : std::nullopt;  // L"..": as wide as the system says
  return length ? place_held({add_memory(*length + 1, {.length = length}), 0}) : unknown();
}

Held Follower::place_of_member(Node node) {
  const Shape* shape = shape_of_member(node);
  const auto bytes = shape == nullptr ? std::nullopt : shape->bytes();
  const bool is_open_ended =
      bytes && shape->counts.front() <= 1;  // `char data[1]` at the end of a struct
  return bytes && !is_open_ended ? place_held({add_memory(*bytes), 0}) : unknown();
}

// kDeepest levels NOLINTBEGIN(misc-no-recursion)

/// `&a[k]`
Held Follower::place_of_element(Node address, int depth) {
  const Node target =
      text(address).starts_with('&') ? without_brackets(address.field("argument")) : Node();
  if (!target || target.kind() != "subscript_expression") return unknown();
  const Node base = target.field("argument");
  const Node indices = target.field("indices");
  return moved(held_by(base, depth + 1),
               value_of(indices ? indices.named_child(0) : target.field("index")),
               element_of(base));
}

/// `a + k`, where `a` is a pointer; a number otherwise.
Held Follower::place_of_sum(Node node, int depth) {
  if (const auto number = value_of(node)) return number_held(*number);
  const Node left = node.field("left");
  const auto sign = text(node.field("operator"));
  const auto by = value_of(node.field("right"));
  if ((sign != "+" && sign != "-") || !by || !left) return unknown();
  return moved(held_by(left, depth + 1), sign == "+" ? *by : -*by, element_of(left));
}

Held Follower::held_by(Node node, int depth) {
  const Node bare = node && depth <= kDeepest ? without_brackets(node) : Node();
  if (!bare) return unknown();
  const auto kind = bare.kind();
  if (kind == "identifier") return held_by_name(text(bare));
  if (kind == "null") return nothing();
  if (kind == "string_literal") return place_of_literal(bare);
  if (kind == "field_expression") return place_of_member(bare);
  if (kind == "pointer_expression") return place_of_element(bare, depth);
  if (kind == "call_expression") return made_by_call(bare);
  if (kind == "new_expression") return made_by_new(bare);
  if (kind == "assignment_expression") return held_by(bare.field("right"), depth + 1);
  if (kind == "binary_expression") return place_of_sum(bare, depth);
  const auto number = value_of(bare);
  return number ? number_held(*number) : unknown();
}
// NOLINTEND(misc-no-recursion)

/// What malloc() and the like give.
Held Follower::made_by_call(Node node) {
  static constexpr std::array<std::string_view, 9> kBySize{"malloc",    "xmalloc", "g_malloc",
                                                           "g_malloc0", "alloca",  "_alloca",
                                                           "ALLOCA",    "kmalloc", "kzalloc"};
  const Node function = node.field("function");
  const Node list = node.field("arguments");
  if (!function || !list) return unknown();
  const auto name = last_part(text(function));
  const auto argument = [&](std::uint32_t number) { return value_of(list.named_child(number)); };
  Number bytes;
  Text begins;
  if (std::find(kBySize.begin(), kBySize.end(), name) != kBySize.end()) {
    bytes = argument(0);
    if (name == "kzalloc" || name == "g_malloc0") begins.length = 0;
  } else if (name == "calloc" || name == "xcalloc") {
    const auto count = argument(0), each = argument(1);
    std::int64_t all = 0;
    if (count && each && !__builtin_mul_overflow(*count, *each, &all)) bytes = all;
    begins.length = 0;
  } else if (name == "realloc" || name == "xrealloc") {
    bytes = argument(1);
  }
  return bytes && *bytes > 0 ? place_held({add_memory(*bytes, begins), 0}) : unknown();
}

/// `new char[10]`
Held Follower::made_by_new(Node node) {
  const Node declarator = node.field("declarator");
  const Node length = declarator ? declarator.field("length") : Node();
  const auto count = value_of(length);
  const auto each = node.field("type") ? size_of_type(text(node.field("type"))) : std::nullopt;
  std::int64_t bytes = 0;
  const bool is_known =
      count && each && *count > 0 && !__builtin_mul_overflow(*count, *each, &bytes);
  return is_known ? place_held({add_memory(bytes), 0}) : unknown();
}

}  // namespace peer::known_size
