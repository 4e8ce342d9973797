// Pointers that may be null: what functions give that fail, and what was found to be null and is used all the same.
#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/pointers/follower.hpp"
#include "analyzers/checks/pointers/library.hpp"

namespace peer::pointers {

using c_syntax::named_children;
using c_syntax::without_brackets;

namespace {

/// A name or a member, and not what is computed.
bool is_plain(Node pointer) { return pointer && (pointer.kind() == "identifier" || pointer.kind() == "field_expression"); }

/// Says something, and changes nothing.
bool only_reports(Node statement, std::string_view text) {
  static constexpr std::array<std::string_view, 9> kParts{"print", "puts", "log", "warn", "report", "perror", "debug", "trace", "err"};
  if (!statement || (statement.kind() != "compound_statement" && statement.kind() != "expression_statement")) return false;
  bool is_report = false, is_more = false;
  walk(statement, [&](Node each) {
    const auto kind = each.kind();
    if (kind == "call_expression") {
      std::string lower(each.field("function").text(text));
      std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter; });
      const bool says = std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) { return lower.find(part) != std::string::npos; });
      (says && lower != "err" && lower != "errx" && lower.find("assert") == std::string::npos ? is_report : is_more) = true;
    } else if (kind.ends_with("_statement") && kind != "compound_statement" && kind != "expression_statement") {
      is_more = true;
    } else if (kind == "pointer_expression" && each.text(text).starts_with('&')) {
      is_more = true;
    }
    is_report = is_report || kind == "<<";  // of C++: std::cerr << "none"
    return !is_more;
  });
  return is_report && !is_more;
}

bool leaves(Node statement) {
  if (!statement) return false;
  const auto kind = statement.kind();
  if (kind == "return_statement") return true;
  const auto inside = kind == "compound_statement" ? named_children(statement) : std::vector<Node>();
  return !inside.empty() && inside.back().kind() == "return_statement";
}

}  // namespace

void Follower::doubt(Node at, const Value& value, std::string_view by, bool is_own) {
  if (const Object asked = value.asked()) state_->doubts[asked] = {.line = at.line(), .by = by, .call = is_own ? at.begin() : 0};
}

void Follower::trust(const Value& value, bool is_asked) {
  if (const Object asked = value.asked()) {
    if (const auto known = state_->doubts.find(asked); known != state_->doubts.end()) {
      if (is_asked && known->second.call != 0) functions_.note_use(known->second.by, known->second.call, true);
      state_->doubts.erase(known);
    }
    asked_.insert(asked);
  }
}

void Follower::trust_compared(Node node) {
  const Node bare = node ? without_brackets(node) : Node();
  if (!bare) return;
  if (bare.kind() == "assignment_expression") return trust_compared(bare.field("left"));
  if (!is_plain(bare) || text(bare).find('(') != std::string_view::npos) return;
  if (const auto place = place_of(bare, 0)) trust(held_at(*place), true);
}

void Follower::look_for_null(Node at, Node pointer, const Value& value, std::string_view by) {
  const Node bare = pointer ? without_brackets(pointer) : Node();
  if (!bare) return;
  if (value.is_null()) {
    if (!value.may_be_null || !is_plain(bare) || (bare.kind() == "identifier" && !pointers_.contains(text(bare)))) return;
    // what was set to null before a loop or on some ways only may be set again under a condition that stands for this one
    const bool is_found = value.question != 0;
    if (is_found || breaks_.empty()) hit_on_way(at, Flaw::null, by.empty() ? fmt::format("`{}` is null here", shown(bare)) : fmt::format("`{}` is null here, and `{}` uses it", shown(bare), by), true);
    // said once
    if (const auto place = place_of(bare, 0)) set(*place, fresh(bare));
    return;
  }
  const Object asked = value.asked();
  const auto found = state_->doubts.find(asked);
  if (found == state_->doubts.end()) {
    const auto parameter = asked == 0 ? std::string_view() : names_[asked].variable;
    if (asked != 0 && !parameter.empty() && names_[asked].form == Form::unknown) {
      if (around_.empty() && breaks_.empty() && exits_.empty() && jumps_.empty() && !asked_.contains(asked)) needed_.insert(asked);
      if (!asked_.contains(asked)) first_looks_.try_emplace(asked, Look{at, bare, around_.size()});
    }
    return;
  }
  const Doubt known = found->second;
  state_->doubts.erase(found);  // said once
  if (known.call != 0) functions_.note_use(known.by, known.call, false);
  if (!known.by.empty()) {
    hit_on_way(at, Flaw::null, by.empty() ? fmt::format("`{}` may be null here: `{}` can give null, and nobody looked", shown(bare), known.by) : fmt::format("`{}` may be null here, and `{}` uses it: `{}` can give null, and nobody looked", shown(bare), by, known.by), false);
    if (known.call != 0) {
      Misuse& misuse = hits_.at(at.begin()).misuse;
      misuse.by = known.by;
      misuse.is_direct = bare.kind() == "call_expression";
    }
    return;
  }
  if (has_error_) return;
  hit_on_way(at, Flaw::null, fmt::format("`{}` may be null here: that is asked on line {}, and the program goes on", shown(bare), known.line), false);
}

