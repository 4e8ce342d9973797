#include "analyzers/checks/secrets/assignment.hpp"

#include <algorithm>

#include "analyzers/characters.hpp"

namespace peer::secrets {
namespace {

constexpr std::size_t kMostName = 64;
constexpr std::size_t kMostValue = 1024;
constexpr std::size_t kMostType = 32;

bool is_name(char c) { return is_word(c) || c == '.' || c == '-'; }
bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

/// Reads on from a place; never past the end.
struct Reader {
  std::string_view text;
  std::size_t at;

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at + ahead < text.size() ? text[at + ahead] : '\0';
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at;
    return true;
  }
  bool take(std::string_view word) {
    if (text.substr(at, word.size()) != word) return false;
    at += word.size();
    return true;
  }
  bool take_blanks() {
    const auto from = at;
    while (at - from < 40 && (peek() == ' ' || peek() == '\t'))
      ++at;
    return at > from;
  }
};

/// `: String =` or `&str =`: passes over a type between a name and its value.
void skip_type(Reader& in) {
  Reader ahead = in;
  for (std::size_t n = 0; n < kMostType; ++n, ++ahead.at) {
    const char c = ahead.peek();
    if (c == '=') {
      if (ahead.peek(1) != '=') in.at = ahead.at + 1;
      return;
    }
    static constexpr std::string_view kOfTypes = "&'[]?<> .|_:*";
    if (!is_word(c) && kOfTypes.find(c) == std::string_view::npos) return;
  }
}

/// Passes over what gives a name its value; false if there is nothing of the kind. `name_quoted`: a
/// comma will do.
bool take_operator(Reader& in, bool name_quoted) {
  if (in.take(":=") || in.take("=>") || in.take("||=") || in.take("?=") || in.take("+="))
    return true;
  if (in.peek() == '=') {
    const char next = in.peek(1);
    if (next == '=' || next == '~') return false;
    ++in.at;
    return true;
  }
  if (in.peek() == ':') {
    if (in.peek(1) == ':') return false;
    ++in.at;
    in.take_blanks();
    if (!is_quote(in.peek())) skip_type(in);
    return true;
  }
  return name_quoted && in.take(',');
}

std::optional<Span> quoted_value(Reader in, char quote, bool escaped) {
  const auto from = in.at;
  while (in.at < in.text.size() && in.at - from < kMostValue) {
    const char c = in.peek();
    if (c == '\n' || c == '\r') return std::nullopt;
    if (escaped ? (c == '\\' && in.peek(1) == quote) : c == quote)
      return Span{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(in.at)};
    in.at += !escaped && c == '\\' ? 2 : 1;
  }
  return std::nullopt;
}

Span bare_value(Reader in) {
  const auto from = in.at;
  static constexpr std::string_view kStops = " \t\r\n\"'`,;)}]<>&|";
  while (in.at < in.text.size() && in.at - from < kMostValue &&
         kStops.find(in.peek()) == std::string_view::npos)
    ++in.at;
  return {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(in.at)};
}

/// The value that begins here: in quotes, or bare.
std::optional<Assignment> take_value(Reader in, std::string_view name) {
  in.take_blanks();
  if (is_word(in.peek()) && is_quote(in.peek(1)) && !is_quote(in.peek())) ++in.at;  // b"", f"", L""
  if (in.peek() == '@' && in.peek(1) == '"') ++in.at;
  const bool escaped = in.peek() == '\\' && is_quote(in.peek(1));
  if (escaped) ++in.at;
  if (is_quote(in.peek())) {
    const char quote = in.peek();
    ++in.at;
    if (in.peek() == quote && in.peek(1) == quote) in.at += 2;  // """
    const auto value = quoted_value(in, quote, escaped);
    if (!value) return std::nullopt;
    return Assignment{name, *value, true};
  }
  return Assignment{name, bare_value(in), false};
}

}  // namespace

std::optional<Assignment> assignment_at(std::string_view text, Span part) {
  std::size_t begin = part.begin;
  std::size_t end = part.end;
  while (begin > 0 && part.begin - begin < kMostName && is_name(text[begin - 1]))
    --begin;
  while (end < text.size() && end - part.end < kMostName && is_name(text[end]))
    ++end;
  const auto name = text.substr(begin, end - begin);
  Reader in{text, end};
  // <password>value</password>
  if (begin > 0 && text[begin - 1] == '<' && in.take('>')) return take_value(in, name);
  if (in.peek() == '\\' && is_quote(in.peek(1))) ++in.at;
  const bool name_quoted = is_quote(in.peek());
  if (name_quoted) ++in.at;
  in.take(']');
  if (in.peek() == '[' && (in.peek(1) == ']')) in.at += 2;  // char password[] = "..."
  const bool blanks = in.take_blanks();
  if (take_operator(in, name_quoted)) return take_value(in, name);
  const bool option = name.substr(0, 2) == "--";
  if (option && blanks && !name_quoted) return take_value(in, name);
  return std::nullopt;
}

}  // namespace peer::secrets
