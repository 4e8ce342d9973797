#include "analyzers/parse/kotlin_lines.hpp"

#include <algorithm>
#include <array>

#include "analyzers/characters.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool holds_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end])))
      return true;
  }
  return false;
}

/// A statement ends there: what follows is not its rest.
bool ends_statement(std::string_view line) {
  line = trim(line);
  if (line.empty() || line.ends_with("->")) return false;
  const char last = line.back();
  return is_word(last) || last == ')' || last == '}' || last == ']' || last == '"' || last == '>' ||
         last == '\'';
}

class Writer {
 public:
  explicit Writer(std::string_view text) : text_(text) {}

  std::string run() {
    std::string_view before;
    for (std::size_t begin = 0; begin < text_.size();) {
      const auto end = std::min(text_.find('\n', begin), text_.size());
      const auto line = text_.substr(begin, end - begin);
      const auto plain = trim(line);
      if (!plain.starts_with("//") && !plain.starts_with("*")) {
        if (ends_statement(before)) split_route(begin, line);
        close_body(begin, line);
      }
      if (!plain.empty()) before = line;
      begin = end + 1;
    }
    return std::move(written_);
  }

 private:
  void put(std::size_t at, char c) {
    if (written_.empty()) written_ = text_;
    written_[at] = c;
  }

  /// `    get("/x") {`
  void split_route(std::size_t begin, std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || first == 0) return;
    const auto rest = line.substr(first);
    const bool gets =
        rest.starts_with("get(") && rest.size() > 4 && (rest[4] == '"' || is_word(rest[4]));
    const bool sets = rest.starts_with("set(\"");
    if (gets || sets) put(begin + first - 1, ';');
  }

  /// `class A { val m = 1 }`
  void close_body(std::size_t begin, std::string_view line) {
    constexpr std::array<std::string_view, 3> kWords{"class", "object", "interface"};
    auto end = line.size();
    while (end > 0 && is_blank(line[end - 1]))
      --end;
    while (end > 0 && line[end - 1] == '}')
      --end;
    const bool closes = end < line.size() && end > 0 && line[end - 1] == ' ' &&
                        line.find_last_of('}') != std::string_view::npos;
    const auto open = line.find("{ ");
    if (!closes || open == std::string_view::npos || open + 2 >= end) return;
    const char last = line.substr(0, end - 1).find_last_not_of(' ') == std::string_view::npos
                          ? '{'
                          : line[line.substr(0, end - 1).find_last_not_of(' ')];
    const auto head = line.substr(0, open);
    if (last == '{' || last == ';' ||
        std::none_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return holds_word(head, word); }))
      return;
    put(begin + end - 1, ';');
  }

  std::string_view text_;
  std::string written_;
};

}  // namespace

std::string respelled_kotlin(std::string_view text) { return Writer(text).run(); }

}  // namespace peer
