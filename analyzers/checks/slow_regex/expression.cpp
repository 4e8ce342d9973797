#include "analyzers/checks/slow_regex/expression.hpp"

#include <algorithm>
#include <charconv>

#include "analyzers/characters.hpp"
#include "base/text.hpp"

namespace peer::slow_regex {
namespace {

const CharSet& digits() {
  static const CharSet kSet{{U'0', U'9'}};
  return kSet;
}

const CharSet& word() {
  static const CharSet kSet{{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}};
  return kSet;
}

const CharSet& blanks() {
  static const CharSet kSet{{U'\t', U'\r'}, {U' ', U' '}, {0x85, 0x85}, {0xA0, 0xA0}, {0x2028, 0x2029}};
  return kSet;
}

const CharSet& line_ends() {
  static const CharSet kSet{{U'\n', U'\n'}};
  return kSet;
}

/// Reads by descent, from the left to the right. Any step may fail: `failed_` then stays, and the rest is of no meaning.
class Reader {
 public:
  Reader(std::string_view text, Flags flags) : text_(text), flags_(flags) {}

  std::optional<Part> whole() {
    Part out = choice();
    if (failed_ || !at_end()) return std::nullopt;
    return out;
  }

 private:
  static constexpr int kDeepest = 100;

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  void skip(std::size_t count) { at_ = std::min(at_ + count, text_.size()); }
  Part fail() {
    failed_ = true;
    at_ = text_.size();
    return {};
  }

  Part symbol() { return chars_part(CharSet(next_symbol_++)); }

  static Part chars_part(CharSet set) {
    Part out;
    out.kind = Part::Kind::chars;
    out.chars = std::move(set);
    return out;
  }

  Part of_set(CharSet set) const {
    if (flags_.ignore_case) set.ignore_case();
    return chars_part(std::move(set));
  }

  /// One code point; a byte that is no UTF-8 counts as what it is.
  char32_t code_point() {
    if (at_end()) return 0;
    const auto decoded = decode_utf8(text_.substr(at_));
    const auto byte = static_cast<unsigned char>(text_[at_]);
    at_ += decoded.length;
    return decoded.valid ? decoded.code_point : byte;
  }

  Part choice() {  // NOLINT(misc-no-recursion): group() bounds the depth
    const Flags outside = flags_;
    Part first = sequence();
    if (peek() != '|') {
      flags_ = outside;
      return first;
    }
    Part out;
    out.kind = Part::Kind::choice;
    out.parts.push_back(std::move(first));
    while (take("|")) out.parts.push_back(sequence());
    flags_ = outside;
    return out;
  }

  Part sequence() {  // NOLINT(misc-no-recursion)
    Part out;
    while (!at_end() && peek() != '|' && peek() != ')') {
      if (skips_blank()) continue;
      Part part = atom();
      if (failed_) return out;
      part = repeated(std::move(part));
      const bool is_nothing = part.kind == Part::Kind::sequence && part.parts.empty();
      if (!is_nothing) out.parts.push_back(std::move(part));
    }
    return out;
  }

  bool skips_blank() {
    if (!flags_.ignore_blanks) return false;
    if (peek() == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return true;
    }
    if (peek() != ' ' && peek() != '\t' && peek() != '\n' && peek() != '\r') return false;
    ++at_;
    return true;
  }

  struct Times {
    std::uint32_t least;
    std::uint32_t most;
  };

  /// `{2}`, `{2,}`, `{,5}`, `{2,5}`; none where the brace stands for itself.
  std::optional<Times> braces() {
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    const std::size_t comma = inside.find(',');
    const auto number = [](std::string_view digits, std::uint32_t none) -> std::optional<std::uint32_t> {
      if (digits.empty()) return none;
      std::uint32_t value = 0;
      const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
      if (stop != digits.data() + digits.size() || error != std::errc()) return std::nullopt;
      return value;
    };
    if (inside.empty() || inside == ",") return std::nullopt;
    const auto least = number(inside.substr(0, comma), 0);
    const auto most = comma == std::string_view::npos ? least : number(inside.substr(comma + 1), Part::kNoLimit);
    if (!least || !most) return std::nullopt;
    at_ = end + 1;
    return Times{*least, *most};
  }

