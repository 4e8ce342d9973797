#include "analyzers/rules/load/regex.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <utility>
#include <vector>

#include <re2/re2.h>

#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kMaxPattern = std::size_t{64} << 10U;
constexpr std::int64_t kMaxMemory = std::int64_t{8} << 20U;

// inside of brackets
constexpr std::string_view kUnicodeDigit = R"(\p{Nd})";
constexpr std::string_view kUnicodeWord = R"(\p{L}\p{Nl}\p{M}\p{Nd}\p{Pc}\x{200C}\x{200D})";
constexpr std::string_view kUnicodeSpace =
    "\\t-\\r "
    "\\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}";

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

class Translator {
 public:
  explicit Translator(std::string_view rust) : in_(rust) {}

  Result<TranslatedRegex> run() {
    while (at_ < in_.size() && error_.empty())
      step();
    if (!error_.empty()) return fail(ErrorKind::invalid_input, error_);
    return TranslatedRegex{std::move(ascii_), std::move(unicode_)};
  }

 private:
  void step() {
    const char c = in_[at_];
    if (c == '\\') {
      escape(false);
    } else if (c == '[') {
      bracket();
    } else if (c == '(') {
      group();
    } else if (c == ')') {
      // flags end with their group
      if (!verbose_.empty()) {
        is_verbose_ = verbose_.back();
        verbose_.pop_back();
      }
      take(1);
    } else if (is_verbose_ && (c == ' ' || (c >= '\t' && c <= '\r'))) {
      ++at_;
    } else if (is_verbose_ && c == '#') {
      at_ = std::min(in_.find('\n', at_), in_.size());
    } else {
      take(1);
    }
  }

  void refuse(std::string_view construct, std::string_view why) {
    if (error_.empty()) error_ = fmt::format("`{}` {}", visible(construct, false), why);
  }
  void both(std::string_view text) {
    ascii_ += text;
    unicode_ += text;
  }
  void take(std::size_t count) {
    both(in_.substr(at_, count));
    at_ += count;
  }
  [[nodiscard]] bool next_is(std::string_view text) const {
    return in_.substr(at_).starts_with(text);
  }

  void group() {
    static constexpr std::array<std::string_view, 4> kLooks{"(?=", "(?!", "(?<=", "(?<!"};
    for (const auto look : kLooks)
      if (next_is(look))
        return refuse(look, "(look-around) is not known to Rust's regular expressions nor to RE2");
    if (next_is("(?P<") || next_is("(?<")) {
      verbose_.push_back(is_verbose_);
      at_ += next_is("(?P<") ? 4 : 3;
      both("(?P<");
      return;
    }
    if (next_is("(?")) return flags();
    verbose_.push_back(is_verbose_);
    take(1);
  }

  /// `(?imx-s)` and `(?imx-s:`.
  void flags() {
    const auto end = in_.find_first_of(":)", at_);
    if (end == std::string_view::npos) return refuse(in_.substr(at_), "is not closed");
    const auto written = in_.substr(at_ + 2, end - at_ - 2);
    std::string kept;
    bool is_off = false;
    bool verbose = is_verbose_;
    for (const char flag : written) {
      if (flag == '-') {
        is_off = true;
        kept += flag;
      } else if (flag == 'x') {
        verbose = !is_off;
      } else if (flag == 'u' && !is_off) {
        // Unicode is how we read it anyway
      } else if (flag == 'i' || flag == 'm' || flag == 's' || flag == 'U') {
        kept += flag;
      } else {
        return refuse(in_.substr(at_, end - at_ + 1), "holds a flag that RE2 does not have");
      }
    }
    if (kept.ends_with('-')) kept.pop_back();
    if (in_[end] == ':') verbose_.push_back(is_verbose_);
    is_verbose_ = verbose;
    if (in_[end] == ':')
      both("(?" + kept + ":");
    else if (!kept.empty())
      both("(?" + kept + ")");
    at_ = end + 1;
  }

