#include "analyzers/checks/slow_regex/literal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "analyzers/characters.hpp"
#include "base/text.hpp"

namespace peer::slow_regex {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Something that is put into the text around it: `${name}`.
bool is_put_in(Node node) {
  const auto kind = node.kind();
  return kind.find("interpol") != std::string_view::npos ||
         kind.find("substitution") != std::string_view::npos || kind.substr(0, 8) == "variable" ||
         kind == "member_access_expression" || kind == "subscript_expression";
}

/// How a literal writes its text.
struct Form {
  Span inside;
  bool has_escapes = true;
  bool doubles_quotes = false;    ///< `""` is a quote, as in C#'s `@".."`
  bool keeps_unknown = true;      ///< `\d` is a backslash and a d
  bool is_single_quoted = false;  ///< of PHP and Ruby: only the backslash and the quote are escaped
};

std::size_t count_of_front(std::string_view text, char c) {
  return std::min(text.find_first_not_of(c), text.size());
}

Form form_of(Node node, std::string_view source, std::string_view language) {
  const std::string_view text = node.text(source);
  const auto inside = [&](std::size_t front, std::size_t back) {
    const std::size_t begin = std::min(front, text.size());
    const std::size_t end = std::max(begin, text.size() - std::min(back, text.size()));
    return Span{node.begin() + static_cast<std::uint32_t>(begin),
                node.begin() + static_cast<std::uint32_t>(end)};
  };
  Form out;
  const std::size_t quote_at = std::min(text.find_first_of("\"'`"), text.size());
  const std::string_view prefix = text.substr(0, quote_at);
  const char quote = quote_at < text.size() ? text[quote_at] : '\0';
  const std::size_t quotes = count_of_front(text.substr(quote_at), quote);
  const bool has_r = prefix.find_first_of("rR") != std::string_view::npos;
  if (is_regex(node)) {
    const std::size_t front = text.substr(0, 2) == "%r" ? 3 : 1;
    const std::size_t end = text.find_last_of(front == 3 ? "}])>|!/" : "/");
    out.inside = inside(front, end == std::string_view::npos ? 0 : text.size() - end);
    out.has_escapes = false;
  } else if (language == "cpp" && has_r) {
    const std::size_t open = std::min(text.find('('), text.size());
    out.inside = inside(open + 1, text.size() - std::min(text.find_last_of(')'), text.size()));
    out.has_escapes = false;
  } else if (language == "rust" && has_r) {
    const std::size_t hashes = quote_at - std::min(prefix.find('#'), quote_at);
    out.inside = inside(quote_at + 1, hashes + 1);
    out.has_escapes = false;
  } else {
    const std::size_t length = quotes >= 3 && quotes != text.size() ? quotes : 1;
    out.inside = inside(quote_at + length, length);
    out.doubles_quotes = language == "csharp" && prefix.find('@') != std::string_view::npos;
    const bool raw_of_three = length >= 3 && (language == "kotlin" || language == "csharp");
    out.has_escapes =
        !has_r && !out.doubles_quotes && !raw_of_three && !(language == "go" && quote == '`');
    out.is_single_quoted = quote == '\'' && (language == "php" || language == "ruby");
    out.keeps_unknown = language == "python" || language == "php";
  }
  return out;
}

/// The character that `\` and what follows write, appended; how many bytes follow that belong to
/// it.
std::size_t append_escape(std::string& out, std::string_view behind, const Form& form) {
  const char c = behind.front();
  if (form.is_single_quoted) {
    if (c != '\\' && c != '\'') out += '\\';
    out += c;
    return 1;
  }
  constexpr std::string_view kLetters = "ntr\\\"'`$/";
  constexpr std::string_view kMeant = "\n\t\r\\\"'`$/";
  if (const auto at = kLetters.find(c); at != std::string_view::npos) {
    out += kMeant[at];
    return 1;
  }
  if (c == 'x' || c == 'u') {
    const std::size_t most = c == 'x' ? 2 : 4;
    const std::string_view digits = behind.substr(1, most);
    std::uint32_t value = 0;
    constexpr int kHex = 16;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, kHex);
    if (error == std::errc() && end == digits.data() + most) {
      // A character with a meaning in expressions, written as a number, means it all the same.
      append_utf8(out, value);
      return 1 + most;
    }
  }
  if (c == '\n') return 1;
  if (form.keeps_unknown) out += '\\';
  out += c;
  return 1;
}

void append_text(std::string& out, std::string_view text, const Form& form) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (form.doubles_quotes && text.substr(i, 2) == "\"\"") ++i;
    if (form.has_escapes && text[i] == '\\' && i + 1 < text.size())
      i += append_escape(out, text.substr(i + 1), form);
    else
      out += text[i];
  }
}

