// What expressions are worth, and what they change.
#include <algorithm>
#include <string>
#include <utility>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/pointers/follower.hpp"

namespace peer::pointers {

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
  } else if (from.kind() == "identifier" && is_local(text(from)) &&
             !pointers_.contains(text(from)) && !arrays_.contains(text(from))) {
    source = names_.address(text(from));
  }
  state_->copies.erase(own);
  erase_if(state_->members, [&](const auto& member) { return member.first.first == own; });
  if (source == 0 || names_[source].form == Form::number) return;
  for (int steps = 0; steps < kDeepest; ++steps) {
    if (source == own) return;  // what it came from: no rings
    const auto further = state_->copies.find(source);
    if (further == state_->copies.end()) break;
    source = further->second;
  }
  state_->copies[own] = source;
}

/// An array that somebody writes to holds something.
void Follower::wrote_to(const Place& place) {
  const auto* member = std::get_if<Member>(&place);
  if (member == nullptr) return;
  const auto first = state_->members.find(Member{member->first, "[0]"});
  if (first != state_->members.end() && names_.is_unset(first->second))
    state_->members.erase(first);
}

void Follower::set(const Place& place, const Value& value) {
  if (const auto* name = std::get_if<std::string_view>(&place)) {
    if (arrays_.contains(*name)) return;
    state_->references.erase(*name);
    state_->variables[*name] = value;
    return;
  }
  const Member whole = std::get<Member>(place);
  erase_if(state_->members, [&](const auto& each) {
    const auto& [object, selector] = each.first;
    return object == whole.first && selector.size() > whole.second.size() &&
           selector.starts_with(whole.second) && selector[whole.second.size()] == '.';
  });
  held_at(place) = value;
}

/// The member of `base` that an index of that worth names; none where either may be several.
std::optional<Follower::Place> Follower::element_of(const Value& base, const Value& index) {
  const Object* object = base.sole();
  if (object == nullptr || base.is_inside) return std::nullopt;
  if (index.is_null()) return Member{*object, "[0]"};
  const Object* which = index.sole();
  if (which == nullptr || index.may_be_null) return std::nullopt;
  return Member{
      *object, names_.kept((names_.is_number(*which) ? "[" : "[#") + std::to_string(*which) + "]")};
}

// kDeepest levels NOLINTBEGIN(misc-no-recursion)

