#include "analyzers/taint/units.hpp"

#include <algorithm>

#include "analyzers/taint/object_types.hpp"

namespace peer::taint {
namespace {

constexpr std::size_t kMaxOwners = 20'000;

/// The name a definition has in `field`, down to the identifier.
std::string name_of(const TaintLanguage& language, Node node, std::string_view text) {
  for (int steps = 0; node && steps < 8; ++steps) {
    const FormRule& rule = form_of(language, node.kind());
    const Node inner = rule.form == Form::binding ? part_of(node, rule.a) : node.field("declarator");
    if (!inner) break;
    node = inner;
  }
  return node ? std::string(node.text(text)) : std::string();
}

bool is_assignment(Form form) { return form == Form::assign || form == Form::define; }

}  // namespace

Units::Units(const TaintLanguage& language, Node root, std::string_view text)
    : language_(language), text_(text) {
  Around around;
  walk(
      root, [&](Node node) { return enter(node, around); },
      [&](Node node) {
        if (!around.owners.empty() && owners_[around.owners.back()].node == node)
          around.owners.pop_back();
      });
  for (const Unit& unit : functions_)
    note_assignments(unit);
}

/// Notes what `node` defines; false where nothing in it is looked at.
bool Units::enter(Node node, Around& around) {
  if (!node.is_named()) return false;
  const FormRule& rule = form_of(language_, node.kind());
  const auto owner = around.owners.empty() ? std::nullopt : std::optional(around.owners.back());
  switch (rule.form) {
    case Form::function:
      add_function(node, part_of(node, rule.a), owner);
      return false;
    case Form::constructor:
      add_function(node, Node(), owner);
      if (owner) note_parameters(node, rule, owners_[*owner]);
      return false;
    case Form::lambda:
      if (around.binding) add_bound_lambda(node, around.binding, owner);
      return false;
    case Form::declare:
      around.binding = node;
      if (owner && !rule.a.empty())
        owners_[*owner].members.insert(name_of(language_, part_of(node, rule.a), text_));
      return true;
    case Form::assign:  // a constant of Ruby
      if (const Node left = owner ? part_of(node, rule.a) : Node();
          left && form_of(language_, left.kind()).form == Form::name)
        owners_[*owner].members.emplace(left.text(text_));
      return true;
    case Form::class_:
      if (owners_.size() < kMaxOwners) around.owners.push_back(add_owner(node, rule, owner));
      return true;
    default:
      return true;
  }
}

/// A lambda that is what `binding` declares has the name that is declared.
void Units::add_bound_lambda(Node lambda, Node binding, std::optional<std::uint32_t> owner) {
  const FormRule& declared = form_of(language_, binding.kind());
  if (!declared.b.empty() && part_of(binding, declared.b) == lambda)
    add_function(lambda, part_of(binding, declared.a), owner);
}

/// What a constructor without a body is given can be named in the whole class.
void Units::note_parameters(Node constructor, const FormRule& rule, Owner& owner) const {
  const Node list = rule.c.empty() ? part_of(constructor, rule.b) : Node();
  if (!list) return;
  for_each_child(list, [&](Node parameter) {
    const FormRule& given = form_of(language_, parameter.kind());
    if (given.form == Form::binding) owner.members.insert(name_of(language_, parameter, text_));
  });
}

std::uint32_t Units::add_owner(Node node, const FormRule& rule,
                               std::optional<std::uint32_t> around) {
  const auto index = static_cast<std::uint32_t>(owners_.size());
  owners_.push_back({node, name_of(language_, part_of(node, rule.a), text_), around, {}, {}, {}});
  owner_nodes_.insert(node.raw().id);
  owners_by_name_.emplace(owners_.back().name, index);
  return index;
}

void Units::add_function(Node node, Node name, std::optional<std::uint32_t> owner) {
  Unit unit{node, name_of(language_, name, text_), owner, false};
  const auto index = static_cast<std::uint32_t>(functions_.size());
  if (owner) {
    const std::string& wanted =
        language_.constructor.empty() ? owners_[*owner].name : std::string(language_.constructor);
    unit.is_constructor = unit.name == wanted || form_of(language_, node.kind()).form == Form::constructor;
    if (unit.is_constructor) owners_[*owner].constructors.push_back(index);
  }
  nodes_.insert(node.raw().id);
  by_name_.emplace(unit.name, index);
  functions_.push_back(std::move(unit));
}

/// Notes which members and outer names a function assigns.
void Units::note_assignments(const Unit& unit) {
  walk(unit.node, [&](Node node) {
    if (!node.is_named()) return false;
    const FormRule& rule = form_of(language_, node.kind());
    if (rule.form == Form::global)
      for_each_child(node, [&](Node child) { reassigned_.emplace(child.text(text_)); });
    if (!is_assignment(rule.form)) return true;
    const Node left = part_of(node, rule.a);
    if (!left) return true;
    const FormRule& target = form_of(language_, left.kind());
    if (target.form == Form::name && language_.block_scoped) {
      if (unit.owner && language_.implicit_self && !unit.is_constructor)
        owners_[*unit.owner].reassigned.emplace(left.text(text_));
      else
        reassigned_.emplace(left.text(text_));
    }
    if (!unit.owner || unit.is_constructor) return true;
    if (target.form == Form::own_member) owners_[*unit.owner].reassigned.emplace(left.text(text_));
    if (target.form == Form::member && part_of(left, target.b))
      owners_[*unit.owner].reassigned.emplace(part_of(left, target.b).text(text_));
    return true;
  });
}

std::optional<std::uint32_t> Units::holding(Span span) const {
  // Functions are in source order and apart from each other.
  const auto after = std::upper_bound(
      functions_.begin(), functions_.end(), span.begin,
      [](std::uint32_t begin, const Unit& unit) { return begin < unit.node.begin(); });
  if (after == functions_.begin()) return std::nullopt;
  const auto at = after - 1;
  if (!at->node.span().contains(span)) return std::nullopt;
  return static_cast<std::uint32_t>(at - functions_.begin());
}

std::optional<std::uint32_t> Units::owner_of(Span span) const {
  std::optional<std::uint32_t> innermost;
  for (std::size_t i = 0; i < owners_.size() && owners_[i].node.begin() <= span.begin; ++i)
    if (owners_[i].node.span().contains(span)) innermost = static_cast<std::uint32_t>(i);
  return innermost;
}

std::optional<std::uint32_t> Units::owner_named(std::string_view name) const {
  const auto it = owners_by_name_.find(std::string(name));
  return it == owners_by_name_.end() ? std::nullopt : std::optional(it->second);
}

/// `Store` of `func (s *Store) Read()`.
std::string_view Units::receiver_type(const Unit& unit) const {
  const Node receiver = unit.node.field("receiver");
  if (!receiver) return {};
  auto written = receiver.text(text_);
  written = written.substr(0, written.find_first_of("[)"));
  return written.substr(written.find_last_of(" *") + 1);
}

std::string_view Units::class_of(const Unit& unit) const {
  return unit.owner ? std::string_view(owners_[*unit.owner].name) : receiver_type(unit);
}

std::string_view Units::type_of_object(std::string_view name) const {
  if (!objects_) {
    std::unordered_set<std::string_view> types;
    for (const Owner& owner : owners_)
      types.insert(owner.name);
    for (const Unit& unit : functions_)
      types.insert(receiver_type(unit));
    types.erase(std::string_view());
    objects_ = object_types(text_, types);
  }
  const auto found = objects_->find(name);
  return found == objects_->end() ? std::string_view() : found->second;
}

std::optional<std::uint32_t> Units::owner_of_object(std::string_view name) const {
  const auto type = type_of_object(name);
  return type.empty() ? std::nullopt : owner_named(type);
}

std::optional<std::uint32_t> Units::method_of_object(std::string_view name, std::string_view method) const {
  constexpr int kMostTries = 16;
  const auto type = type_of_object(name);
  if (type.empty()) return std::nullopt;
  const auto [first, last] = by_name_.equal_range(std::string(method));
  int tried = 0;
  for (auto it = first; it != last && ++tried < kMostTries; ++it)
    if (receiver_type(functions_[it->second]) == type) return it->second;
  return std::nullopt;
}

std::optional<std::uint32_t> Units::named(std::string_view name,
                                          std::optional<std::uint32_t> owner) const {
  const auto [first, last] = by_name_.equal_range(std::string(name));
  if (first == last) return std::nullopt;
  int steps = 0;
  for (auto scope = owner; scope && ++steps < 16; scope = owners_[*scope].parent) {
    int tried = 0;
    for (auto it = first; it != last && ++tried < 16; ++it)
      if (functions_[it->second].owner == scope) return it->second;
  }
  return std::next(first) == last ? std::optional(first->second) : std::nullopt;
}

}  // namespace peer::taint