  /// A `\` and what belongs to it, inside or outside of brackets.
  void escape(bool in_class) {
    if (at_ + 1 >= in_.size()) return refuse("\\", "stands at the end");
    const char c = in_[at_ + 1];
    switch (c) {
      case 'd':
        return perl_class("\\d", "0-9", kUnicodeDigit, in_class);
      case 'w':
        return perl_class("\\w", "0-9A-Za-z_", kUnicodeWord, in_class);
      // Rust's includes the vertical tab, RE2's `\s` does not
      case 's':
        return perl_class("\\s", "\\t-\\r ", kUnicodeSpace, in_class);
      case 'D':
        return negated_class('D', "0-9", kUnicodeDigit, in_class);
      case 'W':
        return negated_class('W', "0-9A-Za-z_", kUnicodeWord, in_class);
      case 'S':
        return negated_class('S', "\\t-\\r ", kUnicodeSpace, in_class);
      case 'x':
        return code_point(2);
      case 'u':
        return code_point(4);
      case 'U':
        return code_point(8);
      case 'p':
      case 'P':
        return property();
      case 'b':
        if (!in_class && next_is("\\b{"))
          return refuse("\\b{", "(a half word edge) is not known to RE2");
        [[fallthrough]];
      case 'B':
      case 'A':
      case 'z':
        if (in_class) return refuse(in_.substr(at_, 2), "cannot stand in brackets");
        return take(2);
      case '<':
      case '>':
        return refuse(in_.substr(at_, 2), "(a word's start or end) is not known to RE2");
      case 'a':
      case 'f':
      case 't':
      case 'n':
      case 'r':
      case 'v':
        return take(2);
      default:
        break;
    }
    if (c >= '1' && c <= '9')
      return refuse(in_.substr(at_, 2),
                    "(a back-reference) is not known to Rust's regular expressions nor to RE2");
    if (is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80)
      return refuse(in_.substr(at_, 2), "is not an escape of Rust's regular expressions");
    take(2);
  }

  void perl_class(std::string_view as_written, std::string_view ascii, std::string_view unicode,
                  bool in_class) {
    if (in_class) {
      ascii_ += ascii;
      unicode_ += unicode;
    } else {
      ascii_ += as_written == "\\s" ? std::string("[\\t-\\r ]") : std::string(as_written);
      unicode_ += fmt::format("[{}]", unicode);
    }
    at_ += 2;
  }

  /// `\D`, `\W`, `\S`: in brackets beside others RE2 has only its own ones.
  void negated_class(char letter, std::string_view ascii, std::string_view unicode, bool in_class) {
    if (in_class) {
      both(letter == 'D' ? "\\P{Nd}" : letter == 'W' ? "\\W" : "\\S");
    } else {
      ascii_ += fmt::format("[^{}]", ascii);
      unicode_ += fmt::format("[^{}]", unicode);
    }
    at_ += 2;
  }

