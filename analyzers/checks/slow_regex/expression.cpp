#include "analyzers/checks/slow_regex/expression.hpp"

#include <algorithm>
#include <charconv>

#include "analyzers/characters.hpp"
#include "analyzers/checks/slow_regex/escapes.hpp"

namespace peer::slow_regex {
namespace {

/// Reads by descent, from the left to the right. Any step may fail: `failed_` then stays, and the
/// rest is of no meaning.
class Reader : Cursor {
 public:
  Reader(std::string_view text, Flags flags) : Cursor(text), flags_(flags) {}

  std::optional<Part> whole() {
    Part out = choice();
    if (failed_ || !at_end()) return std::nullopt;
    return out;
  }

 private:
  static constexpr int kDeepest = 100;

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
    while (take("|"))
      out.parts.push_back(sequence());
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
    const auto number = [](std::string_view digits,
                           std::uint32_t none) -> std::optional<std::uint32_t> {
      if (digits.empty()) return none;
      std::uint32_t value = 0;
      const auto [stop, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), value);
      if (stop != digits.data() + digits.size() || error != std::errc()) return std::nullopt;
      return value;
    };
    if (inside.empty() || inside == ",") return std::nullopt;
    const auto least = number(inside.substr(0, comma), 0);
    const auto most =
        comma == std::string_view::npos ? least : number(inside.substr(comma + 1), Part::kNoLimit);
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
      take("?");                       // the shortest first: the ways are the same
      if (take("+")) part = symbol();  // possessive: never tried again
    }
    return part;
  }

  Part atom() {  // NOLINT(misc-no-recursion)
    switch (peek()) {
      case '(':
        return group();
      case '[':
        return of_set(bracket());
      case '\\':
        return escape();
      case '.':
        ++at_;
        return chars_part(CharSet{{U'\n', U'\n'}, {U'\r', U'\r'}, {0x2028, 0x2029}}.negated());
      case '^':
        ++at_;
        return {};
      case '$':
        ++at_;
        return chars_part(CharSet(CharSet::kEnd));
      case '*':
      case '+':
      case '?':
        return fail();
      default:
        return of_set(CharSet(code_point()));
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

  /// `i-sx` up to `:`, which is taken, or `)`, which is not.
  bool read_flags() {
    bool on = true;
    for (; !at_end() && peek() != ')'; ++at_) {
      const char c = peek();
      if (c == ':') {
        ++at_;
        return true;
      }
      if (c == '-')
        on = false;
      else if (c == 'i')
        flags_.ignore_case = on;
      else if (c == 'x')
        flags_.ignore_blanks = on;
      else if (!is_letter(c) && c != '^')
        return false;
    }
    return !at_end();
  }

  Part escape() {
    ++at_;
    switch (const char c = peek()) {
      case 'b':
      case 'B':
      case 'A':
      case 'G':
      case 'K':
        ++at_;
        return {};
      case 'z':
      case 'Z':
        ++at_;
        return chars_part(CharSet(CharSet::kEnd));
      case 'Q':
        return quoted();
      case 'k':
      case 'g':
        return reference();
      case 'X':
        ++at_;
        return chars_part(CharSet().negated());
      case 'p':
      case 'P': {
        auto set = property(*this);
        return set ? of_set(std::move(*set)) : symbol();
      }
      default:
        if (c >= '1' && c <= '9') {
          while (is_digit(peek()))
            ++at_;
          return symbol();
        }
        if (auto set = class_escape(*this)) return chars_part(std::move(*set));
        if (const auto one = char_escape(*this)) return of_set(CharSet(*one));
        return fail();
    }
  }

  /// `\Q..\E`
  Part quoted() {
    ++at_;
    Part out;
    while (!at_end() && !take("\\E"))
      out.parts.push_back(of_set(CharSet(code_point())));
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
    if (peek() == '[' && peek(1) != '\0' && text_.find("&&", at_) != std::string_view::npos)
      return std::nullopt;
    if (!take("\\")) return Member{std::nullopt, code_point()};
    if (peek() == 'b') {
      ++at_;
      return Member{std::nullopt, U'\b'};
    }
    if (peek() == 'p' || peek() == 'P') {
      auto set = property(*this);
      if (!set) return std::nullopt;
      return Member{std::move(*set)};
    }
    if (auto set = class_escape(*this)) return Member{std::move(*set)};
    if (const auto one = char_escape(*this)) return Member{std::nullopt, *one};
    return std::nullopt;
  }

  CharSet bracket() {
    ++at_;
    const bool negated = take("^");
    CharSet set;
    const bool is_empty =
        peek() == ']' && text_.find(']', at_ + 1) == std::string_view::npos;  // JavaScript's `[]`
    for (bool is_first = !is_empty; (is_first || peek() != ']') && !failed_; is_first = false)
      if (!add_member(set)) return fail().chars;
    ++at_;
    if (flags_.ignore_case) set.ignore_case();
    return negated ? set.negated() : set;
  }

  /// The next of `a-z_\d`; false where it is malformed or an operation on sets, which is not known
  /// here.
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

  Flags flags_;
  int depth_ = 0;
  char32_t next_symbol_ = CharSet::kFirstSymbol;
  bool failed_ = false;
};

}  // namespace

std::optional<Part> parse(std::string_view text, Flags flags) {
  return Reader(text, flags).whole();
}

}  // namespace peer::slow_regex
