// Turns a function's tree into a Program. Nothing here recurses: handlers of single nodes plan what
// is to be done next, and the plan is a list. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/taint/forms.hpp"
#include "analyzers/taint/marks.hpp"
#include "analyzers/taint/names.hpp"
#include "analyzers/taint/program.hpp"
#include "analyzers/taint/units.hpp"

namespace peer::taint {

/// What a Lowering reads; all outlive it.
struct LoweringInput {
  const TaintLanguage& language;
  std::string_view text;
  const Units& units;
  const Marks& marks;
  Names& names;
};

/// The arms of a decision that are to be lowered; see Lowering::choose.
struct Arms {
  Node condition;
  bool negated = false;     ///< `unless`
  std::vector<Node> first;  ///< where the condition holds (or not, if negated)
  std::vector<Node> second;
};

class Lowering {
 public:
  explicit Lowering(const LoweringInput& input) : in_(input) {}

  /// What runs outside of functions and classes.
  [[nodiscard]] Program module(Node root);
  /// Initial values of a class's members and its constructors.
  [[nodiscard]] Program owner(std::uint32_t index);
  [[nodiscard]] Program function(std::uint32_t index);

  // For the handlers of nodes, the languages' hooks among them. Each adds to the plan; what is
  // added is done in this order. Every node, statements too, leaves one value.

  /// The value of `node`.
  void eval(Node node);
  /// The value of the variable or member called `name`.
  void load(std::string_view name, Node at);
  /// The member `name` of the value on the stack.
  void member(Node name);
  /// The value on the stack was read as `written`: a condition may have said something of that.
  void settle(std::string_view written, Node at);
  /// The values of all of them as one: what is made of them.
  void eval_mix(const std::vector<Node>& nodes);
  /// One after the other; the value of the last.
  void eval_block(const std::vector<Node>& nodes);
  void emit(Op op, Node at, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0);
  void push(Value value, Node at);
  /// Takes the value into a variable, member, element or pattern of such; leaves it on the stack.
  void assign(Node target, bool is_declared = false);
  /// Takes the condition's value and goes on in two arms: see Op::branch.
  void branch(Node condition, Node at);
  void open_scope(bool of_function = false);
  void close_scope();
  /// `if`, statement or expression.
  void choose(const Arms& arms, Node at);
  /// `while`: nodes in the condition are evaluated in each round.
  void repeat(Node condition, bool negated, const std::vector<Node>& body,
              const std::vector<Node>& update, Node at);
  /// `for (binding : container) body`; leaves the container.
  void for_each(const std::vector<Node>& bindings, Node container, const std::vector<Node>& body,
                Node at);
  /// A call of `callee`, or of method `name` of `object`; either may be the null node.
  struct Callee {
    Node object;
    Node name;
    Node whole;  ///< what is called, as it is written
    bool is_new = false;
  };
  [[nodiscard]] Callee callee_of(const FormRule& rule, Node node) const;
  [[nodiscard]] Node built_object(Node object) const;
  void call(const Callee& callee, const std::vector<Node>& arguments, Node at);
  /// A call of the block that the function is given (Ruby).
  void call_block(const std::vector<Node>& arguments, Node at);
  /// `super` alone: the function of this name of the class that this one extends, with the same
  /// arguments.
  void call_base(Node at);
  /// Puts the value somewhere into what stands at `place`.
  void put_into(Node place, Node value, Node at);
  /// A list of elements.
  void list(const std::vector<Node>& elements, Node at);
  /// Text made of strings and holes.
  void concat(const std::vector<Node>& pieces, Node at);
  /// Keys (null nodes where there is none) and values.
  void map(const std::vector<std::pair<Node, Node>>& pairs, Node at);
  /// One of several ways, nobody knows which.
  void one_of(const std::vector<std::vector<Node>>& ways, Node at);

