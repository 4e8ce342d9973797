#include "analyzers/checks/syntax_error_brackets.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "analyzers/languages/language.hpp"

namespace peer {
namespace {

constexpr std::array<std::string_view, 7> kScanned{"c",     "cpp",    "csharp", "swift",
                                                   "scala", "kotlin", "css"};

struct Bracket {
  char letter;
  std::uint32_t at;
};

bool is_opener(char c) { return c == '(' || c == '[' || c == '{'; }
bool is_closer(char c) { return c == ')' || c == ']' || c == '}'; }
char partner_of(char opener) { return opener == '(' ? ')' : opener == '[' ? ']' : '}'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Columns of blank space before the first word of the line at `offset`, and whether that word
/// stands at `offset`.
struct Indent {
  std::size_t width = 0;
  bool is_first = false;
};

Indent indent_at(const SourceFile& file, std::uint32_t offset) {
  const auto line = file.lines().line_span(file.lines().line_of(offset));
  const auto text = file.text(line);
  const auto width = std::min(text.find_first_not_of(" \t"), text.size());
  return {width, line.begin + width == offset};
}

Mismatch unclosed(const Bracket& bracket) {
  return {{bracket.at, bracket.at + 1}, fmt::format("'{}' is never closed", bracket.letter)};
}

Mismatch closes_nothing(const Bracket& bracket) {
  return {{bracket.at, bracket.at + 1}, fmt::format("'{}' closes nothing", bracket.letter)};
}

bool closes_any(const std::vector<Bracket>& open, const Bracket& closer) {
  return std::any_of(open.begin(), open.end(), [&](const Bracket& opener) {
    return partner_of(opener.letter) == closer.letter;
  });
}

/// The closer begins a line further left than the line of its opener.
bool is_left_of_opener(const SourceFile& file, const Bracket& opener, const Bracket& closer) {
  const auto closing = indent_at(file, closer.at);
  return closing.is_first && closing.width < indent_at(file, opener.at).width;
}

/// Pairs brackets by a stack. Where the counts do not work out, the lay-out tells which one is to
/// blame: a closer that begins a line further left than the line of its opener closes another one.
std::optional<Mismatch> pair_brackets(const SourceFile& file,
                                      const std::vector<Bracket>& brackets) {
  std::vector<Bracket> open;
  std::optional<Bracket> suspect;
  for (const auto& bracket : brackets) {
    if (is_opener(bracket.letter)) {
      open.push_back(bracket);
      continue;
    }
    if (open.empty()) return suspect ? unclosed(*suspect) : closes_nothing(bracket);
    const Bracket opener = open.back();
    if (partner_of(opener.letter) != bracket.letter)
      return closes_any(open, bracket) ? unclosed(suspect.value_or(opener))
                                       : closes_nothing(bracket);
    open.pop_back();
    if (!suspect && bracket.letter == '}' && is_left_of_opener(file, opener, bracket))
      suspect = opener;
  }
  if (open.empty()) return std::nullopt;
  return unclosed(suspect.value_or(open.back()));
}

/// Reads a text by letters: skips comments and strings, keeps brackets.
class Scanner {
 public:
  explicit Scanner(const SourceFile& file)
      : file_(file), text_(file.text()), language_(*file.language()) {
    preprocessed_ = language_.name == "c" || language_.name == "cpp" || language_.name == "csharp";
  }

  std::optional<Mismatch> scan() {
    while (at_ < text_.size()) {
      if (skip_comment() || skip_directive()) continue;
      const char c = text_[at_];
      if (c == '"' || (c == '\'' && language_.name == "css")) {
        if (auto mismatch = skip_string(c)) return mismatch;
        continue;
      }
      if (c == '\'') {
        skip_character();
        continue;
      }
      if (is_opener(c) || is_closer(c)) brackets_.push_back({c, static_cast<std::uint32_t>(at_)});
      line_start_ = c == '\n' || (line_start_ && (c == ' ' || c == '\t'));
      ++at_;
    }
    return pair_brackets(file_, brackets_);
  }

 private:
  [[nodiscard]] bool here(std::string_view word) const {
    return text_.substr(at_).starts_with(word);
  }

  void skip_past(std::string_view word) {
    const auto end = text_.find(word, at_);
    at_ = end == std::string_view::npos ? text_.size() : end + word.size();
  }

  void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size()); }

  bool skip_comment() {
    for (const auto& comment : language_.block_comments) {
      if (!here(comment.open)) continue;
      at_ += comment.open.size();
      skip_past(comment.close);
      return true;
    }
    const auto& signs = language_.line_comments;
    if (!std::any_of(signs.begin(), signs.end(), [&](std::string_view sign) { return here(sign); }))
      return false;
    skip_line();
    return true;
  }

  /// The word of a `#` line, or "".
  [[nodiscard]] std::string_view directive_at(std::size_t hash) const {
    const auto from = text_.find_first_not_of(" \t", hash + 1);
    if (from == std::string_view::npos) return {};
    auto to = from;
    while (to < text_.size() && is_word(text_[to]))
      ++to;
    return text_.substr(from, to - from);
  }

  /// Of `#if` only the first branch counts, of `#if 0` none; the text of a macro counts, that of an
  /// #error does not.
  bool skip_directive() {
    if (!preprocessed_ || !line_start_ || text_[at_] != '#') return false;
    const auto word = directive_at(at_);
    const auto line = text_.substr(at_, text_.find('\n', at_) - at_);
    if (word == "else" || word == "elif" || (word == "if" && is_if_zero(line))) {
      skip_branches(word == "if");
    } else if (word == "error" || word == "warning" || word == "pragma" || word == "region" ||
               word == "include" || word == "endregion" || word == "line") {
      skip_line();
    } else {
      line_start_ = false;
      ++at_;
    }
    return true;
  }

