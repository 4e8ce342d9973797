// Literals: numbers, words and the texts between quotes, with what stands in their holes.
#include <algorithm>
#include <charconv>

#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/words.hpp"

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

/// What a string is made of; empty where its grammar does not say. `$name` of Kotlin is two pieces
/// of text to its grammar.
std::vector<Lowering::Piece> Lowering::pieces_of(const std::vector<Node>& written) const {
  std::vector<Piece> pieces;
  for (const Node part : written) {
    if (!is_piece(part.kind())) {
      if (is_hole(part)) pieces.push_back({Piece::Kind::hole, {}, part});
      continue;
    }
    auto plain = text(part);
    const bool after_dollar = in_.language.dollar_names && !pieces.empty() &&
                              pieces.back().kind == Piece::Kind::plain && pieces.back().text == "$";
    const bool is_name = after_dollar && !plain.empty() && (plain[0] < '0' || plain[0] > '9');
    std::size_t length = 0;
    while (is_name && length < plain.size() && is_word(plain[length]))
      ++length;
    if (length > 0) {
      pieces.back() = {Piece::Kind::name, plain.substr(0, length), part};
      plain.remove_prefix(length);
      if (plain.empty()) continue;
    }
    pieces.push_back({Piece::Kind::plain, plain, part});
  }
  return pieces;
}

/// What a string without holes says.
std::optional<std::string> Lowering::plain_text(Node node) const {
  std::string whole;
  const auto pieces = pieces_of(parts(node));
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::plain) return std::nullopt;
    whole += piece.text;
  }
  return pieces.empty() ? unquoted(text(node)) : whole;
}

void Lowering::push_literal(Node node) {
  const auto literal = literal_of(node);
  push(literal ? constant(*literal) : constant(), node);
  if (literal && in_.language.texts_name_functions && literal->kind == Literal::Kind::text)
    if (const auto function = function_called(literal->text)) be_function(*function, node);
}

void Lowering::lower_text(Node node) {
  const auto pieces = pieces_of(parts(node));
  const bool is_plain = std::all_of(pieces.begin(), pieces.end(), [](const Piece& piece) {
    return piece.kind == Piece::Kind::plain;
  });
  if (is_plain)
    push_literal(node);
  else
    join(pieces, node);
}

void Lowering::concat(const std::vector<Node>& pieces, Node at) { join(pieces_of(pieces), at); }

void Lowering::join(const std::vector<Piece>& pieces, Node at) {
  for (const Piece& piece : pieces)
    switch (piece.kind) {
      case Piece::Kind::plain:
        push(piece.text.size() > kMaxLiteral
                 ? constant()
                 : constant({Literal::Kind::text, std::string(piece.text)}),
             piece.node);
        break;
      case Piece::Kind::name:
        load(piece.text, piece.node);
        break;
      case Piece::Kind::hole:
        eval(piece.node);
        break;
    }
  emit(Op::combine, at, static_cast<std::uint32_t>(pieces.size()),
       static_cast<std::uint32_t>(Combination::concat));
}

}  // namespace peer::taint
