// What is assigned to: variables, members, elements, and patterns of such.
#include <algorithm>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr int kMaxSegments = 8;

}  // namespace

bool Lowering::is_member(std::string_view name) const {
  if (!in_.language.implicit_self || !owner_) return false;
  return in_.units.owners()[*owner_].members.contains(std::string(name));
}

/// The name of the class around: `Shop.limit` within Shop.
bool Lowering::names_owner(Node node) const {
  return owner_ && form(node).form == Form::name && text(node) == in_.units.owners()[*owner_].name;
}

/// `$name` and `name` are one member.
Symbol Lowering::member_symbol(Node name) {
  auto written = name ? text(name) : std::string_view{};
  while (!written.empty() && (written[0] == '$' || written[0] == '.' || written[0] == '?'))
    written.remove_prefix(1);
  return in_.names(written);
}

/// Whether something in the function declares `name` here.
bool Lowering::is_bound(std::string_view name) const {
  const auto it = bound_.find(name);
  return it != bound_.end() && !it->second.empty();
}

Symbol Lowering::symbol_of(std::string_view name) {
  if (const auto it = bound_.find(name); it != bound_.end() && !it->second.empty())
    return it->second.back();
  return in_.names(name);
}

Symbol Lowering::declare(std::string_view name) {
  auto& symbols = bound_[name];
  const bool hides =
      !symbols.empty() && (in_.language.block_scoped || in_.language.function_scoped) &&
      std::find(scopes_.back().declared.begin(), scopes_.back().declared.end(), name) ==
          scopes_.back().declared.end();
  symbols.push_back(hides ? in_.names.another(name)
                          : (symbols.empty() ? in_.names(name) : symbols.back()));
  scopes_.back().declared.push_back(name);
  return symbols.back();
}

/// Where assigning in a function within the function makes a name the inner one's own.
bool Lowering::declare_in_function(std::string_view name) {
  std::size_t inner = scopes_.size();
  while (inner > 0 && !scopes_[inner - 1].of_function)
    --inner;
  if (inner < 2 || others_.contains(name)) return false;
  auto& declared = scopes_[inner - 1].declared;
  if (std::find(declared.begin(), declared.end(), name) != declared.end()) return false;
  declared.push_back(name);
  bound_[name].push_back(in_.names.another(name));
  return true;
}

void Lowering::store(std::string_view name, bool is_declared, Node at) {
  assigned_.insert(name);
  written_[name] = ++writes_;
  const bool was_bound = is_bound(name);
  if (!is_declared && !was_bound && is_member(name)) {
    out_.paths.push_back({self_, {in_.names(name)}});
    emit(Op::store_path, at, static_cast<std::uint32_t>(out_.paths.size() - 1));
    return;
  }
  const bool can_declare = !scopes_.empty() && scopes_.size() < 2000;
  if (is_declared && can_declare) {
    emit(Op::store, at, declare(name), 1);
    return;
  }
  if (in_.language.function_scoped && declare_in_function(name)) {
    emit(Op::store, at, bound_[name].back(), 1);
    return;
  }
  const Symbol symbol = symbol_of(name);
  if (!was_bound && in_.language.block_scoped) outside_.insert(symbol);
  emit(Op::store, at, symbol);
}

/// The variable at the root of a path, or the member that is named like one.
void Lowering::take_root(OpenPath& path) {
  const auto name = text(path.rest);
  if (names_owner(path.rest)) {
    path.root = self_;
    return;
  }
  const bool has_binding = is_bound(name);
  if (!has_binding && is_member(name)) {
    path.segments.emplace_back(in_.names(name));
    path.root = self_;
    return;
  }
  path.root = symbol_of(name);
  if (!has_binding && (in_.language.block_scoped || in_.units.owner_named(name)))
    outside_.insert(*path.root);
}

