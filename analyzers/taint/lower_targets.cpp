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
  if (written.starts_with('$')) written.remove_prefix(1);
  return in_.names(written);
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
  if (inner < 2) return false;
  auto& declared = scopes_[inner - 1].declared;
  if (std::find(declared.begin(), declared.end(), name) != declared.end()) return false;
  declared.push_back(name);
  bound_[name].push_back(in_.names.another(name));
  return true;
}

void Lowering::store(Node name, bool is_declared) {
  const auto written = text(name);
  const auto it = bound_.find(written);
  const bool is_bound = it != bound_.end() && !it->second.empty();
  if (!is_declared && !is_bound && is_member(written)) {
    out_.paths.push_back({self_, {in_.names(written)}});
    emit(Op::store_path, name, static_cast<std::uint32_t>(out_.paths.size() - 1));
    return;
  }
  const bool can_declare = !scopes_.empty() && scopes_.size() < 2000;
  if (is_declared && can_declare) {
    emit(Op::store, name, declare(written), 1);
    return;
  }
  if (in_.language.function_scoped && declare_in_function(written)) {
    emit(Op::store, name, bound_[written].back(), 1);
    return;
  }
  const Symbol symbol = symbol_of(written);
  if (!is_bound && in_.language.block_scoped) outside_.insert(symbol);
  emit(Op::store, name, symbol);
}

std::optional<std::uint32_t> Lowering::path_of(Node node, std::vector<Node>* keys) {
  std::vector<std::optional<Symbol>> segments;  // from the last to the first
  std::vector<Node> unknown;
  for (int steps = 0; node && steps < 24; ++steps) {
    const FormRule& rule = form(node);
    const auto children =
        rule.form == Form::member || rule.form == Form::index ? parts(node) : std::vector<Node>{};
    std::optional<Symbol> root;
    switch (rule.form) {
      case Form::self:
        root = self_;
        break;
      case Form::own_member:
        segments.push_back(member_symbol(node));
        root = self_;
        break;
      case Form::name: {
        const auto name = text(node);
        const auto it = bound_.find(name);
        const bool is_bound = it != bound_.end() && !it->second.empty();
        if (names_owner(node)) {
          root = self_;
        } else if (!is_bound && is_member(name)) {
          segments.push_back(in_.names(name));
          root = self_;
        } else {
          root = symbol_of(name);
          if (!is_bound && in_.language.block_scoped) outside_.insert(*root);
        }
        break;
      }
      case Form::member: {
        segments.push_back(member_symbol(rule.b.empty() ? children.back() : node.field(rule.b)));
        node = rule.a.empty() ? children.front() : node.field(rule.a);
        break;
      }
      case Form::index: {
        const Node key =
            rule.b.empty() ? (children.size() == 2 ? children.back() : Node()) : node.field(rule.b);
        const auto literal = key ? literal_of(key) : std::nullopt;
        if (literal) {
          segments.push_back(in_.names(literal->text));
        } else {
          segments.push_back(std::nullopt);
          unknown.push_back(key);
        }
        node = rule.a.empty() ? (children.empty() ? Node() : children.front()) : node.field(rule.a);
        break;
      }
      case Form::pass: {
        const Node inner = unwrapped(node);
        if (inner == node) return std::nullopt;
        node = inner;
        break;
      }
      case Form::unary: {
        const auto sign = operator_of(node);
        if (sign != "&" && sign != "*" && sign != "&mut") return std::nullopt;
        const auto inner = parts(node);
        if (inner.empty()) return std::nullopt;
        node = inner.back();
        break;
      }
      default:
        return std::nullopt;
    }
    if (!root) continue;
    if (segments.size() > kMaxSegments)
      segments.erase(segments.begin(), segments.end() - kMaxSegments);
    std::reverse(segments.begin(), segments.end());
    if (keys != nullptr) {
      keys->assign(unknown.rbegin(), unknown.rend());
      const auto known =
          static_cast<std::size_t>(std::count(segments.begin(), segments.end(), std::nullopt));
      while (keys->size() > known)
        keys->pop_back();
    } else if (const auto first = std::find(segments.begin(), segments.end(), std::nullopt);
               first != segments.end()) {
      segments.erase(first, segments.end());  // what holds the unknown element
    }
    out_.paths.push_back({*root, std::move(segments)});
    return static_cast<std::uint32_t>(out_.paths.size() - 1);
  }
  return std::nullopt;
}

void Lowering::lower_assign_to(Node target, bool is_declared) {
  const FormRule& rule = form(target);
  switch (rule.form) {
    case Form::name:
      store(target, is_declared);
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
      const auto inner = parts(target);
      if (!inner.empty()) assign(inner.back(), is_declared);
      return;
    }
    default:
      assign_pattern(target, is_declared);
  }
}

void Lowering::assign_pattern(Node target, bool is_declared) {
  const FormRule& rule = form(target);
  if (rule.form == Form::self || rule.form == Form::skip || rule.form == Form::text ||
      rule.form == Form::number)
    return;
  if (rule.form == Form::shorthand) {
    store(target, is_declared);
    return;
  }
  const bool is_wrapper =
      rule.form != Form::pair && rule.form != Form::list && rule.form != Form::map;
  for (const std::string_view field : {"declarator", "pattern", "name", "left"})
    if (const Node inner = target.field(field); inner && is_wrapper) {
      assign(inner, is_declared);
      return;
    }
  const auto children = parts(target);
  const bool is_list = rule.form == Form::list;
  if (is_list && children.size() == 1 && target.kind() == "expression_list") {
    assign(children.front(), is_declared);
    return;
  }
  bool is_open = false;  // after `...rest` positions are not known
  for (std::size_t i = 0; i < children.size(); ++i) {
    const Node child = children[i];
    const FormRule& part = form(child);
    std::optional<Literal> key;
    Node into = child;
    if (part.form == Form::pair) {
      const auto halves = parts(child);
      const Node name = part.a.empty() ? halves.front() : child.field(part.a);
      into = part.b.empty() ? halves.back() : child.field(part.b);
      key = name ? literal_of(name) : std::nullopt;
      if (!into) continue;
    } else if (part.form == Form::shorthand) {
      key = Literal{Literal::Kind::text, std::string(text(child))};
    } else if (const Node left = child.field("left"); left && form(left).form == Form::shorthand) {
      key = Literal{Literal::Kind::text, std::string(text(left))};  // {name = default}
      into = left;
    } else if (is_list && !is_open && part.form != Form::spread) {
      key = Literal{Literal::Kind::number, std::to_string(i)};
    }
    is_open = is_open || part.form == Form::spread;
    if (is_list || rule.form == Form::map) {
      emit(Op::duplicate, child);
      push(key ? constant(*key) : constant(), child);
      emit(Op::index, child);
      assign(into, is_declared);
      emit(Op::drop, child);
    } else {
      assign(into, is_declared);  // a wrapper of some kind: all names in it
    }
  }
}

}  // namespace peer::taint