/// Stands for what is put in: one of the characters for private use, of which expressions hardly
/// ever hold one.
class PutIn {
 public:
  void append(std::string& out, std::string_view what) {
    const auto found = std::find(seen_.begin(), seen_.end(), what);
    const auto number = static_cast<char32_t>(found - seen_.begin());
    if (found == seen_.end()) seen_.push_back(what);
    append_utf8(out, std::min<char32_t>(kFirst + number, kLast));
  }
  static bool is_one(char32_t c) { return c >= kFirst && c <= kLast; }

 private:
  static constexpr char32_t kFirst = 0xE000;
  static constexpr char32_t kLast = 0xE0FF;
  std::vector<std::string_view> seen_;
};

void append_literal(std::string& out, PutIn& put_in, Node node, std::string_view source,
                    std::string_view language) {
  const Form form = form_of(node, source, language);
  std::uint32_t at = form.inside.begin;
  for_each_child(node, [&](Node child) {
    if (!is_put_in(child) || child.begin() < at || child.end() > form.inside.end) return;
    append_text(out, source.substr(at, child.begin() - at), form);
    put_in.append(out, child.text(source));
    at = child.end();
  });
  if (at < form.inside.end) append_text(out, source.substr(at, form.inside.end - at), form);
}

Flags flags_in(std::string_view letters) {
  return {letters.find('i') != std::string_view::npos, letters.find('x') != std::string_view::npos};
}

}  // namespace

bool is_regex(Node node) { return node.is_named() && node.kind() == "regex"; }

bool is_literal(Node node) {
  static constexpr std::array<std::string_view, 10> kKinds{"string",
                                                           "string_literal",
                                                           "template_string",
                                                           "encapsed_string",
                                                           "verbatim_string_literal",
                                                           "raw_string_literal",
                                                           "interpreted_string_literal",
                                                           "interpolated_string_expression",
                                                           "multiline_string_literal",
                                                           "regex"};
  return node.is_named() && is_one_of(node.kind(), kKinds);
}

bool is_sum(Node node, std::string_view source) {
  static constexpr std::array<std::string_view, 2> kByThemselves{"concatenated_string",
                                                                 "chained_string"};
  static constexpr std::array<std::string_view, 4> kOfOperators{
      "binary_expression", "binary_operator", "additive_expression", "binary"};
  if (is_one_of(node.kind(), kByThemselves)) return true;
  if (!is_one_of(node.kind(), kOfOperators) || node.named_child_count() != 2) return false;
  const Node left = node.named_child(0);
  const std::string_view sign =
      trim(source.substr(left.end(), node.named_child(1).begin() - left.end()));
  return sign == "+" || sign == ".";
}

std::string expression_in(Node literal, std::string_view source, std::string_view language) {
  std::string out;
  PutIn put_in;
  walk(literal, [&](Node node) {
    if (is_literal(node))
      append_literal(out, put_in, node, source, language);
    else if (is_sum(node, source))
      return true;
    else if (node.is_named() && !node.is_extra())
      put_in.append(out, node.text(source));
    return false;
  });
  return out;
}

std::string shown(std::string_view expression) {
  std::string out;
  while (!expression.empty()) {
    const auto one = decode_utf8(expression);
    const bool is_blank = one.code_point == ' ' || one.code_point == '\n' ||
                          one.code_point == '\r' || one.code_point == '\t';
    if (PutIn::is_one(one.code_point))
      out += "…";
    else if (!is_blank)
      out += expression.substr(0, one.length);
    else if (out.empty() || out.back() != ' ')
      out += ' ';
    expression.remove_prefix(one.length);
  }
  return visible(out, false);
}

Flags flags_of(Node regex, std::string_view source) {
  const std::string_view text = regex.text(source);
  std::size_t end = text.size();
  while (end > 0 && is_letter(text[end - 1]))
    --end;
  return flags_in(text.substr(end));
}

std::string_view without_delimiters(std::string_view text, Flags& flags) {
  constexpr std::string_view kOpen = "({[<";
  constexpr std::string_view kClose = ")}]>";
  if (text.size() < 2 || is_word(text.front()) || text.front() == '\\') return text;
  const auto bracket = kOpen.find(text.front());
  const auto end =
      text.find_last_of(bracket == std::string_view::npos ? text.front() : kClose[bracket]);
  if (end == 0 || end == std::string_view::npos) return text;
  const std::string_view letters = text.substr(end + 1);
  if (!std::all_of(letters.begin(), letters.end(), is_letter)) return text;
  flags = flags_in(letters);
  return text.substr(1, end - 1);
}

}  // namespace peer::slow_regex
