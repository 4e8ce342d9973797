// A function as a list of instructions for a stack machine: what all languages come down to before
// values are followed. Built by Lowering, run by Interpreter. Plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/span.hpp"
#include "analyzers/taint/appliers.hpp"
#include "analyzers/taint/environment.hpp"
#include "analyzers/taint/value.hpp"

namespace peer::taint {

/// In brackets: what is taken from the stack -> what is left on it.
enum class Op : std::uint8_t {
  push,            ///< [-> v] a: Program::values
  drop,            ///< [v ->]
  duplicate,       ///< [v -> v v]
  pick,            ///< [-> v] a copy of what stands `a` below the top
  load,            ///< [-> v] a: symbol
  store,           ///< [v -> v] a: symbol; b: 1 where it is declared here
  store_path,      ///< [keys... v -> v] a: Program::paths; the keys in the order of the path
  load_path,       ///< [-> v] a: Program::paths without unknown keys
  member,          ///< [object -> v] a: symbol of the member's name
  index,           ///< [object key -> v]
  some,            ///< [container -> v] any of its elements
  combine,         ///< [v * a -> v] b: Combination; c: symbol of the operator
  list,            ///< [v * a -> v] b: 1 where the number of elements is not known (`...`)
  map,             ///< [(key v) * a -> v] likewise
  call,            ///< [receiver? arguments... -> v] a: Program::calls
  mark_source,     ///< [v -> v] a: source; b: 1 for a parameter: its callers know what it is
  mark_clean,      ///< [v -> v] a: sanitizer
  refine,          ///< a: refinements that hold from here on
  function,        ///< [v -> v] v may be the function a of the file, as a value
  settle,          ///< [v -> v] a: symbol of Program::readings
  taint_path,      ///< a: path, b: source
  clean_path,      ///< a: path, b: sanitizer
  keep,            ///< [v -> v] a: register
  flow_path,       ///< a: path, b: register: the path may hold what the register holds
  observe,         ///< [v -> v] a: watch
  branch,          ///< [condition ->] a: refinements where true, b: where false; then two arms
  arm,             ///< a: 0 where the condition holds, 1 where not
  arm_end,         ///< [v ->]
  choice_end,      ///< [-> v]
  loop,            ///< until loop_end
  loop_end,        ///< [v ->] goes round again or on
  loop_done,       ///< [-> v]
  leave,           ///< break: a: 1 where loops only are left (no switch)
  again,           ///< continue
  select,          ///< [subject ->] a: Program::selects
  select_arm,      ///< a: number of the arm
  select_arm_end,  ///< [v ->]
  select_end,      ///< [-> v]
  attempt,         ///< try
  attempt_end,     ///< [v ->] the end of its block
  handler,         ///< [-> v] the exception
  handler_end,     ///< [v ->]
  attempts_end,    ///< [-> v] a: 1 where `finally` follows
  finally_end,     ///< the end of it
  closure,         ///< a function inside the function: may run here
  closure_end,     ///< [v -> f] a: 1 where it does run; b: 1 where v is returned
  yield,           ///< [v -> v] one of the values that the function gives
  give,            ///< [v -> v] return
  raise,           ///< [v -> v] throw
};

enum class Combination : std::uint8_t {
  mix,       ///< whatever the parts are
  either,    ///< one of them
  last,      ///< the last of them
  number,    ///< a number made of it: harmless
  concat,    ///< text made of the parts
  operator_  ///< a binary or unary operator
};

struct Instruction {
  Op op = Op::push;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  Span at;
};

/// `root.name["key"][unknown]`; a segment without a symbol is a key from the stack.
struct Path {
  Symbol root = 0;
  std::vector<std::optional<Symbol>> segments;
};

/// What a condition says of a place where it holds.
struct Refinement {
  std::uint32_t path = 0;                  ///< is clean ...
  std::optional<std::uint32_t> among;      ///< ... if this path holds nothing from outside
  std::optional<std::uint16_t> sanitizer;  ///< ... for rules that name this sanitizer only
  std::optional<std::uint32_t> equals;     ///< ... and holds Program::values[equals]
  std::optional<std::uint32_t> judge;      ///< ... if that function of the file judges ...
  std::uint32_t argument = 0;              ///< ... what is its parameter of this number
};

struct CallSite {
  Symbol name = 0;    ///< the last part
  Symbol dotted = 0;  ///< as written, without blanks; the name alone where that is long
  std::uint32_t arguments = 0;
  bool gives_closure =
      false;  ///< what comes back is what the function that it is given makes: `map`
  bool replaces_first = false;  ///< what its first argument held is gone: `strcpy(to, from)`
  bool has_receiver = false;
  bool is_new = false;
  bool has_spread = false;
  std::optional<std::uint32_t> receiver_path;
  std::optional<std::uint32_t> function;    ///< of this file: see Units
  std::optional<std::uint32_t> constructs;  ///< an object of that class of the file
  std::vector<std::uint32_t> out_paths;     ///< what it may write: arguments `&x`, `ref x`
  /// By argument, of functions of this file.
  std::vector<std::optional<std::uint32_t>> argument_paths;
  std::vector<Symbol> keywords;      ///< by argument; 0: by position
  std::vector<bool> spreads;         ///< by argument: its elements are arguments
  const Applier* applier = nullptr;  ///< where it calls a function that it is given
  bool calls_object = false;         ///< by a method that calls a function: `f.call(x)`
  Symbol variable = 0;  ///< that holds what is called, where it is called by a name alone
  std::optional<std::uint32_t> block;  ///< the argument that is the block behind the call (Ruby)
};

/// How a function takes what it is given.
struct Signature {
  std::vector<Symbol> names;              ///< by parameter; 0: it has none
  bool extends = false;                   ///< an extension function
  std::optional<std::uint32_t> rest;      ///< the parameter that gets what is left, as a list
  std::optional<std::uint32_t> keywords;  ///< likewise what is left of arguments with names
};

struct SelectArm {
  bool is_default = false;
  bool knows_labels = true;
  std::vector<Literal> labels;
};

struct Select {
  std::vector<SelectArm> arms;
  /// Its paths: the place, and the expression that may be read again.
  std::vector<std::uint32_t> subject;
  bool falls_through = false;
};

struct Program {
  std::vector<Instruction> code;
  std::vector<Value> values;
  std::vector<Path> paths;
  std::vector<CallSite> calls;
  std::vector<Select> selects;
  std::vector<std::vector<Refinement>> refinements{{}};  ///< the first says nothing
  std::vector<Symbol> outside;                           ///< written, but declared elsewhere
  std::vector<Symbol> replaced;                          ///< of these: not only in a part of them
  std::vector<Symbol> reads;                             ///< likewise read
  std::vector<Symbol> numbers;          ///< of the file: variables that are declared as such
  std::vector<Symbol> parameters;       ///< in order
  std::vector<Symbol> parameter_names;  ///< likewise: the variable that it is; 0 for none
  Signature signature;
  std::vector<std::uint32_t> functions;  ///< of the file, that it speaks of as values
  /// By parameter: what it is given reaches the caller: `out x`, `ref x`.
  std::vector<bool> gives_parameter;
  Symbol receiver = 0;  ///< the variable that is the object, where that is a parameter (Go)
  /// Expressions that conditions speak of; each is a place that holds what is known of it.
  std::vector<Symbol> readings;
  /// Of constructors: each of them begins anew at position 0.
  struct Given {
    Symbol symbol = 0;  ///< holds what is given
    std::uint32_t position = 0;
    Symbol name = 0;
  };
  std::vector<Given> given;
  std::vector<bool> judged;  ///< by parameter: some condition of the function is about it
  std::uint32_t registers = 0;
  bool is_complete = true;  ///< false: the function is too large to be followed
};

}  // namespace peer::taint