  [[nodiscard]] const FormRule& form(Node node) const;
  [[nodiscard]] std::string_view text(Node node) const { return node.text(in_.text); }
  [[nodiscard]] std::string_view source() const { return in_.text; }
  [[nodiscard]] const TaintLanguage& language() const { return in_.language; }
  /// Named children that are evaluated: without comments, types and the like.
  [[nodiscard]] std::vector<Node> parts(Node node) const;
  /// What stands in the fields a and b, by position the first and the last of parts().
  struct Halves {
    Node first, second;
  };
  [[nodiscard]] Halves halves(const FormRule& rule, Node node) const;
  /// The operator of a node: its field, else its first unnamed child.
  [[nodiscard]] std::string_view operator_of(Node node) const;
  /// The constant a literal node stands for.
  [[nodiscard]] std::optional<Literal> literal_of(Node node) const;
  /// What declarations say of `node`, whose value is on the stack.
  void mark_after(Node node);
  /// `node` without parentheses, casts and argument wrappers.
  [[nodiscard]] Node unwrapped(Node node) const;

 private:
  struct Task {
    enum class Kind : std::uint8_t { eval, member, emit, assign, branch, open, close };
    Kind kind = Kind::eval;
    bool flag = false;
    Node node;
    Instruction instruction;
  };
  struct Scope {
    bool of_function = false;
    std::vector<std::string_view> declared;
  };

  // lowering.cpp
  void run();
  void perform(const Task& task);
  void start(Program& program);
  void lower_marked(Node node);
  void lower(Node node);
  void mark_after(const NodeMarks& marks, Node node);
  void bind_parameters(Node list, bool are_own);
  void bind_parameter(Node parameter, Node name, bool is_own);
  void lower_member(Node node);
  void lower_constructor(std::uint32_t unit);
  void lower_body(const FormRule& rule, Node function);
  [[nodiscard]] static Node parameters_of(const FormRule& rule, Node node);

  // lower_values.cpp
  bool lower_atom(const FormRule& rule, Node node);
  bool lower_value(const FormRule& rule, Node node);
  void lower_wrapper(const FormRule& rule, Node node);
  void lower_name(Node node);
  [[nodiscard]] std::optional<std::uint32_t> called_by_name(std::string_view name) const;
  void lower_text(Node node);
  void push_literal(Node node);
  /// A part of a text between quotes: plain text, a variable's name, or another value that is put
  /// in.
  struct Piece {
    enum class Kind : std::uint8_t { plain, name, hole };
    Kind kind = Kind::plain;
    std::string_view text;
    Node node;
  };
  [[nodiscard]] std::vector<Piece> pieces_of(const std::vector<Node>& written) const;
  void join(const std::vector<Piece>& pieces, Node at);
  [[nodiscard]] bool is_hole(Node part) const;
  [[nodiscard]] std::optional<std::string> plain_text(Node node) const;
  void lower_conditional(const FormRule& rule, Node node);
  void lower_binary(const FormRule& rule, Node node);
  bool lower_misread_call(Node node);
  void lower_operator(std::string_view sign, Node left, Node right, Node node);
  void lower_short_circuit(bool is_and, Node left, Node right, Node node);
  void lower_unary(const FormRule& rule, Node node);
  void lower_map(Node node);
  void push_key(Node key, Node at);
  void lower_access(const FormRule& rule, Node node);
  void lower_call(const FormRule& rule, Node node);
  void lower_function_name(Node node);
  void be_object(const std::vector<Node>& members, Node at);
  void lower_base_call(const FormRule& rule, Node node);
  [[nodiscard]] std::optional<std::uint32_t> base_function(const Callee& callee) const;
  void take_members(const FormRule& rule, Node owner);
  void lower_construct(const FormRule& rule, Node node);
  void insist(Node condition, Node at);
  void lower_closure(const FormRule& rule, Node node);
  void be_function(std::uint32_t unit, Node at);
  [[nodiscard]] std::optional<std::uint32_t> function_called(std::string_view name) const;
  [[nodiscard]] std::string_view word_before(Node name) const;
  void note_signature(Node parameter, Node name);
  void bind_lone_parameter(Node lambda);
  void bind_closure_parameters(Node list, std::optional<std::uint32_t> receiver);
  [[nodiscard]] std::vector<Node> arguments_of(Node node, std::string_view field) const;
  [[nodiscard]] bool is_named(const Callee& callee, std::span<const std::string_view> list) const;
  [[nodiscard]] Node called_with_block(const FormRule& rule, Node node) const;
  [[nodiscard]] std::string dotted_name(const Callee& callee, std::string_view name) const;
  void eval_marked_callee(const Callee& callee);
  void eval_object(Node object);
  void eval_receiver(Node object, CallSite& site);
  void eval_argument(Node argument, CallSite& site);
  [[nodiscard]] std::optional<std::uint32_t> function_of(
      const Callee& callee, std::optional<std::size_t> arguments = {}) const;
  [[nodiscard]] std::optional<std::uint32_t> inner_function(std::string_view name) const;
  [[nodiscard]] std::optional<std::uint32_t> owner_of_receiver(Node object) const;
  [[nodiscard]] bool is_said_here(const std::string& type) const;
  [[nodiscard]] std::optional<std::uint32_t> class_made_by(const Callee& callee) const;

