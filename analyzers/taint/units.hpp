// What of a file is looked at on its own: its outermost functions and methods, the classes around
// them, and the rest as one. One walk over the tree. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/taint/forms.hpp"

namespace peer::taint {

/// A function of the file: one that stands in no other function, or one in such that has a name.
struct Unit {
  Node node;  ///< the function
  std::string name;
  /// The class it stands in, or says that it belongs to: `void Store::save()`.
  std::optional<std::uint32_t> owner;
  std::string receiver;  ///< the name of the class that it says it belongs to, where that is not in
                         ///< the file or no class holds it (Go)
  bool has_body = false;
  std::optional<std::size_t> parameters;  ///< how many it names, where that is known
  bool is_constructor = false;
  bool is_extension = false;           ///< called as a method of what it is given: `source().go()`
  bool is_getter = false;              ///< runs where a member of its name is read
  bool is_inner = false;               ///< stands in a function, or in a lambda outside of all
  std::optional<std::uint32_t> outer;  ///< that function, the outermost
};

/// A class that stands in no function.
struct Owner {
  Node node;
  std::string name;
  std::optional<std::uint32_t> parent;
  std::vector<std::uint32_t> constructors;     ///< indexes of units
  std::unordered_set<std::string> members;     ///< that are declared in it
  std::string_view header;                     ///< what is written before its body
  std::unordered_set<std::string> reassigned;  ///< by methods other than constructors
};

class Units {
 public:
  Units(const TaintLanguage& language, Node root, std::string_view text);

  [[nodiscard]] const std::vector<Unit>& functions() const { return functions_; }
  [[nodiscard]] const std::vector<Owner>& owners() const { return owners_; }
  /// The function that holds `span`; none where it stands outside of all.
  [[nodiscard]] std::optional<std::uint32_t> holding(Span span) const;
  /// The variable or member that is given a value where `span` stands, outside of all functions:
  /// the last word of it, "" where there is none.
  [[nodiscard]] std::string_view holder_of(Span span) const;
  /// The innermost class that holds `span`.
  [[nodiscard]] std::optional<std::uint32_t> owner_of(Span span) const;
  /// True where `node` is one of functions().
  [[nodiscard]] bool is_unit(Node node) const { return nodes_.contains(node.raw().id); }
  /// The one of functions() that `node` is.
  [[nodiscard]] std::optional<std::uint32_t> unit_of(Node node) const;
  /// True where `node` is one of owners().
  [[nodiscard]] bool is_owner(Node node) const { return owner_nodes_.contains(node.raw().id); }
  /// The function called `name`: in the class `owner` and those around it where one is given, else
  /// wherever there is only one with a body, or only one that belongs to no class. Of several in a
  /// class the one with as many parameters as there are `arguments`, if there is such.
  [[nodiscard]] std::optional<std::uint32_t> named(std::string_view name,
                                                   std::optional<std::uint32_t> owner,
                                                   std::optional<std::size_t> arguments = {}) const;
  /// Whether one is called `name`.
  [[nodiscard]] bool knows(std::string_view name) const {
    return by_name_.find(name) != by_name_.end();
  }
  /// The one called `name` that stands in the function `outer`, or in a lambda outside of all
  /// functions; none where there are more.
  [[nodiscard]] std::optional<std::uint32_t> inner_named(std::string_view name,
                                                         std::optional<std::uint32_t> outer,
                                                         std::optional<std::uint32_t> owner) const;
  /// The class called `name`, where there is one of that name.
  [[nodiscard]] std::optional<std::uint32_t> owner_named(std::string_view name) const;
  /// The one extension function of that name.
  [[nodiscard]] std::optional<std::uint32_t> extension_named(std::string_view name) const;
  /// The class of the file that `owner` extends.
  [[nodiscard]] std::optional<std::uint32_t> base_of(std::uint32_t owner) const;
  /// The constructor that objects of `owner` are made by, its own or that of what it extends.
  [[nodiscard]] std::optional<std::uint32_t> constructor_of(std::uint32_t owner) const;
  /// The class that the object `name` is of, where the text says so: see object_types.hpp.
  [[nodiscard]] std::optional<std::uint32_t> owner_of_object(std::string_view name) const;
  /// Likewise the method `method` of it, where methods stand outside of what they belong to (Go).
  [[nodiscard]] std::optional<std::uint32_t> method_of_object(std::string_view name,
                                                              std::string_view method) const;
  /// The name of the class whose method it is; "" where it is of none.
  [[nodiscard]] std::string_view class_of(const Unit& unit) const;
  /// Whether each member of that name in the file is declared as a number, or likewise harmless.
  [[nodiscard]] bool is_number_member(std::string_view name) const;
  /// Names outside of functions that some function assigns.
  [[nodiscard]] const std::unordered_set<std::string>& reassigned() const { return reassigned_; }

 private:
  /// What the walk over the file is in.
  struct Around {
    std::vector<std::uint32_t> owners;   ///< the innermost is last
    Node binding;                        ///< the last declaration: names a lambda right in it
    std::vector<Node> functions;         ///< and lambdas, likewise
    std::optional<std::uint32_t> outer;  ///< the outermost of them, if it is one of functions()
  };
  bool enter(Node node, Around& around);
  [[nodiscard]] std::string_view type_of_object(std::string_view name) const;
  [[nodiscard]] std::string receiver_of(Node function) const;
  [[nodiscard]] bool is_getter(Node function) const;
  [[nodiscard]] bool is_extension(Node function, Node name, Node parameters) const;
  /// The one function called `name` that `is_wanted`; none where there are more.
  template <class Wanted>
  [[nodiscard]] std::optional<std::uint32_t> lone_of(std::string_view name, Wanted is_wanted) const;
  void name_unit(Unit& unit, Node name, std::optional<std::uint32_t> owner) const;
  [[nodiscard]] Node bound_name(Node lambda, Node binding) const;
  void note_parameters(Node constructor, const FormRule& rule, Owner& owner);
  std::uint32_t add_owner(Node node, const FormRule& rule, std::optional<std::uint32_t> around);
  void add_function(Node node, Node name, std::optional<std::uint32_t> within);
  void enter_lambda(Node node, Around& around);
  bool enter_inner(Node node, const FormRule& rule, Around& around);
  void leave(Node node, Around& around) const;
  void add_inner(Node node, Node name, const Around& around);
  void note_assignments(const Unit& unit);
  void note_holder(Node node, const FormRule& rule);
  void note_member_type(Node node, const FormRule& rule);

  const TaintLanguage& language_;
  std::string_view text_;
  std::vector<Unit> functions_;  // those that stand in others come last
  std::vector<Unit> inner_;      // until they are there
  std::size_t outermost_ = 0;    // how many stand in no other
  std::vector<Owner> owners_;
  std::unordered_set<const void*> nodes_;
  std::unordered_map<const void*, std::uint32_t> unit_nodes_;
  std::unordered_set<const void*> owner_nodes_;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const {
      return std::hash<std::string_view>()(name);
    }
  };
  using ByName = std::unordered_multimap<std::string, std::uint32_t, Hash, std::equal_to<>>;
  ByName by_name_;
  ByName inner_by_name_;
  std::unordered_map<std::string, std::uint32_t> owners_by_name_;
  std::unordered_set<std::string> reassigned_;
  std::vector<std::pair<Span, std::string_view>> holders_;   // outside of functions, in order
  std::unordered_map<std::string_view, bool> member_types_;  // by name: whether all are numbers
  /// Made when it is asked for first.
  mutable std::optional<std::unordered_map<std::string_view, std::string_view>> objects_;
};

}  // namespace peer::taint
