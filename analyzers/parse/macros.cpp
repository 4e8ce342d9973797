#include "analyzers/parse/macros.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace peer {
namespace {

enum class Kind : std::uint8_t { none, capitals, name, word, literal, sign };

/// What a word of the language says about the place it stands in.
enum Place : std::uint8_t {
  kPlain = 0,
  kAggregate = 1,   ///< class, struct, union, enum: a name follows
  kSpecifier = 2,   ///< static, inline: a declaration goes on
  kType = 4,        ///< void, auto: cannot follow the name of a type
  kSection = 8,     ///< public, namespace: begins something new
  kQualifier = 16,  ///< const, noexcept: may stand behind the parameters
  kOperator = 32,   ///< operator
};

struct Token {
  std::uint32_t begin;
  std::uint32_t end;
  Kind kind;
  std::uint8_t place;  // of a word
  char sign;           // of a sign: its first character; ':' alone is ':' and "::" is 'q'
};

struct Word {
  std::string_view text;
  std::uint8_t place;
};

constexpr std::array<Word, 39> kWords{{{"auto", kType},
                                       {"bool", kType},
                                       {"char", kType},
                                       {"class", kAggregate | kSection},
                                       {"const", kQualifier},
                                       {"constexpr", kSpecifier | kSection},
                                       {"decltype", kPlain},
                                       {"double", kType},
                                       {"else", kPlain},
                                       {"enum", kAggregate | kSection},
                                       {"explicit", kSpecifier | kSection},
                                       {"extern", kSpecifier | kSection},
                                       {"final", kQualifier},
                                       {"float", kType},
                                       {"friend", kSpecifier | kSection},
                                       {"inline", kSpecifier | kSection},
                                       {"int", kType},
                                       {"long", kType},
                                       {"namespace", kSection},
                                       {"noexcept", kQualifier},
                                       {"operator", kOperator},
                                       {"override", kQualifier},
                                       {"private", kSection},
                                       {"protected", kSection},
                                       {"public", kSection},
                                       {"return", kPlain},
                                       {"short", kType},
                                       {"signed", kType},
                                       {"sizeof", kPlain},
                                       {"static", kSpecifier | kSection},
                                       {"struct", kAggregate | kSection},
                                       {"template", kSection},
                                       {"typedef", kSection},
                                       {"typename", kType},
                                       {"union", kAggregate | kSection},
                                       {"unsigned", kType},
                                       {"using", kSection},
                                       {"virtual", kSpecifier | kSection},
                                       {"void", kType}}};

/// Where the words with a first letter begin; those of 'z' end at the last.
constexpr auto kFirstWords = [] {
  std::array<std::uint8_t, 27> first{};
  for (std::size_t letter = 0, word = 0; letter < first.size(); ++letter) {
    while (word < kWords.size() &&
           static_cast<std::size_t>(kWords[word].text.front() - 'a') < letter)
      ++word;
    first[letter] = static_cast<std::uint8_t>(word);
  }
  return first;
}();

/// Null where `name` is no word of the language. Nearly all names are none, and most are seen not
/// to be by their length.
const Word* find_word(std::string_view name) {
  const auto letter = static_cast<std::size_t>(name.front() - 'a');
  if (letter >= kFirstWords.size() - 1) return nullptr;
  for (std::size_t i = kFirstWords[letter]; i < kFirstWords[letter + 1]; ++i)
    if (kWords[i].text.size() == name.size() && kWords[i].text == name) return &kWords[i];
  return nullptr;
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_capitals(std::string_view name) {
  bool letter = false;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z')
      letter = true;
    else if (c != '_' && !(c >= '0' && c <= '9'))
      return false;
  }
  return letter && name.size() >= 3;
}

/// Cuts text into tokens; comments and directives are dropped.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) { tokens_.reserve(text.size() / 5); }