  void code_point(std::size_t digits) {
    const auto start = at_;
    std::string_view hex;
    if (in_.substr(at_ + 2).starts_with('{')) {
      const auto close = in_.find('}', at_);
      if (close == std::string_view::npos) return refuse(in_.substr(start, 3), "is not closed");
      hex = in_.substr(at_ + 3, close - at_ - 3);
      at_ = close + 1;
    } else {
      hex = in_.substr(at_ + 2, digits);
      at_ += 2 + hex.size();
      if (hex.size() != digits) hex = {};
    }
    std::uint32_t value = 0;
    const auto [end, failure] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
    const bool is_number = !hex.empty() && failure == std::errc{} &&
                           end == hex.data() + hex.size() &&
                           std::all_of(hex.begin(), hex.end(), is_hex);
    if (!is_number || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
      return refuse(in_.substr(start, at_ - start), "is not a character");
    both(fmt::format("\\x{{{:X}}}", value));
  }

  void property() {
    if (at_ + 2 >= in_.size()) return refuse(in_.substr(at_), "names no class");
    if (in_[at_ + 2] != '{') return take(3);
    const auto close = in_.find('}', at_);
    if (close == std::string_view::npos) return refuse(in_.substr(at_, 3), "is not closed");
    const auto written = in_.substr(at_, close - at_ + 1);
    const auto name = class_name(in_.substr(at_ + 3, close - at_ - 3));
    if (!name) return refuse(written, "is a class that RE2 does not have");
    both(fmt::format("\\{}{{{}}}", in_[at_ + 1], *name));
    at_ = close + 1;
  }

  /// RE2 knows general categories by their short names, and scripts.
  static std::optional<std::string> class_name(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kLong{
        {{"letter", "L"},
         {"lowercaseletter", "Ll"},
         {"lowercase", "Ll"},
         {"uppercaseletter", "Lu"},
         {"uppercase", "Lu"},
         {"number", "N"},
         {"decimalnumber", "Nd"},
         {"digit", "Nd"},
         {"punctuation", "P"},
         {"punct", "P"},
         {"symbol", "S"},
         {"separator", "Z"},
         {"mark", "M"},
         {"other", "C"}}};
    bool negated = name.starts_with('^');
    if (negated) name.remove_prefix(1);
    for (const auto* prefix : {"script=", "sc=", "gc=", "general_category=", "Script="})
      if (name.starts_with(prefix)) name.remove_prefix(std::string_view(prefix).size());
    if (name.find('=') != std::string_view::npos) return std::nullopt;
    auto plain = to_lower(name);
    plain.erase(std::remove_if(plain.begin(), plain.end(),
                               [](char c) { return c == '_' || c == ' ' || c == '-'; }),
                plain.end());
    std::string known(name);
    for (const auto& [long_name, short_name] : kLong)
      if (plain == long_name) known = short_name;
    return (negated ? "^" : "") + known;
  }

  /// A class in brackets. Rust nests them; nested ones that only add are written out flat.
  void bracket() {
    std::size_t depth = 0;
    do {
      if (at_ >= in_.size()) return refuse("[", "is not closed");
      if (!error_.empty()) return;
      bracket_step(depth);
    } while (depth > 0);
  }

  void bracket_step(std::size_t& depth) {
    const char c = in_[at_];
    if (c == '[' && depth > 0 && next_is("[:")) {
      const auto close = in_.find(":]", at_);
      if (close == std::string_view::npos) return refuse("[:", "is not closed");
      return take(close + 2 - at_);
    }
    if (c == '[') return open_bracket(depth);
    if (c == ']') {
      if (--depth == 0) both("]");
      ++at_;
      return;
    }
    if (c == '\\') return escape(true);
    for (const auto* set : {"&&", "--", "~~"})
      if (next_is(set)) return refuse(set, "(a set operation in brackets) is not known to RE2");
    if (is_verbose_ && (c == ' ' || (c >= '\t' && c <= '\r'))) {
      ++at_;
      return;
    }
    take(1);
  }

  void open_bracket(std::size_t& depth) {
    const bool is_negated = next_is("[^");
    if (depth > 0 && is_negated) return refuse("[^", "inside of brackets is not known to RE2");
    if (depth == 0) both(is_negated ? "[^" : "[");
    at_ += is_negated ? 2 : 1;
    ++depth;
    // first in a class these stand for themselves
    if (next_is("]")) {
      both("\\]");
      ++at_;
    }
    while (next_is("-")) {
      both("\\-");
      ++at_;
    }
  }

  std::string_view in_;
  std::size_t at_ = 0;
  bool is_verbose_ = false;
  std::vector<bool> verbose_;  // of the groups around
  std::string ascii_, unicode_, error_;
};

}  // namespace

Result<TranslatedRegex> translate_regex(std::string_view rust) {
  if (rust.size() > kMaxPattern)
    return fail(ErrorKind::invalid_input,
                fmt::format("a regular expression of over {} bytes", kMaxPattern));
  return Translator(rust).run();
}

std::unique_ptr<re2::RE2> compile_re2(const std::string& pattern, std::string& error) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxMemory);
  auto compiled = std::make_unique<re2::RE2>(pattern, options);
  if (compiled->ok()) return compiled;
  error = compiled->error();
  return nullptr;
}

}  // namespace peer::rules
