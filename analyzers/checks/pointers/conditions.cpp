// What a branch says about the way that takes it. A condition is written down by the values in it,
// so that it holds until one of them changes.
#include <algorithm>
#include <string>
#include <utility>

#include "analyzers/characters.hpp"
#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/pointers/follower.hpp"
#include "base/text.hpp"

namespace peer::pointers {

using c_syntax::is_null_word;
using c_syntax::without_brackets;

namespace {

constexpr int kDeepest = 20;
constexpr std::size_t kLongestFact = 120;

bool is_blank(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

std::string spelled_value(const Value& value) {
  std::string key;
  for (const Object object : value.objects)
    key += '#' + std::to_string(object);
  if (value.question != 0) key += '?' + std::to_string(value.question);
  return key;
}

/// `(`, `)`, and what follows of a condition in C++ (`if (T x = f(); x)`).
Node inner(Node condition) {
  if (condition && condition.kind() == "condition_clause")
    return condition.field("value") ? condition.field("value") : condition.named_child(0);
  return condition;
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion): kDeepest levels
std::pair<Follower::States, Follower::States> Follower::split(Node clause, int depth) {
  const Node condition = inner(clause);
  if (!condition) return {states_, states_};
  // what stands on the right happens on some of the ways only
  if (const Node both = depth < kDeepest ? without_brackets(condition) : Node();
      both && both.kind() == "binary_expression" &&
      (text(both.field("operator")) == "&&" || text(both.field("operator")) == "||")) {
    const bool is_and = text(both.field("operator")) == "&&";
    auto [yes, no] = split(both.field("left"), depth + 1);
    States done = std::move(is_and ? no : yes);
    states_ = std::move(is_and ? yes : no);
    auto second = split(both.field("right"), depth + 1);
    append(is_and ? second.second : second.first, done);
    return second;
  }
  on_each([&] { decide(clause, condition); });
  std::pair<States, States> both;
  for (const State& each : states_)
    for (const bool truth : {true, false}) {
      work_ += each.size() / kEntriesPerWork;
      State way = each;
      state_ = &way;
      if (refine(condition, truth)) (truth ? both.first : both.second).push_back(std::move(way));
    }
  state_ = nullptr;
  merge(both.first, names_);
  merge(both.second, names_);
  return both;
}

/// What happens while it is asked.
void Follower::decide(Node clause, Node condition) {
  if (const Node start =
          clause.kind() == "condition_clause" ? clause.field("initializer") : Node()) {
    if (const Node declared = start.kind() == "init_statement" ? start.named_child(0) : start;
        declared && declared.kind() == "declaration")
      declaration(declared);
  }
  if (condition.kind() == "declaration")
    declaration(condition);
  else
    worth(condition);
}

std::pair<Follower::States, Follower::States> Follower::split_by_macro(Node branch) {
  const Node asked = branch.field("condition") ? branch.field("condition") : branch.field("name");
  const bool is_negated = text(branch).starts_with("#ifndef");
  const auto key = names_.fact("#" + std::string(asked ? text(asked) : std::string_view()));
  std::pair<States, States> both;
  for (const State& each : states_) {
    const auto known = each.facts.find(key);
    for (const bool holds : {true, false}) {
      if (known != each.facts.end() && known->second != (holds != is_negated)) continue;
      States& into = holds ? both.first : both.second;
      into.push_back(each);
      into.back().facts[key] = holds != is_negated;
    }
  }
  return both;
}

// kDeepest levels NOLINTBEGIN(misc-no-recursion)
bool Follower::refine(Node condition, bool truth, int depth) {
  const Node bare = condition ? without_brackets(condition) : Node();
  if (!bare || depth > kDeepest) return true;
  if (const auto known = decided(bare, depth + 1); known && *known != truth) return false;
  const auto kind = bare.kind();
  const auto sign = kind == "binary_expression" ? text(bare.field("operator")) : std::string_view();
  if (kind == "unary_expression" && text(bare).starts_with('!'))
    return refine(bare.field("argument"), !truth, depth + 1);
  if (kind == "call_expression") {
    // likely(x), __builtin_expect(x, 1)
    const auto name = text(bare.field("function"));
    if (name == "likely" || name == "unlikely" || name == "__builtin_expect")
      return refine(bare.field("arguments").named_child(0), truth, depth + 1);
  }
  if (sign == "&&" || sign == "||") return refine_joined(bare, sign, truth, depth);
  if (sign == "==" || sign == "!=") {
    const Node left = without_brackets(bare.field("left")),
               right = without_brackets(bare.field("right"));
    const bool is_same = (sign == "==") == truth;
    if (right && is_null_word(text(right))) return refine(left, !is_same, depth + 1);
    if (left && is_null_word(text(left))) return refine(right, !is_same, depth + 1);
    if (left && right && !refine_same(left, right, is_same)) return false;
  }
  return refine_plain(bare, truth);
}

bool Follower::refine_joined(Node both, std::string_view sign, bool truth, int depth) {
  const Node left = both.field("left"), right = both.field("right");
  if ((sign == "&&") == truth)
    return refine(left, truth, depth + 1) &&
           refine(right, truth, depth + 1);  // each of them is `truth`
  if (decided(left, depth + 1) == !truth) return refine(right, truth, depth + 1);
  if (decided(right, depth + 1) == !truth) return refine(left, truth, depth + 1);
  return true;
}

std::optional<bool> Follower::decided(Node condition, int depth) {
  const Node bare = condition ? without_brackets(condition) : Node();
  if (!bare || depth > kDeepest) return std::nullopt;
  const auto kind = bare.kind();
  const auto sign = kind == "binary_expression" ? text(bare.field("operator")) : std::string_view();
  if (kind == "unary_expression" && text(bare).starts_with('!')) {
    const auto inside = decided(bare.field("argument"), depth + 1);
    return inside ? std::optional(!*inside) : std::nullopt;
  }
  if (sign == "&&" || sign == "||") {
    const auto left = decided(bare.field("left"), depth + 1),
               right = decided(bare.field("right"), depth + 1);
    const bool enough = sign == "||";
    if (left == enough || right == enough) return enough;
    return left && right ? std::optional(!enough) : std::nullopt;
  }
  if (sign == "==" || sign == "!=")
    if (const auto are_same = decided_same(bare, depth)) return *are_same == (sign == "==");
  return decided_plain(bare);
}

/// Of `a == b` and `a != b`: whether they are the same.
std::optional<bool> Follower::decided_same(Node both, int depth) {
  const Node left = without_brackets(both.field("left")),
             right = without_brackets(both.field("right"));
  std::optional<bool> is_set;
  if (right && is_null_word(text(right))) is_set = decided(left, depth + 1);
  if (left && is_null_word(text(left))) is_set = decided(right, depth + 1);
  if (is_set) return !*is_set;
  return compared(left, right);
}
// NOLINTEND(misc-no-recursion)

/// Whether both are the same; none where that is open.
std::optional<bool> Follower::compared(Node left, Node right) {
  const auto plain = [](Node node) {
    return node && (node.kind() == "identifier" || node.kind() == "number_literal" ||
                    node.kind() == "char_literal" || node.kind() == "unary_expression");
  };
  if (!plain(left) || !plain(right)) return std::nullopt;
  const Value one = worth(left), other = worth(right);
  const Object* first = one.sole();
  const Object* second = other.sole();
  if (one.may_be_null && other.is_null() && one.is_null()) return true;
  if (first == nullptr || second == nullptr || one.may_be_null || other.may_be_null ||
      one.is_inside || other.is_inside)
    return std::nullopt;
  if (*first == *second) return true;
  return names_.is_number(*first) && names_.is_number(*second) ? std::optional(false)
                                                               : std::nullopt;
}

std::optional<bool> Follower::decided_plain(Node condition) {
  if (condition.kind() == "number_literal") return !is_null_word(text(condition));
  if (is_null_word(text(condition))) return false;
  if (text(condition) == "true" || text(condition) == "TRUE") return true;
  if (const auto known = decided_by_name(condition)) return known;
  if (condition.kind() == "call_expression")
    if (const Effect* effect = functions_.effect_of(text(condition.field("function")));
        effect != nullptr && (!effect->gives_number.empty() || effect->gives_null))
      return !effect->gives_null;
  const Fact fact = fact_of(condition, true);
  const auto known = fact.key == 0 ? state_->facts.end() : state_->facts.find(fact.key);
  if (known == state_->facts.end()) return std::nullopt;
  return known->second == fact.truth;
}

/// By what a variable or a constant holds.
std::optional<bool> Follower::decided_by_name(Node name) {
  if (name.kind() != "identifier" || arrays_.contains(text(name))) return std::nullopt;
  if (!is_local(text(name))) {
    const auto number = functions_.constant(text(name));
    return number.empty() ? std::nullopt : std::optional(!is_null_word(number));
  }
  const Value& value = held(*state_, names_, text(name));
  if (value.is_null()) return value.may_be_null ? std::optional(false) : std::nullopt;
  const Object* sole = value.sole();
  if (sole == nullptr || value.may_be_null) return std::nullopt;
  if (state_->nulls.contains(*sole)) return false;
  return names_.is_number(*sole) ? std::optional(true) : std::nullopt;
}

bool Follower::refine_plain(Node condition, bool truth) {
  Node pointer = condition;
  if (condition.kind() == "assignment_expression") pointer = condition.field("left");
  if (condition.kind() == "declaration") {
    const Node declarator = condition.field("declarator");
    pointer = declarator && declarator.kind() == "init_declarator"
                  ? c_syntax::name_of_declarator(declarator.field("declarator"))
                  : c_syntax::name_of_declarator(declarator);
  }
  if (!pointer) return true;
  if (pointer.kind() == "call_expression") {
    asked_calls_.insert(text(pointer));
    if (const auto arguments = c_syntax::named_children(pointer.field("arguments"));
        arguments.size() > 1)
      asked_finds_.insert(text(arguments[1]));
  }
  if (const Fact fact = fact_of(pointer, truth); fact.key != 0) {
    const auto [known, is_new] = state_->facts.try_emplace(fact.key, fact.truth);
    if (!is_new && known->second != fact.truth) return false;
  }
  return refine_pointer(pointer, truth);
}

/// Null is given back by nobody; and realloc() that fails leaves what it was given.
bool Follower::refine_pointer(Node pointer, bool is_set) {
  const auto kind = pointer.kind();
  if (kind != "identifier" && kind != "field_expression" && kind != "subscript_expression" &&
      kind != "pointer_expression")
    return true;
  if (text(pointer).find('(') != std::string_view::npos) return true;
  const auto place = place_of(pointer, 0);
  if (!place) return true;
  Value& value = held_at(*place);
  trust(value, true);
  if (is_set) {
    const bool is_known_null = value.is_null() && value.may_be_null;
    value.may_be_null = false;
    return !is_known_null;
  }
  const Object* sole = value.sole();
  if (sole == nullptr) return true;
  const Object object = *sole;
  erase_if(state_->released, [&](const auto& entry) { return entry.second.unless_null == object; });
  if ((value.is_inside && !value.may_be_null) || names_[object].form == Form::local) return false;
  const Object asked = value.asked();
  state_->nulls.insert(asked);
  value = null_value();
  value.question = asked;
  return true;
}

/// Pointers that are compared with each other.
bool Follower::refine_same(Node left, Node right, bool is_same) {
  if (left.kind() != "identifier" || right.kind() != "identifier" || arrays_.contains(text(left)))
    return true;
  const auto place = place_of(left, 0);
  const Value other = worth(right);
  const Object* object = other.sole();
  if (!place || object == nullptr || other.is_inside) return true;
  Value& value = held_at(*place);
  const bool may_be = value.objects.contains(*object);
  if (is_same) {
    if (may_be) value = other;
    return true;
  }
  if (!may_be || value.is_inside) return true;
  value.objects.erase(*object);
  return !value.objects.empty() || value.may_be_null;
}

/// `n < 3` as `#12<3`: by what the names in it hold. Turned so that one condition has one key.
Follower::Fact Follower::fact_of(Node condition, bool truth) {
  const auto written = text(condition);
  if (written.size() > kLongestFact || written.find_first_of("(\"'{?") != std::string_view::npos ||
      written.find("++") != std::string_view::npos || written.find("--") != std::string_view::npos)
    return {};
  if (condition.kind() == "assignment_expression" || condition.kind() == "update_expression")
    return {};
  std::string key = spelled(written);
  const auto turned = [&](std::string_view from, std::string_view to) {
    const auto at = key.find(from);
    if (at == std::string::npos) return false;
    key.replace(at, from.size(), to);
    return true;
  };
  if (condition.kind() == "binary_expression" &&
      (turned("!=", "==") || turned("<=", "> ") || turned(">=", "< ")))
    truth = !truth;
  std::erase(key, ' ');
  return {names_.fact(std::move(key)), truth};
}

/// With what each name holds behind it, and without blanks.
std::string Follower::spelled(std::string_view written) {
  std::string key;
  for (std::size_t at = 0; at < written.size();) {
    std::size_t end = at + 1;
    const bool is_name = is_word(written[at]) && !is_digit(written[at]);
    while (is_name && end < written.size() && is_word(written[end]))
      ++end;
    const auto part = written.substr(at, end - at);
    at = end;
    if (is_blank(part.front())) continue;
    const bool is_member = !key.empty() && (key.back() == '.' || key.back() == '>');
    key += part;
    if (is_name && !is_member && is_local(part)) key += spelled_value(held(*state_, names_, part));
  }
  return key;
}

}  // namespace peer::pointers
