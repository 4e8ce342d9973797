#include <algorithm>
#include <array>
#include <cctype>

#include "analyzers/compress/shape.hpp"
#include "base/text.hpp"

namespace peer::compress {
namespace {

constexpr std::size_t kLooked = 300;  // bytes of a line that decide
constexpr std::size_t kLevels = 2;    // of indentation that the last tier shows
constexpr std::size_t kDeepest = 64;  // of elements in one another; deeper ones are their siblings

struct Line {
  Span span;                 // without its end
  std::uint32_t indent = 0;  // columns before the first character
  std::string_view text;     // from there on, at most kLooked bytes
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The word at the front of `text`, which is taken off it with the blanks after it.
std::string_view take_word(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && (is_word(text[size]) || (size == 0 && text[0] == '#')))
    ++size;
  const auto word = text.substr(0, size);
  while (size < text.size() && (text[size] == ' ' || text[size] == '\t'))
    ++size;
  text.remove_prefix(size);
  return word;
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 30> kModifiers{
    "public",  "private",  "protected", "static",   "export",  "default", "async",     "abstract",
    "final",   "override", "inline",    "extern",   "pub",     "unsafe",  "internal",  "open",
    "sealed",  "data",     "partial",   "local",    "declare", "virtual", "constexpr", "explicit",
    "typedef", "template", "suspend",   "mutating", "case",    "my"};
constexpr std::array<std::string_view, 10> kCallables{
    "def", "function", "func", "fn", "fun", "sub", "proc", "procedure", "method", "macro"};
constexpr std::array<std::string_view, 17> kTypes{
    "class",  "struct", "interface", "enum",      "trait", "impl",  "module",  "namespace", "type",
    "record", "object", "protocol",  "extension", "union", "actor", "service", "message"};
constexpr std::array<std::string_view, 9> kImports{
    "import", "from", "use", "using", "require", "include", "#include", "#import", "package"};
constexpr std::array<std::string_view, 22> kControl{
    "if",     "for",  "while", "switch",  "return", "catch",  "else",  "do",
    "sizeof", "when", "until", "foreach", "elif",   "unless", "match", "assert",
    "throw",  "new",  "await", "yield",   "case",   "print"};

/// Takes a balanced `<..>` off the front, as after `template`.
void take_angles(std::string_view& text) {
  if (text.empty() || text[0] != '<') return;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') ++depth;
    if (text[i] == '>' && --depth == 0) {
      const auto next = text.find_first_not_of(" \t", i + 1);
      text = next == std::string_view::npos ? std::string_view{} : text.substr(next);
      return;
    }
  }
}

struct Looks {
  ElementKind kind = ElementKind::other;
  std::string_view word;
  std::string_view name;
};

/// Whether what begins with `(` is a list of parameters and not an argument of a call: a block
/// begins on the line, or what is not indented goes on on the next.
bool may_define(const Line& line, std::string_view after_name, bool has_type) {
  if (after_name.find('{') != std::string_view::npos) return true;
  const char last = after_name.back();
  return has_type && (last == ')' ? line.indent == 0 : last == '(' || last == ',');
}

/// `Type name(..) {`: the name before the parenthesis, where the line looks like a definition.
std::optional<Looks> c_function(const Line& line, std::string_view rest) {
  const auto open = rest.find('(');
  if (open == std::string_view::npos || open == 0 || rest[0] == '#') return std::nullopt;
  auto end = open;
  while (end > 0 && rest[end - 1] == ' ')
    --end;
  auto begin = end;
  while (begin > 0 && is_word(rest[begin - 1]))
    --begin;
  const auto name = rest.substr(begin, end - begin);
  if (name.empty() || is_one_of(name, kControl) ||
      std::isdigit(static_cast<unsigned char>(name[0])) != 0)
    return std::nullopt;
  const auto before = rest.substr(0, begin);
  if (before.find_first_of("=\"'+.({") != std::string_view::npos) return std::nullopt;
  auto front = before;
  if (is_one_of(take_word(front), kControl)) return std::nullopt;
  if (!may_define(line, rest.substr(open), !trim(before).empty())) return std::nullopt;
  return Looks{ElementKind::callable, "function", name};
}

/// `def name`, `func (receiver) name`: `whole` begins with `word`, `rest` after it.
std::optional<Looks> named_callable(const Line& line, std::string_view whole, std::string_view word,
                                    std::string_view rest) {
  if (!rest.empty() && rest[0] == '(') {  // Go's receiver
    const auto close = rest.find(')');
    rest = close == std::string_view::npos ? std::string_view{} : rest.substr(close + 1);
    while (!rest.empty() && rest[0] == ' ')
      rest.remove_prefix(1);
  }
  const auto name = take_word(rest);
  if (name.empty()) return c_function(line, whole);
  return Looks{ElementKind::callable, word, name};
}

/// `class Name`, `struct Name {`: likewise.
std::optional<Looks> named_type(const Line& line, std::string_view whole, std::string_view word,
                                std::string_view rest) {
  const auto name = take_word(rest);
  const auto has = [&](char c) { return rest.find(c) != std::string_view::npos; };
  if (name.empty()) return c_function(line, whole);
  if (word != "type") {
    // `struct x *f(..) {` is a function after all, `struct x y;` a value
    const bool is_value = !rest.empty() && rest[0] == '=';
    if (is_value || (word != "class" && has('('))) return c_function(line, whole);
    if (!rest.empty() && rest.back() == ';' && !has('{')) return std::nullopt;
  }
  return Looks{ElementKind::type, word, name};
}

/// Of a line that begins with `word` after its modifiers: there `whole` begins, `rest` after it.
std::optional<Looks> looks_by_word(const Line& line, std::string_view whole, std::string_view word,
                                   std::string_view rest) {
  if (word == "using" && rest.find('=') != std::string_view::npos)
    return Looks{ElementKind::type, "type", take_word(rest)};
  if (is_one_of(word, kImports)) return Looks{ElementKind::import, "import", line.text};
  if (is_one_of(word, kCallables)) return named_callable(line, whole, word, rest);
  if (is_one_of(word, kTypes)) return named_type(line, whole, word, rest);
  return c_function(line, whole);
}

std::optional<Looks> looks_of(const Line& line) {
  if (line.text.empty()) return std::nullopt;
  auto rest = line.text;
  for (int modifiers = 0; modifiers < 6; ++modifiers) {
    const auto whole = rest;
    const auto word = take_word(rest);
    if (!is_one_of(word, kModifiers)) return looks_by_word(line, whole, word, rest);
    if (word == "template") take_angles(rest);
  }
  return std::nullopt;
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < text.size();) {
    auto end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    Line line;
    line.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    auto first = at;
    for (; first < end && (text[first] == ' ' || text[first] == '\t'); ++first)
      line.indent += text[first] == '\t' ? 4 : 1;
    line.text = text.substr(first, std::min(end - first, kLooked));
    while (!line.text.empty() && (line.text.back() == '\r' || line.text.back() == ' '))
      line.text.remove_suffix(1);
    lines.push_back(line);
    at = end + 1;
  }
  return lines;
}

bool closes(std::string_view text) {
  return text[0] == '}' || text[0] == ')' || text[0] == ']' || text[0] == '{' || text == "end" ||
         text == "end;";
}

/// Elements from lines: each lasts until a line that is indented no deeper, closing brackets
/// included.
class Builder {
 public:
  explicit Builder(std::string_view text) : text_(text) {}

