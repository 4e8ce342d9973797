// Follows the values of a Program: in order, both ways where a condition is open, round and round
// in loops until nothing changes, within a limit of steps. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzers/taint/bind.hpp"
#include "analyzers/taint/environment.hpp"
#include "analyzers/taint/forms.hpp"
#include "analyzers/taint/program.hpp"
#include "analyzers/taint/session.hpp"

namespace peer::taint {

/// What was seen at a watched node.
struct Observation {
  bool is_reached = false;
  std::vector<Fact> facts;  ///< none: a constant wherever it is reached
};

class Interpreter {
 public:
  /// `observed` is indexed by watch. All outlive the Interpreter.
  /// In a summary parameters speak of themselves alone.
  Interpreter(const TaintLanguage& language, Session& session, std::vector<Observation>& observed,
              bool is_summary = false)
      : language_(language), session_(session), observed_(observed), is_summary_(is_summary) {}

  /// Runs `program` on `environment`, which then holds what is known at its end. False when the
  /// limit of steps ended it early.
  bool run(const Program& program, Environment& environment, std::uint64_t max_steps);
  /// What run() returned: all of its `return`s.
  [[nodiscard]] const Value& returned() const { return returned_; }
  /// What left run() as an exception.
  [[nodiscard]] const Value& thrown() const { return thrown_; }
  /// The functions that run() was given and called.
  [[nodiscard]] const std::vector<Applied>& applied() const { return applied_; }

 private:
  struct Frame {
    enum class Kind : std::uint8_t { choice, loop, select, attempt, closure };
    Kind kind = Kind::choice;
    Environment::Mark mark = 0;
    std::size_t height = 0;  // of the stack
    std::uint32_t start = 0;
    std::vector<Changes> ways;  // that go on after it
    Value result = nothing();
    std::optional<bool> truth;        // choice
    std::vector<Changes> again;       // loop: that go round
    Changes head;                     // loop: what holds when a round begins
    int round = 0;                    // loop
    std::optional<Changes> falling;   // select: out of the arm before
    std::optional<std::size_t> only;  // select: the one arm that is taken
    bool none_taken = false;          // select: known to match no arm
    std::vector<Changes> raised;      // attempt: where its block was left
    Value thrown = nothing();         // attempt: what its handlers get
    bool in_handler = false;          // attempt
    bool ends_here = false;
  };

  // interpreter.cpp
  bool skip(const Instruction& instruction);
  void step(const Instruction& instruction);
  void data(const Instruction& instruction);
  Value pop();
  void push(Value value) { stack_.push_back(std::move(value)); }
  void drop_to(std::size_t height);
  void spend(std::size_t steps) { session_.steps += steps; }
  void load(const Instruction& instruction);
  void store(Symbol symbol, Value value, Span at);
  [[nodiscard]] Value read(const Path& path, const std::vector<std::optional<std::string>>& keys);
  void write(const Path& path, const std::vector<std::optional<std::string>>& keys,
             const Value& value, Span at);
  [[nodiscard]] std::optional<Value> gotten(const Value& object, Symbol name, Span at);
  [[nodiscard]] Value member(const Value& object, Symbol name, Span at);
  [[nodiscard]] Value indexed(const Value& container, const Value& key) const;
  void combine(const Instruction& instruction);
  void collect(const Instruction& instruction);
  void trace_stored(std::vector<Fact>& facts, Symbol symbol, Span at, const Value* old);

  // own_calls.cpp
  /// A call of a function of the file.
  struct OwnCall {
    const CallSite& site;
    std::uint32_t function = 0;
    const Value& object;  ///< whose method it is
    const Bound& given;
    Span at;
  };
  [[nodiscard]] std::optional<std::uint32_t> callee_of(const CallSite& site,
                                                       const Value& receiver) const;
  [[nodiscard]] const Value& object_of(const CallSite& site, const Value& receiver) const;
  [[nodiscard]] Value given_to(const OwnCall& call, Source source) const;
  [[nodiscard]] std::vector<Fact> stands_for(const Fact& fact, const OwnCall& call,
                                             TraceStep::Kind step);
  [[nodiscard]] Value call_summary(const OwnCall& call, const Value& summary);
  [[nodiscard]] std::optional<Value> own_result(const CallSite& site, const Value& receiver,
                                                const Bound& given, Span at);
  void bring(const OwnCall& call);
  [[nodiscard]] Value made_by(const CallSite& site, const std::vector<Value>& arguments, Span at);
  [[nodiscard]] Value given_back(const Value& value, const OwnCall& call, const Value& made) const;
  [[nodiscard]] Value filled(const Value& value, const OwnCall& call, TraceStep::Kind step);
  [[nodiscard]] static std::optional<std::uint32_t> argument_path(const OwnCall& call,
                                                                  std::uint32_t parameter);
  void affect(const OwnCall& call, Value& receiver);