  std::vector<Token> run() {
    while (at_ < text_.size())
      step();
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  void step() {
    const char c = peek();
    if (c == '\n') {
      line_start_ = true;
      ++at_;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == '#' && line_start_) {
      directive();
    } else if (c == '/' && peek(1) == '/') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '/' && peek(1) == '*') {
      const auto end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
    } else {
      line_start_ = false;
      token(c);
    }
  }
  /// To the end of the line, over escaped line ends. What follows begins anew.
  void directive() {
    while (at_ < text_.size() && (text_[at_] != '\n' || text_[at_ - 1] == '\\'))
      ++at_;
    add(at_, Kind::none);
  }
  void token(char c) {
    if (c == '"' || c == '\'') return literal(c);
    if (!is_name_char(c)) return sign(c);
    auto end = at_ + 1;
    while (end < text_.size() && is_name_char(text_[end]))
      ++end;
    const auto name = text_.substr(at_, end - at_);
    if (text_.substr(end, 1) == "\"" && name.ends_with('R')) return raw_string(end);
    if (c >= '0' && c <= '9') return add(end, Kind::literal);
    if (is_capitals(name)) return add(end, Kind::capitals);
    const auto* word = find_word(name);
    add(end, word != nullptr ? Kind::word : Kind::name,
        word != nullptr ? word->place : std::uint8_t{kPlain});
  }
  void sign(char c) {
    if (c == ':' && peek(1) == ':') return add(at_ + 2, Kind::sign, kPlain, 'q');
    if (c == '-' && peek(1) == '>') return add(at_ + 2, Kind::sign, kPlain, 'a');
    add(at_ + 1, Kind::sign, kPlain, c);
  }
  /// A literal ends with its line at the latest: a lone quote must not swallow the file.
  void literal(char quote) {
    auto end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
      end += text_[end] == '\\' ? 2 : 1;
    add(std::min(end + 1, text_.size()), Kind::literal);
  }
  void raw_string(std::size_t quote) {
    constexpr std::size_t kLongestDelimiter = 16;
    const auto open = text_.find('(', quote);
    if (open == std::string_view::npos || open - quote > kLongestDelimiter + 1)
      return add(quote + 1, Kind::literal);
    const auto close = ")" + std::string(text_.substr(quote + 1, open - quote - 1)) + "\"";
    const auto end = text_.find(close, open);
    add(end == std::string_view::npos ? text_.size() : end + close.size(), Kind::literal);
  }
  void add(std::size_t end, Kind kind, std::uint8_t place = kPlain, char sign = '\0') {
    tokens_.push_back(
        {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end), kind, place, sign});
    at_ = end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool line_start_ = true;
  std::vector<Token> tokens_;
};

constexpr Token kNothing{0, 0, Kind::none, kPlain, '\0'};
constexpr std::size_t kFarthest = 64;  // tokens looked ahead: keeps the whole linear

