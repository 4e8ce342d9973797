#include "analyzers/compress/shape.hpp"

#include <algorithm>

#include "analyzers/languages/language.hpp"
#include "analyzers/parse/outline.hpp"
#include "analyzers/source_file.hpp"

namespace peer::compress {
namespace {

ElementKind kind_of(const Symbol& symbol) {
  if (symbol.kind == SymbolKind::import) return ElementKind::import;
  if (symbol.is_callable()) return ElementKind::callable;
  if (symbol.is_type() || symbol.kind == SymbolKind::module) return ElementKind::type;
  return ElementKind::other;
}

/// The start of the line where only what belongs to the element stands before it on the line:
/// white space and words such as `export`.
std::uint32_t with_start_of_line(std::string_view text, std::uint32_t begin, std::uint32_t least) {
  auto at = begin;
  while (at > least && text[at - 1] != '\n' && begin - at < 200)
    --at;
  return at;
}

/// More of the text than this in broken pieces: the tree is not believed.
constexpr double kTooBroken = 0.3;

bool is_too_broken(const SourceFile& file) {
  const Node root = file.tree()->root();
  if (!root.has_error()) return false;
  std::uint64_t broken = root.is_error() ? file.text().size() : 0;
  if (broken == 0)
    walk(root, [&](Node node) {
      if (node.is_error()) broken += node.end() - node.begin();
      return !node.is_error() && node.has_error();
    });
  return static_cast<double>(broken) > kTooBroken * static_cast<double>(file.text().size());
}

std::vector<Element> elements_of(const Outline& outline, std::string_view text) {
  std::vector<Element> elements;
  std::uint32_t least = 0;  // what stands before belongs to others
  std::vector<std::uint32_t> open;
  for (const auto& symbol : outline.symbols) {
    while (!open.empty() && elements[open.back()].span.end <= symbol.span.begin) {
      least = std::max(least, elements[open.back()].span.end);
      open.pop_back();
    }
    Element element;
    element.kind = kind_of(symbol);
    element.word = to_string(symbol.kind);
    element.name = text.substr(symbol.name_span.begin, symbol.name_span.size());
    element.name_at = symbol.name_span.begin;
    element.span = symbol.span;
    if (!open.empty()) {
      const auto& parent = elements[open.back()];
      const bool in_head = symbol.span.begin < parent.body;
      least = std::max(least, in_head ? symbol.span.begin : parent.body + 1);
      element.parent = open.back();
    }
    element.span.begin =
        with_start_of_line(text, symbol.span.begin, std::min(least, symbol.span.begin));
    element.body = symbol.body
                       ? std::clamp(symbol.body->begin, element.span.begin, element.span.end)
                       : element.span.end;
    element.body_end = symbol.body ? std::clamp(symbol.body->end, element.body, element.span.end)
                                   : element.span.end;
    open.push_back(static_cast<std::uint32_t>(elements.size()));
    least = std::max(least, element.span.begin);
    elements.push_back(element);
  }
  return elements;
}

}  // namespace

std::vector<Stretch> stretches_of(const std::vector<Element>& elements, std::uint32_t size) {
  std::vector<Stretch> stretches;
  std::vector<std::uint32_t> open;
  std::uint32_t at = 0;
  const auto put = [&](std::uint32_t end, Role role) {
    if (end <= at) return;
    std::optional<std::uint32_t> owner;
    if (!open.empty()) owner = open.back();
    stretches.push_back({{at, end}, role, owner});
    at = end;
  };
  const auto advance = [&](std::uint32_t end) {
    if (!open.empty()) {
      const auto& owner = elements[open.back()];
      put(std::min(end, owner.body), Role::head);
      put(std::min(end, owner.body_end), Role::body);
      put(end, Role::head);
    } else {
      put(end, Role::body);
    }
  };
  const auto close_until = [&](std::uint32_t offset) {
    while (!open.empty() && elements[open.back()].span.end <= offset) {
      advance(elements[open.back()].span.end);
      open.pop_back();
    }
  };
  for (std::uint32_t i = 0; i < elements.size(); ++i) {
    close_until(elements[i].span.begin);
    advance(elements[i].span.begin);
    open.push_back(i);
  }
  close_until(size);
  advance(size);
  return stretches;
}

Shape shape_of(const SourceFile& file) {
  if (file.tree() == nullptr || file.language() == nullptr || file.language()->outline.empty() ||
      is_too_broken(file))
    return shape_by_lines(file.text());
  Shape shape;
  shape.elements = elements_of(outline_of(file), file.text());
  shape.stretches = stretches_of(shape.elements, static_cast<std::uint32_t>(file.text().size()));
  return shape;
}

}  // namespace peer::compress
