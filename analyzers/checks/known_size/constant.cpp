#include "analyzers/checks/known_size/constant.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "analyzers/characters.hpp"
#include "base/text.hpp"

namespace peer::known_size {
namespace {

using Number = std::optional<std::int64_t>;

constexpr std::size_t kLongest = 400;  // of an expression
constexpr int kDeepest = 24;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\'; }

// The arithmetic of what is compiled overflows where this does: nothing is known then.
Number add(std::int64_t a, std::int64_t b) {
  std::int64_t made = 0;
  return __builtin_add_overflow(a, b, &made) ? Number() : made;
}
Number subtract(std::int64_t a, std::int64_t b) {
  std::int64_t made = 0;
  return __builtin_sub_overflow(a, b, &made) ? Number() : made;
}
Number multiply(std::int64_t a, std::int64_t b) {
  std::int64_t made = 0;
  return __builtin_mul_overflow(a, b, &made) ? Number() : made;
}
bool divides(std::int64_t a, std::int64_t b) { return b != 0 && !(a == INT64_MIN && b == -1); }
Number divide(std::int64_t a, std::int64_t b) { return divides(a, b) ? Number(a / b) : Number(); }
Number remainder(std::int64_t a, std::int64_t b) {
  return divides(a, b) ? Number(a % b) : Number();
}
Number shift_left(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t kWord = 31;
  return a >= 0 && a < (std::int64_t{1} << kWord) && b >= 0 && b < kWord ? Number(a << b)
                                                                         : Number();
}
Number shift_right(std::int64_t a, std::int64_t b) {
  return a >= 0 && b >= 0 && b < 63 ? Number(a >> b) : Number();
}

struct Operator {
  std::string_view sign;
  int strength;  // the greater the sooner
  Number (*apply)(std::int64_t, std::int64_t);
};

/// Longer ones first.
constexpr std::array kOperators{
    Operator{"<<", 8, shift_left},
    Operator{">>", 8, shift_right},
    Operator{"<=", 7, [](std::int64_t a, std::int64_t b) -> Number { return a <= b; }},
    Operator{">=", 7, [](std::int64_t a, std::int64_t b) -> Number { return a >= b; }},
    Operator{"==", 6, [](std::int64_t a, std::int64_t b) -> Number { return a == b; }},
    Operator{"!=", 6, [](std::int64_t a, std::int64_t b) -> Number { return a != b; }},
    Operator{"&&", 2, [](std::int64_t a, std::int64_t b) -> Number { return a != 0 && b != 0; }},
    Operator{"||", 1, [](std::int64_t a, std::int64_t b) -> Number { return a != 0 || b != 0; }},
    Operator{"*", 10, multiply},
    Operator{"/", 10, divide},
    Operator{"%", 10, remainder},
    Operator{"+", 9, add},
    Operator{"-", 9, subtract},
    Operator{"<", 7, [](std::int64_t a, std::int64_t b) -> Number { return a < b; }},
    Operator{">", 7, [](std::int64_t a, std::int64_t b) -> Number { return a > b; }},
    Operator{"&", 5, [](std::int64_t a, std::int64_t b) -> Number { return a & b; }},
    Operator{"^", 4, [](std::int64_t a, std::int64_t b) -> Number { return a ^ b; }},
    Operator{"|", 3, [](std::int64_t a, std::int64_t b) -> Number { return a | b; }},
};

/// Reads an expression from left to right, by the strength of its operators (V. Pratt, 1973).
class Reader {
 public:
  Reader(std::string_view text, const Constants& known) : text_(text), known_(known) {}

  Number whole() {
    const Number value = expression(0, 0);
    skip_blanks();
    return at_ == text_.size() ? value : std::nullopt;
  }

 private:
  // kDeepest levels NOLINTBEGIN(misc-no-recursion)
  Number expression(int weakest, int depth) {
    if (depth > kDeepest) return std::nullopt;
    Number left = operand(depth);
    while (left) {
      const Operator* next = peek_operator();
      if (next == nullptr || next->strength <= weakest) break;
      at_ += next->sign.size();
      const Number right = expression(next->strength, depth + 1);
      if (!right) return std::nullopt;
      left = next->apply(*left, *right);
    }
    return left;
  }

