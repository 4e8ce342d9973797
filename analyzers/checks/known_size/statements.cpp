// The order in which things happen: blocks, branches, loops.
#include <algorithm>
#include <utility>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/known_size/follower.hpp"

namespace peer::known_size {

using c_syntax::name_of_declarator;
using c_syntax::named_children;

namespace {

constexpr int kDeepest = 60;                // of blocks in blocks
constexpr std::size_t kMostWork = 400'000;  // nodes, and variables that are copied

bool leaves(Node node) {
  const auto kind = node.kind();
  return kind == "return_statement" || kind == "break_statement" || kind == "continue_statement" ||
         kind == "goto_statement" || kind == "throw_statement" || kind == "co_return_statement";
}

bool holds_jump(Node node) {
  bool found = false;
  walk(node, [&](Node each) {
    found = found || leaves(each);
    return !found && each.kind() != "lambda_expression";
  });
  return found;
}

}  // namespace

std::vector<Overrun> overruns(Node function, std::string_view text, const Declared& declared,
                              bool is_cpp) {
  return Follower(text, declared, is_cpp).run(function);
}

std::vector<Overrun> Follower::run(Node function) {
  Node declarator = function.field("declarator");
  for (int steps = 0; declarator && declarator.kind() != "function_declarator" && steps < 8;
       ++steps)
    declarator = declarator.field("declarator");
  if (declarator)
    for (const Node parameter : named_children(declarator.field("parameters"))) {
      const Node name = name_of_declarator(parameter.field("declarator"));
      if (!name) continue;
      auto shape = shape_of(parameter.field("type"), parameter.field("declarator"), Node(), text_,
                            declared_.constants());
      if (shape) shape->is_array = false;  // `char a[9]` of a parameter is a pointer
      if (shape) shape->counts.clear();
      state_.variables[text(name)] = {shape.value_or(Shape{}), unknown()};
    }
  if (const Node body = function.field("body")) statement(body, 0);
  std::sort(found_.begin(), found_.end(),
            [](const Overrun& a, const Overrun& b) { return a.at.begin < b.at.begin; });
  return std::move(found_);
}

// kDeepest levels NOLINTBEGIN(misc-no-recursion)
void Follower::statement(Node node, int depth) {
  if (!node || !node.is_named() || node.is_extra() || work_ > kMostWork) return;
  ++work_;
  if (depth > kDeepest) {
    state_.forget_all();
    return;
  }
  const auto kind = node.kind();
  if (kind == "labeled_statement") {  // from wherever
    state_.forget_all();
    state_.is_dead = false;
    statements(named_children(node), depth + 1);
    return;
  }
  if (state_.is_dead && kind != "compound_statement") return;
  if (kind == "compound_statement" || kind == "else_clause" || kind == "declaration_list") {
    block(node, depth + 1);
  } else if (kind == "declaration") {
    declaration(node);
  } else if (kind == "if_statement" || kind.starts_with("preproc_if")) {
    choice(node, depth + 1);
  } else if (kind == "for_statement") {
    for_loop(node, depth + 1);
  } else if (kind == "while_statement" || kind == "do_statement" || kind == "for_range_loop") {
    loop(node, depth + 1);
  } else if (kind == "switch_statement") {
    selection(node, depth + 1);
  } else if (kind == "try_statement") {
    attempt(node, depth + 1);
  } else if (leaves(node)) {
    expression(node);
    state_.is_dead = true;
  } else if (kind != "function_definition" && !kind.starts_with("preproc")) {
    expression(node);
  }
}

void Follower::statements(const std::vector<Node>& nodes, int depth) {
  for (const Node node : nodes)
    statement(node, depth);
}

/// What is declared in it hides what has the same name outside.
void Follower::block(Node node, int depth) {
  std::vector<Hidden> hidden;
  const auto children = named_children(node);
  for (const Node child : children) {
    if (child.kind() != "declaration") continue;
    for (const Node part : named_children(child)) {
      const Node name =
          name_of_declarator(part.kind() == "init_declarator" ? part.field("declarator") : part);
      if (!name) continue;
      const Variable* outer = state_.find(text(name));
      hidden.push_back({text(name), outer == nullptr ? std::nullopt : std::optional(*outer)});
    }
  }
  statements(children, depth);
  for (Hidden& each : hidden)
    uncover(std::move(each));
}

void Follower::declaration(Node node) {
  c_syntax::for_each_declared(
      node, [&](Node type, Node declarator, Node value) { declare(type, declarator, value); });
}

void Follower::declare(Node type, Node declarator, Node value) {
  const Node name = name_of_declarator(declarator);
  if (!name) return;
  auto shape =
      shape_of(type, declarator, value, text_,
               {[this](std::string_view each) { return value_of(each, Turn::first); }, {}});
  const bool is_reference = declarator.kind() == "reference_declarator";
  Variable& variable = state_.variables[text(name)];
  variable = {shape.value_or(Shape{}), is_reference ? unknown() : nothing()};
  if (const auto bytes = variable.shape.bytes()) {
    Text begins;
    if (value && value.kind() == "string_literal") begins.length = length_of(value);
    if (value && value.kind() == "initializer_list" && text(value).size() <= 8 &&
        value.named_child_count() <= 1)
      begins.length = 0;  // {0}, {}, {'\0'}
    variable.held = place_held({add_memory(*bytes, begins), 0});
  } else if (variable.shape.is_array) {
    variable.held = unknown();
  }
  if (!value) return;
  expression(value);
  if (!variable.shape.is_array && !is_reference) {
    const Held held = held_by(value);
    state_.variables[text(name)].held = held;
  }
}

void Follower::choice(Node node, int depth) {
  const Node condition = node.field("condition");
  std::vector<Node> first, second;
  if (node.kind() == "if_statement") {
    if (const Node body = node.field("consequence")) first.push_back(body);
  } else {
    for (const Node child : named_children(node))
      if (!(child == condition) && !(child == node.field("name")) &&
          !(child == node.field("alternative")))
        first.push_back(child);
  }
  if (const Node other = node.field("alternative")) second = named_children(other);
  if (node.kind() != "if_statement" || !condition) {
    arms(first, second, depth);
    return;
  }
  expression(condition);
  const auto verdict = value_of(condition);
  if (verdict) {
    statements(*verdict != 0 ? first : second, depth);
    return;
  }
  const auto before = blur(condition);
  arms(first, second, depth);
  const bool ends = std::any_of(first.begin(), first.end(), holds_jump) ||
                    std::any_of(second.begin(), second.end(), holds_jump);
  for (const auto& [name, held] : before)
    if (Variable* variable = state_.find(name);
        variable != nullptr && !ends && !changes(node, name))
      variable->held = held;
}

void Follower::arms(const std::vector<Node>& first, const std::vector<Node>& second, int depth) {
  work_ += state_.variables.size() + state_.texts.size();
  State other = state_;
  statements(first, depth);
  std::swap(state_, other);
  statements(second, depth);
  state_ = joined(std::move(other), state_);
}

/// Until the counter gets where the condition says, where nothing else changes it.
std::optional<Follower::Counter> Follower::counter_of(Node loop) {
  const Node condition = loop.field("condition");
  if (!condition || condition.kind() != "binary_expression") return std::nullopt;
  const Node left = condition.field("left");
  if (!left || left.kind() != "identifier") return std::nullopt;
  Counter counter{text(left), {}, 0, true};
  const Variable* variable = state_.find(counter.name);
  const Node body = loop.field("body");
  if (variable == nullptr || !variable->held.number || !body || changes(body, counter.name))
    return std::nullopt;
  if (variable->held.number->first != variable->held.number->last) return std::nullopt;
  const std::int64_t first = variable->held.number->first;
  const auto limit = value_of(condition.field("right"));
  const auto step = step_of(loop.field("update"), counter.name);
  const auto sign = text(condition.field("operator"));
  if (!limit && step == 1 && sign == "<=" && condition.field("right").kind() == "identifier") {
    counter.last_name = text(condition.field("right"));
    return counter;
  }
  if (!limit || !step || *step == 0) return std::nullopt;
  counter.range.first = first;
  return counted(counter, sign, *limit, *step);
}

/// The counter with its last turn, from its first one.
std::optional<Follower::Counter> Follower::counted(Counter counter, std::string_view sign,
                                                   std::int64_t limit, std::int64_t step) {
  constexpr std::int64_t kFar = 1'000'000'000'000;
  const std::int64_t first = counter.range.first;
  if (first > kFar || first < -kFar || limit > kFar || limit < -kFar) return std::nullopt;
  const bool goes_up = step > 0;
  std::int64_t last = limit;
  if ((sign == "<" && goes_up) || (sign == ">" && !goes_up))
    last -= goes_up ? 1 : -1;
  else if (sign == "!=" && (step == 1 || step == -1))
    last -= step;
  else if (!(sign == "<=" && goes_up) && !(sign == ">=" && !goes_up))
    return std::nullopt;
  counter.runs = goes_up ? first <= last : first >= last;
  counter.range.last = counter.runs ? first + (last - first) / step * step : first;
  counter.after = counter.runs ? counter.range.last + step : first;
  return counter;
}

std::optional<std::int64_t> Follower::step_of(Node update, std::string_view name) {
  if (!update) return std::nullopt;
  if (update.kind() == "update_expression") {
    const Node argument = update.field("argument");
    if (!argument || text(argument) != name) return std::nullopt;
    return text(update.field("operator")) == "++" ? 1 : -1;
  }
  if (update.kind() != "assignment_expression" || text(update.field("left")) != name)
    return std::nullopt;
  const auto sign = text(update.field("operator"));
  const auto by = value_of(update.field("right"));
  if (!by) return std::nullopt;
  if (sign == "+=") return by;
  return sign == "-=" ? std::optional(-*by) : std::nullopt;
}

std::optional<Follower::Hidden> Follower::loop_start(Node start) {
  if (!start || start.kind() != "declaration") {
    if (start) expression(start);
    return std::nullopt;
  }
  const auto parts = named_children(start);
  const Node name = parts.empty() ? Node()
                                  : name_of_declarator(parts.back().kind() == "init_declarator"
                                                           ? parts.back().field("declarator")
                                                           : parts.back());
  std::optional<Hidden> hidden;
  if (name) {
    const Variable* outer = state_.find(text(name));
    hidden = Hidden{text(name), outer == nullptr ? std::nullopt : std::optional(*outer)};
  }
  declaration(start);
  return hidden;
}

void Follower::uncover(Hidden hidden) {
  if (hidden.outer)
    state_.variables[hidden.name] = std::move(*hidden.outer);
  else
    state_.variables.erase(hidden.name);
}

void Follower::start_counting(const Counter& counter) {
  Variable* variable = state_.find(counter.name);
  if (variable == nullptr) return;
  if (counter.last_name.empty())
    variable->held = {.number = counter.range, .is_open = false};
  else
    variable->held = {.last_name = counter.last_name};
}

void Follower::for_loop(Node node, int depth) {
  const Node body = node.field("body");
  auto hidden = loop_start(node.field("initializer"));
  const auto counter = counter_of(node);
  forget_changed(node);
  const State before = state_;
  work_ += state_.variables.size() + state_.texts.size();
  if (counter)
    start_counting(*counter);
  else
    for (const std::string_view field : {"condition", "update"})
      if (const Node part = node.field(field)) expression(part);
  if (body && (!counter || counter->runs)) statement(body, depth);
  const bool goes_on = counter && counter->last_name.empty() && body && !holds_jump(body);
  state_ = joined(before, state_);
  state_.is_dead = false;
  forget_changed(node);
  if (Variable* variable = goes_on ? state_.find(counter->name) : nullptr)
    variable->held = number_held(counter->after);
  if (hidden) uncover(std::move(*hidden));
}

void Follower::loop(Node node, int depth) {
  forget_changed(node);
  const State before = state_;
  work_ += state_.variables.size() + state_.texts.size();
  for (const std::string_view field : {"condition", "right"})
    if (const Node part = node.field(field)) expression(part);
  if (const Node body = node.field("body")) statement(body, depth);
  state_ = joined(before, state_);
  state_.is_dead = false;
  forget_changed(node);
}

void Follower::selection(Node node, int depth) {
  if (const Node condition = node.field("condition")) expression(condition);
  forget_changed(node);
  const State before = state_;
  for (const Node arm : named_children(node.field("body"))) {
    state_ = before;
    work_ += state_.variables.size() + state_.texts.size();
    const auto parts = named_children(arm);
    const Node label = arm.field("value");
    for (const Node part : parts)
      if (!(part == label)) statement(part, depth);
  }
  state_ = before;
}

void Follower::attempt(Node node, int depth) {
  const State before = state_;
  statements(named_children(node), depth);
  state_ = joined(before, state_);
  state_.is_dead = false;
  forget_changed(node);
}
// NOLINTEND(misc-no-recursion)

/// Whether something in `node` may give the variable another value.
bool Follower::changes(Node node, std::string_view name) const {
  bool found = false;
  walk(node, [&](Node each) {
    const auto kind = each.kind();
    Node target;
    if (kind == "assignment_expression") target = each.field("left");
    if (kind == "update_expression") target = each.field("argument");
    if (kind == "pointer_expression" && text(each).starts_with('&'))
      target = each.field("argument");
    if (kind == "binary_expression" && text(each.field("operator")) == ">>")
      target = each.field("right");  // in >> n
    found = found || (target && text(target) == name);
    return !found;
  });
  return found;
}

void Follower::forget_changed(Node node) {
  walk(node, [&](Node each) {
    ++work_;
    const auto kind = each.kind();
    Node target;
    if (kind == "assignment_expression") target = each.field("left");
    if (kind == "update_expression" || kind == "pointer_expression")
      target = each.field("argument");
    if (kind == "binary_expression" && text(each.field("operator")) == ">>")
      target = each.field("right");
    if (target && target.kind() == "identifier") state_.forget(text(target));
    if (kind == "argument_list" || kind == "subscript_expression")
      for (const Node part : named_children(each))
        if (part.kind() == "identifier")
          if (const Variable* variable = state_.find(text(part)))
            state_.forget_text(variable->held);
    return true;
  });
}

std::vector<std::pair<std::string_view, Held>> Follower::blur(Node condition) {
  std::vector<std::pair<std::string_view, Held>> before;
  walk(condition, [&](Node each) {
    if (each.kind() != "identifier") return true;
    Variable* variable = state_.find(text(each));
    if (variable == nullptr || !variable->held.is_counter()) return true;
    before.emplace_back(text(each), variable->held);
    variable->held = unknown();
    return true;
  });
  return before;
}

}  // namespace peer::known_size
