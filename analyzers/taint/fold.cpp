#include "analyzers/taint/fold.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

constexpr std::size_t kMaxText = 256;

std::optional<std::int64_t> number(const Literal& literal) {
  if (literal.kind != Literal::Kind::number) return std::nullopt;
  std::int64_t value = 0;
  const auto* end = literal.text.data() + literal.text.size();
  const auto [stop, error] = std::from_chars(literal.text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

Literal of(std::int64_t value) { return {Literal::Kind::number, std::to_string(value)}; }
Literal of(bool value) { return {Literal::Kind::boolean, value ? "true" : "false"}; }

std::optional<Literal> arithmetic(std::string_view sign, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (sign == "+") {
    if (__builtin_add_overflow(a, b, &result)) return std::nullopt;
  } else if (sign == "-") {
    if (__builtin_sub_overflow(a, b, &result)) return std::nullopt;
  } else if (sign == "*") {
    if (__builtin_mul_overflow(a, b, &result)) return std::nullopt;
  } else if (sign == "/" || sign == "%" || sign == "//") {
    if (b == 0 || b == -1 || a < 0 || b < 0) return std::nullopt;  // languages round differently
    if (sign == "/" && a % b != 0) return std::nullopt;
    result = sign == "%" ? a % b : a / b;
  } else {
    return std::nullopt;
  }
  return of(result);
}

std::optional<Literal> compare(std::string_view sign, std::int64_t a, std::int64_t b) {
  if (sign == "<") return of(a < b);
  if (sign == ">") return of(a > b);
  if (sign == "<=") return of(a <= b);
  if (sign == ">=") return of(a >= b);
  return std::nullopt;
}

std::string cased(std::string text, bool upper) {
  for (char& c : text) {
    const char from = upper ? 'a' : 'A';
    if (c >= from && c <= from + 25) c = static_cast<char>(upper ? c - 'a' + 'A' : c - 'A' + 'a');
  }
  return text;
}

std::optional<Literal> part_of(const std::string& text, std::string_view name,
                               const std::vector<const Literal*>& arguments) {
  const auto first = number(*arguments[0]);
  if (!first || *first < 0 || static_cast<std::size_t>(*first) > text.size()) return std::nullopt;
  const auto begin = static_cast<std::size_t>(*first);
  if (is_one_of(name, {"charAt", "at"})) {
    if (begin >= text.size()) return std::nullopt;
    return Literal{Literal::Kind::text, text.substr(begin, 1)};
  }
  if (arguments.size() == 1) return Literal{Literal::Kind::text, text.substr(begin)};
  const auto last = number(*arguments[1]);
  if (!last || *last < *first || static_cast<std::size_t>(*last) > text.size()) return std::nullopt;
  return Literal{Literal::Kind::text, text.substr(begin, static_cast<std::size_t>(*last) - begin)};
}

/// `receiver.name()`
std::optional<Literal> fold_method(std::string_view name, const Literal& receiver) {
  const std::string& text = receiver.text;
  if (is_one_of(name, {"toUpperCase", "upper", "ToUpper", "upcase", "uppercase"}))
    return Literal{Literal::Kind::text, cased(text, true)};
  if (is_one_of(name, {"toLowerCase", "lower", "ToLower", "downcase", "lowercase"}))
    return Literal{Literal::Kind::text, cased(text, false)};
  if (is_one_of(name, {"length", "size"})) return of(static_cast<std::int64_t>(text.size()));
  if (is_one_of(name, {"isEmpty", "empty?"})) return of(text.empty());
  if (is_one_of(name, {"toString", "to_s", "ToString", "intern"})) return receiver;
  return std::nullopt;
}

/// `receiver.name(argument)`
std::optional<Literal> fold_method(std::string_view name, const Literal& receiver,
                                   const Literal& argument) {
  if (is_one_of(name, {"equals", "Equals"})) return of(receiver.text == argument.text);
  if (name == "concat") return fold_concat({&receiver, &argument});
  if (is_one_of(name, {"startsWith", "startswith", "StartsWith", "start_with?"}))
    return of(receiver.text.starts_with(argument.text));
  return std::nullopt;
}

/// `name(argument)`
std::optional<Literal> fold_function(std::string_view name, const Literal& argument) {
  if (is_one_of(name, {"str", "valueOf", "String", "strval"}) && !argument.text.empty())
    return Literal{Literal::Kind::text, argument.text};
  if (is_one_of(name, {"len", "strlen"}) && argument.kind == Literal::Kind::text)
    return of(static_cast<std::int64_t>(argument.text.size()));
  return std::nullopt;
}

}  // namespace

bool is_comparison(std::string_view sign) {
  return is_one_of(sign, {"==", "!=",  "===", "!==",    "<",      ">",      "<=",         ">=",
                          "<>", "<=>", "in",  "not in", "is",     "is not", "instanceof", "=~",
                          "!~", "!",   "not", "!in",    "typeof", "eql?"});
}

std::optional<Literal> fold(std::string_view sign, const Literal& a, const Literal& b) {
  const auto x = number(a);
  const auto y = number(b);
  if (is_one_of(sign, {"==", "===", "is"}) && a.kind == b.kind) return of(a.text == b.text);
  if (is_one_of(sign, {"!=", "!==", "is not", "<>"}) && a.kind == b.kind)
    return of(a.text != b.text);
  if (x && y) {
    if (auto result = arithmetic(sign, *x, *y)) return result;
    return compare(sign, *x, *y);
  }
  if (sign == "+" && (a.kind == Literal::Kind::text || b.kind == Literal::Kind::text))
    return fold_concat({&a, &b});
  return std::nullopt;
}

std::optional<Literal> fold(std::string_view sign, const Literal& a) {
  if (sign == "!" || sign == "not") {
    const auto known = truth(a);
    return known ? std::optional(of(!*known)) : std::nullopt;
  }
  const auto value = number(a);
  if (!value) return std::nullopt;
  if (sign == "-") return arithmetic("-", 0, *value);
  if (sign == "+") return a;
  if (sign == "++") return arithmetic("+", *value, 1);
  if (sign == "--") return arithmetic("-", *value, 1);
  return std::nullopt;
}

std::optional<Literal> fold_concat(const std::vector<const Literal*>& parts) {
  std::string whole;
  for (const Literal* part : parts) {
    whole += part->text;
    if (whole.size() > kMaxText) return std::nullopt;
  }
  return Literal{Literal::Kind::text, std::move(whole)};
}

std::optional<Literal> fold_call(std::string_view name, const Literal* receiver,
                                 const std::vector<const Literal*>& arguments) {
  if (receiver == nullptr)
    return arguments.size() == 1 ? fold_function(name, *arguments[0]) : std::nullopt;
  if (receiver->kind != Literal::Kind::text) return std::nullopt;
  if (arguments.empty()) return fold_method(name, *receiver);
  if (is_one_of(name, {"charAt", "substring"})) return part_of(receiver->text, name, arguments);
  return arguments.size() == 1 ? fold_method(name, *receiver, *arguments[0]) : std::nullopt;
}

std::optional<bool> truth(const Literal& literal) {
  if (literal.kind == Literal::Kind::boolean) return literal.text == "true";
  if (literal.kind == Literal::Kind::number) return literal.text != "0";
  return std::nullopt;
}

}  // namespace peer::taint