  // lower_statements.cpp
  struct Choice {
    Node condition;
    bool negated = false;
    std::vector<Node> body;
  };
  void chain(const std::vector<Choice>& choices, const std::vector<Node>& otherwise, Node at);
  bool lower_statement(const FormRule& rule, Node node);
  void lower_jump(const FormRule& rule, Node node);
  void lower_typed(const FormRule& rule, Node node);
  void lower_class(const FormRule& rule, Node node);
  void lower_assign(const FormRule& rule, Node node);
  void lower_declare(const FormRule& rule, Node node);
  bool lower_declared_object(Node declaration, Node value);
  void lower_prototype(const FormRule& rule, Node node);
  struct Declared {
    std::vector<Node> names, values;
  };
  [[nodiscard]] Declared declared(const FormRule& rule, Node node) const;
  void lower_if(const FormRule& rule, Node node);
  void lower_for(const FormRule& rule, Node node);
  void lower_switch(const FormRule& rule, Node node);
  void lower_try(const FormRule& rule, Node node);
  struct ArmParts {
    std::vector<Node> labels;
    std::vector<Node> body;
    bool is_default = false;
    bool falls_through = false;
    Symbol subject = 0;  ///< what the labels may name parts of; 0: nothing
  };
  [[nodiscard]] ArmParts parts_of_arm(Node arm) const;
  void choose_arm(const std::vector<ArmParts>& arms, Node at);
  void select_by(Node subject, std::vector<ArmParts> arms, Node at);
  void add_label(Node label, SelectArm& arm) const;
  void emit_arms(Select select, const std::vector<ArmParts>& arms, Node at);
  [[nodiscard]] Node lone(Node node) const;

  // lower_targets.cpp
  void lower_assign_to(Node target, bool is_declared);
  void note_written_through(Node target);
  void assign_pattern(Node target, bool is_declared);
  void assign_element(Node target, Value key, bool is_declared, Node at);
  struct Taken {
    std::optional<Literal> key;
    Node into;
  };
  [[nodiscard]] Taken taken_by(Node part, std::optional<std::size_t> position) const;
  [[nodiscard]] Node wrapped_target(Node target) const;
  [[nodiscard]] bool is_bound(std::string_view name) const;
  [[nodiscard]] Symbol symbol_of(std::string_view name);
  [[nodiscard]] Symbol declare(std::string_view name);
  bool declare_in_function(std::string_view name);
  void store(std::string_view name, bool is_declared, Node at);
  /// The path of a variable, member or element; `keys`: of unknown elements.
  [[nodiscard]] std::optional<std::uint32_t> path_of(Node node, std::vector<Node>* keys = nullptr);
  /// A path that is read from its end.
  struct OpenPath {
    Node rest;  ///< what is not read yet
    std::optional<Symbol> root;
    std::vector<std::optional<Symbol>> segments;  ///< the last one first
    std::vector<Node> unknown;                    ///< keys, likewise
  };
  void take_segment(OpenPath& path);
  void take_root(OpenPath& path);
  void take_key(OpenPath& path);
  [[nodiscard]] bool is_member(std::string_view name) const;
  [[nodiscard]] Symbol member_symbol(Node name);
  [[nodiscard]] std::optional<std::uint32_t> written_by_call(Node argument);
  [[nodiscard]] bool names_owner(Node node) const;