/// Evaluates what leads there; the place itself is not looked at.
std::optional<Follower::Place> Follower::place_of(Node node, int depth) {
  const Node at = node ? without_brackets(node) : Node();
  if (!at || depth > kDeepest) return std::nullopt;
  const auto kind = at.kind();
  if (kind == "identifier") {
    if (!state_->references.contains(text(at))) return text(at);
    return place_in_reference(at, at, "[0]");
  }
  if (kind == "field_expression") return place_of_member(at, depth);
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

/// `p->member`, `s.member`, `(*p).member`
std::optional<Follower::Place> Follower::place_of_member(Node at, int depth) {
  const Node base = at.field("argument");
  const auto member = text(at.field("field"));
  if (text(at.field("operator")) == "->") {
    const Value pointer = worth(base, depth + 1);
    look(at, base, pointer);
    const Object* object = pointer.sole();
    return object == nullptr || pointer.is_inside ? std::nullopt
                                                  : std::optional<Place>(Member{*object, member});
  }
  const Node whole = without_brackets(base);
  if (whole && whole.kind() == "identifier") {
    if (!state_->references.contains(text(whole)))
      return Member{names_.address(text(whole)), member};
    return place_in_reference(at, whole, member);
  }
  const auto place = place_of(base, depth + 1);
  if (!place) return std::nullopt;
  auto inner = std::holds_alternative<Member>(*place)
                   ? std::get<Member>(*place)
                   : Member{names_.address(std::get<std::string_view>(*place)), ""};
  // `(*p).a` is `p->a`
  inner.second = inner.second == "[0]"
                     ? member
                     : names_.kept(std::string(inner.second) + "." + std::string(member));
  return inner;
}

/// `member` of what `name`, a reference, is bound to.
std::optional<Follower::Place> Follower::place_in_reference(Node at, Node name,
                                                            std::string_view member) {
  const Value bound = state_->references.find(text(name))->second;
  look(at, name, bound);
  const Object* object = bound.sole();
  return object == nullptr ? std::nullopt : std::optional<Place>(Member{*object, member});
}

Value Follower::worth(Node node, int depth) {
  if (!node || node.is_extra()) return null_value();
  ++work_;
  if (depth > kDeepest) return fresh(node);
  const auto kind = node.kind();
  if (const auto form = forms().find(kind); form != forms().end())
    return (this->*form->second)(node, depth);
  if (kind.find("asm") != std::string_view::npos) return worth_of_foreign(node, depth);
  if (!kind.ends_with("_specifier")) parts(node, depth);
  return fresh(node);
}

const std::unordered_map<std::string_view, Follower::Handler>& Follower::forms() {
  static const std::unordered_map<std::string_view, Handler> kForms{
      {"expression_statement", &Follower::worth_of_statement},
      {"parenthesized_expression", &Follower::worth_of_brackets},
      {"condition_clause", &Follower::worth_of_brackets},
      {"cast_expression", &Follower::worth_of_cast},
      {"identifier", &Follower::worth_of_name},
      {"null", &Follower::worth_of_name},
      {"this", &Follower::worth_of_name},
      {"false", &Follower::worth_of_name},
      {"true", &Follower::worth_of_name},
      {"number_literal", &Follower::worth_of_literal},
      {"char_literal", &Follower::worth_of_literal},
      {"string_literal", &Follower::worth_of_literal},
      {"concatenated_string", &Follower::worth_of_literal},
      {"unary_expression", &Follower::worth_of_sign},
      {"field_expression", &Follower::worth_of_part},
      {"subscript_expression", &Follower::worth_of_part},
      {"pointer_expression", &Follower::worth_of_address},
      {"assignment_expression", &Follower::worth_of_assignment},
      {"update_expression", &Follower::worth_of_step},
      {"binary_expression", &Follower::worth_of_sum},
      {"conditional_expression", &Follower::worth_of_choice},
      {"comma_expression", &Follower::worth_of_comma},
      {"call_expression", &Follower::call},
      {"new_expression", &Follower::worth_of_new},
      {"delete_expression", &Follower::worth_of_delete},
      {"lambda_expression", &Follower::worth_of_foreign},
      {"compound_statement", &Follower::worth_of_foreign},
      {"sizeof_expression", &Follower::worth_of_unevaluated},
      {"alignof_expression", &Follower::worth_of_unevaluated},
      {"offsetof_expression", &Follower::worth_of_unevaluated},
      {"function_definition", &Follower::worth_of_unevaluated},
      {"decltype", &Follower::worth_of_unevaluated},
      {"type_descriptor", &Follower::worth_of_unevaluated},
  };
  return kForms;
}

/// A name as a statement, or cast to nothing, is how programs say that they know it.
Value Follower::worth_of_statement(Node node, int depth) {
  return node.named_child_count() == 0 ? null_value() : unread(node.named_child(0), depth + 1);
}

Value Follower::worth_of_brackets(Node node, int depth) {
  return node.named_child_count() == 0 ? null_value() : worth(node.named_child(0), depth + 1);
}

Value Follower::worth_of_cast(Node node, int depth) {
  return text(node.field("type")) == "void" ? unread(without_brackets(node), depth + 1)
                                            : worth(node.field("value"), depth + 1);
}

Value Follower::worth_of_literal(Node node, int /*depth*/) {
  const auto kind = node.kind();
  if (kind != "number_literal" && kind != "char_literal") return fresh(node, Form::literal);
  return is_null_word(text(node)) ? null_value() : value_of(names_.number(text(node)));
}

/// `-1`, `!p`
Value Follower::worth_of_sign(Node node, int depth) {
  const Node of = node.field("argument");
  if (of && of.kind() == "number_literal" && text(node).starts_with('-'))
    return value_of(names_.number(text(node)));
  worth(of, depth + 1);
  if (text(node).starts_with('!')) trust_compared(of);
  return fresh(node);
}

Value Follower::worth_of_part(Node node, int depth) {
  const auto place = place_of(node, depth + 1);
  return place ? held_at(*place) : fresh(node);
}

Value Follower::worth_of_comma(Node node, int depth) {
  worth(node.field("left"), depth + 1);
  return worth(node.field("right"), depth + 1);
}

/// What runs elsewhere, or is no code of the language: it may give names values.
Value Follower::worth_of_foreign(Node node, int /*depth*/) {
  give_values(node);
  return fresh(node);
}

Value Follower::worth_of_unevaluated(Node node, int /*depth*/) { return fresh(node); }

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
    if (const auto bound = state_->references.find(text(of)); bound != state_->references.end())
      return bound->second;
    if (arrays_.contains(text(of))) return value_of(names_.array(text(of)));
    return is_local(text(of)) ? value_of(names_.address(text(of))) : fresh(node);
  }
  // `&p->a`: nothing is looked at, it is p and a distance
  Node base = of;
  while (base && (base.kind() == "field_expression" || base.kind() == "subscript_expression")) {
    const bool is_far =
        base.kind() == "subscript_expression" || text(base.field("operator")) == "->";
    base = without_brackets(base.field("argument"));
    if (is_far) break;
  }
  if (!base || base.kind() == "call_expression") {
    parts(node, depth);
    return fresh(node);
  }
  Value inside = base.kind() == "identifier" && of.kind() == "field_expression" &&
                         text(of.field("operator")) == "."
                     ? value_of(names_.address(text(base)))
                     : worth(base, depth + 1);
  inside.is_inside = true;
  return inside;
}

