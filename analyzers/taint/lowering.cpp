#include "analyzers/taint/lowering.hpp"

#include <algorithm>

namespace peer::taint {
namespace {

/// A function of more nodes is not followed.
constexpr std::size_t kMaxCode = 3'000'000;

void note_among(std::vector<Symbol>& variables, Symbol variable) {
  constexpr std::size_t kMost = 1000;
  if (variables.size() < kMost &&
      std::find(variables.begin(), variables.end(), variable) == variables.end())
    variables.push_back(variable);
}

}  // namespace

void Lowering::start(Program& program) {
  program = {};
  tasks_.clear();
  plan_.clear();
  scopes_.clear();
  bound_.clear();
  outside_.clear();
  receiver_depth_.clear();
  given_away_.clear();
  numbers_.clear();
  hoisted_.clear();
  parameter_names_.clear();
  assigned_.clear();
  others_.clear();
  addresses_.clear();
  answers_.clear();
  held_functions_.clear();
  arrays_.clear();
  aliases_.clear();
  alias_text_ = 0;
  written_.clear();
  readings_.clear();
  said_here_.clear();
  self_ = in_.names("this");
  program.registers = in_.marks.registers;
}

Program Lowering::module(Node root) {
  start(out_);
  owner_.reset();
  outermost_.reset();
  eval_block(parts(root));
  run();
  return std::move(out_);
}

Program Lowering::owner(std::uint32_t index) {
  start(out_);
  given_position_ = 0;
  owner_ = index;
  outermost_.reset();
  const Owner& owner = in_.units.owners()[index];
  const Node body = part_of(owner.node, form(owner.node).b);
  std::vector<std::uint32_t> constructors;
  auto known = owner.constructors;
  if (const auto inherited = in_.units.constructor_of(index); known.empty() && inherited)
    known.push_back(*inherited);
  takes_members_ = in_.language.members_are_given && known.empty();
  take_members(form(owner.node), owner.node);
  for (const auto unit : known) {
    const FormRule& rule = form(in_.units.functions()[unit].node);
    if (rule.form == Form::constructor &&
        rule.c.empty()) {  // of Kotlin: members start with its parameters
      lower_constructor(unit);
      emit(Op::drop, owner.node);
    } else if (constructors.size() < 16) {
      constructors.push_back(unit);
    }
  }
  Task members;
  members.kind = Task::Kind::member;
  members.node = body ? body : owner.node;
  plan_.push_back(members);
  const std::size_t count = constructors.size();
  for (std::size_t i = 0; i < count; ++i) {  // one of them runs
    emit(Op::drop, owner.node);
    if (i + 1 < count) {
      push(anything(), owner.node);
      emit(Op::branch, owner.node);
      emit(Op::arm, owner.node, 0);
    }
    lower_constructor(constructors[i]);
    if (i + 1 < count) {
      emit(Op::arm_end, owner.node);
      emit(Op::arm, owner.node, 1);
      push(constant(), owner.node);
    }
  }
  for (std::size_t i = 1; i < count; ++i) {
    emit(Op::arm_end, owner.node);
    emit(Op::choice_end, owner.node);
  }
  run();
  return std::move(out_);
}

/// `record Point(int x, int y)`
void Lowering::take_members(const FormRule& rule, Node owner) {
  const Node list = rule.c.empty() ? Node() : part_of(owner, rule.c);
  if (!list) return;
  given_position_ = 0;
  bind_parameters(list, false);
}

void Lowering::lower_constructor(std::uint32_t unit) {
  const Node node = in_.units.functions()[unit].node;
  const FormRule& rule = form(node);
  function_name_ = in_.units.functions()[unit].name;
  given_names_.clear();
  emit(Op::closure, node);
  open_scope(true);
  given_position_ = 0;
  bind_parameters(parameters_of(rule, node), false);
  lower_body(rule, node);
  close_scope();
  emit(Op::closure_end, node, 1);
}

/// What a function does; leaves the value of its body.
void Lowering::lower_body(const FormRule& rule, Node function) {
  for (const Node before : parts_of(function, rule.d)) {
    eval(before);
    emit(Op::drop, before);
  }
  if (rule.c == kRest) {
    auto statements = parts(function);
    std::erase(statements, parameters_of(rule, function));
    eval_block(statements);
  } else if (const Node body = part_of(function, rule.c)) {
    eval(body);
  } else {
    push(constant(), function);
  }
}

Node Lowering::parameters_of(const FormRule& rule, Node node) {
  if (rule.b.empty()) return {};
  if (const Node list = part_of(node, rule.b)) return list;
  if (const Node lone = node.field("parameter")) return lone;
  Node within = node.field("declarator");  // int *f(char *x)
  for (int steps = 0; within && steps < 8; ++steps) {
    if (const Node list = part_of(within, rule.b)) return list;
    within = within.field("declarator");
  }
  return {};
}

Program Lowering::function(std::uint32_t index) {
  start(out_);
  const Unit& unit = in_.units.functions()[index];
  function_name_ = unit.name;
  owner_ = unit.owner;
  outermost_ = unit.is_inner ? unit.outer : std::optional(index);
  const FormRule& rule = form(unit.node);
  open_scope(true);
  const Node receiver = unit.node.field("receiver");
  if (receiver) bind_parameters(receiver, false);
  out_.signature.extends = unit.is_extension;
  result_names_.clear();
  if (const Node results = unit.node.field("result"); results && results.kind() == "parameter_list")
    for (const Node result : parts(results))
      for (const Node name : parts_of(result, "name"))
        result_names_.push_back(name);
  const Node list = parameters_of(rule, unit.node);
  if (list)
    bind_parameters(list, true);
  else if (rule.form == Form::lambda && !in_.language.lone_parameter.empty())
    bind_lone_parameter(unit.node);
  lower_body(rule, unit.node);
  const Node body = part_of(unit.node, rule.c);
  if (rule.c == kRest || (body && (in_.language.implicit_return || form(body).form != Form::scope)))
    emit(Op::give, unit.node);
  run();
  const auto variable = [this](std::string_view name) {
    return is_bound(name) ? symbol_of(name) : Symbol{0};
  };
  for (const auto name : parameter_names_)
    out_.parameter_names.push_back(variable(name));
  if (receiver && !out_.given.empty())
    out_.receiver = variable(in_.names.text(out_.given.front().name));
  if (const Node given = implied(part_of(unit.node, rule.c)))
    (void)add_refinements(refinements(given).if_true);
  note_judged();
  return std::move(out_);
}

void Lowering::run() {
  std::reverse(plan_.begin(), plan_.end());
  tasks_ = std::move(plan_);
  plan_.clear();
  while (!tasks_.empty()) {
    if (out_.code.size() + tasks_.size() > kMaxCode) {
      out_.is_complete = false;
      break;
    }
    const Task task = tasks_.back();
    tasks_.pop_back();
    perform(task);
    tasks_.insert(tasks_.end(), plan_.rbegin(), plan_.rend());
    plan_.clear();
  }
}

void Lowering::perform(const Task& task) {
  switch (task.kind) {
    case Task::Kind::eval:
      if (task.flag)
        lower(task.node);
      else
        lower_marked(task.node);
      break;
    case Task::Kind::member:
      lower_member(task.node);
      break;
    case Task::Kind::emit:
      add_instruction(task.instruction);
      break;
    case Task::Kind::assign:
      lower_assign_to(task.node, task.flag);
      break;
    case Task::Kind::branch: {
      Refined refined = refinements(task.node);
      Instruction made = task.instruction;
      made.a = add_refinements(std::move(refined.if_true));
      made.b = add_refinements(std::move(refined.if_false));
      add_instruction(made);
      break;
    }
    case Task::Kind::open:
      scopes_.push_back({task.flag, {}});
      break;
    case Task::Kind::close:
      for (const auto name : scopes_.back().declared)
        bound_[name].pop_back();
      scopes_.pop_back();
      break;
  }
}

void Lowering::add_instruction(Instruction instruction) {
  const auto note = [this](const Path& path) {
    if (outside_.contains(path.root)) note_outside(path.root);
    if (path.segments.empty()) note_among(out_.replaced, path.root);
  };
  switch (instruction.op) {
    case Op::store:
      note({instruction.a, {}});
      break;
    case Op::store_path:
    case Op::taint_path:
      note(out_.paths[instruction.a]);
      break;
    case Op::call:
      for (const auto path : out_.calls[instruction.a].out_paths)
        note(out_.paths[path]);
      break;
    default:
      break;
  }
  out_.code.push_back(instruction);
}

/// What the function leaves in `variable` is there for others.
void Lowering::note_outside(Symbol variable) { note_among(out_.outside, variable); }

void Lowering::note_read(Symbol variable) { note_among(out_.reads, variable); }

void Lowering::eval(Node node) {
  Task task;
  task.node = node;
  plan_.push_back(task);
}

void Lowering::eval_mix(const std::vector<Node>& nodes) {
  if (nodes.empty()) return;
  for (const Node node : nodes)
    eval(node);
  if (nodes.size() > 1)
    emit(Op::combine, nodes.front(), static_cast<std::uint32_t>(nodes.size()),
         static_cast<std::uint32_t>(Combination::mix));
}

void Lowering::eval_block(const std::vector<Node>& nodes) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i != 0) emit(Op::drop, nodes[i]);
    eval(nodes[i]);
  }
  if (nodes.empty()) push(constant(), Node());
}