/// `[key]`
void Lowering::take_key(OpenPath& path) {
  const FormRule& rule = form(path.rest);
  const auto children = parts(path.rest);
  Node object, key;
  if (!rule.a.empty())
    object = part_of(path.rest, rule.a);
  else if (!children.empty())
    object = children.front();
  if (!rule.b.empty())
    key = part_of(path.rest, rule.b);
  else if (children.size() == 2)
    key = children.back();
  if (const auto literal = key ? literal_of(key) : std::nullopt) {
    path.segments.emplace_back(in_.names(literal->text));
  } else {
    path.segments.emplace_back();
    path.unknown.push_back(key);
  }
  path.rest = object;
}

/// Takes the last segment, or the root, off the rest of a path; there is no rest where it is none.
void Lowering::take_segment(OpenPath& path) {
  const FormRule& rule = form(path.rest);
  switch (rule.form) {
    case Form::self:
      path.root = self_;
      return;
    case Form::own_member:
      path.segments.emplace_back(member_symbol(path.rest));
      path.root = self_;
      return;
    case Form::name:
      take_root(path);
      return;
    case Form::member: {
      const auto [object, name] = halves(rule, path.rest);
      path.segments.emplace_back(member_symbol(name));
      path.rest = object;
      return;
    }
    case Form::index:
      take_key(path);
      return;
    case Form::keyword:
    case Form::pass: {
      const Node inner = unwrapped(path.rest);
      path.rest = inner == path.rest ? Node() : inner;
      return;
    }
    case Form::unary: {
      const auto inner = parts(path.rest);
      const auto sign = operator_of(path.rest);
      const bool refers = sign == "&" || sign == "*" || sign == "&mut";
      path.rest = refers && !inner.empty() ? inner.back() : Node();
      return;
    }
    default:
      path.rest = Node();
  }
}

std::optional<std::uint32_t> Lowering::path_of(Node node, std::vector<Node>* keys) {
  OpenPath path;
  path.rest = node;
  for (int steps = 0; path.rest && !path.root && steps < 24; ++steps)
    take_segment(path);
  if (!path.root) return std::nullopt;
  auto& segments = path.segments;
  if (segments.size() > kMaxSegments)
    segments.erase(segments.begin(), segments.end() - kMaxSegments);
  std::reverse(segments.begin(), segments.end());
  if (keys != nullptr) {
    keys->assign(path.unknown.rbegin(), path.unknown.rend());
    const auto known =
        static_cast<std::size_t>(std::count(segments.begin(), segments.end(), std::nullopt));
    while (keys->size() > known)
      keys->pop_back();
  } else if (const auto first = std::find(segments.begin(), segments.end(), std::nullopt);
             first != segments.end()) {
    segments.erase(first, segments.end());  // what holds the unknown element
  }
  out_.paths.push_back({*path.root, std::move(segments)});
  return static_cast<std::uint32_t>(out_.paths.size() - 1);
}

/// `*out = value`, where `out` is a parameter: the caller has it.
void Lowering::note_written_through(Node target) {
  const auto inner = parts(target);
  const Node name = inner.empty() ? Node() : unwrapped(inner.back());
  if (!name || form(name).form != Form::name || operator_of(target) != "*") return;
  for (std::size_t i = 0; i < parameter_names_.size() && i < out_.gives_parameter.size(); ++i)
    if (parameter_names_[i] == text(name)) out_.gives_parameter[i] = true;
}

void Lowering::put_into(Node place, Node value, Node at) {
  std::vector<Node> keys;
  const auto path = path_of(place, &keys);
  if (!path || !keys.empty() || out_.paths[*path].segments.size() >= kMaxSegments) {
    eval(value);
    return;
  }
  Path into = out_.paths[*path];
  into.segments.emplace_back();
  out_.paths.push_back(std::move(into));
  eval(value);
  push(constant(), at);  // the key
  emit(Op::store_path, at, static_cast<std::uint32_t>(out_.paths.size() - 1));
}

