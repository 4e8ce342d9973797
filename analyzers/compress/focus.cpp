#include "analyzers/compress/focus.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"

namespace peer::compress {
namespace {

using Words = std::unordered_set<std::string_view>;

constexpr std::uint32_t kLongestStatement = 4000;  // bytes of a definition that is shown whole

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Calls `visit(word)` for each name in `text`.
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    const auto begin = at;
    while (at < text.size() && is_word(text[at]))
      ++at;
    if (std::isdigit(static_cast<unsigned char>(text[begin])) == 0)
      visit(text.substr(begin, at - begin));
  }
}

std::string_view last_part(std::string_view name) {
  const auto at = name.find_last_of(".:/\\#~ ");
  return at == std::string_view::npos || at + 1 == name.size() ? name : name.substr(at + 1);
}

/// The bytes of the changed lines.
std::vector<Span> changed_spans(const SourceFile& file, const std::vector<LineRange>& changed) {
  const auto& lines = file.lines();
  const auto last = lines.line_count();
  const auto size = static_cast<std::uint32_t>(file.text().size());
  std::vector<Span> spans;
  for (const auto& range : changed) {
    if (last == 0) break;
    const auto first = std::clamp(range.first, 1U, last);
    const auto count = std::max(range.count, 1U);
    const auto end = count > last - first ? last + 1 : first + count;
    spans.push_back({lines.line_span(first).begin, end > last ? size : lines.line_span(end).begin});
  }
  return united(std::move(spans));
}

/// The innermost function around `element`, itself included.
std::optional<Span> function_around(const Shape& shape, std::optional<std::uint32_t> element) {
  // a chain of nested types only: far fewer than elements, but of hostile text cut short
  for (int steps = 0; element && steps < 64; ++steps, element = shape.elements[*element].parent)
    if (shape.elements[*element].kind == ElementKind::callable)
      return shape.elements[*element].span;
  return std::nullopt;
}

/// The changed lines, each with all of the innermost function around it.
std::vector<Span> must_of(const Shape& shape, const std::vector<Span>& changed) {
  std::vector<Span> must;
  for (const auto& span : changed) {
    must.push_back(span);
    auto stretch =
        std::lower_bound(shape.stretches.begin(), shape.stretches.end(), span.begin,
                         [](const Stretch& each, std::uint32_t at) { return each.span.end <= at; });
    for (; stretch != shape.stretches.end() && stretch->span.begin < span.end; ++stretch)
      if (const auto function = function_around(shape, stretch->element)) must.push_back(*function);
  }
  return united(std::move(must));
}

/// Whether a line gives a value or a type to one of `words`.
bool defines(std::string_view line, std::uint32_t indent, const Words& words) {
  const auto equals = line.find_first_of("=:(");
  if (equals == std::string_view::npos && line.substr(indent, 7) != "#define") return false;
  bool found = false;
  for_each_word(line.substr(0, std::min(equals, line.size())),
                [&](std::string_view word) { found = found || words.contains(word); });
  return found;
}

/// Statements of `stretch` that define a word of `words`: a line that is indented no deeper than
/// the first, with the deeper ones after it.
void add_definitions(std::string_view text, Span stretch, const Words& words,
                     std::vector<Span>& found) {
  std::uint32_t least = UINT32_MAX;
  constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t open = kNone;
  auto end = stretch.begin;
  for (auto at = stretch.begin; at < stretch.end; at = end) {
    const auto newline = text.substr(0, stretch.end).find('\n', at);
    end = newline == std::string_view::npos ? stretch.end : static_cast<std::uint32_t>(newline) + 1;
    const auto line = text.substr(at, std::min(end - at, 300U));
    const auto indent = static_cast<std::uint32_t>(line.find_first_not_of(" \t\r\n"));
    if (indent >= line.size() || line.find_first_of("})]", indent) == indent) continue;
    least = std::min(least, indent);
    if (indent > least) continue;
    if (open != kNone) found.push_back({open, std::min(at, open + kLongestStatement)});
    open = defines(line, indent, words) ? at : kNone;
  }
  if (open != kNone) found.push_back({open, std::min(stretch.end, open + kLongestStatement)});
}

/// Used elements first, then what stands beside the change, then types before functions.
std::vector<std::uint32_t> order_of(const Shape& shape, const Focus& focus,
                                    const std::vector<std::string>& ranking) {
  std::unordered_map<std::string_view, std::uint32_t> ranks;
  for (const auto& name : ranking)
    ranks.emplace(last_part(name), static_cast<std::uint32_t>(ranks.size()));
  std::vector<bool> beside(shape.elements.size() + 1, false);  // by parent
  const auto slot = [&](const Element& element) {
    return element.parent ? *element.parent : shape.elements.size();
  };
  for (const auto& element : shape.elements)
    if (is_within(focus.must, element.span)) beside[slot(element)] = true;
  std::vector<std::uint32_t> weight(shape.elements.size());
  for (std::size_t i = 0; i < shape.elements.size(); ++i) {
    const auto& element = shape.elements[i];
    const auto ranked = ranks.find(last_part(element.name));
    if (ranked != ranks.end())
      weight[i] = 100 + ranked->second;
    else if (focus.used[i])
      weight[i] = 1;
    else
      weight[i] = 1'000'000 + (beside[slot(element)] ? 0U : 10U) +
                  (element.kind == ElementKind::type       ? 0U
                   : element.kind == ElementKind::callable ? 1U
                                                           : 2U);
  }
  std::vector<std::uint32_t> order(shape.elements.size());
  for (std::uint32_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return weight[a] < weight[b]; });
  return order;
}

}  // namespace

bool is_within(const std::vector<Span>& spans, Span span) {
  const auto after = std::upper_bound(spans.begin(), spans.end(), span.begin,
                                      [](std::uint32_t at, Span each) { return at < each.begin; });
  return after != spans.begin() && std::prev(after)->contains(span);
}

std::vector<Span> united(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<Span> out;
  for (const auto& span : spans) {
    if (span.empty()) continue;
    if (!out.empty() && span.begin <= out.back().end)
      out.back().end = std::max(out.back().end, span.end);
    else
      out.push_back(span);
  }
  return out;
}

Focus focus_of(const Shape& shape, const SourceFile& file, const DigestRequest& request) {
  Focus focus;
  focus.must = must_of(shape, changed_spans(file, request.changed));
  focus.used.resize(shape.elements.size(), false);
  Words words;
  for (const auto& span : focus.must)
    for_each_word(file.text(span), [&](std::string_view word) { words.insert(word); });
  for (std::size_t i = 0; i < shape.elements.size() && !words.empty(); ++i) {
    const auto& element = shape.elements[i];
    if (is_within(focus.must, element.span)) continue;
    if (element.kind != ElementKind::import) {
      focus.used[i] = words.contains(last_part(element.name));
      continue;
    }
    const auto text = file.text(element.span);
    for_each_word(text.substr(0, kLongestStatement), [&](std::string_view word) {
      if (word != "import" && word != "from" && word != "as" && words.contains(word))
        focus.used[i] = true;
    });
  }
  if (!words.empty())
    for (const auto& stretch : shape.stretches) {
      const auto owner = stretch.element;
      if (stretch.role == Role::body &&
          (!owner || shape.elements[*owner].kind == ElementKind::type))
        add_definitions(file.text(), stretch.span, words, focus.used_text);
    }
  focus.used_text = united(std::move(focus.used_text));
  focus.order = order_of(shape, focus, request.ranking);
  return focus;
}

}  // namespace peer::compress