void Lowering::emit(Op op, Node at, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  Task task;
  task.kind = Task::Kind::emit;
  task.instruction = {op, a, b, c, at ? at.span() : Span{}};
  plan_.push_back(task);
}

void Lowering::push(Value value, Node at) {
  out_.values.push_back(std::move(value));
  emit(Op::push, at, static_cast<std::uint32_t>(out_.values.size() - 1));
}

void Lowering::assign(Node target, bool is_declared) {
  Task task;
  task.kind = Task::Kind::assign;
  task.flag = is_declared;
  task.node = target;
  plan_.push_back(task);
}

void Lowering::branch(Node condition, Node at) {
  Task task;
  task.kind = Task::Kind::branch;
  task.node = condition;
  task.instruction = {Op::branch, 0, 0, 0, at.span()};
  plan_.push_back(task);
}

void Lowering::open_scope(bool of_function) {
  Task task;
  task.kind = Task::Kind::open;
  task.flag = of_function;
  plan_.push_back(task);
}

void Lowering::close_scope() {
  Task task;
  task.kind = Task::Kind::close;
  plan_.push_back(task);
}

/// Marks stand around the node's own instructions.
void Lowering::lower_marked(Node node) {
  if (!node) {  // what the text leaves out: `run(name:)`
    push(constant(), node);
    return;
  }
  const NodeMarks* marks = in_.marks.find(node);
  if (marks == nullptr) {
    lower(node);
    settle(text(node), node);
    return;
  }
  Task own;
  own.node = node;
  own.flag = true;
  plan_.push_back(own);
  mark_after(*marks, node);
}