void Lowering::lower_assign_to(Node target, bool is_declared) {
  const FormRule& rule = form(target);
  switch (rule.form) {
    case Form::name:
      store(text(target), is_declared, target);
      return;
    case Form::lambda:  // the parameter that it does not name
      for (const auto name : in_.language.lone_parameter)
        store(name, is_declared, target);
      return;
    case Form::keyword:
      if (const Node inner = unwrapped(target); !(inner == target)) assign(inner, is_declared);
      return;
    case Form::own_member:
    case Form::member:
    case Form::index: {
      std::vector<Node> keys;
      const auto path = path_of(target, &keys);
      if (!path) return;
      for (const Node key : keys)
        if (key)
          eval(key);
        else
          push(constant(), target);
      emit(Op::store_path, target, *path);
      return;
    }
    case Form::unary:  // *pointer = value
    case Form::pass: {
      if (rule.form == Form::unary) note_written_through(target);
      if (rule.form == Form::unary && store_element(target)) return;
      const Node named = rule.form == Form::pass ? part_of(target, rule.a) : Node();
      const auto inner = named ? std::vector{named} : parts(target);
      if (!inner.empty()) assign(inner.back(), is_declared);
      return;
    }
    default:
      assign_pattern(target, is_declared);
  }
}

/// What stands under `key` of the value on the stack goes into `target`.
void Lowering::assign_element(Node target, Value key, bool is_declared, Node at) {
  emit(Op::duplicate, at);
  push(std::move(key), at);
  emit(Op::index, at);
  assign(target, is_declared);
  emit(Op::drop, at);
}

/// The target in a declarator or something else that stands around a single one.
Node Lowering::wrapped_target(Node target) const {
  const Form kind = form(target).form;
  if (kind == Form::pair || kind == Form::list || kind == Form::map) return {};
  if (kind == Form::binding) return part_of(target, form(target).a);
  for (const std::string_view field : {"declarator", "pattern", "name", "left"})
    if (const Node inner = target.field(field)) return inner;
  return {};
}

/// What a part of a pattern takes, and into what: by its own key, else by its position.
Lowering::Taken Lowering::taken_by(Node part, std::optional<std::size_t> position) const {
  const auto named = [&](Node name) {
    return Literal{Literal::Kind::text, std::string(text(name))};
  };
  const FormRule& rule = form(part);
  if (rule.form == Form::pair) {
    const auto [name, into] = halves(rule, part);
    return {name ? literal_of(name) : std::nullopt, into};
  }
  if (rule.form == Form::shorthand) return {named(part), part};
  if (const Node left = part.field("left"); left && form(left).form == Form::shorthand)
    return {named(left), left};  // {name = default}
  if (position) return {Literal{Literal::Kind::number, std::to_string(*position)}, part};
  return {std::nullopt, part};
}

void Lowering::assign_pattern(Node target, bool is_declared) {
  const FormRule& rule = form(target);
  if (target.kind() == "function_declarator") {  // `void (*run)(char *)`
    if (const Node inner = target.field("declarator")) assign(inner, is_declared);
    return;
  }
  if (rule.form == Form::self || rule.form == Form::skip || rule.form == Form::text ||
      rule.form == Form::number)
    return;
  if (rule.form == Form::shorthand) {
    store(text(target), is_declared, target);
    return;
  }
  if (const Node inner = wrapped_target(target)) {
    assign(inner, is_declared);
    return;
  }
  const auto children = parts(target);
  const bool is_list = rule.form == Form::list;
  if (is_list && children.size() == 1 && target.kind() == "expression_list") {
    assign(children.front(), is_declared);
    return;
  }
  bool is_open = false;  // from `...rest` on positions are not known
  for (std::size_t i = 0; i < children.size(); ++i) {
    const Node child = children[i];
    is_open = is_open || form(child).form == Form::spread;
    const auto [key, into] = taken_by(child, is_list && !is_open ? std::optional(i) : std::nullopt);
    if (!into) continue;
    if (is_list || rule.form == Form::map)
      assign_element(into, key ? constant(*key) : constant(), is_declared, child);
    else
      assign(into, is_declared);  // a wrapper of some kind: all names in it
  }
}

}  // namespace peer::taint