  std::optional<Times> times() {
    if (take("*")) return Times{0, Part::kNoLimit};
    if (take("+")) return Times{1, Part::kNoLimit};
    if (take("?")) return Times{0, 1};
    if (peek() == '{') return braces();
    return std::nullopt;
  }

  Part repeated(Part part) {
    while (flags_.ignore_blanks && skips_blank()) {
    }
    while (const auto times = this->times()) {
      if (times->least > times->most) return fail();
      Part out;
      out.kind = Part::Kind::repeat;
      out.least = times->least;
      out.most = times->most;
      out.parts.push_back(std::move(part));
      part = std::move(out);
      take("?");                             // the shortest first: the ways are the same
      if (take("+")) part = symbol();        // possessive: never tried again
    }
    return part;
  }

  Part atom() {  // NOLINT(misc-no-recursion)
    switch (peek()) {
      case '(': return group();
      case '[': return of_set(bracket());
      case '\\': return escape();
      case '.': ++at_; return chars_part(CharSet{{U'\n', U'\n'}, {U'\r', U'\r'}, {0x2028, 0x2029}}.negated());
      case '^': ++at_; return {};
      case '$': ++at_; return chars_part(CharSet(CharSet::kEnd));
      case '*':
      case '+':
      case '?': return fail();
      default: return of_set(CharSet(code_point()));
    }
  }

  Part group() {  // NOLINT(misc-no-recursion)
    if (++depth_ > kDeepest) return fail();
    ++at_;
    const Flags outside = flags_;
    const Opening opening = take("?") ? this->opening() : Opening::plain;
    if (opening == Opening::unknown) return fail();
    if (opening == Opening::flags_only) {
      --depth_;
      return {};
    }
    Part inside = choice();
    if (failed_ || !take(")")) return fail();
    --depth_;
    flags_ = outside;
    return opening == Opening::opaque ? symbol() : inside;
  }

  enum class Opening : std::uint8_t {
    plain,
    opaque,      ///< look-around, atomic
    flags_only,  ///< `(?i)`, taken to its end: for the rest of what stands around
    unknown,     ///< recursion, conditions
  };

  /// What stands behind `(?`.
  Opening opening() {
    if (take("#")) {
      skip(text_.find(')', at_) - at_);
      return Opening::plain;
    }
    for (const std::string_view sign : {"=", "!", "<=", "<!", ">"})
      if (take(sign)) return Opening::opaque;
    for (const std::string_view sign : {"P=", "P>", "R", "&", "("})
      if (take(sign)) return Opening::unknown;
    if (is_digit(peek())) return Opening::unknown;
    for (const std::string_view sign : {"P<", "<", "'"})
      if (take(sign)) return skip_past(">'") ? Opening::plain : Opening::unknown;
    if (take(":") || take("|")) return Opening::plain;
    if (!read_flags()) return Opening::unknown;
    return take(")") ? Opening::flags_only : Opening::plain;
  }

  /// Behind the next of `signs`; false where there is none.
  bool skip_past(std::string_view signs) {
    const std::size_t end = text_.find_first_of(signs, at_);
    if (end == std::string_view::npos) return false;
    at_ = end + 1;
    return true;
  }

  /// `i-sx` up to `:`, which is taken, or `)`, which is not.
  bool read_flags() {
    bool on = true;
    for (; !at_end() && peek() != ')'; ++at_) {
      const char c = peek();
      if (c == ':') {
        ++at_;
        return true;
      }
      if (c == '-') on = false;
      else if (c == 'i') flags_.ignore_case = on;
      else if (c == 'x') flags_.ignore_blanks = on;
      else if (!is_letter(c) && c != '^') return false;
    }
    return !at_end();
  }

  static const CharSet* known_class(char c) {
    switch (c) {
      case 'd': return &digits();
      case 'w': return &word();
      case 's': return &blanks();
      default: return nullptr;
    }
  }

  /// `\d`, `\S`: what the letter behind the backslash stands for; takes it.
  std::optional<CharSet> class_escape() {
    const char c = peek();
    if (const CharSet* known = known_class(c)) {
      ++at_;
      return *known;
    }
    if (is_upper(c))
      if (const CharSet* known = known_class(static_cast<char>(c - 'A' + 'a'))) {
        ++at_;
        return known->negated();
      }
    if (c == 'h' || c == 'R') {
      ++at_;
      return c == 'h' ? CharSet{{U'\t', U'\t'}, {U' ', U' '}} : CharSet{{U'\n', U'\r'}};
    }
    if (c == 'N') {
      ++at_;
      return line_ends().negated();
    }
    return std::nullopt;
  }