void Lowering::mark_after(Node node) {
  if (const NodeMarks* marks = in_.marks.find(node)) mark_after(*marks, node);
}

void Lowering::mark_after(const NodeMarks& marks, Node node) {
  for (const auto source : marks.sources)
    emit(Op::mark_source, node, source, marks_parameter_ ? 1 : 0);
  for (const auto sanitizer : marks.sanitizers)
    emit(Op::mark_clean, node, sanitizer);
  settle(text(node), node);
  for (const auto at : marks.keeps)
    emit(Op::keep, node, at);
  for (const auto& [target, sanitizer] : marks.cleans)
    if (const auto path = path_of(target)) emit(Op::clean_path, node, *path, sanitizer);
  for (const auto& [target, source] : marks.taints)
    if (const auto path = path_of(target)) emit(Op::taint_path, node, *path, source);
  for (const auto& [target, from] : marks.flows)
    if (const auto path = path_of(target)) emit(Op::flow_path, node, *path, from);
  for (const auto watch : marks.watches)
    emit(Op::observe, node, watch);
}

void Lowering::lower(Node node) {
  const FormRule& rule = form(node);
  if (lower_atom(rule, node) || lower_value(rule, node) || lower_statement(rule, node)) return;
  const auto children = parts(node);
  if (children.empty())
    push(constant(), node);
  else
    eval_mix(children);
}

/// The statements of a class body set members.
void Lowering::lower_member(Node node) {
  const FormRule& rule = form(node);
  const bool sets = rule.form == Form::declare || rule.form == Form::assign;
  const Declared parts_of_it = sets ? declared(rule, node) : Declared{};
  if (!parts_of_it.names.empty()) {
    const std::uint32_t position = given_position_;
    if (takes_members_) ++given_position_;
    if (takes_members_ && parts_of_it.values.empty()) {
      const Symbol given = in_.names.another("parameter");
      const Node name = plain_name(parts_of_it.names.front());
      out_.given.push_back({given, position, in_.names(text(name))});
      emit(Op::load, node, given);
    } else if (parts_of_it.values.empty())
      push(anything(), node);
    else
      eval(parts_of_it.values.front());
    const Node name = parts_of_it.names.front();
    Path path{self_, {member_symbol(plain_name(name))}};
    out_.paths.push_back(std::move(path));
    emit(Op::store_path, node, static_cast<std::uint32_t>(out_.paths.size() - 1));
    return;
  }
  if (rule.form == Form::function || rule.form == Form::constructor || rule.form == Form::class_ ||
      rule.form == Form::skip) {
    push(constant(), node);
    return;
  }
  if (rule.form == Form::call || rule.form == Form::method_call) {  // get "/" do .. end
    eval(node);
    return;
  }
  const auto children = parts(node);
  for (const Node child : children) {
    Task task;
    task.kind = Task::Kind::member;
    task.node = child;
    plan_.push_back(task);
    emit(Op::drop, child);
  }
  push(constant(), node);
}

}  // namespace peer::taint
