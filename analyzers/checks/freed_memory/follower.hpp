// What follow.hpp promises, for one function: statements.cpp, conditions.cpp, expressions.cpp, calls.cpp, releases.cpp, effects.cpp.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "analyzers/checks/freed_memory/follow.hpp"
#include "analyzers/checks/freed_memory/memory.hpp"

namespace peer::freed_memory {

class Follower {
 public:
  /// Statements and expressions that are followed in one function, each way counts; behind it nothing is found any more.
  static constexpr std::size_t kMostWork = 500'000;
  explicit Follower(Functions& functions) : functions_(functions), text_(functions.text()) {}
  [[nodiscard]] std::vector<Misuse> run(Node function);
  /// After run().
  [[nodiscard]] Effect effect();
  [[nodiscard]] std::size_t work() const { return work_; }

 private:
  static constexpr std::size_t kEntriesPerWork = 8;  // of states that are copied
  using States = std::vector<State>;
  /// What can be assigned to: a variable, or a member of an object.
  using Place = std::variant<std::string_view, Member>;

  // statements.cpp
  void parameters(Node list);
  void statement(Node node, int depth);
  void plain(Node node);
  void statements(const std::vector<Node>& nodes, int depth);
  void block(Node node, int depth);
  void declaration(Node node);
  void declare(Node type, Node declarator, Node value);
  void choice(Node node, int depth);
  void loop(Node node, int depth);
  void turn(Node node, Node condition, States& left, int depth);
  void selection(Node node, int depth);
  void attempt(Node node, int depth);
  void jump(Node node);
  void leave(Node value);
  void end_of_scope(const std::vector<Node>& declared, Node end);
  /// Runs `step` on each state, one after another, in `state_`.
  template <class Step>
  void on_each(Step&& step) {
    hits_.clear();
    for (State& each : states_) {
      state_ = &each;
      step();
    }
    state_ = nullptr;
    judge();
    merge(states_, names_);
  }
  void judge();
  void append(States& to, const States& from);

  // effects.cpp
  [[nodiscard]] std::optional<Effect::Freed> freed_by_caller(Object object) const;

  // conditions.cpp
  /// The states in which `condition` holds, and those in which it does not.
  [[nodiscard]] std::pair<States, States> split(Node clause, int depth = 0);
  /// Likewise of `#if` and `#ifdef`: what is defined once is defined everywhere.
  [[nodiscard]] std::pair<States, States> split_by_macro(Node branch);
  void decide(Node clause, Node condition);
  /// False where `condition` cannot be `truth` in the state.
  [[nodiscard]] bool refine(Node condition, bool truth, int depth = 0);
  [[nodiscard]] bool refine_plain(Node condition, bool truth);
  [[nodiscard]] bool refine_pointer(Node pointer, bool is_set);
  [[nodiscard]] bool refine_same(Node left, Node right, bool is_same);
  [[nodiscard]] std::optional<bool> decided(Node condition, int depth = 0);
  [[nodiscard]] std::optional<bool> compared(Node left, Node right);
  [[nodiscard]] std::optional<bool> decided_plain(Node condition);
  struct Fact {
    std::string key;  ///< empty: nothing that stays true
    bool truth;
  };
  [[nodiscard]] Fact fact_of(Node condition, bool truth);

  // expressions.cpp
  Value worth(Node node, int depth = 0);
  Value worth_of_name(Node node);
  Value worth_of_address(Node node, int depth);
  Value worth_of_sum(Node node, int depth);
  Value worth_of_assignment(Node node, int depth);
  Value worth_of_step(Node node, int depth);
  Value worth_of_choice(Node node, int depth);
  Value worth_of_new(Node node, int depth);
  Value worth_of_delete(Node node, int depth);
  void parts(Node node, int depth);
  [[nodiscard]] std::optional<Place> place_of(Node node, int depth);
  [[nodiscard]] std::optional<Place> element_of(const Value& base, const Value& index) const;
  /// `b = *a`, `b = a` of structs.
  void copy_struct(std::string_view to, Node value);
  Value& held_at(const Place& place);
  void set(const Place& place, Value value);
  [[nodiscard]] bool is_local(std::string_view name) const { return locals_.contains(name); }
  [[nodiscard]] Value fresh(Node node, Form form = Form::unknown) { return value_of(names_.made(node.begin(), turn_, form)); }

  // calls.cpp
  Value call(Node node, int depth);
  struct Call {
    Node node;
    std::string_view name;  ///< the last part
    std::vector<Node> arguments;
    std::vector<Value> values;
  };
  Value known_call(const Call& made);
  Value method(const Call& made, Node function, int depth);
  Value reallocated(const Call& made, Node pointer, const Value& from);
  Value library_call(const Call& made);
  /// What `freed` names, where it is known; and the member that holds it.
  [[nodiscard]] std::pair<Value, std::optional<Member>> reached(const Value& from, const Effect::Freed& freed);
  void own_function(const Call& made, const Effect& effect);
  void unknown_function(const Call& made);
  void given(const Call& made);
  void forget_members(const Value& value, Node at, int depth = 0);
  void forget_outside(Node at);

  // releases.cpp
  enum class Manner : std::uint8_t { free, delete_single, delete_array, close, own };
  void give_back(Node at, Node pointer, const Value& value, Manner manner, std::string_view by = {});
  [[nodiscard]] bool is_other_kind(Node at, std::string_view what, Form form, Manner manner);
  [[nodiscard]] bool cannot_be_freed(Node at, Node pointer, const Value& value, Manner manner);
  /// Something is read or written through `value`.
  void note_look(const Value& value);
  void look(Node at, Node pointer, const Value& value);
  [[nodiscard]] Release release_at(Node at) const;
  /// Whether what was asked before `release` and what was asked before this speak of the same.
  [[nodiscard]] bool depends_on_same(const Release& release) const;
  [[nodiscard]] const Release* release_of(const Value& value) const;
  void hit(Node at, Flaw flaw, std::string message, const Release* release = nullptr);

  [[nodiscard]] std::string_view text(Node node) const { return node.text(text_); }
  [[nodiscard]] std::string shown(Node node) const;

  Functions& functions_;
  std::string_view text_;
  Names names_;
  std::set<std::string_view> locals_, arrays_, pointers_, owners_;  // names of variables: of the function; arrays; declared as pointers; unique_ptr
  std::vector<std::string_view> parameters_;
  States states_, exits_;
  State* state_ = nullptr;
  std::vector<States> breaks_, continues_;
  std::map<std::string_view, States> jumps_;
  std::uint32_t turn_ = 0;  // of the loops around
  std::size_t work_ = 0;
  bool has_error_ = false;  // what the grammar could not read may hold what decides
  std::set<Object> looked_at_;
  std::set<std::string, std::less<>> assigned_;  // members
  std::map<std::uint32_t, Node> conditions_;     // of branches, by place
  std::vector<Node> around_;                     // conditions of the branches that the statement stands in
  struct Hit {
    Misuse misuse;
    std::size_t states = 0;
    bool is_doubtful = false;  ///< see depends_on_same()
  };
  std::map<std::uint32_t, Hit> hits_;       // of one statement, by place
  std::map<std::uint32_t, Misuse> found_;   // by place
};

}  // namespace peer::freed_memory
