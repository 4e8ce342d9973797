// Pointers that may be null: what functions give that fail, and what was found to be null and is
// used all the same.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/pointers/follower.hpp"
#include "analyzers/checks/pointers/library.hpp"

namespace peer::pointers {

using c_syntax::named_children;
using c_syntax::without_brackets;

namespace {

/// A name or a member, and not what is computed.
bool is_plain(Node pointer) {
  return pointer && (pointer.kind() == "identifier" || pointer.kind() == "field_expression");
}

/// By the name of a function; and it comes back.
bool says_something(std::string_view function) {
  static constexpr std::array<std::string_view, 9> kParts{
      "print", "puts", "log", "warn", "report", "perror", "debug", "trace", "err"};
  std::string lower(function);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
  });
  if (lower == "err" || lower == "errx" || lower.find("assert") != std::string::npos ||
      lower.find("fatal") != std::string::npos)
    return false;
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

/// Says something, and changes nothing.
bool only_reports(Node statement, std::string_view text) {
  if (!statement ||
      (statement.kind() != "compound_statement" && statement.kind() != "expression_statement"))
    return false;
  bool is_report = false, is_more = false;
  walk(statement, [&](Node each) {
    const auto kind = each.kind();
    const bool says = kind == "call_expression" ? says_something(each.field("function").text(text))
                                                : kind == "<<";  // of C++: std::cerr << "none"
    // a way of its own, or a flag that says so
    const bool is_way = (kind.ends_with("_statement") && kind != "compound_statement" &&
                         kind != "expression_statement") ||
                        kind == "assignment_expression";
    is_report = is_report || says;
    is_more = is_more || is_way || (kind == "call_expression" && !says) ||
              (kind == "pointer_expression" && each.text(text).starts_with('&'));
    return !is_more;
  });
  return is_report && !is_more;
}

bool leaves(Node statement) {
  if (!statement) return false;
  const auto kind = statement.kind();
  if (kind == "return_statement") return true;
  const auto inside =
      kind == "compound_statement" ? named_children(statement) : std::vector<Node>();
  return !inside.empty() && inside.back().kind() == "return_statement";
}

}  // namespace

void Follower::doubt(Node at, const Value& value, std::string_view by, bool is_own) {
  if (const Object asked = value.asked())
    state_->doubts[asked] = {.line = at.line(), .by = by, .call = is_own ? at.begin() : 0};
}

void Follower::trust(const Value& value, bool is_asked) {
  if (const Object asked = value.asked()) {
    if (const auto known = state_->doubts.find(asked); known != state_->doubts.end()) {
      if (is_asked && known->second.call != 0)
        functions_.note_use(known->second.by, known->second.call, true);
      state_->doubts.erase(known);
    }
    asked_.insert(asked);
  }
}

void Follower::trust_compared(Node node) {
  Node bare = node ? without_brackets(node) : Node();
  if (bare && bare.kind() == "assignment_expression") bare = without_brackets(bare.field("left"));
  if (!is_plain(bare) || text(bare).find('(') != std::string_view::npos) return;
  if (const auto place = place_of(bare, 0)) trust(held_at(*place), true);
}

void Follower::look_for_null(Node at, Node pointer, const Value& value, std::string_view by) {
  const Node bare = pointer ? without_brackets(pointer) : Node();
  if (!bare) return;
  if (value.is_null()) {
    if (value.may_be_null) look_at_null(at, bare, value, by);
    return;
  }
  const Object asked = value.asked();
  if (const auto found = state_->doubts.find(asked); found != state_->doubts.end()) {
    const Doubt known = found->second;
    state_->doubts.erase(found);  // said once
    look_in_doubt(at, bare, known, by);
  } else if (asked != 0 && !names_[asked].variable.empty() && names_[asked].form == Form::unknown &&
             !asked_.contains(asked)) {
    first_looks_.try_emplace(asked, Look{at, bare, around_.size()});
    const bool is_always = around_.empty() && breaks_.empty() && exits_.empty() && jumps_.empty();
    if (is_always) needed_.insert(asked);
  }
}

/// What was set to null before a loop, or on some ways only, may be set again under a condition
/// that stands for this one.
void Follower::look_at_null(Node at, Node bare, const Value& value, std::string_view by) {
  if (!is_plain(bare) || (bare.kind() == "identifier" && !pointers_.contains(text(bare)))) return;
  const bool was_asked = value.question != 0;
  if (was_asked || breaks_.empty())
    hit_on_way(at, Flaw::null,
               by.empty() ? fmt::format("`{}` is null here", shown(bare))
                          : fmt::format("`{}` is null here, and `{}` uses it", shown(bare), by),
               true);
  if (const auto place = place_of(bare, 0)) set(*place, fresh(bare));  // said once
}