  static bool is_if_zero(std::string_view line) {
    const auto last = line.find_last_not_of(" \t\r");
    return last != std::string_view::npos && line[last] == '0' && last > 0 &&
           !is_word(line[last - 1]) && line.find_first_of("=<>!&|") == std::string_view::npos;
  }

  /// To the #endif of this level; after `#if 0`, to its #else too.
  void skip_branches(bool stop_at_else) {
    std::size_t depth = 0;
    skip_line();
    while (at_ < text_.size()) {
      const auto start = text_.find_first_not_of(" \t\r\n", at_);
      if (start == std::string_view::npos) break;
      at_ = start;
      const auto word = text_[at_] == '#' ? directive_at(at_) : std::string_view();
      skip_line();
      if (word.starts_with("if")) {
        ++depth;
      } else if (depth > 0) {
        if (word == "endif") --depth;
      } else if (word == "endif" || (stop_at_else && word == "else")) {
        return;
      }
    }
    at_ = text_.size();
  }

  std::optional<Mismatch> skip_string(char quote) {
    const auto start = at_;
    if (skip_raw_string()) return std::nullopt;
    constexpr std::string_view kTriple = R"(""")";
    if (here(kTriple) && language_.name != "c" && language_.name != "cpp") {
      at_ += kTriple.size();
      skip_past(kTriple);
      while (at_ < text_.size() && text_[at_] == '"')
        ++at_;
      return std::nullopt;
    }
    ++at_;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      if (const char opener = interpolation_here(); opener != '\0') {
        skip_interpolation(opener);
        continue;
      }
      at_ += text_[at_] == '\\' ? 2 : 1;
      if (at_ >= 2 && at_ <= text_.size() && text_[at_ - 2] == '\\' && text_[at_ - 1] == '\r' &&
          at_ < text_.size())
        ++at_;  // a line continued, with CRLF
    }
    if (at_ < text_.size() && text_[at_] == quote) {
      ++at_;
      return std::nullopt;
    }
    const auto at = static_cast<std::uint32_t>(start);
    return Mismatch{{at, at + 1}, fmt::format("the string that {} begins has no end", quote)};
  }

  /// C++ R"x(...)x", C# @"..." and $@"...".
  bool skip_raw_string() {
    const char before = at_ > 0 ? text_[at_ - 1] : ' ';
    const char before_that = at_ > 1 ? text_[at_ - 2] : ' ';
    if (language_.name == "cpp" && before == 'R') {
      const auto parenthesis = text_.find('(', at_);
      if (parenthesis == std::string_view::npos || parenthesis - at_ > 17) return false;
      skip_past(fmt::format("){}\"", text_.substr(at_ + 1, parenthesis - at_ - 1)));
      return true;
    }
    if (language_.name == "csharp" && (before == '@' || (before == '$' && before_that == '@'))) {
      skip_verbatim_string();
      return true;
    }
    if (language_.name == "swift" && before == '#') {
      skip_past("\"#");
      return true;
    }
    return false;
  }

  /// Of C#: a quote in it is written twice.
  void skip_verbatim_string() {
    ++at_;
    while (at_ < text_.size()) {
      if (text_[at_] != '"') {
        ++at_;
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        at_ += 2;
      } else {
        break;
      }
    }
    ++at_;
  }

  /// The bracket that begins code in a string: of Swift's `\( ... )`, of `${ ... }` in Kotlin and
  /// Scala; '\0' where there is none.
  [[nodiscard]] char interpolation_here() const {
    if (language_.name == "swift" && here("\\(")) return '(';
    if ((language_.name == "kotlin" || language_.name == "scala") && here("${")) return '{';
    return '\0';
  }

  /// Code in a string, with strings in it.
  void skip_interpolation(char opener) {
    at_ += 2;
    std::size_t depth = 1;
    bool in_string = false;
    while (at_ < text_.size() && depth > 0 && text_[at_] != '\n') {
      const char c = text_[at_++];
      if (c == '"') in_string = !in_string;
      if (in_string) continue;
      if (c == opener) ++depth;
      if (c == partner_of(opener)) --depth;
    }
  }

  /// 'x', '\n', L'\u1234'; not the separator in 1'000 nor a Scala symbol.
  void skip_character() {
    constexpr std::size_t kLongest = 12;
    const char before = at_ > 0 ? text_[at_ - 1] : ' ';
    const bool separator = before >= '0' && before <= '9';
    const auto start = at_++;
    if (separator) return;
    auto end = at_;
    while (end < text_.size() && end - start < kLongest && text_[end] != '\'' && text_[end] != '\n')
      end += text_[end] == '\\' ? 2 : 1;
    if (end < text_.size() && text_[end] == '\'' && end > at_) at_ = end + 1;
  }

  const SourceFile& file_;
  std::string_view text_;
  const Language& language_;
  std::vector<Bracket> brackets_;
  std::size_t at_ = 0;
  bool preprocessed_ = false;
  bool line_start_ = true;
};

}  // namespace

bool can_scan_brackets(std::string_view language) {
  return std::find(kScanned.begin(), kScanned.end(), language) != kScanned.end();
}

std::optional<Mismatch> scan_brackets(const SourceFile& file) { return Scanner(file).scan(); }

std::optional<Mismatch> tree_brackets(const SourceFile& file) {
  std::vector<Bracket> brackets;
  walk(file.tree()->root(), [&](Node node) {
    if (node.child_count() > 0) return true;
    const auto span = node.span();
    if (span.size() != 1 || node.is_named()) return false;
    const char letter = file.text()[span.begin];
    if (is_opener(letter) || is_closer(letter)) brackets.push_back({letter, span.begin});
    return false;
  });
  return pair_brackets(file, brackets);
}

}  // namespace peer
