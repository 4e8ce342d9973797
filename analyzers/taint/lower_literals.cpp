// Literals: numbers, words and the texts between quotes, with what stands in their holes.
#include <algorithm>
#include <charconv>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr std::size_t kMaxLiteral = 256;

bool contains_any(std::string_view kind, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return kind.find(word) != std::string_view::npos;
  });
}

/// The text of a string between its quotes.
std::string unquoted(std::string_view raw) {
  while (!raw.empty() && raw.front() != '"' && raw.front() != '\'' && raw.front() != '`' &&
         (raw.back() == '"' || raw.back() == '\'' || raw.back() == '`'))
    raw.remove_prefix(1);
  for (const std::size_t quotes : {std::size_t{3}, std::size_t{1}}) {
    if (raw.size() < 2 * quotes ||
        (raw.front() != '"' && raw.front() != '\'' && raw.front() != '`'))
      continue;
    const std::string mark(quotes, raw.front());
    if (raw.starts_with(mark) && raw.ends_with(mark))
      return std::string(raw.substr(quotes, raw.size() - 2 * quotes));
  }
  return std::string(raw.starts_with(':') ? raw.substr(1) : raw);
}

std::optional<std::string> decimal(std::string_view raw) {
  std::string digits;
  for (const char c : raw)
    if (c != '_') digits.push_back(c);
  while (!digits.empty() && contains_any("lLuU", {std::string_view(&digits.back(), 1)}))
    digits.pop_back();
  long long number = 0;
  const int base = digits.starts_with("0x") || digits.starts_with("0X") ? 16 : 10;
  const char* first = digits.data() + (base == 16 ? 2 : 0);
  const auto [end, error] = std::from_chars(first, digits.data() + digits.size(), number, base);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
    return std::nullopt;
  return std::to_string(number);
}

bool is_piece(std::string_view kind) {
  return contains_any(kind, {"content", "fragment", "escape"}) || kind == "character" ||
         kind == "nowdoc_string";
}

}  // namespace

std::optional<Literal> Lowering::literal_of(Node node) const {
  node = unwrapped(node);
  if (!node || node.end() - node.begin() > kMaxLiteral) return std::nullopt;
  switch (form(node).form) {
    case Form::boolean: {
      const auto word = text(node);
      return Literal{Literal::Kind::boolean, word == "true" || word == "TRUE" ? "true" : "false"};
    }
    case Form::true_:
      return Literal{Literal::Kind::boolean, "true"};
    case Form::false_:
      return Literal{Literal::Kind::boolean, "false"};
    case Form::null:
      return Literal{Literal::Kind::null, "null"};
    case Form::number: {
      auto number = decimal(text(node));
      if (!number) return std::nullopt;
      return Literal{Literal::Kind::number, std::move(*number)};
    }
    case Form::text: {
      auto plain = plain_text(node);
      if (!plain) return std::nullopt;
      return Literal{Literal::Kind::text, std::move(*plain)};
    }
    default:
      return std::nullopt;
  }
}

/// Whether a part of a string that is no piece of its text holds a value.
bool Lowering::is_hole(Node part) const {
  return form(part).form != Form::mix || part.named_child_count() != 0;
}

/// What a string without holes says.
std::optional<std::string> Lowering::plain_text(Node node) const {
  std::string whole;
  bool has_pieces = false;
  for (const Node part : parts(node)) {
    if (is_piece(part.kind())) {
      whole += text(part);
      has_pieces = true;
    } else if (is_hole(part)) {
      return std::nullopt;
    }
  }
  return has_pieces ? whole : unquoted(text(node));
}

void Lowering::push_literal(Node node) {
  const auto literal = literal_of(node);
  push(literal ? constant(*literal) : constant(), node);
}

void Lowering::lower_text(Node node) {
  std::vector<Node> pieces;
  bool has_holes = false;
  for (const Node part : parts(node)) {
    if (is_piece(part.kind())) {
      pieces.push_back(part);
    } else if (is_hole(part)) {
      has_holes = true;
      pieces.push_back(part);
    }
  }
  if (has_holes)
    concat(pieces, node);
  else
    push_literal(node);
}

void Lowering::concat(const std::vector<Node>& pieces, Node at) {
  for (const Node piece : pieces)
    if (is_piece(piece.kind()))
      push(piece.end() - piece.begin() > kMaxLiteral
               ? constant()
               : constant({Literal::Kind::text, std::string(text(piece))}),
           piece);
    else
      eval(piece);
  emit(Op::combine, at, static_cast<std::uint32_t>(pieces.size()),
       static_cast<std::uint32_t>(Combination::concat));
}

}  // namespace peer::taint