void Follower::look_in_doubt(Node at, Node bare, const Doubt& doubt, std::string_view by) {
  if (doubt.call != 0) functions_.note_use(doubt.by, doubt.call, false);
  if (doubt.by.empty()) {
    if (!has_error_)
      hit_on_way(
          at, Flaw::null,
          fmt::format("`{}` may be null here: that is asked on line {}, and the program goes on",
                      shown(bare), doubt.line),
          false);
    return;
  }
  const auto use = by.empty() ? std::string(":") : fmt::format(", and `{}` uses it:", by);
  hit_on_way(at, Flaw::null,
             fmt::format("`{}` may be null here{} `{}` can give null, and nobody looked",
                         shown(bare), use, doubt.by),
             false);
  if (doubt.call == 0) return;
  Misuse& misuse = hits_.at(at.begin()).misuse;
  misuse.by = doubt.by;
  misuse.is_direct = bare.kind() == "call_expression";
}

bool Follower::may_fail(const Call& made) const {
  if (asked_calls_.contains(text(made.node))) return false;
  // every text has an end
  if (holds(kGivesPart, made.name) && made.arguments.size() > 1 &&
      (text(made.arguments[1]) == "0" || text(made.arguments[1]) == "'\\0'"))
    return false;
  // `if (strchr(s, '|'))`: where a copy is searched for the same again
  if (holds(kGivesPart, made.name) && made.arguments.size() > 1 &&
      asked_finds_.contains(text(made.arguments[1])))
    return false;
  return holds(kMayFail, made.name) || holds(kMayFailToFind, made.name);
}

/// Functions of the library that look at what they are given.
void Follower::given_null(const Call& made) {
  const auto count = made.values.size();
  const auto look_at = [&](std::size_t position) {
    if (position < count)
      look_for_null(made.arguments[position], made.arguments[position], made.values[position],
                    made.name);
  };
  const bool is_text = made.name.starts_with("string");  // std::string(n, 'x') takes a number first
  if (holds(kLooksAtFirst, made.name) && (!is_text || count == 1)) look_at(0);
  if (holds(kLooksAtSecond, made.name)) look_at(1);
  if (holds(kLooksAtLast, made.name) && count > 0) look_at(count - 1);
}

/// `if (p == NULL) puts("none"); p->n = 1;`: `checked` are the ways behind the branch that says so,
/// `others` those around it.
void Follower::goes_on(Node check, States& checked, States& others) {
  if (check.field("alternative") || checked.empty() || others.empty() ||
      !only_reports(check.field("consequence"), text_))
    return;
  const Node pointer = found_null(check.field("condition"));
  if (!pointer) return;
  for (State& each : others) {
    const Object asked = held(each, names_, text(pointer)).asked();
    if (asked == 0 || std::any_of(checked.begin(), checked.end(),
                                  [&](const State& other) { return !other.nulls.contains(asked); }))
      continue;
    each.doubts[asked] = {.line = check.line()};
    for (State& other : checked)
      other.doubts[asked] = {.line = check.line()};
  }
}

/// `if (p == NULL && strict) return;`: on the way on it may still be.
void Follower::goes_on_partly(Node check, States& others) {
  const Node clause = check.field("condition");
  Node condition = clause ? without_brackets(clause) : Node();
  if (condition && condition.kind() == "condition_clause")
    condition = without_brackets(condition.named_child(0));
  if (!condition || condition.kind() != "binary_expression" ||
      text(condition.field("operator")) != "&&" ||
      condition.field("right").kind() != "identifier" || check.field("alternative") ||
      !leaves(check.field("consequence")))
    return;
  const Node pointer = found_null(condition.field("left"));
  if (!pointer) return;
  for (State& each : others)
    if (const Object asked = held(each, names_, text(pointer)).asked())
      each.doubts[asked] = {.line = check.line()};
}

/// `p` of `!p` and `p == NULL`; the null node for other conditions.
Node Follower::found_null(Node condition) const {
  Node pointer = condition ? without_brackets(condition) : Node();
  if (pointer && pointer.kind() == "condition_clause")
    pointer = without_brackets(pointer.named_child(0));
  if (!pointer) return {};
  if (pointer.kind() == "unary_expression" && text(pointer).starts_with('!'))
    pointer = without_brackets(pointer.field("argument"));
  else if (pointer.kind() == "binary_expression" && text(pointer.field("operator")) == "==" &&
           c_syntax::is_null_word(text(pointer.field("right"))))
    pointer = without_brackets(pointer.field("left"));
  else
    return {};
  return pointer && pointer.kind() == "identifier" && pointers_.contains(text(pointer)) ? pointer
                                                                                        : Node();
}

/// `n = p->count; if (p == NULL) return;`: the look comes too late.
void Follower::used_before(Node check, Node condition) {
  constexpr std::uint32_t kNear = 3;  // lines
  const Node pointer = found_null(condition);
  if (!pointer || !leaves(check.field("consequence"))) return;
  const auto look = first_looks_.find(held(*state_, names_, text(pointer)).asked());
  if (look == first_looks_.end() || look->second.around != around_.size() ||
      look->second.at.line() + kNear < check.line() || text(look->second.pointer) != text(pointer))
    return;
  hit_on_way(look->second.at, Flaw::null,
             fmt::format("`{}` is used here, and only line {} asks whether it is null",
                         text(pointer), check.line()),
             has_error_);
}

}  // namespace peer::pointers