  // function_values.cpp
  [[nodiscard]] Value called_value(const CallSite& site, const Value& receiver) const;
  [[nodiscard]] Value call_value(const Value& called, const CallSite& site,
                                 const std::vector<Value>& arguments, Span at);
  static void add_seen(const Value& called, Value& result);
  void apply(const OwnCall& call);
  [[nodiscard]] std::optional<std::uint32_t> called_operator(const CallSite& site,
                                                             const Value& receiver,
                                                             const Value& called) const;
  [[nodiscard]] Value as_text(const Value& value, Span at);
  [[nodiscard]] Value apply_given(const CallSite& site, const Value& receiver,
                                  const std::vector<Value>& arguments, Span at);
  [[nodiscard]] std::optional<Value> called_with_this(const CallSite& site, const Value& receiver,
                                                      const std::vector<Value>& arguments, Span at);
  [[nodiscard]] static std::vector<Value> entries_of(const Value& list);
  void note_applied(Source called, std::vector<Value> arguments);

  // interpreter_notes.cpp
  void note(const Instruction& instruction);
  void observe(std::uint32_t watch, const Value& value);
  [[nodiscard]] Fact fact_of(Source source, Span at);
  [[nodiscard]] Value cleaned(const Value& value, Sanitizer sanitizer);
  [[nodiscard]] Value settled(Value value, Symbol reading) const;
  void flow_into(const Path& path, const Value& from, Span at);

  // interpreter_control.cpp
  void control(const Instruction& instruction);
  Frame& open(Frame::Kind kind);
  void end_way(Frame& frame);
  void choice(const Instruction& instruction);
  void loop(const Instruction& instruction);
  void end_round(Frame& frame);
  void select(const Instruction& instruction);
  void begin_select(const Select& select);
  void end_select(Frame& frame, const Select& select);
  void end_arm(Frame& frame, const Select& select);
  void begin_arm(Frame& frame, const Select& select, std::size_t arm);
  void attempt(const Instruction& instruction);
  void end_attempts(Frame& frame, bool has_finally);
  void closure(const Instruction& instruction);
  void jump(const Instruction& instruction);
  void note_raise();
  void note_thrown(const Value& value);
  void note_yielded(const Value& value);
  void refine(const std::vector<Refinement>& list);
  [[nodiscard]] std::optional<Value> refined(const Refinement& refinement, const Value& known);

  // calls.cpp
  void call(const CallSite& site, Span at);
  [[nodiscard]] bool is_in(std::span<const std::string_view> list, const CallSite& site) const;
  void construct(const CallSite& site, const std::vector<Value>& arguments, Span at);
  [[nodiscard]] Value result_of(const CallSite& site, Value& receiver,
                                const std::vector<Value>& arguments, bool& changes, Span at);
  [[nodiscard]] Value mixed(const CallSite& site, Value& receiver,
                            const std::vector<Value>& arguments, bool& changes);

  const TaintLanguage& language_;
  Session& session_;
  std::vector<Observation>& observed_;
  bool is_summary_ = false;
  const Program* program_ = nullptr;
  Environment* environment_ = nullptr;
  std::vector<Value> stack_;
  std::vector<Value> registers_;
  std::vector<Frame> frames_;
  std::vector<bool> finally_;  // open `finally` blocks: whether the code after them is dead
  std::uint32_t next_ = 0;
  bool dead_ = false;
  std::size_t nested_ = 0;  // frames opened in dead code
  Value returned_ = nothing();
  Value thrown_ = nothing();
  std::vector<Applied> applied_;
  int apply_depth_ = 0;
};

}  // namespace peer::taint
