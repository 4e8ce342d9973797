#include "analyzers/checks/known_size/declared.hpp"

#include <algorithm>

#include "analyzers/checks/c_syntax.hpp"
#include "base/text.hpp"

namespace peer::known_size {

using c_syntax::name_of_declarator;
namespace {

/// Without what a comment says behind it.
std::string_view without_comment(std::string_view text) {
  return trim(text.substr(0, std::min(text.find("/*"), text.find("//"))));
}

/// How many values an array begins with; none where that does not say its size.
std::optional<std::int64_t> count_of(Node value, std::string_view text) {
  if (!value) return std::nullopt;
  if (value.kind() == "string_literal") {
    const auto written = value.text(text);
    if (written.find('\\') != std::string_view::npos || !written.starts_with('"'))
      return std::nullopt;
    return static_cast<std::int64_t>(written.size()) - 1;
  }
  if (value.kind() != "initializer_list") return std::nullopt;
  std::int64_t count = 0;
  bool is_plain = true;
  for_each_child(value, [&](Node child) {
    if (!child.is_named() || child.is_extra()) return;
    ++count;
    is_plain =
        is_plain && child.kind() != "initializer_pair" && !child.kind().starts_with("preproc");
  });
  return is_plain && count > 0 ? std::optional(count) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> Shape::bytes() const {
  if (!is_array || !element || counts.empty()) return std::nullopt;
  std::int64_t all = *element;
  for (const auto count : counts)
    if (__builtin_mul_overflow(all, count, &all)) return std::nullopt;
  return all;
}

namespace {

constexpr std::int64_t kPointer = 8;

/// `char *p`, `char **p`
std::optional<Shape> shape_of_pointer(Node type, Node pointer, std::string_view text) {
  const Node target = pointer.field("declarator");
  if (!target || target.kind() == "function_declarator") return std::nullopt;
  const bool is_plain = target.kind() == "identifier" || target.kind() == "field_identifier";
  return Shape{.element = is_plain ? size_of_type(type.text(text)) : std::optional(kPointer)};
}

}  // namespace

std::optional<Shape> shape_of(Node type, Node declarator, Node value, std::string_view text,
                              const Constants& known) {
  if (!type || !declarator) return std::nullopt;
  std::vector<Node> sizes;
  Node inner = declarator;
  for (int steps = 0; inner && inner.kind() == "array_declarator" && steps < 8; ++steps) {
    sizes.insert(sizes.begin(), inner.field("size"));
    inner = inner.field("declarator");
  }
  const bool is_pointer = inner && inner.kind() == "pointer_declarator";
  if (sizes.empty()) return is_pointer ? shape_of_pointer(type, inner, text) : std::nullopt;
  Shape shape{.element = is_pointer ? std::optional(kPointer) : size_of_type(type.text(text)),
              .is_array = true};  // char *names[3]
  if (sizes.size() == 1 && sizes.front() && sizes.front().kind() == "identifier")
    shape.count_name = sizes.front().text(text);
  for (const Node size : sizes) {
    const bool is_first = shape.counts.empty();
    const auto count = size ? fold_constant(size.text(text), known)
                            : (is_first ? count_of(value, text) : std::nullopt);
    if (!count || *count <= 0) {
      shape.counts.clear();
      break;
    }
    shape.counts.push_back(*count);
  }
  return shape;
}

Declared::Declared(Node root, std::string_view text) : text_(text) {
  walk(root, [&](Node node) {
    if (!node.is_named()) return false;
    const auto kind = node.kind();
    note(node);
    return kind != "function_definition" && kind != "expression_statement" &&
           kind != "initializer_list";
  });
}

void Declared::note(Node node) {
  const auto kind = node.kind();
  if (kind == "preproc_def") {
    const Node name = node.field("name");
    const Node value = node.field("value");
    if (name && value) note_text(name.text(text_), without_comment(value.text(text_)));
  } else if (kind == "enumerator_list") {
    note_enumerators(node);
  } else if (kind == "declaration") {
    note_declaration(node, variables_);
  } else if (kind == "field_declaration") {
    note_declaration(node, members_);
  }
}

void Declared::note_text(std::string_view name, std::string_view value) {
  const auto [known, is_new] = texts_.try_emplace(name, value);
  if (!is_new && known->second != value) known->second = {};
}

void Declared::note_enumerators(Node list) {
  std::optional<std::int64_t> next = 0;
  for_each_child(list, [&](Node each) {
    if (each.kind() != "enumerator") return;
    if (const Node value = each.field("value"))
      next = fold_constant(value.text(text_), constants());
    const Node name = each.field("name");
    if (name && next) enumerators_.try_emplace(name.text(text_), *next);
    if (next) ++*next;
  });
}

void Declared::note_declaration(Node node, Shapes& into) {
  const Node type = node.field("type");
  if (!type) return;
  const auto all = node.text(text_).substr(0, 200);
  const bool is_constant = all.starts_with("const") ||
                           all.find(" const ") != std::string_view::npos ||
                           all.find("constexpr ") != std::string_view::npos;
  for_each_child(node, [&](Node child) {
    const bool begins = child.kind() == "init_declarator";
    const Node declarator = begins ? child.field("declarator") : child;
    const Node value = begins ? child.field("value") : Node();
    const Node name = name_of_declarator(declarator);
    if (!name || child == type) return;
    if (auto shape = shape_of(type, declarator, value, text_, constants()))
      add(into, name.text(text_), *shape);
    else if (is_constant && value && declarator == name)
      note_text(name.text(text_), value.text(text_));
  });
}

void Declared::add(Shapes& into, std::string_view name, const Shape& shape) {
  const auto [known, is_new] = into.try_emplace(name, Entry{shape, false});
  if (is_new) return;
  const Shape& old = known->second.shape;
  if (old.counts != shape.counts || old.count_name != shape.count_name ||
      old.element != shape.element || old.is_array != shape.is_array)
    known->second.is_ambiguous = true;
}

const Shape* Declared::find(const Shapes& in, std::string_view name) {
  const auto found = in.find(name);
  return found == in.end() || found->second.is_ambiguous ? nullptr : &found->second.shape;
}

// kDeepest levels NOLINTNEXTLINE(misc-no-recursion)
std::optional<std::int64_t> Declared::constant(std::string_view name) const {
  constexpr int kDeepest = 8;
  if (const auto known = enumerators_.find(name); known != enumerators_.end()) return known->second;
  const auto found = texts_.find(name);
  if (found == texts_.end() || found->second.empty() || depth_ >= kDeepest) return std::nullopt;
  ++depth_;
  const auto value = fold_constant(found->second, constants());
  --depth_;
  return value;
}

const Shape* Declared::variable(std::string_view name) const { return find(variables_, name); }

const Shape* Declared::member(std::string_view name) const { return find(members_, name); }

Constants Declared::constants() const {
  // NOLINTNEXTLINE(misc-no-recursion): bounded by depth_
  return {[this](std::string_view name) { return constant(name); },
          [this](std::string_view operand) {
            const Shape* shape = variable(operand);
            return shape == nullptr ? std::nullopt : shape->bytes();
          }};
}

}  // namespace peer::known_size
