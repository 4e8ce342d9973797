// What follow.hpp promises, for one function: declarations.cpp, statements.cpp, conditions.cpp,
// expressions.cpp, calls.cpp, releases.cpp, doubts.cpp, unset.cpp, effects.cpp.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "analyzers/checks/pointers/follow.hpp"
#include "analyzers/checks/pointers/memory.hpp"

namespace peer::pointers {

class Follower {
 public:
  /// Statements and expressions that are followed in one function, each way counts; behind it
  /// nothing is found any more.
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

  // declarations.cpp
  void parameters(Node list);
  void declaration(Node node);
  void declare(Node type, Node declarator, Node value);
  Value begin_with(Node name, Node type, Node value, bool is_static);
  [[nodiscard]] bool is_owner(Node type, Node value) const;
  void new_storage(Node name);

  // statements.cpp
  void statement(Node node, int depth);
  void plain(Node node);
  void statements(const std::vector<Node>& nodes, int depth);
  void block(Node node, int depth);
  void choice(Node node, int depth);
  void loop(Node node, int depth);
  void turn(Node node, Node condition, States& left, int depth);
  void next_of_range(Node name);
  void selection(Node node, int depth);
  void attempt(Node node, int depth);
  void jump(Node node);
  void leave(Node value);
  void give_out(const Value& value);
  void give_null();
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
  void judge_all(std::size_t states);
  void append(States& to, const States& from);
  /// What has a value after `run` and none in `skipped` has one there too: loops are taken to run,
  /// and one of a macro's branches to be there.
  void settle(States& skipped, const States& run);
  void note_partly_set(const States& one, const States& other);

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
  [[nodiscard]] bool refine_joined(Node both, std::string_view sign, bool truth, int depth);
  [[nodiscard]] bool refine_plain(Node condition, bool truth);
  [[nodiscard]] bool refine_pointer(Node pointer, bool is_set);
  [[nodiscard]] bool refine_same(Node left, Node right, bool is_same);
  [[nodiscard]] std::optional<bool> decided(Node condition, int depth = 0);
  [[nodiscard]] std::optional<bool> compared(Node left, Node right);
  [[nodiscard]] std::optional<bool> decided_same(Node both, int depth);
  [[nodiscard]] std::optional<bool> decided_plain(Node condition);
  [[nodiscard]] std::optional<bool> decided_by_name(Node name);
  struct Fact {
    FactKey key = 0;  ///< 0: nothing that stays true
    bool truth = false;
  };
  [[nodiscard]] Fact fact_of(Node condition, bool truth);
  [[nodiscard]] std::string spelled(std::string_view written);

  // expressions.cpp
  Value worth(Node node, int depth = 0);
  using Handler = Value (Follower::*)(Node, int);
  /// By the kinds of expressions.
  [[nodiscard]] static const std::unordered_map<std::string_view, Handler>& forms();
  Value worth_of_statement(Node node, int depth);
  Value worth_of_brackets(Node node, int depth);
  Value worth_of_cast(Node node, int depth);
  Value worth_of_literal(Node node, int depth);
  Value worth_of_sign(Node node, int depth);
  Value worth_of_part(Node node, int depth);
  Value worth_of_comma(Node node, int depth);
  Value worth_of_foreign(Node node, int depth);
  Value worth_of_unevaluated(Node node, int depth);
  Value worth_of_name(Node node, int depth);
  Value worth_of_address(Node node, int depth);
  Value worth_of_sum(Node node, int depth);
  Value worth_of_assignment(Node node, int depth);
  Value worth_of_step(Node node, int depth);
  Value worth_of_choice(Node node, int depth);
  Value worth_of_new(Node node, int depth);
  Value worth_of_delete(Node node, int depth);
  void parts(Node node, int depth);
  [[nodiscard]] std::optional<Place> place_of(Node node, int depth);
  [[nodiscard]] std::optional<Place> place_of_member(Node at, int depth);
  [[nodiscard]] std::optional<Place> place_in_reference(Node at, Node name,
                                                        std::string_view member);
  [[nodiscard]] std::optional<Place> element_of(const Value& base, const Value& index);
  /// `b = *a`, `b = a` of structs.
  void copy_struct(std::string_view to, Node value);
  Value& held_at(const Place& place);
  void set(const Place& place, const Value& value);
  void wrote_to(const Place& place);
  [[nodiscard]] bool is_local(std::string_view name) const { return locals_.contains(name); }
  [[nodiscard]] Value fresh(Node node, Form form = Form::unknown) {
    return value_of(names_.made(node.begin(), turn_, form));
  }

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
  [[nodiscard]] std::pair<Value, std::optional<Member>> reached(const Value& from,
                                                                const Effect::Freed& freed);
  void own_function(const Call& made, const Effect& effect);
  void given_to_own(const Call& made, const Effect& effect);
  [[nodiscard]] bool is_something(const Value& value) const;
  Value given_by_own(const Call& made, const Effect& effect);
  std::optional<Value> ending_call(const Call& made, Node pointer, const Value& first);
  void unknown_function(const Call& made);
  void given(const Call& made);
  void forget_members(const Value& value, Node at, int depth = 0);
  void forget_outside(Node at);