  /// `\p{Lu}`: letters, or anything but letters; near enough for where they overlap.
  std::optional<CharSet> property() {
    const bool negated = peek() == 'P';
    ++at_;
    std::string_view name = text_.substr(at_, 1);
    if (take("{")) {
      const std::size_t end = text_.find('}', at_);
      if (end == std::string_view::npos) return std::nullopt;
      name = text_.substr(at_, end - at_);
      at_ = end + 1;
    } else {
      skip(1);
    }
    CharSet set;
    if (name == "Lu" || name == "Upper") set = CharSet{{U'A', U'Z'}, {0xC0, 0xDE}};
    else if (name == "Ll" || name == "Lower") set = CharSet{{U'a', U'z'}, {0xDF, 0xFF}};
    else if (name.substr(0, 1) == "L" || name == "Alpha" || name == "IsAlphabetic") set = CharSet{{U'A', U'Z'}, {U'a', U'z'}, {0xC0, 0xFF}, {0x100, 0x2FF}};
    else if (name.substr(0, 1) == "N" || name == "Digit") set = digits();
    else if (name == "Alnum") set = CharSet{{U'0', U'9'}, {U'A', U'Z'}, {U'a', U'z'}};
    else if (name.substr(0, 1) == "Z" || name == "Space") set = blanks();
    else if (name.substr(0, 1) == "P" || name == "Punct") set = CharSet{{U'!', U'/'}, {U':', U'@'}, {U'[', U'`'}, {U'{', U'~'}};
    else return std::nullopt;
    return negated ? set.negated() : set;
  }

  /// The character that an escape writes, behind the backslash.
  std::optional<char32_t> char_escape() {
    const auto hex = [&](std::size_t most) -> std::optional<char32_t> {
      if (peek() == '{') {
        const std::size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) return std::nullopt;
        const auto value = number(text_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        return value;
      }
      std::size_t count = 0;
      while (count < most && is_hex(peek(count))) ++count;
      const auto value = number(text_.substr(at_, count));
      at_ += count;
      return value;
    };
    switch (const char c = peek()) {
      case 'n': ++at_; return U'\n';
      case 'r': ++at_; return U'\r';
      case 't': ++at_; return U'\t';
      case 'f': ++at_; return U'\f';
      case 'v': ++at_; return U'\v';
      case 'a': ++at_; return U'\a';
      case 'e': ++at_; return 0x1B;
      case '0':
      case '1':
      case '2':
      case '3': return octal();
      case 'x': ++at_; return hex(2);
      case 'u': ++at_; return hex(4);
      case 'U': ++at_; return hex(8);
      case 'c': skip(2); return static_cast<char32_t>(static_cast<unsigned char>(c) & 0x1FU);
      default: return at_end() ? std::nullopt : std::optional(code_point());
    }
  }

  /// `\177`; only in brackets, elsewhere all but those with a leading zero are references.
  char32_t octal() {
    constexpr int kMost = 3;
    char32_t value = 0;
    for (int i = 0; i < kMost && peek() >= '0' && peek() <= '7'; ++i, ++at_) value = value * 8 + static_cast<char32_t>(peek() - '0');
    return value;
  }

  static std::optional<char32_t> number(std::string_view hex) {
    std::uint32_t value = 0;
    constexpr int kHex = 16;
    const auto [stop, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, kHex);
    if (hex.empty() || stop != hex.data() + hex.size() || error != std::errc() || value > CharSet::kLastChar) return std::nullopt;
    return value;
  }