  Number operand(int depth) {
    if (depth > kDeepest) return std::nullopt;
    skip_blanks();
    if (at_ == text_.size()) return std::nullopt;
    const char first = text_[at_];
    if (is_digit(first)) return number();
    if (first == '\'') return letter();
    if (first == '(') return bracketed(depth);
    if (first == '-' || first == '+' || first == '~' || first == '!') {
      ++at_;
      const Number inner = operand(depth + 1);
      if (!inner) return std::nullopt;
      if (first == '-') return subtract(0, *inner);
      if (first == '!') return *inner == 0 ? 1 : 0;
      return first == '~' ? ~*inner : *inner;
    }
    if (!is_word(first)) return std::nullopt;
    const auto name = word();
    return name == "sizeof" ? size() : named(name);
  }

  Number bracketed(int depth) {
    const auto close = matching();
    if (close == std::string_view::npos) return std::nullopt;
    const auto inner = text_.substr(at_ + 1, close - at_ - 1);
    const bool is_type = size_of_type(inner).has_value();
    if (is_type) {
      at_ = close + 1;
      return operand(depth + 1);  // a cast
    }
    ++at_;
    const Number value = expression(0, depth + 1);
    skip_blanks();
    if (at_ != close) return std::nullopt;
    at_ = close + 1;
    return value;
  }
  // NOLINTEND(misc-no-recursion)

  Number named(std::string_view name) {
    skip_blanks();
    if (at_ < text_.size() && std::string_view("([.{").find(text_[at_]) != std::string_view::npos)
      return std::nullopt;
    if (text_.substr(at_, 2) == "->" || text_.substr(at_, 2) == "::") return std::nullopt;
    if (name == "true") return 1;
    if (name == "false") return 0;
    return known_.value ? known_.value(name) : std::nullopt;
  }

  Number size() {
    skip_blanks();
    if (at_ == text_.size()) return std::nullopt;
    std::string_view operand;
    if (text_[at_] == '(') {
      const auto close = matching();
      if (close == std::string_view::npos) return std::nullopt;
      operand = text_.substr(at_ + 1, close - at_ - 1);
      at_ = close + 1;
    } else {
      const auto first = at_;
      while (at_ < text_.size() && (text_[at_] == '*' || is_blank(text_[at_])))
        ++at_;
      while (at_ < text_.size() &&
             (is_word(text_[at_]) || text_[at_] == '.' || text_[at_] == '[' || text_[at_] == ']' ||
              text_.substr(at_, 2) == "->" || (text_[at_] == '>' && text_[at_ - 1] == '-')))
        ++at_;
      operand = text_.substr(first, at_ - first);
    }
    operand = trim(operand);
    if (operand.size() >= 2 && operand.front() == '"' &&
        operand.find('\\') == std::string_view::npos)
      return static_cast<std::int64_t>(operand.size()) - 1;
    const Number of_variable = known_.size ? known_.size(operand) : std::nullopt;
    return of_variable ? of_variable : size_of_type(operand);
  }

  Number number() {
    int base = 10;
    if (text_.substr(at_, 2) == "0x" || text_.substr(at_, 2) == "0X") {
      base = 16;
      at_ += 2;
    } else if (text_[at_] == '0' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
      base = 8;
    }
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(text_.data() + at_, text_.data() + text_.size(), value, base);
    if (error != std::errc{}) return std::nullopt;
    at_ = static_cast<std::size_t>(end - text_.data());
    while (at_ < text_.size() &&
           std::string_view("uUlLzZ").find(text_[at_]) != std::string_view::npos)
      ++at_;
    const bool ends = at_ == text_.size() || (!is_word(text_[at_]) && text_[at_] != '.');
    return ends ? Number(value) : std::nullopt;
  }

  Number letter() {
    const auto close = text_.find('\'', at_ + 2);
    if (close == std::string_view::npos || close > at_ + 4) return std::nullopt;
    const auto inside = text_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    if (inside.size() == 1) return static_cast<unsigned char>(inside[0]);
    if (inside == "\\0") return 0;
    if (inside == "\\n") return '\n';
    return std::nullopt;
  }

  std::string_view word() {
    const auto first = at_;
    while (at_ < text_.size() && is_word(text_[at_]))
      ++at_;
    return text_.substr(first, at_ - first);
  }