Value Follower::worth_of_sum(Node node, int depth) {
  const Node left = node.field("left"), right = node.field("right");
  const auto sign = text(node.field("operator"));
  if (sign == "&&" || sign == "||") {
    worth(left, depth + 1);
    if (decided(left) == (sign == "||")) return fresh(node);
    State skipped = *state_;
    const bool may_run = refine(left, sign == "&&");
    if (may_run) worth(right, depth + 1);
    skipped.released = state_->released;  // what is freed there is freed
    join(*state_, skipped, names_);
    return fresh(node);
  }
  Value from = worth(left, depth + 1);
  // `in >> n` of C++
  if (functions_.is_cpp() && (sign == ">>" || sign == "&")) give_value(right);
  worth(right, depth + 1);
  if (sign == "==" || sign == "!=") {
    trust_compared(left);
    trust_compared(right);
  }
  if (sign != "+" || from.is_null()) return fresh(node);
  const bool is_placed = std::any_of(from.objects.begin(), from.objects.end(), [&](Object object) {
    const Form form = names_[object].form;
    return form != Form::unknown && form != Form::number;
  });
  const Node name = without_brackets(left);
  if (!is_placed && !(name && name.kind() == "identifier" && pointers_.contains(text(name))))
    return fresh(node);
  from.is_inside = true;
  return from;
}

Value Follower::worth_of_assignment(Node node, int depth) {
  const Node target = node.field("left");
  if (target && target.kind() == "field_expression")
    assigned_.insert(std::string(text(target.field("field"))));
  const auto sign = text(node.field("operator"));
  const bool is_itself =
      target && text(target) == text(node.field("right"));  // how programs say that they know it
  Value value =
      is_itself ? unread(node.field("right"), depth + 1) : worth(node.field("right"), depth + 1);
  const auto place = place_of(target, depth + 1);
  if (!place) return value;
  wrote_to(*place);
  if (sign != "=") {
    if (target.kind() == "identifier") read(target, held_at(*place));
    const bool is_pointer = std::holds_alternative<std::string_view>(*place) &&
                            pointers_.contains(std::get<std::string_view>(*place));
    value = is_pointer && sign == "+=" ? held_at(*place) : fresh(node);
    value.is_inside = is_pointer && sign == "+=";
  }
  // an element by an unknown index may be any
  if (const auto* name = std::get_if<std::string_view>(&*place);
      name != nullptr && owners_.contains(*name) && value.is_null())
    if (const Object* owned = held_at(*place).sole())
      state_->released.try_emplace(*owned, release_at(node));
  set(*place, value);
  if (const auto* name = std::get_if<std::string_view>(&*place); name != nullptr && sign == "=")
    copy_struct(*name, node.field("right"));
  return value;
}

Value Follower::worth_of_step(Node node, int depth) {
  const auto place = place_of(node.field("argument"), depth + 1);
  if (!place) return fresh(node);
  const auto* name = std::get_if<std::string_view>(&*place);
  if (node.field("argument").kind() == "identifier") read(node.field("argument"), held_at(*place));
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
  State other = *state_;
  Value first, second;
  if (refine(condition, true)) first = worth(node.field("consequence"), depth + 1);
  std::swap(*state_, other);
  state_->released = other.released;
  if (refine(condition, false)) second = worth(node.field("alternative"), depth + 1);
  other.released = state_->released;
  join(*state_, other, names_);
  return either(first, second);
}

Value Follower::worth_of_new(Node node, int depth) {
  if (const Node arguments = node.field("arguments")) parts(arguments, depth);
  if (const Node placement = node.field("placement")) {
    const Value made = fresh(node);
    if (text(placement).find("nothrow") != std::string_view::npos)
      doubt(node, made, "new (std::nothrow)");
    return made;
  }
  auto written = text(node);
  // the grammar reads `new T *[n]` as a product
  const auto behind = text_.find_first_not_of("* \t\n", node.end());
  if (behind != std::string_view::npos && text_[behind] == '[') written = text_.substr(behind, 1);
  const auto bracket = written.find('[');
  return fresh(node, bracket != std::string_view::npos && bracket < written.find_first_of("({<")
                         ? Form::array
                         : Form::single);
}

Value Follower::worth_of_delete(Node node, int depth) {
  const auto children = named_children(node);
  if (children.empty()) return null_value();
  const Node pointer = children.back();
  const auto written = text(node);
  const auto bracket = written.find('[');
  const bool is_array =
      bracket != std::string_view::npos && bracket < pointer.begin() - node.begin();
  give_back(node, pointer, worth(pointer, depth + 1),
            is_array ? Manner::delete_array : Manner::delete_single);
  return null_value();
}
// NOLINTEND(misc-no-recursion)

Value Follower::worth_of_name(Node node, int /*depth*/) {
  const auto name = text(node);
  if (is_null_word(name)) return null_value();
  if (name == "true" || name == "TRUE") return value_of(names_.number("1"));
  if (const auto bound = state_->references.find(name); bound != state_->references.end()) {
    look(node, node, bound->second);
    return fresh(node);
  }
  if (arrays_.contains(name)) return value_of(names_.array(name));
  if (const auto number = is_local(name) ? std::string_view() : functions_.constant(name);
      !number.empty())
    return is_null_word(number) ? null_value() : value_of(names_.number(number));
  read(node, held(*state_, names_, name));
  return held(*state_, names_, name);
}

}  // namespace peer::pointers
