// Branches, loops and exits.
#include <algorithm>
#include <unordered_map>

#include "analyzers/taint/fold.hpp"
#include "analyzers/taint/interpreter.hpp"

namespace peer::taint {
namespace {

constexpr int kMaxRounds = 4;

}  // namespace

void Interpreter::control(const Instruction& instruction) {
  switch (instruction.op) {
    case Op::branch:
    case Op::arm:
    case Op::arm_end:
    case Op::choice_end:
      choice(instruction);
      break;
    case Op::loop:
    case Op::loop_end:
    case Op::loop_done:
      loop(instruction);
      break;
    case Op::select:
    case Op::select_arm:
    case Op::select_arm_end:
    case Op::select_end:
      select(instruction);
      break;
    case Op::attempt:
    case Op::attempt_end:
    case Op::handler:
    case Op::handler_end:
    case Op::attempts_end:
    case Op::finally_end:
      attempt(instruction);
      break;
    case Op::closure:
    case Op::closure_end:
      closure(instruction);
      break;
    default:
      jump(instruction);
  }
}

Interpreter::Frame& Interpreter::open(Frame::Kind kind) {
  Frame frame;
  frame.kind = kind;
  frame.mark = environment_->mark();
  frame.height = stack_.size();
  frame.start = next_;
  frames_.push_back(std::move(frame));
  return frames_.back();
}

/// One of the ways through a frame is over: back to where they parted.
void Interpreter::end_way(Frame& frame) {
  if (dead_) {
    environment_->undo(frame.mark);
  } else {
    if (stack_.size() > frame.height) frame.result = join(frame.result, stack_.back());
    frame.ways.push_back(environment_->take(frame.mark));
    spend(frame.ways.back().size());
  }
  drop_to(frame.height);
  dead_ = false;
}

void Interpreter::choice(const Instruction& instruction) {
  if (instruction.op == Op::branch) {
    const Value condition = pop();
    Frame& frame = open(Frame::Kind::choice);
    if (condition.exists && condition.is_constant() && condition.literal)
      frame.truth = truth(*condition.literal);
    return;
  }
  if (frames_.empty()) return;
  Frame& frame = frames_.back();
  if (instruction.op == Op::arm) {
    const Instruction& branch = program_->code[frame.start - 1];
    const bool wanted = instruction.a == 0;
    dead_ = frame.truth && *frame.truth != wanted;
    if (!dead_) refine(program_->refinements[wanted ? branch.a : branch.b]);
  } else if (instruction.op == Op::arm_end) {
    end_way(frame);
  } else {
    environment_->join(frame.ways, false);
    dead_ = frame.ways.empty();
    Value result = std::move(frame.result);
    frames_.pop_back();
    push(std::move(result));
  }
}

void Interpreter::loop(const Instruction& instruction) {
  if (instruction.op == Op::loop) {
    open(Frame::Kind::loop);
    return;
  }
  if (frames_.empty()) return;
  if (instruction.op == Op::loop_end) {
    end_round(frames_.back());
    return;
  }
  dead_ = frames_.back().ends_here;
  frames_.pop_back();
  push(constant());
}

void Interpreter::end_round(Frame& frame) {
  if (dead_)
    environment_->undo(frame.mark);
  else
    frame.again.push_back(environment_->take(frame.mark));
  drop_to(frame.height);
  dead_ = false;
  const bool goes_round = !frame.again.empty();
  bool differs_now = false;
  if (goes_round) {
    if (frame.round > 0) frame.again.push_back(frame.head);
    environment_->join(frame.again, frame.round == 0);
    Changes head = environment_->take(frame.mark);
    spend(head.size());
    std::unordered_map<Symbol, const Value*> before;
    for (const auto& [symbol, value] : frame.head)
      before.emplace(symbol, &value);
    for (const auto& [symbol, value] : head) {
      const auto it = before.find(symbol);
      const Value* old = it != before.end() ? it->second : environment_->find(symbol);
      differs_now = differs_now || old == nullptr || differs(*old, value);
    }
    frame.head = std::move(head);
  }
  frame.again.clear();
  if (differs_now && frame.round < kMaxRounds && frames_.size() < 12) {
    ++frame.round;
    frame.ways.clear();
    environment_->apply(frame.head);
    next_ = frame.start;
    return;
  }
  if (!frame.ways.empty())
    environment_->join(frame.ways, false);
  else
    environment_->apply(frame.head);
  frame.ends_here = frame.ways.empty() && !goes_round;
}

void Interpreter::select(const Instruction& instruction) {
  if (instruction.op == Op::select) {
    begin_select(program_->selects[instruction.a]);
    return;
  }
  if (frames_.empty()) return;
  Frame& frame = frames_.back();
  const Select& select = program_->selects[program_->code[frame.start - 1].a];
  if (instruction.op == Op::select_arm)
    begin_arm(frame, select, instruction.a);
  else if (instruction.op == Op::select_arm_end)
    end_arm(frame, select);
  else
    end_select(frame, select);
}

/// Where the subject is a constant, one arm at most is taken.
void Interpreter::begin_select(const Select& select) {
  const Value subject = pop();
  Frame& frame = open(Frame::Kind::select);
  if (!subject.is_constant() || !subject.literal) return;
  std::optional<std::size_t> otherwise;
  for (std::size_t i = 0; i < select.arms.size(); ++i) {
    const SelectArm& arm = select.arms[i];
    if (!arm.knows_labels) return;
    if (arm.is_default) otherwise = i;
    const bool is_it = std::any_of(arm.labels.begin(), arm.labels.end(), [&](const Literal& label) {
      return label.text == subject.literal->text;
    });
    if (is_it && !frame.only) frame.only = i;
  }
  if (!frame.only) frame.only = otherwise;
  frame.none_taken = !frame.only;
}

void Interpreter::end_arm(Frame& frame, const Select& select) {
  if (!select.falls_through || dead_) {
    end_way(frame);
    return;
  }
  if (stack_.size() > frame.height) frame.result = join(frame.result, stack_.back());
  frame.falling = environment_->take(frame.mark);
  drop_to(frame.height);
}

void Interpreter::end_select(Frame& frame, const Select& select) {
  if (frame.falling) frame.ways.push_back(std::move(*frame.falling));
  const bool has_default = std::any_of(select.arms.begin(), select.arms.end(),
                                       [](const SelectArm& arm) { return arm.is_default; });
  const bool or_none = frame.none_taken || (!frame.only && !has_default);
  environment_->join(frame.ways, or_none);
  dead_ = frame.ways.empty() && !or_none;
  Value result = std::move(frame.result);
  frames_.pop_back();
  push(std::move(result));
}

void Interpreter::begin_arm(Frame& frame, const Select& select, std::size_t arm) {
  const bool may_enter = frame.only ? *frame.only == arm : !frame.none_taken;
  dead_ = !may_enter && !frame.falling;
  if (dead_) return;
  const SelectArm& entered = select.arms[arm];
  if (may_enter && entered.knows_labels && !entered.is_default && !entered.labels.empty())
    for (const std::uint32_t path : select.subject) {
      Refinement clean;
      clean.path = path;
      refine({clean});
    }
  if (!frame.falling) return;
  std::vector<Changes> ways{std::move(*frame.falling)};
  frame.falling.reset();
  if (may_enter) ways.push_back(environment_->take(frame.mark));
  environment_->join(ways, false);
}

void Interpreter::attempt(const Instruction& instruction) {
  if (instruction.op == Op::attempt) {
    open(Frame::Kind::attempt);
    return;
  }
  if (instruction.op == Op::finally_end) {
    if (finally_.empty()) return;
    dead_ = dead_ || finally_.back();
    finally_.pop_back();
    return;
  }
  if (frames_.empty()) return;
  Frame& frame = frames_.back();
  switch (instruction.op) {
    case Op::attempt_end:
      if (!dead_) frame.raised.push_back(environment_->since(frame.mark));
      end_way(frame);
      frame.in_handler = true;
      break;
    case Op::handler:
      dead_ = false;
      environment_->join(frame.raised, true);
      push(join(frame.thrown, anything()));
      break;
    case Op::handler_end:
      end_way(frame);
      break;
    default:  // attempts_end
      end_attempts(frame, instruction.a == 1);
  }
}

void Interpreter::end_attempts(Frame& frame, bool has_finally) {
  dead_ = frame.ways.empty();
  if (dead_ && has_finally)
    environment_->join(frame.raised, true);
  else
    environment_->join(frame.ways, false);
  if (has_finally) {
    finally_.push_back(dead_);
    dead_ = false;
  }
  Value result = std::move(frame.result);
  frames_.pop_back();
  push(std::move(result));
}

void Interpreter::closure(const Instruction& instruction) {
  if (instruction.op == Op::closure) {
    open(Frame::Kind::closure);
    return;
  }
  if (frames_.empty()) return;
  Frame& frame = frames_.back();
  Value result = frame.result;  // of its `return`s
  if (!dead_ && instruction.b == 1 && stack_.size() > frame.height)
    result = join(result, stack_.back());
  end_way(frame);
  environment_->join(frame.ways, instruction.a == 0 || frame.ways.empty());
  frames_.pop_back();
  Value function;
  if (result.exists) {
    function.facts = all_facts(result);
    std::erase_if(function.facts, [](const Fact& fact) { return fact.source == kAnything; });
  }
  push(std::move(function));
}

/// The way out of a block that may be left by an exception here.
void Interpreter::note_raise() {
  for (std::size_t i = frames_.size(); i-- > 0;) {
    Frame& frame = frames_[i];
    if (frame.kind == Frame::Kind::closure) return;
    if (frame.kind != Frame::Kind::attempt || frame.in_handler) continue;
    if (frame.raised.size() < 16) frame.raised.push_back(environment_->since(frame.mark));
    return;
  }
}

/// `value` leaves what runs as an exception; who handles it may look at it.
void Interpreter::note_thrown(const Value& value) {
  if (!value.exists) return;
  Value thrown;
  thrown.facts = all_facts(value);
  std::erase_if(thrown.facts, [](const Fact& fact) { return fact.source == kAnything; });
  if (thrown.facts.empty()) return;
  for (std::size_t i = frames_.size(); i-- > 0;) {
    Frame& frame = frames_[i];
    if (frame.kind == Frame::Kind::closure) return;
    if (frame.kind != Frame::Kind::attempt || frame.in_handler) continue;
    frame.thrown = join(frame.thrown, thrown);
    return;
  }
  thrown_ = join(thrown_, thrown);
}

void Interpreter::note_yielded(const Value& value) {
  Value given;
  given.facts = all_facts(value);
  for (std::size_t i = frames_.size(); i-- > 0;)
    if (frames_[i].kind == Frame::Kind::closure) {
      frames_[i].result = join(frames_[i].result, given);
      return;
    }
  returned_ = join(returned_, given);
}

void Interpreter::jump(const Instruction& instruction) {
  if (instruction.op == Op::yield) {
    if (!stack_.empty()) note_yielded(stack_.back());
    return;
  }
  note_raise();
  if (instruction.op == Op::raise && !stack_.empty()) note_thrown(stack_.back());
  dead_ = true;
  for (std::size_t i = frames_.size(); i-- > 0;) {
    Frame& frame = frames_[i];
    const bool is_closure = frame.kind == Frame::Kind::closure;
    const bool is_loop = frame.kind == Frame::Kind::loop;
    if (instruction.op == Op::give) {
      if (!is_closure) continue;
      if (!stack_.empty()) frame.result = join(frame.result, stack_.back());
      frame.ways.push_back(environment_->since(frame.mark));
      spend(frame.ways.back().size());
      return;
    }
    if (is_closure || instruction.op == Op::raise) return;
    const bool is_left = is_loop || (instruction.op == Op::leave && instruction.a == 0 &&
                                     frame.kind == Frame::Kind::select);
    if (!is_left) continue;
    auto& into = instruction.op == Op::again ? frame.again : frame.ways;
    into.push_back(environment_->since(frame.mark));
    spend(into.back().size());
    return;
  }
  if (instruction.op == Op::give && !stack_.empty()) returned_ = join(returned_, stack_.back());
}

/// What `known` is where `refinement` holds; nothing where that says no more of it.
std::optional<Value> Interpreter::refined(const Refinement& refinement, const Value& known) {
  if (refinement.judge) {
    const auto& judged = session_.judged[*refinement.judge];
    if (refinement.argument >= judged.size() || !judged[refinement.argument]) return std::nullopt;
  }
  if (refinement.sanitizer) return cleaned(known, *refinement.sanitizer);
  if (refinement.among && is_from_outside(all_facts(read(program_->paths[*refinement.among], {}))))
    return std::nullopt;
  if (known.is_constant() && known.literal) return std::nullopt;
  return refinement.equals ? program_->values[*refinement.equals] : constant();
}

void Interpreter::refine(const std::vector<Refinement>& list) {
  for (const Refinement& refinement : list) {
    const Path& path = program_->paths[refinement.path];
    Value known = read(path, {});
    if (refinement.sanitizer && known.external) known = anything();  // of a reading
    auto value = refined(refinement, known);
    if (!value) continue;
    if (path.segments.empty())
      environment_->set(path.root, std::move(*value));
    else
      write(path, {}, *value, Span{});
  }
}

}  // namespace peer::taint
