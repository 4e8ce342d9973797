#include "analyzers/languages/header.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kLookedAt = 65'536;

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view first_word(std::string_view line) {
  const auto length = std::find_if_not(line.begin(), line.end(), is_name_char) - line.begin();
  return line.substr(0, static_cast<std::size_t>(length));
}

bool has_word(std::string_view line, std::string_view word) {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const auto end = at + word.size();
    const bool begins = at == 0 || !is_name_char(line[at - 1]);
    if (begins && (end == line.size() || !is_name_char(line[end]))) return true;
  }
  return false;
}

/// The code of a line: without comments and without what is quoted.
class CodeLines {
 public:
  std::string code_of(std::string_view line) {
    std::string code;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto pair = line.substr(i, 2);
      if (in_comment_) {
        in_comment_ = pair != "*/";
        if (!in_comment_) ++i;
      } else if (pair == "/*") {
        in_comment_ = true;
        ++i;
      } else if (pair == "//") {
        break;
      } else if (line[i] == '"' || line[i] == '\'') {
        i = end_of_literal(line, i);
        code += '"';
      } else {
        code += line[i];
      }
    }
    return code;
  }

 private:
  static std::size_t end_of_literal(std::string_view line, std::size_t at) {
    const char quote = line[at++];
    while (at < line.size() && line[at] != quote)
      at += line[at] == '\\' ? 2 : 1;
    return at;
  }
  bool in_comment_ = false;
};

/// Follows `#if` and its kin, to know what only a C++ compiler would see.
class Conditions {
 public:
  void read(std::string_view directive) {
    const auto word = first_word(directive);
    if (word.starts_with("if")) {
      ++depth_;
      if (cpp_at_ == 0 && word != "ifndef" && has_word(directive, "__cplusplus")) cpp_at_ = depth_;
    } else if (word == "endif" && depth_ > 0) {
      if (cpp_at_ == depth_) cpp_at_ = 0;
      --depth_;
    } else if (word.starts_with("el") && cpp_at_ == depth_) {
      cpp_at_ = 0;
    }
  }
  [[nodiscard]] bool for_cpp_only() const { return cpp_at_ != 0; }

 private:
  std::size_t depth_ = 0;
  std::size_t cpp_at_ = 0;  // the depth of the `#if __cplusplus` around the line, or 0
};

/// `<vector>`: the standard headers of C all end in ".h".
bool includes_cpp(std::string_view directive) {
  if (first_word(directive) != "include") return false;
  const auto name = trim(directive.substr(7));
  return name.starts_with('<') && name.find('.') == std::string_view::npos &&
         name.find('/') == std::string_view::npos;
}

/// `struct A : B`, with or without a brace.
bool derives(std::string_view line) {
  const auto colon = line.find(':');
  return colon != std::string_view::npos && line.substr(colon, 2) != "::" &&
         trim(line.substr(colon + 1)).find_first_of("0123456789;") != 0;
}

bool is_cpp(std::string_view line) {
  constexpr std::array<std::string_view, 9> kAnywhere{"typename",    "noexcept", "nullptr",
                                                      "static_cast", "virtual",  "constexpr",
                                                      "explicit",    "friend",   "decltype"};
  if (line.find("::") != std::string_view::npos) return true;
  const auto word = first_word(line);
  const auto rest = trim(line.substr(word.size()));
  const bool names = !rest.empty() && is_name_char(rest.front());
  if (word == "namespace" && (names || rest.starts_with('{') || rest.empty())) return true;
  if ((word == "class" || word == "using") && names) return true;
  if (word == "template" && rest.starts_with('<')) return true;
  if ((word == "public" || word == "private" || word == "protected") && rest.starts_with(':'))
    return true;
  if (word == "enum" && first_word(rest) == "class") return true;
  if (word == "struct" && names && derives(rest)) return true;
  if (const auto at = line.find("operator"); at != std::string_view::npos) {
    const auto after = trim(line.substr(at + 8));
    if (has_word(line, "operator") && after.find_first_of("=+-<>[(*&!|^%/~") == 0) return true;
  }
  return std::any_of(kAnywhere.begin(), kAnywhere.end(),
                     [&](std::string_view each) { return has_word(line, each); });
}

}  // namespace

bool header_is_cpp(std::string_view text) {
  CodeLines lines;
  Conditions conditions;
  for (const auto raw : split_lines(text.substr(0, kLookedAt))) {
    const auto code = lines.code_of(raw);
    const auto line = trim(code);
    if (line.starts_with('#')) {
      const auto directive = trim(line.substr(1));
      conditions.read(directive);
      if (!conditions.for_cpp_only() && includes_cpp(directive)) return true;
    } else if (!conditions.for_cpp_only() && is_cpp(line)) {
      return true;
    }
  }
  return false;
}

}  // namespace peer
