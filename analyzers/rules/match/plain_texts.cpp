#include "analyzers/rules/match/plain_texts.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace peer::rules {
namespace {

constexpr std::size_t kMostTexts = 512;
constexpr std::size_t kMostAnywhere = 3;      // of more an automaton is faster in long texts
constexpr std::size_t kLongestAnywhere = 64;  // a search takes as long as text times this, at worst
constexpr int kDeepest = 20;

using Texts = std::vector<std::string>;

/// Each of `first` with each of `second` behind it; nothing where there are too many.
std::optional<Texts> joined(Texts first, const Texts& second) {
  if (first.size() * second.size() > kMostTexts) return std::nullopt;
  if (second.size() == 1) {
    for (auto& begin : first)
      begin += second[0];
    return first;
  }
  Texts out;
  for (const auto& begin : first)
    for (const auto& end : second)
      out.push_back(begin + end);
  return out;
}

/// Reads what is between the anchors. Every function gives nothing for what it does not know.
class Lister {
 public:
  explicit Lister(std::string_view regex) : rest_(regex) {}

  std::optional<Texts> list() {
    auto texts = alternatives(0);
    return rest_.empty() ? texts : std::nullopt;
  }
  /// Outside of groups.
  [[nodiscard]] bool has_ways() const { return has_ways_; }

 private:
  // NOLINTBEGIN(misc-no-recursion): kDeepest groups
  std::optional<Texts> alternatives(int depth) {
    Texts out;
    do {
      auto texts = sequence(depth);
      if (!texts || out.size() + texts->size() > kMostTexts) return std::nullopt;
      out.insert(out.end(), texts->begin(), texts->end());
      has_ways_ = has_ways_ || (depth == 0 && !rest_.empty() && rest_[0] == '|');
    } while (take('|'));
    return out;
  }

  std::optional<Texts> sequence(int depth) {
    std::optional<Texts> out = Texts{""};
    while (out && !rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
      auto texts = item(depth);
      if (!texts) return std::nullopt;
      if (take('?')) texts->emplace_back();
      if (!rest_.empty() && std::string_view("?*+{").find(rest_[0]) != std::string_view::npos)
        return std::nullopt;
      out = joined(std::move(*out), *texts);
    }
    return out;
  }

  std::optional<Texts> item(int depth) {
    if (take('(')) {
      if (depth == kDeepest || (take('?') && !take(':'))) return std::nullopt;
      auto texts = alternatives(depth + 1);
      return take(')') ? texts : std::nullopt;
    }
    if (take('[')) return one_of();
    if (const auto c = character(".*+?{}^$")) return Texts{std::string(1, *c)};
    return std::nullopt;
  }
  // NOLINTEND(misc-no-recursion)

  /// `["']`
  std::optional<Texts> one_of() {
    Texts out;
    while (!take(']')) {
      const auto c = character("^-&~[");
      if (!c) return std::nullopt;
      out.emplace_back(1, *c);
    }
    if (out.empty()) return std::nullopt;
    return out;
  }

  /// One that stands for itself: none of `special`, or a sign behind a backslash.
  std::optional<char> character(std::string_view special) {
    if (rest_.empty()) return std::nullopt;
    const bool is_escaped = take('\\');
    if (is_escaped && rest_.starts_with("x27")) {
      rest_.remove_prefix(3);
      return '\'';
    }
    if (rest_.empty()) return std::nullopt;
    const char c = rest_[0];
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool is_plain =
        is_escaped ? !is_word && c > ' ' : special.find(c) == std::string_view::npos;
    if (!is_plain || c < ' ' || c > '~') return std::nullopt;
    rest_.remove_prefix(1);
    return c;
  }

  bool take(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view rest_;
  bool has_ways_ = false;
};

}  // namespace

std::optional<PlainTexts> PlainTexts::of(std::string_view regex) {
  PlainTexts plain;
  auto middle = regex;
  constexpr std::string_view kMember = "(^|\\.)";
  plain.is_member_ = middle.starts_with(kMember);
  plain.from_begin_ = middle.starts_with('^');
  if (plain.is_member_) middle.remove_prefix(kMember.size());
  if (plain.from_begin_) middle.remove_prefix(1);
  plain.to_end_ = middle.ends_with('$') && !middle.ends_with("\\$");
  if (plain.to_end_) middle.remove_suffix(1);
  Lister lister(middle);
  auto texts = lister.list();
  if (!texts) return std::nullopt;
  // the anchors would be only the first way's and the last one's
  if (lister.has_ways() && (plain.from_begin_ || plain.to_end_ || plain.is_member_))
    return std::nullopt;
  const auto has_dot = [](const std::string& each) { return each.find('.') != std::string::npos; };
  if (plain.is_member_ && (!plain.to_end_ || std::any_of(texts->begin(), texts->end(), has_dot)))
    return std::nullopt;
  const bool is_long = std::any_of(texts->begin(), texts->end(), [](const std::string& each) {
    return each.size() > kLongestAnywhere;
  });
  if (!plain.from_begin_ && !plain.to_end_ && (is_long || texts->size() > kMostAnywhere))
    return std::nullopt;
  plain.texts_ = std::move(*texts);
  std::sort(plain.texts_.begin(), plain.texts_.end());
  plain.texts_.erase(std::unique(plain.texts_.begin(), plain.texts_.end()), plain.texts_.end());
  return plain;
}

bool PlainTexts::is_in(std::string_view text) const {
  if (is_member_) text.remove_prefix(text.rfind('.') + 1);  // npos + 1 is 0
  if (is_member_ || (from_begin_ && to_end_))
    return std::binary_search(texts_.begin(), texts_.end(), text);
  return std::any_of(texts_.begin(), texts_.end(), [&](const std::string& each) {
    if (from_begin_) return text.starts_with(each);
    return to_end_ ? text.ends_with(each) : text.find(each) != std::string_view::npos;
  });
}

}  // namespace peer::rules
