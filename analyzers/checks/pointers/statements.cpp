// The order in which things happen: blocks, branches, loops, jumps. What differs between ways is
// kept apart, as long as different things were given back on them.
#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <utility>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/pointers/follower.hpp"
#include "analyzers/checks/pointers/library.hpp"

namespace peer::pointers {

using c_syntax::name_of_declarator;
using c_syntax::named_children;

namespace {

constexpr int kDeepest = 60;  // of blocks in blocks

/// Names that a block's own declarations give.
std::vector<Node> names_declared(const std::vector<Node>& children) {
  std::vector<Node> names;
  for (const Node child : children) {
    if (child.kind() != "declaration") continue;
    for (const Node part : named_children(child))
      if (const Node name = name_of_declarator(
              part.kind() == "init_declarator" ? part.field("declarator") : part))
        names.push_back(name);
  }
  return names;
}

/// What is assigned, where that is one of two; the null node otherwise.
Node choice_in(Node statement) {
  Node value;
  if (statement.kind() == "declaration") {
    const Node first = statement.field("declarator");
    if (first && first.kind() == "init_declarator") value = first.field("value");
  } else if (const Node assignment = statement.named_child(0);
             assignment && assignment.kind() == "assignment_expression") {
    value = assignment.field("right");
  }
  if (value) value = c_syntax::without_brackets(value);
  return value && value.kind() == "conditional_expression" ? value : Node();
}

}  // namespace

std::vector<Misuse> Follower::run(Node function) {
  states_.emplace_back();
  has_error_ = function.has_error();
  Node declarator = function.field("declarator");
  const Node type = function.field("type");
  gives_pointer_ = (declarator && declarator.kind() == "pointer_declarator") ||
                   (type && text(type).find("_ptr") != std::string_view::npos);
  gives_copy_ = !gives_pointer_ && type && c_syntax::is_text_class(text(type)) &&
                c_syntax::last_part(text(type)) != "string_view";
  for (int steps = 0; declarator && declarator.kind() != "function_declarator" && steps < 8;
       ++steps)
    declarator = declarator.field("declarator");
  if (declarator) parameters(declarator.field("parameters"));
  if (const Node body = function.field("body")) statement(body, 0);
  append(exits_, states_);
  std::vector<Misuse> found;
  for (auto& [at, misuse] : found_)
    found.push_back(std::move(misuse));
  return found;
}

void Follower::append(States& to, const States& from) {
  for (const State& each : from)
    work_ += each.size() / kEntriesPerWork;
  to.insert(to.end(), from.begin(), from.end());
  merge(to, names_);
}

void Follower::judge() { judge_all(states_.size()); }

void Follower::judge_all(std::size_t states) {
  for (auto& [at, hit] : hits_) {
    hit.misuse.is_certain = hit.states >= states;
    if (!hit.misuse.is_certain && (hit.is_doubtful || has_error_)) continue;
    const auto [known, is_new] = found_.try_emplace(at, hit.misuse);
    if (!is_new && hit.misuse.is_certain) known->second = hit.misuse;
  }
  hits_.clear();
}

// kDeepest levels NOLINTBEGIN(misc-no-recursion)
void Follower::statement(Node node, int depth) {
  if (!node || !node.is_named() || node.is_extra()) return;
  work_ += states_.size();
  if (depth > kDeepest || work_ > kMostWork) {
    states_.clear();
    return;
  }
  const auto kind = node.kind();
  if (kind == "labeled_statement") {
    if (const auto from = jumps_.find(text(node.field("label"))); from != jumps_.end())
      append(states_, from->second);
    statements(named_children(node), depth + 1);
    return;
  }
  if (states_.empty() && kind != "compound_statement") return;
  if (kind == "compound_statement" || kind == "else_clause" || kind == "declaration_list") {
    block(node, depth + 1);
  } else if (kind == "if_statement" || kind.starts_with("preproc_if")) {
    choice(node, depth + 1);
  } else if (kind == "for_statement" || kind == "while_statement" || kind == "do_statement" ||
             kind == "for_range_loop") {
    loop(node, depth + 1);
  } else if (kind == "switch_statement") {
    selection(node, depth + 1);
  } else if (kind == "try_statement") {
    attempt(node, depth + 1);
  } else if (kind == "return_statement" || kind == "co_return_statement" ||
             kind == "throw_statement" || kind == "break_statement" ||
             kind == "continue_statement" || kind == "goto_statement") {
    jump(node);
  } else if (kind != "function_definition" && kind != "statement_identifier" &&
             !kind.starts_with("preproc")) {
    plain(node);
  }
}

/// `p = c ? a : b` is two ways.
void Follower::plain(Node node) {
  const auto run = [&] {
    if (node.kind() == "declaration")
      declaration(node);
    else
      worth(node);
  };
  const Node choice = choice_in(node);
  if (!choice) {
    on_each(run);
    return;
  }
  auto [yes, no] = split(choice.field("condition"));
  states_ = std::move(yes);
  on_each(run);
  std::swap(states_, no);
  on_each(run);
  append(states_, no);
}

void Follower::statements(const std::vector<Node>& nodes, int depth) {
  for (const Node node : nodes)
    statement(node, depth);
}

void Follower::block(Node node, int depth) {
  const auto children = named_children(node);
  const auto names = names_declared(children);
  std::vector<std::string_view> hidden;  // of the same name outside
  for (const Node name : names)
    if (locals_.contains(text(name))) hidden.push_back(text(name));
  statements(children, depth);
  end_of_scope(names, node);
  for (const auto name : hidden)
    for (State& state : states_)
      state.variables[name] = fresh(node);
}

/// What a unique_ptr of the block owns goes with it.
void Follower::end_of_scope(const std::vector<Node>& declared, Node end) {
  for (const Node name : declared) {
    if (!owners_.contains(text(name))) continue;
    for (State& state : states_)
      if (const Object* owned = held(state, names_, text(name)).sole()) {
        Release release = release_at(end);
        release.line = end.end_point().row + 1;
        state.released.try_emplace(*owned, std::move(release));
      }
  }
}

void Follower::choice(Node node, int depth) {
  const Node condition = node.field("condition");
  const bool is_if = node.kind() == "if_statement";
  std::vector<Node> first, second;
  for (const Node child : named_children(node))
    if (is_if ? child == node.field("consequence")
              : !(child == condition) && !(child == node.field("name")) &&
                    !(child == node.field("alternative")))
      first.push_back(child);
  if (const Node other = node.field("alternative")) second = named_children(other);
  auto [yes, no] = is_if ? split(condition) : split_by_macro(node);
  if (is_if) {
    for (State& each : no) {
      state_ = &each;
      used_before(node, condition);
    }
    state_ = nullptr;
    judge_all(no.size());
    goes_on_partly(node, no);
  }
  if (condition) {
    around_.push_back(condition);
    conditions_[condition.begin()] = condition;
  }
  states_ = std::move(yes);
  statements(first, depth);
  std::swap(states_, no);
  statements(second, depth);
  if (is_if) {
    goes_on(node, no, states_);
    if (!no.empty() && !states_.empty()) note_partly_set(no, states_);
  } else {
    settle(states_, no);
    settle(no, states_);
  }
  append(states_, no);
  if (condition) around_.pop_back();
}

/// Two turns: the second one meets what the first one gave back.
void Follower::loop(Node node, int depth) {
  const bool is_do = node.kind() == "do_statement";
  const Node start = node.field("initializer");
  if (start)
    on_each([&] { start.kind() == "declaration" ? declaration(start) : void(worth(start)); });
  Node condition = node.field("condition");
  if (node.kind() == "for_range_loop") {
    if (const Node right = node.field("right")) on_each([&] { worth(right); });
    condition = Node();
  }
  States left;
  breaks_.emplace_back();
  const auto outer = turn_;
  constexpr std::uint32_t kTurns = 2;
  for (std::uint32_t number = 1; number <= kTurns && !states_.empty(); ++number) {
    turn_ = outer * (kTurns + 1) + number;
    if (node.kind() == "for_range_loop") {
      append(left, states_);
      next_of_range(name_of_declarator(node.field("declarator")));
    }
    turn(node, is_do && number == 1 ? Node() : condition, left, depth);
    for (const States* run : {&states_, &breaks_.back()})
      settle(left, *run);
  }
  if (condition) {
    auto [again, done] = split(condition);
    states_ = std::move(done);
  } else if (node.kind() != "for_range_loop") {
    states_.clear();  // for (;;)
  }
  turn_ = outer;
  append(states_, left);
  append(states_, breaks_.back());
  breaks_.pop_back();
  // the loop's own variable may hide one of the same name
  if (start && start.kind() == "declaration")
    for (const Node name : names_declared({start}))
      for (State& state : states_)
        state.variables.erase(text(name));
}

/// `for (T name : all)`
void Follower::next_of_range(Node name) {
  if (!name) return;
  locals_.insert(text(name));
  on_each([&] { state_->variables[text(name)] = fresh(name); });
}

void Follower::turn(Node node, Node condition, States& left, int depth) {
  if (condition) {
    auto [yes, no] = split(condition);
    states_ = std::move(yes);
    append(left, no);
  }
  continues_.emplace_back();
  if (const Node body = node.field("body")) statement(body, depth);
  append(states_, continues_.back());
  continues_.pop_back();
  if (const Node update = node.field("update")) on_each([&] { worth(update); });
}

void Follower::selection(Node node, int depth) {
  on_each([&] { worth(node.field("condition")); });
  const States before = states_;
  breaks_.emplace_back();
  states_.clear();
  bool has_default = false;
  for (const Node arm : named_children(node.field("body"))) {
    const Node label = arm.field("value");
    has_default = has_default || (arm.kind() == "case_statement" && !label);
    if (arm.kind() == "case_statement") append(states_, before);
    for (const Node part : named_children(arm))
      if (!(part == label)) statement(part, depth);
  }
  note_partly_set(breaks_.back(), has_default ? states_ : before);
  if (!has_default) append(states_, before);
  append(states_, breaks_.back());
  breaks_.pop_back();
}

void Follower::attempt(Node node, int depth) {
  const States before = states_;
  if (const Node body = node.field("body")) statement(body, depth);
  States after = std::move(states_);
  for (const Node part : named_children(node)) {
    if (part.kind() != "catch_clause") continue;
    states_ = before;
    if (const Node body = part.field("body")) statement(body, depth);
    append(after, states_);
  }
  states_ = std::move(after);
}
// NOLINTEND(misc-no-recursion)

void Follower::jump(Node node) {
  const auto kind = node.kind();
  if (kind == "break_statement" && !breaks_.empty()) append(breaks_.back(), states_);
  if (kind == "continue_statement" && !continues_.empty()) append(continues_.back(), states_);
  if (kind == "goto_statement") append(jumps_[text(node.field("label"))], states_);
  if (kind == "throw_statement") on_each([&] { worth(node); });
  if (kind == "return_statement" || kind == "co_return_statement") {
    const Node value = node.named_child(0);
    if (value && !value.is_extra()) leave(value);
    append(exits_, states_);
  }
  states_.clear();
}

void Follower::give_null() {
  may_give_null_ = true;
  std::set<std::size_t> without;
  for (std::size_t at = 0; at < parameters_.size(); ++at)
    if (!parameters_[at].empty() && state_->nulls.contains(names_.held(parameters_[at])) &&
        (!null_without_ || null_without_->contains(at)))
      without.insert(at);
  null_without_ = std::move(without);
}

void Follower::give_out(const Value& value) {
  const Object* number = value.sole();
  if (value.may_be_null || (value.asked() != 0 && state_->doubts.contains(value.asked())))
    give_null();
  if (!value.is_null()) may_give_else_ = true;
  numbers_given_.insert(number != nullptr && !value.may_be_null && names_.is_number(*number)
                            ? std::string(names_[*number].selector)
                            : std::string());
}

void Follower::leave(Node value) {
  on_each([&] {
    const Value given_out = worth(value);
    give_out(given_out);
    if (text(value).find('*') != std::string_view::npos && !pointers_.contains(text(value))) return;
    if (const Release* release = release_of(given_out);
        release != nullptr && c_syntax::without_brackets(value).kind() != "call_expression")
      hit(value, Flaw::used,
          fmt::format("`{}` is given back to the caller, but was freed on line {}", shown(value),
                      release->line),
          release);
    if (gives_copy_) return;
    for (const auto owner : owners_)
      if (const Object* owned = held(*state_, names_, owner).sole();
          owned != nullptr && given_out.objects == Objects{*owned} &&
          c_syntax::without_brackets(value).kind() == "call_expression" &&
          text(value).ends_with(".get()"))
        hit(value, Flaw::used,
            fmt::format("what `{}` points to goes with `{}` at the end of this function",
                        shown(value), owner));
  });
}

}  // namespace peer::pointers