  // lower_conditions.cpp
  struct Refined {
    std::vector<Refinement> if_true, if_false;
  };
  /// A part of a condition.
  struct Condition {
    Node node;
    bool swapped = false;     ///< of `!a`
    bool only_true = false;   ///< of `a && b`
    bool only_false = false;  ///< of `a || b`
    bool is_whole = false;    ///< but for `!`
    bool is_kept = false;     ///< in a variable, which the condition asks
  };
  /// A call in a condition: of `name`, a method of `object` where that is not null.
  struct Question {
    Node object, name;
    std::vector<Node> arguments;
  };
  [[nodiscard]] Refined refinements(Node condition);
  void refine_by_guards(Node node, Refined& into);
  void refine(const Condition& met, std::vector<Condition>& pending, Refined& into);
  void refine_binary(const Condition& met, std::vector<Condition>& pending, Refined& into);
  void refine_either(Node node, bool is_and, Refined& into);
  void refine_asked(const Condition& met, std::vector<Condition>& pending, Refined& into);
  [[nodiscard]] std::optional<Refinement> both_ways(const Refinement& one,
                                                    const Refinement& other) const;
  void refine_comparison(Node node, Refined& into);
  void refine_match(Node left, Node right, std::vector<Refinement>& holds);
  void refine_position(Node call, std::string_view sign, std::string_view limit, Refined& into);
  void refine_equality(Node left, Node right, std::vector<Refinement>& holds);
  [[nodiscard]] Question question_of(Node call) const;
  [[nodiscard]] Node unsigned_part(Node node) const;
  [[nodiscard]] bool is_negated_within(Node node) const;
  void refine_call(Node node, bool is_kept, std::vector<Refinement>& holds);
  [[nodiscard]] std::optional<std::uint32_t> judge_of(Node call) const;
  void refine_judged(std::uint32_t judge, const std::vector<Node>& arguments,
                     std::vector<Refinement>& holds);
  void refine_checked(const Callee& callee, const std::vector<Node>& arguments, std::uint32_t judge,
                      Node at);
  void note_judged();
  [[nodiscard]] Node plain_name(Node name) const;
  [[nodiscard]] static bool keeps_itself(Node parameter);
  [[nodiscard]] std::vector<Node> listed_parameters(Node list) const;
  [[nodiscard]] Node type_of(Node parameter) const;
  [[nodiscard]] static Node default_of(Node parameter);
  [[nodiscard]] bool is_given_out(Node parameter) const;
  [[nodiscard]] static bool is_function(Node parameter);
  [[nodiscard]] Node implied(Node body) const;
  void refine_membership(const Question& asked, std::vector<Refinement>& holds);
  void refine_pattern(const Question& asked, std::string_view whole,
                      std::vector<Refinement>& holds);
  [[nodiscard]] std::string_view definition_of(Node node);
  void note_answer(Node target, Node value);
  [[nodiscard]] Node answer_in(Node name) const;
  [[nodiscard]] bool is_written_after(std::string_view name, std::uint32_t writes) const;
  void refine_type(const Question& asked, std::vector<Refinement>& holds);
  void refine_equals(const Question& asked, std::vector<Refinement>& holds);
  void refine_validated(const Question& asked, std::vector<Refinement>& holds);
  void refine_by(Node clean, Node among, std::vector<Refinement>& holds);
  void refine_places(Node clean, Refinement made, std::vector<Refinement>& holds);
  [[nodiscard]] bool judge_by(Node among, Refinement& made);

