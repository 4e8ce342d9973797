// The two keys of .pr_agent.toml that concern paths. A reader of strings in lists, not of TOML: all
// else is passed over.
#include <fmt/format.h>
#include <optional>

#include "analyzers/ignore/filters.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostPatterns = 2000;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  /// The strings under `key` in the table [ignore].
  std::vector<std::string> strings(std::string_view key) {
    bool in_table = false;
    std::vector<std::string> out;
    for (at_ = 0; at_ < text_.size(); to_next_line()) {
      skip_blanks();
      if (peek() == '[') {
        const auto end = text_.find_first_of("\r\n#", at_);
        in_table = trim(text_.substr(at_, end - at_)) == "[ignore]";
      } else if (in_table && text_.substr(at_).starts_with(key)) {
        at_ += key.size();
        skip_blanks();
        if (peek() == '=') {
          ++at_;
          read_value(out);
        }
      } else {
        skip_multiline_string();
      }
    }
    return out;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t')
      ++at_;
  }
  void to_next_line() {
    const auto end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
  }
  void skip_spaces_and_comments() {
    for (;;) {
      at_ = std::min(text_.find_first_not_of(" \t\r\n,", at_), text_.size());
      if (peek() != '#') return;
      to_next_line();
    }
  }

  /// A line of another key may open a text of many lines, in which nothing is a key.
  void skip_multiline_string() {
    const auto line = text_.substr(at_, text_.find('\n', at_) - at_);
    for (const std::string_view quotes : {"\"\"\"", "'''"}) {
      const auto open = line.find(quotes);
      if (open == std::string_view::npos || line.starts_with('#')) continue;
      const auto close = text_.find(quotes, at_ + open + quotes.size());
      at_ = close == std::string_view::npos ? text_.size() : close + quotes.size();
      return;
    }
  }

  void read_value(std::vector<std::string>& out) {
    skip_blanks();
    const bool is_list = peek() == '[';
    if (is_list) ++at_;
    do {
      if (is_list) skip_spaces_and_comments();
      auto value = read_string();
      if (!value) return;
      if (!value->empty() && out.size() < kMostPatterns) out.push_back(std::move(*value));
    } while (is_list);
  }

  /// A string in single quotes (as it stands) or double ones (with the escapes that patterns need).
  std::optional<std::string> read_string() {
    const char quote = peek();
    if (quote != '"' && quote != '\'') return std::nullopt;
    std::string value;
    for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == quote) {
        ++at_;
        return value;
      }
      if (quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      value += text_[at_];
    }
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

PathFilter read_pr_agent(std::string_view text) {
  PathFilter filter;
  filter.exclude = GlobList(Reader(text).strings("glob"));
  for (const auto& pattern : Reader(text).strings("regex"))
    if (!filter.exclude_regexes.add(pattern))
      filter.problems.push_back(
          fmt::format(".pr_agent.toml: the pattern \"{}\" can't be matched and was left out.",
                      visible(std::string_view(pattern).substr(0, 200), false)));
  return filter;
}

}  // namespace peer
