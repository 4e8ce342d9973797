// What expressions are worth, and what they change.
#include <algorithm>
#include <string>
#include <utility>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/freed_memory/follower.hpp"

namespace peer::freed_memory {

using c_syntax::is_null_word;
using c_syntax::named_children;
using c_syntax::without_brackets;

namespace {

constexpr int kDeepest = 100;

}  // namespace

Value& Follower::held_at(const Place& place) {
  if (const auto* name = std::get_if<std::string_view>(&place)) return held(*state_, names_, *name);
  return held(*state_, names_, std::get<Member>(place));
}

void Follower::copy_struct(std::string_view to, Node value) {
  const Node from = value ? without_brackets(value) : Node();
  if (!from || pointers_.contains(to) || arrays_.contains(to)) return;
  const Object own = names_.address(to);
  Object source = 0;
  if (from.kind() == "pointer_expression" && text(from).starts_with('*')) {
    const Node pointer = without_brackets(from.field("argument"));
    if (pointer && pointer.kind() == "identifier")
      if (const Object* object = held(*state_, names_, text(pointer)).sole()) source = *object;
  } else if (from.kind() == "identifier" && is_local(text(from)) && !pointers_.contains(text(from)) && !arrays_.contains(text(from))) {
    source = names_.address(text(from));
  }
  state_->copies.erase(own);
  std::erase_if(state_->members, [&](const auto& member) { return member.first.first == own; });
  if (source == 0 || names_[source].form == Form::number) return;
  for (int steps = 0; steps < kDeepest; ++steps) {
    if (source == own) return;  // what it came from: no rings
    const auto further = state_->copies.find(source);
    if (further == state_->copies.end()) break;
    source = further->second;
  }
  state_->copies[own] = source;
}

void Follower::set(const Place& place, Value value) {
  if (const auto* name = std::get_if<std::string_view>(&place)) {
    if (arrays_.contains(*name)) return;
    state_->references.erase(*name);
    state_->variables[*name] = std::move(value);
    return;
  }
  held_at(place) = std::move(value);
}

/// The member of `base` that an index of that worth names; none where either may be several.
std::optional<Follower::Place> Follower::element_of(const Value& base, const Value& index) const {
  const Object* object = base.sole();
  if (object == nullptr || base.is_inside) return std::nullopt;
  if (index.is_null()) return Member{*object, "[0]"};
  const Object* which = index.sole();
  if (which == nullptr || index.may_be_null) return std::nullopt;
  return Member{*object, (names_.is_number(*which) ? "[" : "[#") + std::to_string(*which) + "]"};
}

// kDeepest levels NOLINTBEGIN(misc-no-recursion)

/// Evaluates what leads there; the place itself is not looked at.
std::optional<Follower::Place> Follower::place_of(Node node, int depth) {
  const Node at = node ? without_brackets(node) : Node();
  if (!at || depth > kDeepest) return std::nullopt;
  const auto kind = at.kind();
  if (kind == "identifier") {
    const auto bound = state_->references.find(text(at));
    if (bound == state_->references.end()) return text(at);
    look(at, at, bound->second);
    const Object* object = bound->second.sole();
    return object == nullptr ? std::nullopt : std::optional<Place>(Member{*object, "[0]"});
  }
  if (kind == "field_expression") {
    const Node base = at.field("argument");
    const auto member = std::string(text(at.field("field")));
    if (text(at.field("operator")) == "->") {
      const Value pointer = worth(base, depth + 1);
      look(at, base, pointer);
      const Object* object = pointer.sole();
      return object == nullptr || pointer.is_inside ? std::nullopt : std::optional<Place>(Member{*object, member});
    }
    const Node whole = without_brackets(base);
    if (whole && whole.kind() == "identifier") {
      const auto bound = state_->references.find(text(whole));
      if (bound == state_->references.end()) return Member{names_.address(text(whole)), member};
      look(at, whole, bound->second);
      const Object* object = bound->second.sole();
      return object == nullptr ? std::nullopt : std::optional<Place>(Member{*object, member});
    }
    const auto place = place_of(base, depth + 1);
    if (!place) return std::nullopt;
    auto inner = std::holds_alternative<Member>(*place) ? std::get<Member>(*place) : Member{names_.address(std::get<std::string_view>(*place)), ""};
    // `(*p).a` is `p->a`
    if (inner.second == "[0]")
      inner.second = member;
    else
      inner.second += "." + member;
    return inner;
  }
  if (kind == "subscript_expression") {
    const Node base = at.field("argument");
    const Node indices = at.field("indices");
    const Value array = worth(base, depth + 1);
    const Value index = worth(indices ? indices.named_child(0) : at.field("index"), depth + 1);
    look(at, base, array);
    return element_of(array, index);
  }
  if (kind == "pointer_expression" && text(at).starts_with('*')) {
    const Node base = at.field("argument");
    const Value pointer = worth(base, depth + 1);
    look(at, base, pointer);
    return element_of(pointer, null_value());
  }
  worth(at, depth + 1);
  return std::nullopt;
}

Value Follower::worth(Node node, int depth) {
  if (!node || node.is_extra()) return null_value();
  ++work_;
  if (depth > kDeepest) return fresh(node);
  const auto kind = node.kind();
  if (kind == "parenthesized_expression" || kind == "expression_statement" || kind == "condition_clause") return node.named_child_count() == 0 ? null_value() : worth(node.named_child(0), depth + 1);
  if (kind == "cast_expression") return worth(node.field("value"), depth + 1);
  if (kind == "identifier" || kind == "null" || kind == "this" || kind == "false" || kind == "true") return worth_of_name(node);
  if (kind == "number_literal" || kind == "char_literal") return is_null_word(text(node)) ? null_value() : value_of(names_.number(text(node)));
  if (kind == "unary_expression" && text(node).starts_with('-') && node.field("argument") && node.field("argument").kind() == "number_literal") return value_of(names_.number(text(node)));
  if (kind == "string_literal" || kind == "concatenated_string") return fresh(node, Form::literal);
  if (kind == "field_expression" || kind == "subscript_expression") {
    const auto place = place_of(node, depth + 1);
    return place ? held_at(*place) : fresh(node);
  }
  if (kind == "pointer_expression") return worth_of_address(node, depth);
  if (kind == "assignment_expression") return worth_of_assignment(node, depth);
  if (kind == "update_expression") return worth_of_step(node, depth);
  if (kind == "binary_expression") return worth_of_sum(node, depth);
  if (kind == "conditional_expression") return worth_of_choice(node, depth);
  if (kind == "call_expression") return call(node, depth);
  if (kind == "new_expression") return worth_of_new(node, depth);
  if (kind == "delete_expression") return worth_of_delete(node, depth);
  if (kind == "comma_expression") {
    worth(node.field("left"), depth + 1);
    return worth(node.field("right"), depth + 1);
  }
  if (kind == "sizeof_expression" || kind == "alignof_expression" || kind == "offsetof_expression" || kind == "lambda_expression" || kind == "function_definition" || kind.ends_with("_specifier") || kind == "decltype" || kind == "type_descriptor") return fresh(node);
  parts(node, depth);
  return fresh(node);
}

void Follower::parts(Node node, int depth) {
  for (const Node part : named_children(node))
    worth(part, depth + 1);
}

Value Follower::worth_of_address(Node node, int depth) {
  if (text(node).starts_with('*')) {
    const auto place = place_of(node, depth + 1);
    return place ? held_at(*place) : fresh(node);
  }
  const Node of = without_brackets(node.field("argument"));
  if (!of) return fresh(node);
  if (of.kind() == "identifier") {
    if (const auto bound = state_->references.find(text(of)); bound != state_->references.end()) return bound->second;
    if (arrays_.contains(text(of))) return value_of(names_.array(text(of)));
    return is_local(text(of)) ? value_of(names_.address(text(of))) : fresh(node);
  }
  // `&p->a`: nothing is looked at, it is p and a distance
  Node base = of;
  while (base && (base.kind() == "field_expression" || base.kind() == "subscript_expression")) {
    const bool is_far = base.kind() == "subscript_expression" || text(base.field("operator")) == "->";
    base = without_brackets(base.field("argument"));
    if (is_far) break;
  }
  if (!base || base.kind() == "call_expression") {
    parts(node, depth);
    return fresh(node);
  }
  Value inside = base.kind() == "identifier" && of.kind() == "field_expression" && text(of.field("operator")) == "." ? value_of(names_.address(text(base))) : worth(base, depth + 1);
  inside.is_inside = true;
  return inside;
}

Value Follower::worth_of_sum(Node node, int depth) {
  const Node left = node.field("left"), right = node.field("right");
  const auto sign = text(node.field("operator"));
  const bool is_short = sign == "&&" || sign == "||";
  Value from = worth(left, depth + 1);
  if (is_short && decided(left) == (sign == "||")) return fresh(node);
  worth(right, depth + 1);
  if (sign != "+") return fresh(node);
  const bool is_placed = std::any_of(from.objects.begin(), from.objects.end(), [&](Object object) {
    const Form form = names_[object].form;
    return form != Form::unknown && form != Form::number;
  });
  const Node name = without_brackets(left);
  if (!is_placed && !(name && name.kind() == "identifier" && pointers_.contains(text(name)))) return fresh(node);
  from.is_inside = true;
  return from;
}

Value Follower::worth_of_assignment(Node node, int depth) {
  const Node target = node.field("left");
  if (target && target.kind() == "field_expression") assigned_.insert(std::string(text(target.field("field"))));
  const auto sign = text(node.field("operator"));
  Value value = worth(node.field("right"), depth + 1);
  const auto place = place_of(target, depth + 1);
  if (!place) return value;
  if (sign != "=") {
    const bool is_pointer = std::holds_alternative<std::string_view>(*place) && pointers_.contains(std::get<std::string_view>(*place));
    value = is_pointer && sign == "+=" ? held_at(*place) : fresh(node);
    value.is_inside = is_pointer && sign == "+=";
  }
  // an element by an unknown index may be any
  if (const auto* name = std::get_if<std::string_view>(&*place); name != nullptr && owners_.contains(*name) && value.is_null())
    if (const Object* owned = held_at(*place).sole()) state_->released.try_emplace(*owned, release_at(node));
  set(*place, value);
  if (const auto* name = std::get_if<std::string_view>(&*place); name != nullptr && sign == "=") copy_struct(*name, node.field("right"));
  return value;
}

Value Follower::worth_of_step(Node node, int depth) {
  const auto place = place_of(node.field("argument"), depth + 1);
  if (!place) return fresh(node);
  const auto* name = std::get_if<std::string_view>(&*place);
  Value before = held_at(*place);
  const bool is_pointer = name != nullptr && pointers_.contains(*name);
  Value after = is_pointer && text(node.field("operator")) == "++" ? before : fresh(node);
  after.is_inside = is_pointer;
  set(*place, after);
  return text(node).ends_with('+') || text(node).ends_with('-') ? before : after;
}

Value Follower::worth_of_choice(Node node, int depth) {
  const Node condition = node.field("condition");
  worth(condition, depth + 1);
  const auto known = decided(condition);
  if (known) return worth(node.field(*known ? "consequence" : "alternative"), depth + 1);
  const Value first = worth(node.field("consequence"), depth + 1);
  return either(first, worth(node.field("alternative"), depth + 1));
}

Value Follower::worth_of_new(Node node, int depth) {
  if (const Node arguments = node.field("arguments")) parts(arguments, depth);
  if (node.field("placement")) return fresh(node);
  auto written = text(node);
  // the grammar reads `new T *[n]` as a product
  const auto behind = text_.find_first_not_of("* \t\n", node.end());
  if (behind != std::string_view::npos && text_[behind] == '[') written = text_.substr(behind, 1);
  const auto bracket = written.find('[');
  return fresh(node, bracket != std::string_view::npos && bracket < written.find_first_of("({<") ? Form::array : Form::single);
}

Value Follower::worth_of_delete(Node node, int depth) {
  const auto children = named_children(node);
  if (children.empty()) return null_value();
  const Node pointer = children.back();
  const auto written = text(node);
  const auto bracket = written.find('[');
  const bool is_array = bracket != std::string_view::npos && bracket < pointer.begin() - node.begin();
  give_back(node, pointer, worth(pointer, depth + 1), is_array ? Manner::delete_array : Manner::delete_single);
  return null_value();
}
// NOLINTEND(misc-no-recursion)

Value Follower::worth_of_name(Node node) {
  const auto name = text(node);
  if (is_null_word(name)) return null_value();
  if (name == "true" || name == "TRUE") return value_of(names_.number("1"));
  if (const auto bound = state_->references.find(name); bound != state_->references.end()) {
    look(node, node, bound->second);
    return fresh(node);
  }
  if (arrays_.contains(name)) return value_of(names_.array(name));
  return held(*state_, names_, name);
}

}  // namespace peer::freed_memory