  Part escape() {
    ++at_;
    switch (const char c = peek()) {
      case 'b':
      case 'B':
      case 'A':
      case 'G':
      case 'K': ++at_; return {};
      case 'z':
      case 'Z': ++at_; return chars_part(CharSet(CharSet::kEnd));
      case 'Q': return quoted();
      case 'k':
      case 'g': return reference();
      case 'X': ++at_; return chars_part(CharSet().negated());
      case 'p':
      case 'P': {
        auto set = property();
        return set ? of_set(std::move(*set)) : symbol();
      }
      default:
        if (c >= '1' && c <= '9') {
          while (is_digit(peek())) ++at_;
          return symbol();
        }
        if (auto set = class_escape()) return chars_part(std::move(*set));
        if (const auto one = char_escape()) return of_set(CharSet(*one));
        return fail();
    }
  }

  /// `\Q..\E`
  Part quoted() {
    ++at_;
    Part out;
    while (!at_end() && !take("\\E")) out.parts.push_back(of_set(CharSet(code_point())));
    return out;
  }

  /// `\k<name>`, `\g{1}`
  Part reference() {
    skip(2);
    return skip_past(">}'") ? symbol() : fail();
  }

  /// One member of `[..]`: a class, or a character that a range may begin with.
  struct Member {
    std::optional<CharSet> set;
    char32_t one = 0;
  };

  std::optional<Member> member() {
    if (take("[:")) {
      const std::size_t end = text_.find(":]", at_);
      if (end == std::string_view::npos) return std::nullopt;
      const std::string_view name = text_.substr(at_, end - at_);
      at_ = end + 2;
      return Member{posix_class(name)};
    }
    if (peek() == '[' && peek(1) != '\0' && text_.find("&&", at_) != std::string_view::npos) return std::nullopt;
    if (!take("\\")) return Member{std::nullopt, code_point()};
    if (peek() == 'b') {
      ++at_;
      return Member{std::nullopt, U'\b'};
    }
    if (peek() == 'p' || peek() == 'P') {
      auto set = property();
      if (!set) return std::nullopt;
      return Member{std::move(*set)};
    }
    if (auto set = class_escape()) return Member{std::move(*set)};
    if (const auto one = char_escape()) return Member{std::nullopt, *one};
    return std::nullopt;
  }

  static CharSet posix_class(std::string_view name) {
    if (name == "alpha") return {{U'A', U'Z'}, {U'a', U'z'}};
    if (name == "digit") return digits();
    if (name == "alnum") return {{U'0', U'9'}, {U'A', U'Z'}, {U'a', U'z'}};
    if (name == "upper") return {{U'A', U'Z'}};
    if (name == "lower") return {{U'a', U'z'}};
    if (name == "space" || name == "blank") return blanks();
    if (name == "punct") return {{U'!', U'/'}, {U':', U'@'}, {U'[', U'`'}, {U'{', U'~'}};
    if (name == "xdigit") return {{U'0', U'9'}, {U'A', U'F'}, {U'a', U'f'}};
    return word();
  }

  CharSet bracket() {
    ++at_;
    const bool negated = take("^");
    CharSet set;
    const bool is_empty = peek() == ']' && text_.find(']', at_ + 1) == std::string_view::npos;  // JavaScript's `[]`
    for (bool is_first = !is_empty; (is_first || peek() != ']') && !failed_; is_first = false)
      if (!add_member(set)) return fail().chars;
    ++at_;
    if (flags_.ignore_case) set.ignore_case();
    return negated ? set.negated() : set;
  }

  /// The next of `a-z_\d`; false where it is malformed or an operation on sets, which is not known here.
  bool add_member(CharSet& set) {
    if (at_end() || (peek() == '&' && peek(1) == '&')) return false;
    const auto low = member();
    if (!low || at_end()) return false;
    if (low->set) {
      set.add(*low->set);
      return true;
    }
    set.add(low->one, low->one);
    if (peek() != '-' || peek(1) == ']' || peek(1) == '\0') return true;
    ++at_;
    const auto high = member();
    if (!high) return false;
    if (high->set) {
      set.add(U'-', U'-');
      set.add(*high->set);
    } else if (high->one < low->one) {
      return false;
    } else {
      set.add(low->one, high->one);
    }
    return true;
  }

  std::string_view text_;
  Flags flags_;
  std::size_t at_ = 0;
  int depth_ = 0;
  char32_t next_symbol_ = CharSet::kFirstSymbol;
  bool failed_ = false;
};

}  // namespace

std::optional<Part> parse(std::string_view text, Flags flags) { return Reader(text, flags).whole(); }

}  // namespace peer::slow_regex