  /// Where the bracket that opens here closes.
  [[nodiscard]] std::size_t matching() const {
    int open = 0;
    for (auto at = at_; at < text_.size(); ++at) {
      if (text_[at] == '(') ++open;
      if (text_[at] == ')' && --open == 0) return at;
    }
    return std::string_view::npos;
  }

  const Operator* peek_operator() {
    skip_blanks();
    const auto rest = text_.substr(at_);
    const auto* found =
        std::find_if(kOperators.begin(), kOperators.end(),
                     [&](const Operator& each) { return rest.starts_with(each.sign); });
    return found == kOperators.end() ? nullptr : &*found;
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_]))
      ++at_;
  }

  std::string_view text_;
  const Constants& known_;
  std::size_t at_ = 0;
};

constexpr std::array<std::pair<std::string_view, int>, 44> kTypes{{
    {"char", 1},
    {"signed char", 1},
    {"unsigned char", 1},
    {"bool", 1},
    {"_Bool", 1},
    {"int8_t", 1},
    {"uint8_t", 1},
    {"u_char", 1},
    {"BYTE", 1},
    {"CHAR", 1},
    {"u8", 1},
    {"byte", 1},
    {"std::byte", 1},
    {"short", 2},
    {"short int", 2},
    {"unsigned short", 2},
    {"int16_t", 2},
    {"uint16_t", 2},
    {"u16", 2},
    {"char16_t", 2},
    {"WORD", 2},
    {"int", 4},
    {"unsigned", 4},
    {"unsigned int", 4},
    {"signed int", 4},
    {"int32_t", 4},
    {"uint32_t", 4},
    {"u32", 4},
    {"float", 4},
    {"wchar_t", 4},
    {"char32_t", 4},
    {"DWORD", 4},
    {"long", 8},
    {"unsigned long", 8},
    {"long long", 8},
    {"unsigned long long", 8},
    {"long int", 8},
    {"int64_t", 8},
    {"uint64_t", 8},
    {"u64", 8},
    {"double", 8},
    {"size_t", 8},
    {"ssize_t", 8},
    {"long long int", 8},
}};

bool says_nothing_of_size(std::string_view word) {
  return word == "const" || word == "volatile" || word == "static" || word == "register" ||
         word == "constexpr";
}

/// The words of a type with one blank between them; none where something else stands there. Stars
/// are passed over.
std::optional<std::string> plain_type(std::string_view type) {
  std::string plain;
  for (std::size_t at = 0; at < type.size();) {
    const bool is_name = is_word(type[at]) || type[at] == ':';
    if (!is_name && type[at] != '*' && !is_blank(type[at])) return std::nullopt;
    auto end = at + 1;
    while (is_name && end < type.size() && (is_word(type[end]) || type[end] == ':'))
      ++end;
    auto word = type.substr(at, end - at);
    at = end;
    if (!is_name || says_nothing_of_size(word)) continue;
    if (word.starts_with("std::") && word != "std::byte") word.remove_prefix(5);
    plain.append(plain.empty() ? "" : " ").append(word);
  }
  return plain;
}

}  // namespace

std::optional<std::int64_t> fold_constant(std::string_view text, const Constants& known) {
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  return Reader(text, known).whole();
}

std::optional<std::int64_t> size_of_type(std::string_view type) {
  constexpr std::size_t kLongestType = 60;
  constexpr std::int64_t kPointer = 8;
  if (type.size() > kLongestType) return std::nullopt;
  const auto star = type.find('*');
  const auto pointed = plain_type(type.substr(0, star));
  if (!pointed) return std::nullopt;
  const auto* found = std::find_if(kTypes.begin(), kTypes.end(),
                                   [&](const auto& each) { return each.first == *pointed; });
  const bool is_known = found != kTypes.end();
  if (star == std::string_view::npos)
    return is_known ? std::optional<std::int64_t>(found->second) : std::nullopt;
  const auto behind = plain_type(type.substr(star));
  const bool is_pointer = behind && behind->empty();  // not `a * b`
  return is_pointer && (is_known || *pointed == "void" || pointed->starts_with("struct "))
             ? std::optional(kPointer)
             : std::nullopt;
}

}  // namespace peer::known_size
