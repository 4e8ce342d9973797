// What the nodes of a language's grammar mean to the analysis: one table per language, each in a
// file of its own in languages/. Constants; thread-safe.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "analyzers/parse/tree.hpp"

namespace peer::taint {

class Lowering;

/// The abstract forms. In brackets: what the parts a, b, c, d of a FormRule name there (see
/// part_of); an empty one means the named children in order.
enum class Form {
  mix,         ///< whatever: all children are evaluated, the value is made of them (the default)
  skip,        ///< nothing to evaluate: comments, types, imports
  pass,        ///< the value of a child [a], or of its last
  block,       ///< statements; the value of the last
  scope,       ///< likewise, with names of its own
  name,        ///< a variable
  self,        ///< this object
  binding,     ///< a name [a name] with what is said of it [b type]
  own_member,  ///< a member of this object by its name alone: `@name`
  text,        ///< a string, perhaps with holes
  hole,        ///< `${...}` in a string
  number,
  boolean,  ///< `true` or `false` by its text
  true_,
  false_,
  null,
  constant,   ///< a value that is fixed but not looked into: a regular expression, a class
  binary,     ///< [a left, b right]
  unary,      ///< [a operand]
  assign,     ///< [a left, b right], `=` or `+=`
  define,     ///< likewise; the names are declared here
  declare,    ///< [a name, b value]; by position where a is empty
  prototype,  ///< `Store s(path);`, which reads like a function's declaration [a name, b arguments]
  hoisted,    ///< declarations that hold in the whole function: `var`
  member,     ///< [a object, b name]
  index,      ///< [a object, b key]
  typed,      ///< declarations of a type [a]: children are evaluated
  cast,       ///< [a type, b value]
  out,        ///< an argument that the call may write
  call,       ///< [a function, b arguments, c a block behind them]
  method_call,    ///< [a object, b name, c arguments]
  yield_,         ///< [a value] goes to whom the function gives its values one by one
  function_name,  ///< a function of the file, by its last word: `this::run`
  base_call,      ///< of the constructor of the class that this one extends [a arguments]
  construct,      ///< [a class, b arguments]
  keyword,        ///< an argument with a name [a name, b value]
  conditional,    ///< [a condition, b value, c other]
  list,           ///< elements; also a pattern of such
  map,            ///< pairs
  pair,           ///< [a key, b value]
  shorthand,      ///< `{name}`
  spread,         ///< `...list`
  if_,            ///< [a condition, b block, c alternatives]
  unless,         ///< likewise
  while_,         ///< [a condition, b block]
  until,          ///< likewise
  do_while,       ///< likewise
  for_,           ///< [a initialiser, b condition, c update, d block]
  for_each,       ///< [a binding, b container, c block]
  switch_,        ///< [a subject, b body]
  arm,      ///< of a switch: labels before `:`, `=>` or `->`, or in field [a]; then statements
  label,    ///< of an arm; without children: the default
  try_,     ///< [a block], handlers and `finally` among the children
  handler,  ///< [a name of the exception, b block]
  finally,  ///< [a block]
  return_,
  throw_,
  break_,
  continue_,
  function,     ///< [a name, b parameters, c body, d what runs before it]
  lambda,       ///< [b parameters, c body]
  constructor,  ///< [b parameters, c body], where it has no name of its own
  class_,       ///< [a name, b body]
  global,       ///< names that belong to the module
  special,      ///< what the language's hook lowers
};

struct FormRule {
  std::string_view kind;
  Form form;
  std::string_view a = {}, b = {}, c = {}, d = {};
};

/// The child of `node` that `where` names: a field; ".kind" the first named child whose kind ends
/// so; "#n" the nth named, from 0, child but for comments, "#-n" from the end. The null node where
/// there is none, or nothing is named.
[[nodiscard]] Node part_of(Node node, std::string_view where);
/// All of them.
[[nodiscard]] std::vector<Node> parts_of(Node node, std::string_view where);
/// As a part: all children but those that another part names.
constexpr std::string_view kRest = "*";

/// Lowers a node of Form::special.
using LowerHook = void (*)(Lowering& to, Node node);

struct TaintLanguage {
  std::string_view name;  ///< Language::name
  std::span<const FormRule> forms;
  bool member_types_hold =
      false;  ///< a member that is declared as a number is one, and nothing depends on what number
  LowerHook hook = nullptr;
  /// Functions whose result is a number, a truth value or otherwise harmless whatever they are
  /// given: a name alone, or with what stands before it ("Integer.parseInt").
  std::span<const std::string_view> clean_calls = {};
  /// Functions whose result depends on their arguments only.
  std::span<const std::string_view> pure_calls = {};
  /// Methods that put their arguments into the receiver.
  std::span<const std::string_view> mutators = {};
  /// Functions that do not come back.
  std::span<const std::string_view> stops = {};
  /// Functions that come back only where their first argument is true: `require(x in ALLOWED)`.
  std::span<const std::string_view> asserts = {};
  /// Functions that write what they are given into their first argument: `strcpy(to, from)`.
  std::span<const std::string_view> first_is_written = {};
  /// Text concatenation other than `+`: "." in PHP.
  std::string_view concat = "+";
  bool implicit_self = false;            ///< a member can be named without `this`
  bool block_scoped = false;             ///< a declaration is visible in its block only
  std::span<const FormRule> words = {};  ///< names that are none: "self", "true"
  bool dollar_names = false;  ///< `$name` in a text is a hole that the grammar does not know
  std::span<const std::string_view> lone_parameter =
      {};                            ///< of a lambda that names none: what it may be called
  bool patterns_bind = false;        ///< what an arm of a switch asks for names parts of the value
  bool signs_bind_first = false;     ///< `!a.b(c)` is a call on `!a` to the grammar
  bool patterns_are_asked = false;   ///< `x is null`, whose pattern may take `|| y` in, too
  bool types_compare = false;        ///< `a<T>(x)` is two comparisons to the grammar
  bool names_are_keys = false;       ///< `Type{Name: value}`: the key is the name itself
  bool shift_appends = false;        ///< `list << x`
  bool declares_objects = false;     ///< `Store s(path);` and `Store s{path};` make an object
  bool names_call = false;           ///< `helper` alone calls the method of that name
  bool break_leaves_switch = false;  ///< else the loop around it
  bool function_scoped = false;      ///< assigning in a function makes the name its own
  bool falls_through = false;        ///< an arm of a switch runs on into the next
  bool implicit_return = false;      ///< the last value of a function is what it returns
  bool has_extensions = false;      ///< functions that are called as methods of what they are given
  bool objects_are_shared = false;  ///< `b = a` makes two names of one object
  bool this_is_given = false;       ///< `run.call(object, x)`
  bool texts_name_functions = false;  ///< `call_user_func("run", x)`, `send(:run, x)`
  bool members_are_given = false;     ///< a class without constructors takes its members in order
  bool blocks_are_apart = false;      ///< a block behind a call is none of its arguments: `yield`
  std::string_view constructor = {};  ///< the method's name; "": the name of the class
};

/// The table for the language called `name`, or null: its taint is not followed.
[[nodiscard]] const TaintLanguage* find_taint_language(std::string_view name);
/// All tables, in the order of the catalogue.
[[nodiscard]] std::span<const TaintLanguage* const> all_taint_languages();

/// What nodes of this kind mean; Form::mix without fields where the table does not say.
[[nodiscard]] const FormRule& form_of(const TaintLanguage& language, std::string_view kind);

}  // namespace peer::taint
