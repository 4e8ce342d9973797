#include "analyzers/taint/units.hpp"

#include <algorithm>

#include "analyzers/taint/number_types.hpp"
#include "analyzers/taint/object_types.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

constexpr std::size_t kMaxOwners = 20'000;

/// The name a definition has in `field`, down to the identifier.
std::string name_of(const TaintLanguage& language, Node node, std::string_view text) {
  for (int steps = 0; node && steps < 8; ++steps) {
    const FormRule& rule = form_of(language, node.kind());
    const Node inner =
        rule.form == Form::binding ? part_of(node, rule.a) : node.field("declarator");
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
      [&](Node node) { leave(node, around); });
  for (const Unit& unit : functions_)
    note_assignments(unit);
  outermost_ = functions_.size();
  for (Unit& unit : inner_) {
    if (!unit.name.empty())
      inner_by_name_.emplace(unit.name, static_cast<std::uint32_t>(functions_.size()));
    functions_.push_back(std::move(unit));
  }
  inner_.clear();
  for (std::uint32_t index = 0; index < functions_.size(); ++index)
    unit_nodes_.emplace(functions_[index].node.raw().id, index);
}

std::optional<std::uint32_t> Units::unit_of(Node node) const {
  const auto found = unit_nodes_.find(node.raw().id);
  return found == unit_nodes_.end() ? std::nullopt : std::optional(found->second);
}

void Units::leave(Node node, Around& around) const {
  if (!around.owners.empty() && owners_[around.owners.back()].node == node)
    around.owners.pop_back();
  if (around.functions.empty() || !(around.functions.back() == node)) return;
  around.functions.pop_back();
  if (around.functions.empty()) around.outer.reset();
}

/// A lambda outside of all functions.
void Units::enter_lambda(Node node, Around& around) {
  const auto before = functions_.size();
  if (const Node name = bound_name(node, around.binding)) {
    const bool is_assigned = form_of(language_, around.binding.kind()).form == Form::assign;
    if (is_assigned)
      add_inner(node, name, around);  // part of what runs here: it may be assigned again
    else
      add_function(node, name,
                   around.owners.empty() ? std::nullopt : std::optional(around.owners.back()));
  } else {
    add_inner(node, Node(), around);
  }
  around.functions.push_back(node);
  if (functions_.size() != before) around.outer = static_cast<std::uint32_t>(before);
}

/// Within a function only those are noted that have a name.
bool Units::enter_inner(Node node, const FormRule& rule, Around& around) {
  switch (rule.form) {
    case Form::function:
      add_inner(node, part_of(node, rule.a), around);
      around.functions.push_back(node);
      return true;
    case Form::lambda:
      add_inner(node, bound_name(node, around.binding), around);
      around.functions.push_back(node);
      return true;
    case Form::declare:
    case Form::define:
    case Form::assign:
      around.binding = node;
      return true;
    case Form::class_:  // its methods belong to objects that nobody here knows
    case Form::constructor:
      return false;
    default:
      return true;
  }
}

void Units::add_inner(Node node, Node name, const Around& around) {
  constexpr std::size_t kMost = 20'000;
  std::string written = name ? name_of(language_, name, text_) : std::string();
  const bool is_lambda = form_of(language_, node.kind()).form == Form::lambda;
  if ((written.empty() && !is_lambda) || inner_.size() >= kMost) return;
  Unit unit;
  unit.node = node;
  unit.name = std::move(written);
  unit.owner = around.owners.empty() ? std::nullopt : std::optional(around.owners.back());
  unit.is_inner = true;
  unit.outer = around.outer;
  inner_.push_back(std::move(unit));
}

