#include "analyzers/rules/match/constants.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "analyzers/parse/grammar.hpp"
#include "analyzers/parse/preorder.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kMostDefinitions = 20'000;
constexpr std::size_t kMostOfOneName = 64;
constexpr std::uint32_t kMostBytes = 2'000;  // of a constant
constexpr std::size_t kMostNodes = 300;      // likewise

/// Where nodes that define hold the name and the value; by position (first, last) where empty.
struct Defining {
  std::string_view kind, name, value;
};

constexpr Defining kDefining[] = {
    {"assignment", "left", "right"},
    {"variable_declarator", "name", "value"},
    {"assignment_expression", "left", "right"},
    {"augmented_assignment", "left", ""},
    {"augmented_assignment_expression", "left", ""},
    {"operator_assignment", "left", ""},
    {"update_expression", "", ""},
    {"public_field_definition", "name", "value"},
    {"field_definition", "property", "value"},
    {"property_declaration", "name", "value"},
    {"short_var_declaration", "left", "right"},
    {"assignment_statement", "left", "right"},
    {"const_spec", "name", "value"},
    {"var_spec", "name", "value"},
    {"const_element", "", ""},
    {"property_element", "", ""},
    {"init_declarator", "declarator", "value"},
    {"preproc_def", "name", "value"},
    {"const_item", "name", "value"},
    {"static_item", "name", "value"},
    {"let_declaration", "pattern", "value"},
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

constexpr std::array<std::string_view, 11> kLabels{"name",       "left",    "function", "method",
                                                   "declarator", "pattern", "property", "attribute",
                                                   "key",        "label",   "type"};

/// Whether `name` names something for the node around it (what is called, assigned, declared, a
/// key) and is no value there.
bool is_label(Node name) {
  const Node around = name.parent();
  if (!around) return false;
  return std::any_of(kLabels.begin(), kLabels.end(),
                     [&](std::string_view field) { return around.field(field) == name; });
}

std::string_view bare(std::string_view name) {
  while (!name.empty() && (name[0] == '$' || name[0] == '@'))
    name.remove_prefix(1);
  return name;
}

bool is_scope(std::string_view kind) {
  return contains(kind, "function") || contains(kind, "method_d") || kind == "method" ||
         contains(kind, "lambda") || contains(kind, "closure") || contains(kind, "func_literal") ||
         contains(kind, "constructor") || contains(kind, "accessor");
}

/// A companion object is none: what it defines is known in the class around it by its plain name.
bool is_class(std::string_view kind) {
  return kind == "class" || kind == "module" || contains(kind, "class_d") ||
         contains(kind, "class_specifier") || contains(kind, "interface_d") ||
         contains(kind, "enum_d") || contains(kind, "object_declaration") ||
         contains(kind, "impl_item") || contains(kind, "trait_d") || contains(kind, "record_d") ||
         contains(kind, "struct_d");
}

/// What computes is no constant.
bool computes(std::string_view kind) {
  return contains(kind, "call") || contains(kind, "invocation") || contains(kind, "creation") ||
         contains(kind, "new_") || contains(kind, "lambda") || contains(kind, "function") ||
         contains(kind, "await") || contains(kind, "conditional") || contains(kind, "ternary") ||
         contains(kind, "comprehension") || contains(kind, "yield") ||
         contains(kind, "subscript") || contains(kind, "element_reference") ||
         contains(kind, "index_expression");
}

/// `{request.host}` in a text: whatever a member of something holds, what is made of it is no
/// constant; `{BASE}` may be.
bool is_open_hole(Node node, std::string_view text) {
  const auto kind = node.kind();
  if (!contains(kind, "interpolat") && kind != "template_substitution") return false;
  if (kind == "interpolated_string_expression") return false;  // the text that has holes
  const auto hole = node.text(text);
  return std::any_of(hole.begin(), hole.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// A literal, a name, a member of something, or a collection of literals, members and classes.
bool is_constant(Node value, std::string_view text) {
  if (value.end() - value.begin() > kMostBytes) return false;
  std::size_t nodes = 0;
  bool fine = true;
  walk(value, [&](Node node) {
    fine = fine && ++nodes <= kMostNodes && !computes(node.kind()) && !is_open_hole(node, text);
    if (!fine || !is_name_kind(node.kind())) return fine;
    const char first = bare(node.text(text)).empty() ? ' ' : bare(node.text(text))[0];
    const bool is_lone = node == value || node.named_child_count() > 1;
    fine = is_lone || (first >= 'A' && first <= 'Z');
    return fine && !is_lone;
  });
  return fine;
}

bool is_object_of_its_own(std::string_view object) {
  if (object == "self" || object == "this" || object == "cls" || object == "$this" ||
      object == "static" || object == "Self")
    return true;
  return !object.empty() && object[0] >= 'A' && object[0] <= 'Z';  // a class
}

}  // namespace

bool is_name_kind(std::string_view kind) {
  constexpr std::array kNames{"identifier",
                              "constant",
                              "variable_name",
                              "simple_identifier",
                              "attribute",
                              "member_expression",
                              "field_access",
                              "selector_expression",
                              "member_access_expression",
                              "class_constant_access_expression",
                              "scoped_property_access_expression",
                              "scoped_identifier",
                              "field_expression",
                              "scope_resolution",
                              "instance_variable",
                              "class_variable",
                              "navigation_expression",
                              "qualified_identifier",
                              "name"};
  return std::find(kNames.begin(), kNames.end(), kind) != kNames.end();
}

/// What nodes of a kind are to the walk that collects.
struct Role {
  bool opens_scope = false, is_class = false, holds_parameters = false;
  const Defining* defining = nullptr;
};

/// By kind_id; the last one is for those that the grammar does not know.
struct Roles {
  std::vector<Role> of;
  std::vector<std::uint8_t> wanted;

  explicit Roles(const Grammar& grammar) : of(grammar.kind_count() + 1), wanted(of.size()) {
    for (std::uint32_t id = 0; id < grammar.kind_count(); ++id) {
      const auto kind = grammar.kind_name(static_cast<std::uint16_t>(id));
      Role& role = of[id];
      role.is_class = is_class(kind);
      role.opens_scope = role.is_class || is_scope(kind);
      role.holds_parameters = contains(kind, "parameter");
      for (const Defining& defining : kDefining)
        if (defining.kind == kind) role.defining = &defining;
      const bool matters = role.opens_scope || role.holds_parameters || role.defining != nullptr;
      wanted[id] = matters ? 1 : 0;
    }
  }
};

/// Made once for each language; they live as long as the program.
const Roles& roles_of(const Language& language) {
  static std::mutex lock;
  static std::map<const Language*, Roles> made;
  const std::scoped_lock held(lock);
  const auto found = made.find(&language);
  return found != made.end() ? found->second
                             : made.emplace(&language, Grammar(language)).first->second;
}

bool is_label_field(std::string_view field) {
  return std::find(kLabels.begin(), kLabels.end(), field) != kLabels.end();
}

class ConstantsWalk {
 public:
  ConstantsWalk(Constants& into, Node root, std::string_view text) : into_(into), text_(text) {
    scopes_.push_back({root.span(), false});
  }

  void run(Node root, const Roles& roles) {
    const auto count = static_cast<std::uint32_t>(roles.of.size() - 1);
    Preorder walk(root, {roles.wanted.data(), count, nullptr, 0, false});
    while (count_ <= kMostDefinitions && walk.next()) {
      const Node node = walk.node();
      const Role& role = roles.of[std::min<std::size_t>(walk.kind(), count)];
      while (scopes_.size() > 1 && scopes_.back().span.end <= node.begin())
        scopes_.pop_back();
      if (!node.is_named()) continue;
      if (role.holds_parameters)
        note_parameters(node);
      else if (role.defining != nullptr)
        note_definition(node, *role.defining);
      if (role.opens_scope) scopes_.push_back({node.span(), role.is_class});
    }
  }

 private:
  struct Scope {
    Span span;
    bool is_class = false;
  };

  void note_parameters(Node node) {
    for_each_child(node, [&](Node child) {
      if (child.is_named() && child.named_child_count() == 0) add(child.text(text_), {}, false);
    });
  }

  void note_definition(Node node, const Defining& defining) {
    const std::uint32_t count = node.named_child_count();
    if (count == 0) return;
    Node name = defining.name.empty() ? Node() : node.field(defining.name);
    for (std::uint32_t i = 0; !name && i < count; ++i)  // behind `private const`
      if (const Node child = node.named_child(i); child.kind() != "modifiers") name = child;
    if (!name) return;
    Node value = defining.value.empty() ? Node() : node.field(defining.value);
    const bool changes = contains(node.kind(), "augmented") || contains(node.kind(), "update") ||
                         contains(node.kind(), "operator_");
    if (!value && count > 1 && !changes) value = node.named_child(count - 1);
    const Node sign = node.field("operator");
    if (changes || (sign && sign.text(text_) != "=")) value = {};
    name = only(name);
    if (value) value = only(value);
    if (!name) return;
    const bool is_member = name.named_child_count() > 1;
    if (is_member) {
      if (!is_object_of_its_own(name.named_child(0).text(text_)) &&
          !contains(name.text(text_), "this"))
        return;
      name = name.named_child(name.named_child_count() - 1);
    }
    add(name.text(text_), value, is_member);
  }

  /// The one node in wrappers of a list: `a, b = ..` has none.
  [[nodiscard]] static Node only(Node node) {
    for (int steps = 0; steps < 4 && node; ++steps) {
      const auto kind = node.kind();
      const bool wraps = kind == "expression_list" || kind == "variable_declaration" ||
                         kind == "pointer_declarator" || kind == "array_declarator" ||
                         kind == "property_initializer" || kind == "equals_value_clause" ||
                         kind == "parenthesized_expression" || kind == "variable_name";
      if (!wraps) return node;
      if (kind == "expression_list" && node.named_child_count() != 1) return {};
      if (kind == "variable_name") return node;
      node = node.named_child(0);
    }
    return node;
  }

  void add(std::string_view name, Node value, bool is_member) {
    name = bare(name);
    if (name.empty() || name.size() > 80) return;
    ++count_;
    auto scope = scopes_.rbegin();
    while (is_member && !scope->is_class && scope + 1 != scopes_.rend())
      ++scope;  // of the object, not of the method
    if (value && !is_constant(value, text_)) value = {};
    into_.definitions_[name].push_back({value, scope->span, is_member || scope->is_class});
  }

  Constants& into_;
  std::string_view text_;
  std::vector<Scope> scopes_;
  std::size_t count_ = 0;
};

/// What the one definition of `name` that holds at `at` says.
Node Constants::variable(std::string_view name, Node at, bool of_object) const {
  const auto found = definitions_.find(bare(name));
  if (found == definitions_.end() || found->second.size() > kMostOfOneName) return {};
  const Definition* only = nullptr;
  for (const Definition& each : found->second) {
    if (!each.scope.contains(at.span()) && !(of_object && each.is_member)) continue;
    if (only != nullptr) return {};
    only = &each;
  }
  const bool is_known = only != nullptr && only->value && !only->value.span().contains(at.span());
  return is_known ? only->value : Node();
}

/// `self.algorithm`, `Settings.ALGORITHM`, `options.mode` where `options` is a map of constants.
Node Constants::member(Node access, std::string_view text) const {
  const Node object = access.named_child(0);
  const auto name = access.named_child(access.named_child_count() - 1).text(text);
  if (is_object_of_its_own(object.text(text)))
    if (const Node value = variable(name, access, true)) return value;
  const Node map =
      object.named_child_count() == 0 ? variable(object.text(text), access, false) : Node();
  Node under;
  if (map)
    for_each_child(map, [&](Node pair) {
      if (pair.named_child_count() != 2) return;
      auto key = pair.named_child(0).text(text);
      if (key.size() > 2 && (key[0] == '"' || key[0] == '\'')) key = key.substr(1, key.size() - 2);
      if (key == name) under = pair.named_child(1);
    });
  return under;
}

Node Constants::value_of(Node name, const Language& language, Node root, std::string_view text) {
  if (!is_collected_) {
    is_collected_ = true;
    ConstantsWalk(*this, root, text).run(root, roles_of(language));
  }
  if (definitions_.empty()) return {};
  if (seen_.empty()) seen_.resize(kSeen);
  auto& seen = seen_[reinterpret_cast<std::uintptr_t>(name.id()) / alignof(void*) % kSeen];
  if (seen.name == name.id()) return seen.value;
  const bool is_access = name.named_child_count() > 1;
  const Node value = is_access ? member(name, text) : variable(name.text(text), name, false);
  seen = {name.id(), value && !is_label(name) ? value : Node()};
  return seen.value;
}

}  // namespace peer::rules