class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text), tokens_(Lexer(text).run()) {}

  std::string run() {
    for (std::size_t i = 0; i < tokens_.size();) {
      const auto end = tokens_[i].kind == Kind::capitals ? macro_end(i) : i;
      if (end > i) {
        blank(i, end);
        i = end;
      } else {
        before_ = previous_;
        previous_ = tokens_[i++];
      }
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Token& at(std::size_t i) const {
    return i < tokens_.size() ? tokens_[i] : kNothing;
  }
  [[nodiscard]] bool is_sign(std::size_t i, char sign) const { return at(i).sign == sign; }
  [[nodiscard]] bool is_word(std::size_t i, int places) const {
    return (at(i).place & places) != 0;
  }
  [[nodiscard]] bool is_name(std::size_t i) const {
    return at(i).kind == Kind::name || at(i).kind == Kind::capitals;
  }

  /// Past the brackets that open at `i`; `i` itself when they do not close soon.
  [[nodiscard]] std::size_t past(std::size_t i, char open, char close) const {
    std::size_t depth = 0;
    for (std::size_t j = i; j < std::min(i + kFarthest, tokens_.size()); ++j) {
      if (is_sign(j, open)) ++depth;
      if (is_sign(j, close) && --depth == 0) return j + 1;
      if (is_sign(j, ';') || is_sign(j, '{')) break;
    }
    return i;
  }
  /// Past a macro and its arguments.
  [[nodiscard]] std::size_t past_macro(std::size_t i) const {
    return is_sign(i + 1, '(') ? past(i + 1, '(', ')') : i + 1;
  }
  /// Past all macros that stand one after another from `i`.
  [[nodiscard]] std::size_t past_macros(std::size_t i) const {
    const auto limit = i + kFarthest;
    while (at(i).kind == Kind::capitals && i < limit) {
      const auto next = past_macro(i);
      if (next == i + 1 && is_sign(next, '(')) break;
      i = next;
    }
    return i;
  }

  /// Where the macro at `i` ends if it is to be blanked, else `i`.
  [[nodiscard]] std::size_t macro_end(std::size_t i) const {
    const auto next = past_macro(i);
    if ((previous_.place & kAggregate) != 0) return names_aggregate(next) ? next : i;
    if (follows_parameters()) return opens_body(past_macros(i)) ? next : i;
    if (!begins_declaration()) return i;
    return declaration_goes_on(next) || is_bracket_line(i) ? next : i;
  }

  /// `class API Basket {`: the name and the body come behind.
  [[nodiscard]] bool names_aggregate(std::size_t i) const {
    const auto name =
        past_macros(i) > i && !is_name(past_macros(i)) ? past_macros(i) - 1 : past_macros(i);
    if (!is_name(name)) return false;
    if (is_sign(name + 1, '{')) return true;
    const bool bit_field = text_.substr(previous_.begin, 4) == "enum";
    return !bit_field && (is_sign(name + 1, ':') || is_sign(name + 1, '<') ||
                          is_sign(name + 1, 'q') || is_word(name + 1, kQualifier));
  }
  [[nodiscard]] bool follows_parameters() const {
    return previous_.sign == ')' || (previous_.place & kQualifier) != 0;
  }
  [[nodiscard]] bool opens_body(std::size_t i) const {
    return is_sign(i, '{') || is_sign(i, ':') || is_sign(i, 'a') || is_word(i, kQualifier) ||
           (is_sign(i, ';') && (previous_.place & kQualifier) != 0);
  }
  [[nodiscard]] bool begins_declaration() const {
    if (previous_.kind == Kind::none || (previous_.place & kSpecifier) != 0) return true;
    if (previous_.kind == Kind::literal) return (before_.place & kSpecifier) != 0;  // extern "C"
    constexpr std::string_view kEnds = ";{}:>";
    return previous_.sign != '\0' && kEnds.find(previous_.sign) != std::string_view::npos;
  }
  /// From `i` on stands what would be a whole declaration: its type was not in front of `i`.
  [[nodiscard]] bool declaration_goes_on(std::size_t i) const {
    i = past_macros(i);
    if (is_word(i, kType | kSection | kOperator) || is_sign(i, '~')) return true;
    if (!is_name(i)) return false;
    if (is_sign(i + 1, '(')) return begins_constructor(i + 1);
    ++i;
    for (std::size_t steps = 0; steps < 8; ++steps) {
      if (is_sign(i, 'q') && is_name(i + 1)) {
        i += 2;
      } else if (is_sign(i, '<') && past(i, '<', '>') != i) {
        i = past(i, '<', '>');
      } else {
        break;
      }
    }
    while (is_sign(i, '*') || is_sign(i, '&') || is_word(i, kQualifier))
      ++i;
    return is_name(i);
  }
  /// `(int x) : x_(x)`: what has initialisers has no type in front of it.
  [[nodiscard]] bool begins_constructor(std::size_t i) const {
    auto end = past(i, '(', ')');
    if (end == i) return false;
    while (is_word(end, kQualifier))
      ++end;
    return is_sign(end, ':') && is_name(end + 1) &&
           (is_sign(end + 2, '(') || is_sign(end + 2, '{'));
  }
  /// `BEGIN_NAMESPACE` alone on its line.
  [[nodiscard]] bool is_bracket_line(std::size_t i) const {
    const auto name = text_.substr(at(i).begin, at(i).end - at(i).begin);
    if (name.find("BEGIN") == std::string_view::npos && name.find("END") == std::string_view::npos)
      return false;
    const auto line_end = text_.find_first_not_of(" \t\r", at(i).end);
    return line_end == std::string_view::npos || text_[line_end] == '\n';
  }

  void blank(std::size_t first, std::size_t last) {
    if (out_.empty()) out_ = std::string(text_);
    for (auto i = at(first).begin; i < at(last - 1).end; ++i)
      if (out_[i] != '\n' && out_[i] != '\r') out_[i] = ' ';
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  Token previous_ = kNothing;  // before the current one, blanked ones left out
  Token before_ = kNothing;    // before that
  std::string out_;
};

}  // namespace

std::string blank_macros(std::string_view text) { return Blanker(text).run(); }

}  // namespace peer