  // doubts.cpp
  /// `value` came from `by`, which may give null.
  void doubt(Node at, const Value& value, std::string_view by, bool is_own = false);
  /// Somebody may look whether it is null, or does so.
  void trust(const Value& value, bool is_asked = false);
  void trust_compared(Node node);
  /// `pointer`, worth `value`, is used at `at`; `by` a function, where that is not empty.
  void look_for_null(Node at, Node pointer, const Value& value, std::string_view by = {});
  void look_at_null(Node at, Node bare, const Value& value, std::string_view by);
  void look_in_doubt(Node at, Node bare, const Doubt& doubt, std::string_view by);
  [[nodiscard]] bool may_fail(const Call& made) const;
  void given_null(const Call& made);
  void goes_on(Node check, States& checked, States& others);
  void goes_on_partly(Node check, States& others);
  void used_before(Node check, Node condition);
  [[nodiscard]] Node found_null(Node condition) const;

  // unset.cpp
  [[nodiscard]] bool begins_unset(Node type, Node declarator) const;
  /// `name`, worth `value`, is read.
  void read(Node name, const Value& value);
  void read_all(const Call& made);
  void read_text(const Call& made);
  /// An argument, whose name alone is not read yet.
  Value unread(Node node, int depth);
  /// Somebody may have given them values: `name`, and what is named in `node`.
  void give_value(Node name);
  void give_values(Node node);
  void fill(Node place);

  // releases.cpp
  enum class Manner : std::uint8_t { free, delete_single, delete_array, close, own };
  void give_back(Node at, Node pointer, const Value& value, Manner manner,
                 std::string_view by = {});
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
  void hit_on_way(Node at, Flaw flaw, std::string message, bool is_doubtful);

  [[nodiscard]] std::string_view text(Node node) const { return node.text(text_); }
  [[nodiscard]] std::string shown(Node node) const;

  Functions& functions_;
  std::string_view text_;
  Names names_;
  std::set<std::string_view> locals_, arrays_, pointers_,
      owners_;  // names of variables: of the function; arrays; declared as pointers; unique_ptr
  std::vector<std::string_view> parameters_;
  States states_, exits_;
  State* state_ = nullptr;
  std::vector<States> breaks_, continues_;
  std::map<std::string_view, States> jumps_;
  std::uint32_t turn_ = 0;  // of the loops around
  std::size_t work_ = 0;
  bool has_error_ = false;  // what the grammar could not read may hold what decides
  std::set<Object> looked_at_;
  struct Look {
    Node at, pointer;
    std::size_t around = 0;
  };
  std::map<Object, Look> first_looks_;
  std::set<Object> asked_, needed_;  // whether they are null; without that
  std::set<std::string_view> asked_calls_,
      asked_finds_;  // `strchr(s, '=')` in a condition; its second argument
  // how many branches and loops a variable without a value was declared in
  std::map<std::string_view, std::size_t> declared_around_;
  // branches behind which it has a value on some of the ways
  std::map<std::string_view, int> partly_set_;
  std::set<std::size_t> references_of_parameters_;
  bool gives_pointer_ = false, gives_copy_ = false, may_give_null_ = false, may_give_else_ = false;
  std::set<std::string> numbers_given_;
  std::optional<std::set<std::size_t>> null_without_;  // see Effect
  std::set<std::string, std::less<>> assigned_;        // members
  std::map<std::uint32_t, Node> conditions_;           // of branches, by place
  std::vector<Node> around_;  // conditions of the branches that the statement stands in
  struct Hit {
    Misuse misuse;
    std::size_t states = 0;
    bool is_doubtful = false;  ///< see depends_on_same()
  };
  std::map<std::uint32_t, Hit> hits_;      // of one statement, by place
  std::map<std::uint32_t, Misuse> found_;  // by place
};

}  // namespace peer::pointers