  void line(const Line& line, const std::optional<Looks>& looks) {
    if (line.text.empty()) return;
    if (!open_.empty() && line.indent == open_.back().indent && closes(line.text)) {
      last_ = line.span.end;
      return;
    }
    close(line.indent, line.span.begin);
    last_ = line.span.end;
    if (!looks) return;
    Element element;
    element.kind = looks->kind;
    element.word = looks->word;
    element.name = looks->name;
    element.name_at = static_cast<std::uint32_t>(line.text.data() - text_.data());
    element.span = {line.span.begin, static_cast<std::uint32_t>(text_.size())};
    element.body = line.span.end;
    if (!open_.empty()) element.parent = open_.back().element;
    if (open_.size() >= kDeepest) {
      element.span.end = element.body_end = line.span.end;
      elements_.push_back(element);
      return;
    }
    open_.push_back({line.indent, static_cast<std::uint32_t>(elements_.size())});
    elements_.push_back(element);
  }
  [[nodiscard]] std::size_t depth(std::uint32_t indent) const {
    std::size_t depth = 0;
    while (depth < open_.size() && open_[depth].indent < indent)
      ++depth;
    return depth;
  }
  std::vector<Element> take() {
    close(0, static_cast<std::uint32_t>(text_.size()));
    return std::move(elements_);
  }

 private:
  struct Open {
    std::uint32_t indent;
    std::uint32_t element;
  };
  /// Ends what is indented at least as deep, after the last line that was not blank.
  void close(std::uint32_t indent, std::uint32_t) {
    while (!open_.empty() && open_.back().indent >= indent) {
      auto& element = elements_[open_.back().element];
      element.span.end = element.body_end = std::max(last_, element.body);
      open_.pop_back();
    }
  }

  std::string_view text_;
  std::vector<Open> open_;
  std::vector<Element> elements_;
  std::uint32_t last_ = 0;
};

}  // namespace

std::vector<Element> elements_by_pattern(std::string_view text) {
  Builder builder(text);
  for (const auto& line : lines_of(text))
    builder.line(line, looks_of(line));
  return builder.take();
}

Shape shape_by_lines(std::string_view text) {
  Shape shape;
  shape.tier = DigestTier::pattern;
  shape.elements = elements_by_pattern(text);
  if (std::all_of(shape.elements.begin(), shape.elements.end(),
                  [](const Element& each) { return each.kind == ElementKind::import; })) {
    shape.tier = DigestTier::lines;
    Builder levels(text);
    for (const auto& line : lines_of(text)) {
      const bool shown = !line.text.empty() && levels.depth(line.indent) < kLevels;
      levels.line(line,
                  shown ? std::optional(Looks{ElementKind::other, "", line.text}) : std::nullopt);
    }
    shape.elements = levels.take();
  }
  shape.stretches = stretches_of(shape.elements, static_cast<std::uint32_t>(text.size()));
  return shape;
}

}  // namespace peer::compress