  // lower_addresses.cpp
  [[nodiscard]] Node address_behind(Node node) const;
  [[nodiscard]] Node address_behind_call(Node call) const;
  void note_value(Node target, Node value);
  void note_address(Node target, Node value);
  [[nodiscard]] Node sole_name(Node target) const;
  [[nodiscard]] std::optional<std::uint32_t> reading_of(Node node);

  // lower_aliases.cpp
  [[nodiscard]] bool is_declared_as(std::string_view kind, Node target) const;
  [[nodiscard]] Node behind_address(Node value) const;
  [[nodiscard]] Node aliased_by(Node target, Node value) const;
  bool bind_alias(Node target, Node value);
  void note_array(Node declaration, Node target);
  bool store_element(Node target);
  void note_function(Node target, Node value);
  [[nodiscard]] std::optional<std::uint32_t> function_in(std::string_view name) const;

  [[nodiscard]] std::uint32_t add_refinements(std::vector<Refinement> list);

  void add_instruction(Instruction instruction);
  void note_outside(Symbol variable);
  void note_read(Symbol variable);
  void note_number(Node declared);

  LoweringInput in_;
  Program out_;
  std::vector<Task> tasks_;  // the next one is last
  std::vector<Task> plan_;   // in order
  std::vector<Scope> scopes_;
  std::unordered_map<std::string_view, std::vector<Symbol>> bound_;
  std::unordered_set<Symbol> outside_;
  std::optional<std::uint32_t> owner_;
  std::optional<std::uint32_t> outermost_;  // the function that is lowered, or the one around it
  [[nodiscard]] bool is_harmless_type(Node type) const;
  std::vector<std::string_view> parameter_names_;  // in order
  std::unordered_set<std::string_view> assigned_;  // names, so far
  std::unordered_set<std::string_view> others_;    // names that are said to be of others
  int condition_depth_ = 0;                        // of refine_either
  std::vector<std::string_view> given_names_;      // of a constructor's parameters
  std::vector<Node> result_names_;  // what the function gives back, where that has names (Go)
  std::string_view function_name_;  // of what is lowered
  bool marks_parameter_ = false;
  bool takes_members_ = false;        // what is lowered is a class whose members are its parameters
  std::uint32_t given_position_ = 0;  // of the next parameter of a constructor
  std::unordered_map<std::string_view, Node> addresses_;  // variables: see note_address
  /// What a variable holds the answer to, and how many values had been stored when it was asked,
  /// and with the answer.
  struct Answer {
    Node question;
    std::uint32_t asked = 0, kept = 0;
  };
  std::unordered_map<std::string_view, Answer> answers_;  // by variable: see note_answer
  // by variable: which of all stored values is its last
  std::unordered_map<std::string_view, std::uint32_t> written_;
  std::uint32_t writes_ = 0;
  struct HeldFunction {
    std::uint32_t function = 0;
    std::uint32_t writes = 0;  ///< with this one
  };
  std::unordered_map<std::string_view, HeldFunction> held_functions_;  // by variable
  std::unordered_set<std::string_view> arrays_;
  /// Pointers that are other names of what they point to: whether into an array, of which `*p` is a
  /// part.
  std::unordered_map<std::string_view, bool> aliases_;
  std::size_t alias_text_ = 0;  // bytes that were gone through for them, in this function
  std::unordered_map<std::string_view, Symbol> readings_;               // by text
  mutable std::unordered_map<std::string, bool> said_here_;             // classes, by name
  std::unordered_map<std::string_view, std::string_view> definitions_;  // of the file, by name
  std::unordered_set<const void*> hoisted_;
  std::unordered_set<const void*> numbers_;  // declarations of numbers and truth values
  std::unordered_map<const void*, std::uint32_t> receiver_depth_;  // of lambdas in a call
  std::unordered_set<const void*> given_away_;  // lambdas that functions of other files get
  Symbol self_ = 0;
};

}  // namespace peer::taint