bool Follower::may_fail(const Call& made) const {
  if (asked_calls_.contains(text(made.node))) return false;
  // `if (strchr(s, '|'))`: where a copy is searched for the same again
  if (holds(kGivesPart, made.name) && made.arguments.size() > 1 && asked_finds_.contains(text(made.arguments[1]))) return false;
  return holds(kMayFail, made.name) || holds(kMayFailToFind, made.name);
}

/// Functions of the library that look at what they are given.
void Follower::given_null(const Call& made) {
  const auto count = made.values.size();
  const auto look_at = [&](std::size_t position) {
    if (position < count) look_for_null(made.arguments[position], made.arguments[position], made.values[position], made.name);
  };
  const bool is_text = made.name.starts_with("string");  // std::string(n, 'x') takes a number first
  if (holds(kLooksAtFirst, made.name) && (!is_text || count == 1)) look_at(0);
  if (holds(kLooksAtSecond, made.name)) look_at(1);
  if (holds(kLooksAtLast, made.name) && count > 0) look_at(count - 1);
}

/// `if (p == NULL) puts("none"); p->n = 1;`: `checked` are the ways behind the branch that says so, `others` those around it.
void Follower::goes_on(Node check, States& checked, States& others) {
  if (check.field("alternative") || checked.empty() || others.empty() || !only_reports(check.field("consequence"), text_)) return;
  const Node pointer = found_null(check.field("condition"));
  if (!pointer) return;
  for (State& each : others) {
    state_ = &each;
    const Object asked = held(each, names_, text(pointer)).asked();
    if (asked == 0 || std::any_of(checked.begin(), checked.end(), [&](const State& other) { return !other.nulls.contains(asked); })) continue;
    each.doubts[asked] = {.line = check.line()};
    for (State& other : checked)
      other.doubts[asked] = {.line = check.line()};
  }
  state_ = nullptr;
}

/// `if (p == NULL && strict) return;`: on the way on it may still be.
void Follower::goes_on_partly(Node check, States& others) {
  const Node clause = check.field("condition");
  Node condition = clause ? without_brackets(clause) : Node();
  if (condition && condition.kind() == "condition_clause") condition = without_brackets(condition.named_child(0));
  if (!condition || condition.kind() != "binary_expression" || text(condition.field("operator")) != "&&" || condition.field("right").kind() != "identifier" || check.field("alternative") || !leaves(check.field("consequence"))) return;
  const Node pointer = found_null(condition.field("left"));
  if (!pointer) return;
  for (State& each : others)
    if (const Object asked = held(each, names_, text(pointer)).asked()) each.doubts[asked] = {.line = check.line()};
}

/// `p` of `!p` and `p == NULL`; the null node for other conditions.
Node Follower::found_null(Node condition) const {
  Node pointer = condition ? without_brackets(condition) : Node();
  if (pointer && pointer.kind() == "condition_clause") pointer = without_brackets(pointer.named_child(0));
  if (!pointer) return {};
  if (pointer.kind() == "unary_expression" && text(pointer).starts_with('!'))
    pointer = without_brackets(pointer.field("argument"));
  else if (pointer.kind() == "binary_expression" && text(pointer.field("operator")) == "==" && c_syntax::is_null_word(text(pointer.field("right"))))
    pointer = without_brackets(pointer.field("left"));
  else
    return {};
  return pointer && pointer.kind() == "identifier" && pointers_.contains(text(pointer)) ? pointer : Node();
}

/// `n = p->count; if (p == NULL) return;`: the look comes too late.
void Follower::used_before(Node check, Node condition) {
  constexpr std::uint32_t kNear = 3;  // lines
  const Node pointer = found_null(condition);
  if (!pointer || !leaves(check.field("consequence"))) return;
  const auto look = first_looks_.find(held(*state_, names_, text(pointer)).asked());
  if (look == first_looks_.end() || look->second.around != around_.size() || look->second.at.line() + kNear < check.line() || !(text(look->second.pointer) == text(pointer))) return;
  hit_on_way(look->second.at, Flaw::null, fmt::format("`{}` is used here, and only line {} asks whether it is null", text(pointer), check.line()), has_error_);
}

}  // namespace peer::pointers
