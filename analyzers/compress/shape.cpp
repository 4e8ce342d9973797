#include "analyzers/compress/shape.hpp"

#include <algorithm>

#include "analyzers/compress/focus.hpp"
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

/// A type of C whose name stands after its body: `} Name;` belongs to it.
std::uint32_t with_name_after(std::string_view text, std::uint32_t end, std::uint32_t most) {
  constexpr std::uint32_t kLongest = 120;
  const auto rest = text.substr(end, std::min(most - end, kLongest));
  const auto semicolon = rest.find(';');
  const auto newline = rest.find('\n');
  if (semicolon == std::string_view::npos || newline < semicolon || semicolon == 0) return end;
  return rest.substr(0, semicolon).find_first_of("({=}") == std::string_view::npos
             ? end + static_cast<std::uint32_t>(semicolon) + 1
             : end;
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

/// The pieces of the text that the grammar could not read, in order.
std::vector<Span> broken_pieces(const SourceFile& file) {
  std::vector<Span> broken;
  walk(file.tree()->root(), [&](Node node) {
    if (node.is_error()) broken.push_back(node.span());
    return !node.is_error() && node.has_error();
  });
  return broken;
}

/// `symbol` with what stands before it on its line, from `least` on.
Element element_of(const Symbol& symbol, std::string_view text, std::uint32_t least) {
  Element element;
  element.kind = kind_of(symbol);
  element.word = to_string(symbol.kind);
  element.name = text.substr(symbol.name_span.begin, symbol.name_span.size());
  element.name_at = symbol.name_span.begin;
  element.span = symbol.span;
  element.span.begin =
      with_start_of_line(text, symbol.span.begin, std::min(least, symbol.span.begin));
  element.body = element.body_end = element.span.end;
  if (symbol.body) {
    element.body = std::clamp(symbol.body->begin, element.span.begin, element.span.end);
    element.body_end = std::clamp(symbol.body->end, element.body, element.span.end);
  }
  return element;
}

std::vector<Element> elements_of(const Outline& outline, std::string_view text) {
  std::vector<Element> elements;
  std::uint32_t least = 0;  // what stands before belongs to others
  std::vector<std::uint32_t> open;
  for (std::size_t i = 0; i < outline.symbols.size(); ++i) {
    const auto& symbol = outline.symbols[i];
    while (!open.empty() && elements[open.back()].span.end <= symbol.span.begin) {
      least = std::max(least, elements[open.back()].span.end);
      open.pop_back();
    }
    if (!open.empty()) {
      const auto& parent = elements[open.back()];
      const bool in_head = symbol.span.begin < parent.body;
      least = std::max(least, in_head ? symbol.span.begin : parent.body + 1);
    }
    Element element = element_of(symbol, text, least);
    if (!open.empty()) element.parent = open.back();
    if (symbol.is_type() && symbol.body && symbol.body->end == element.span.end) {
      auto most = element.parent ? elements[*element.parent].body_end
                                 : static_cast<std::uint32_t>(text.size());
      if (i + 1 < outline.symbols.size() && outline.symbols[i + 1].span.begin >= element.span.end)
        most = std::min(most, outline.symbols[i + 1].span.begin);
      if (most > element.span.end) element.span.end = with_name_after(text, element.span.end, most);
    }
    open.push_back(static_cast<std::uint32_t>(elements.size()));
    least = std::max(least, element.span.begin);
    elements.push_back(element);
  }
  return elements;
}

struct Candidate {
  Element element;
  bool is_guess;
};

void cut(Element& element, std::uint32_t end) {
  element.span.end = std::min(element.span.end, end);
  element.body = std::min(element.body, element.span.end);
  element.body_end = std::min(element.body_end, element.span.end);
}

/// All in order, with their parents; a guess that would cross another ends where it begins.
std::vector<Element> nested(std::vector<Candidate> all) {
  std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    const auto &x = a.element.span, &y = b.element.span;
    return x.begin != y.begin ? x.begin < y.begin : x.end > y.end;
  });
  std::vector<Element> elements;
  std::vector<bool> guesses;
  std::vector<std::uint32_t> open;
  for (auto& [element, is_guess] : all) {
    while (!open.empty() && elements[open.back()].span.end <= element.span.begin)
      open.pop_back();
    while (!open.empty() && !is_guess && guesses[open.back()] &&
           elements[open.back()].span.end < element.span.end) {
      cut(elements[open.back()], element.span.begin);
      open.pop_back();
    }
    if (!open.empty()) cut(element, elements[open.back()].span.end);
    if (element.span.empty()) continue;
    element.parent = open.empty() ? std::nullopt : std::optional(open.back());
    open.push_back(static_cast<std::uint32_t>(elements.size()));
    elements.push_back(element);
    guesses.push_back(is_guess);
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

std::vector<Element> mended(const std::vector<Element>& sure, const std::vector<Element>& guessed,
                            const std::vector<Span>& broken, const LineIndex& lines) {
  std::vector<std::uint32_t> named;  // lines
  std::vector<Span> bodies;
  std::vector<Candidate> all;
  for (const auto& element : sure) {
    named.push_back(lines.line_of(element.name_at));
    if (element.kind == ElementKind::callable && element.body < element.body_end)
      bodies.push_back({element.body, element.body_end});
    all.push_back({element, false});
  }
  std::sort(named.begin(), named.end());
  bodies = united(std::move(bodies));
  for (const auto& element : guessed) {
    const Span at{element.name_at, element.name_at};
    if (std::binary_search(named.begin(), named.end(), lines.line_of(element.name_at))) continue;
    if (is_within(bodies, at) && !is_within(broken, at)) continue;
    all.push_back({element, true});
  }
  return nested(std::move(all));
}

Shape shape_of(const SourceFile& file) {
  if (file.tree() == nullptr || file.language() == nullptr || file.language()->outline.empty())
    return shape_by_lines(file.text());
  Shape shape;
  shape.elements = elements_of(outline_of(file), file.text());
  if (file.tree()->root().has_error()) {
    const auto broken = broken_pieces(file);
    std::uint64_t bytes = 0;
    for (const auto& span : broken)
      bytes += span.size();
    if (static_cast<double>(bytes) > kTooBroken * static_cast<double>(file.text().size())) {
      if (shape.elements.empty()) return shape_by_lines(file.text());
      shape.tier = DigestTier::pattern;
    }
    shape.elements = mended(shape.elements, elements_by_pattern(file.text()), broken, file.lines());
  }
  shape.stretches = stretches_of(shape.elements, static_cast<std::uint32_t>(file.text().size()));
  return shape;
}

}  // namespace peer::compress