/// Notes what `node` defines; false where nothing in it is looked at.
bool Units::enter(Node node, Around& around) {
  if (!node.is_named()) return false;
  const FormRule& rule = form_of(language_, node.kind());
  if (!around.functions.empty()) return enter_inner(node, rule, around);
  const auto owner = around.owners.empty() ? std::nullopt : std::optional(around.owners.back());
  note_member_type(node, rule);
  note_holder(node, rule);
  switch (rule.form) {
    case Form::function:
      add_function(node, part_of(node, rule.a), owner);
      around.functions.push_back(node);
      around.outer = static_cast<std::uint32_t>(functions_.size() - 1);
      return true;
    case Form::constructor:
      add_function(node, Node(), owner);
      if (owner) note_parameters(node, rule, owners_[*owner]);
      return false;
    case Form::lambda:
      enter_lambda(node, around);
      return true;
    case Form::declare:
      around.binding = node;
      if (owner)
        for (const Node name : parts_of(node, rule.a))
          owners_[*owner].members.insert(name_of(language_, name, text_));
      return true;
    case Form::assign:  // a constant of Ruby
      around.binding = node;
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

/// `const handlers = {..}`, `exports.run = ..`, `static struct op ops[] = {..}`
void Units::note_holder(Node node, const FormRule& rule) {
  constexpr std::size_t kMost = 20'000, kLongest = 200;
  if ((rule.form != Form::declare && !is_assignment(rule.form)) || holders_.size() >= kMost) return;
  Node target = rule.a.empty() ? node.named_child(0) : part_of(node, rule.a);
  for (int steps = 0; target && steps < 8; ++steps) {
    const Node inner = target.field("declarator");
    if (!inner) break;
    target = inner;
  }
  if (!target || target.end() - target.begin() > kLongest) return;
  auto name = target.text(text_);
  while (!name.empty() && !is_word(name.back()))
    name.remove_suffix(1);
  auto begin = name.size();
  while (begin > 0 && is_word(name[begin - 1]))
    --begin;
  if (begin < name.size()) holders_.emplace_back(node.span(), name.substr(begin));
}

std::string_view Units::holder_of(Span span) const {
  auto after = std::upper_bound(
      holders_.begin(), holders_.end(), span.begin,
      [](std::uint32_t begin, const auto& holder) { return begin < holder.first.begin; });
  for (int steps = 0; after != holders_.begin() && steps < 16; ++steps) {
    --after;
    if (after->first.contains(span)) return after->second;
  }
  return {};
}

/// `int page;` of a class, a struct or a record, wherever its type stands.
void Units::note_member_type(Node node, const FormRule& rule) {
  if (rule.form == Form::function || rule.form == Form::constructor || rule.form == Form::class_)
    return;
  const Node type = rule.form == Form::binding ? part_of(node, rule.b) : node.field("type");
  if (!type) return;
  const bool is_number = is_number_type(type.text(text_));
  const auto note = [&](Node name) {
    for (int steps = 0; name && name.named_child_count() > 0 && steps < 4; ++steps)
      name = name.field("name") ? name.field("name") : name.field("declarator");
    if (!name) return;
    const auto [known, is_new] = member_types_.try_emplace(name.text(text_), is_number);
    if (!is_new) known->second = known->second && is_number;
  };
  if (rule.form == Form::binding)
    note(part_of(node, rule.a));
  else
    for (const std::string_view field : {"name", "declarator", "left"})
      for (const Node name : parts_of(node, field))
        note(name);
}

bool Units::is_number_member(std::string_view name) const {
  const auto found = member_types_.find(name);
  return found != member_types_.end() && found->second;
}

/// The name of a lambda that is what `binding` declares or assigns, else the null node.
Node Units::bound_name(Node lambda, Node binding) const {
  if (!binding) return {};
  const FormRule& rule = form_of(language_, binding.kind());
  const std::uint32_t count = binding.named_child_count();
  const auto lone = [this](Node node) {  // of a list of one
    return node && form_of(language_, node.kind()).form == Form::list &&
                   node.named_child_count() == 1
               ? node.named_child(0)
               : node;
  };
  const Node value =
      lone(rule.b.empty() && count > 1 ? binding.named_child(count - 1) : part_of(binding, rule.b));
  const Node name = value && value == lambda ? lone(part_of(binding, rule.a)) : Node();
  return name && form_of(language_, name.kind()).form != Form::member ? name : Node();
}

/// What a constructor without a body is given can be named in the whole class.
void Units::note_parameters(Node constructor, const FormRule& rule, Owner& owner) {
  const Node list = rule.c.empty() ? part_of(constructor, rule.b) : Node();
  if (!list) return;
  for_each_child(list, [&](Node parameter) {
    const FormRule& given = form_of(language_, parameter.kind());
    note_member_type(parameter, given);
    if (given.form == Form::binding) owner.members.insert(name_of(language_, parameter, text_));
  });
}

std::uint32_t Units::add_owner(Node node, const FormRule& rule,
                               std::optional<std::uint32_t> around) {
  const auto index = static_cast<std::uint32_t>(owners_.size());
  auto name = name_of(language_, part_of(node, rule.a), text_);
  name.resize(std::min(name.find('<'), name.size()));  // `impl<T> Store<T>`
  const Node body = part_of(node, rule.b);
  const Node label = part_of(node, rule.a);
  const auto header = body && label && label.end() < body.begin()
                          ? text_.substr(label.end(), body.begin() - label.end())
                          : std::string_view();
  owners_.push_back({node, std::move(name), around, {}, {}, header, {}});
  if (!rule.c.empty())
    if (const Node list = part_of(node, rule.c))
      for_each_child(list, [&](Node parameter) {
        if (const Node given = parameter.field("name"))
          owners_.back().members.emplace(given.text(text_));
      });
  owner_nodes_.insert(node.raw().id);
  owners_by_name_.emplace(owners_.back().name, index);
  return index;
}

/// `save` of `void app::Store<T>::save()`, which belongs to Store.
void Units::name_unit(Unit& unit, Node name, std::optional<std::uint32_t> owner) const {
  constexpr std::size_t kLongest = 500;
  unit.name = name_of(language_, name, text_);
  unit.owner = owner;
  unit.receiver = receiver_of(unit.node);
  const auto end = unit.name.size() < kLongest ? unit.name.rfind("::") : std::string::npos;
  if (end == std::string::npos) return;
  std::string scope = unit.name.substr(0, end);
  unit.name.erase(0, end + 2);
  scope.erase(std::min(scope.find('<'), scope.size()));
  if (const auto outer = scope.rfind("::"); outer != std::string::npos) scope.erase(0, outer + 2);
  if (!unit.owner) unit.owner = owner_named(scope);
  if (!unit.owner) unit.receiver = std::move(scope);
}

void Units::add_function(Node node, Node name, std::optional<std::uint32_t> within) {
  Unit unit;
  unit.node = node;
  name_unit(unit, name, within);
  const FormRule& rule = form_of(language_, node.kind());
  unit.has_body = rule.c == kRest || static_cast<bool>(part_of(node, rule.c));
  unit.is_getter = is_getter(unit.node);
  unit.is_extension = is_extension(unit.node, name, part_of(node, rule.b));
  if (const Node list = rule.b.empty() ? Node() : part_of(node, rule.b)) {
    std::size_t count = 0;
    for_each_child(list, [&](Node child) {
      if (child.is_named() && !child.is_extra()) ++count;
    });
    unit.parameters = count;
  }
  const auto owner = unit.owner;
  const auto index = static_cast<std::uint32_t>(functions_.size());
  if (owner) {
    const std::string& wanted =
        language_.constructor.empty() ? owners_[*owner].name : std::string(language_.constructor);
    unit.is_constructor = unit.name == wanted || rule.form == Form::constructor;
    if (unit.is_constructor) owners_[*owner].constructors.push_back(index);
  }
  nodes_.insert(node.raw().id);
  by_name_.emplace(unit.name, index);
  functions_.push_back(std::move(unit));
}

/// `fun String.go()`, `static void Go(this string s)`
bool Units::is_extension(Node function, Node name, Node parameters) const {
  if (!language_.has_extensions || !name || !parameters) return false;
  const auto before = text_.substr(function.begin(), name.begin() - function.begin());
  return before.ends_with('.') || parameters.text(text_).starts_with("(this ");
}

std::optional<std::uint32_t> Units::extension_named(std::string_view name) const {
  return language_.has_extensions
             ? lone_of(name, [](const Unit& unit) { return unit.is_extension; })
             : std::nullopt;
}

/// `get name() {..}`, `@property`
bool Units::is_getter(Node function) const {
  bool is_one = false;
  for_each_child(function, [&](Node child) { is_one = is_one || child.kind() == "get"; });
  const Node around = function.parent();
  if (!around || around.kind() != "decorated_definition") return is_one;
  for_each_child(around, [&](Node child) {
    if (child.kind() == "decorator") is_one = is_one || child.text(text_).ends_with("property");
  });
  return is_one;
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
  // These are in source order and apart from each other.
  const auto last = functions_.begin() + static_cast<std::ptrdiff_t>(outermost_);
  const auto after = std::upper_bound(
      functions_.begin(), last, span.begin,
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

std::optional<std::uint32_t> Units::base_of(std::uint32_t owner) const {
  constexpr std::size_t kLongest = 500;
  std::optional<std::uint32_t> base;
  for_each_word(owners_[owner].header.substr(0, kLongest), [&](std::string_view word) {
    const auto known = base ? std::nullopt : owner_named(word);
    if (known && *known != owner) base = known;
  });
  return base;
}

std::optional<std::uint32_t> Units::constructor_of(std::uint32_t owner) const {
  constexpr int kMostLevels = 8;
  auto at = std::optional(owner);
  for (int level = 0; at && level < kMostLevels; ++level) {
    if (!owners_[*at].constructors.empty()) return owners_[*at].constructors.front();
    at = base_of(*at);
  }
  return std::nullopt;
}

/// `Store` of `func (s *Store) Read()`.
std::string Units::receiver_of(Node function) const {
  const Node receiver = function.field("receiver");
  if (!receiver) return {};
  auto written = receiver.text(text_);
  written = written.substr(0, written.find_first_of("[)"));
  return std::string(written.substr(written.find_last_of(" *") + 1));
}

std::string_view Units::class_of(const Unit& unit) const {
  return unit.owner ? owners_[*unit.owner].name : unit.receiver;
}

std::string_view Units::type_of_object(std::string_view name) const {
  if (!objects_) {
    std::unordered_set<std::string_view> types;
    for (const Owner& owner : owners_)
      types.insert(owner.name);
    for (const Unit& unit : functions_)
      types.insert(unit.receiver);
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

std::optional<std::uint32_t> Units::method_of_object(std::string_view name,
                                                     std::string_view method) const {
  constexpr int kMostTries = 16;
  const auto type = type_of_object(name);
  if (type.empty()) return std::nullopt;
  const auto [first, last] = by_name_.equal_range(method);
  int tried = 0;
  for (auto it = first; it != last && ++tried < kMostTries; ++it)
    if (functions_[it->second].receiver == type) return it->second;
  return std::nullopt;
}

std::optional<std::uint32_t> Units::inner_named(std::string_view name,
                                                std::optional<std::uint32_t> outer,
                                                std::optional<std::uint32_t> owner) const {
  constexpr int kMostTries = 64;
  const auto [first, last] = inner_by_name_.equal_range(name);
  std::optional<std::uint32_t> found;
  int tried = 0;
  for (auto it = first; it != last && ++tried < kMostTries; ++it) {
    const Unit& unit = functions_[it->second];
    if (unit.outer != outer || (!outer && unit.owner != owner)) continue;
    if (found) return std::nullopt;
    found = it->second;
  }
  return found;
}

template <class Wanted>
std::optional<std::uint32_t> Units::lone_of(std::string_view name, Wanted is_wanted) const {
  constexpr int kMostTries = 64;
  const auto [first, last] = by_name_.equal_range(name);
  std::optional<std::uint32_t> lone;
  int tried = 0;
  for (auto it = first; it != last; ++it) {
    if (++tried > kMostTries) return std::nullopt;
    if (!is_wanted(functions_[it->second])) continue;
    if (lone) return std::nullopt;
    lone = it->second;
  }
  return lone;
}

std::optional<std::uint32_t> Units::named(std::string_view name, std::optional<std::uint32_t> owner,
                                          std::optional<std::size_t> arguments) const {
  const auto [first, last] = by_name_.equal_range(name);
  if (first == last) return std::nullopt;
  int steps = 0;
  for (auto scope = owner; scope && ++steps < 16; scope = owners_[*scope].parent) {
    std::optional<std::uint32_t> found;
    int tried = 0;
    for (auto it = first; it != last && ++tried < 16; ++it) {
      const Unit& unit = functions_[it->second];
      if (unit.owner != scope || !unit.has_body) continue;
      if (arguments && unit.parameters == arguments) return it->second;
      if (!found || it->second < *found) found = it->second;
    }
    if (found) return found;
  }
  if (std::next(first) == last) return first->second;
  const auto with_body = lone_of(name, [](const Unit& unit) { return unit.has_body; });
  return with_body ? with_body : lone_of(name, [](const Unit& unit) {
    return unit.has_body && unit.receiver.empty() && !unit.owner;
  });
}

}  // namespace peer::taint
