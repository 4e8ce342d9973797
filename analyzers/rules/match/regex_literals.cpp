#include "analyzers/rules/match/regex_literals.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kMaxDepth = 20;
constexpr std::size_t kMaxAlternatives = 120;

constexpr std::size_t kMostParts = 8;

using Texts = std::vector<std::string>;
using Parts = std::vector<Texts>;  // any match holds a text of each

std::size_t shortest(const Texts& texts) {
  std::size_t size = texts.empty() ? 0 : texts[0].size();
  for (const auto& text : texts)
    size = std::min(size, text.size());
  return size;
}

/// The part that says most: the one whose shortest text is the longest.
Texts best_of(Parts parts) {
  const auto best = std::max_element(
      parts.begin(), parts.end(),
      [](const Texts& left, const Texts& right) { return shortest(left) < shortest(right); });
  return best == parts.end() ? Texts{} : std::move(*best);
}

// A recursive descent, bounded by kMaxDepth.
// NOLINTBEGIN(misc-no-recursion)
class Reader {
 public:
  explicit Reader(std::string_view regex) : in_(regex) {}

  Parts run() {
    auto parts = alternation(0);
    return is_unsure_ || at_ != in_.size() ? Parts{} : parts;
  }

 private:
  [[nodiscard]] bool more() const { return at_ < in_.size() && !is_unsure_; }

  /// Branches up to `)` or the end: the parts of the only one, or the best text of each; none where
  /// a branch has none.
  Parts alternation(std::size_t depth) {
    if (depth > kMaxDepth) is_unsure_ = true;
    auto only = sequence(depth);
    if (!more() || in_[at_] != '|') return only;
    Texts all = best_of(std::move(only));
    bool is_known = !all.empty();
    while (more() && in_[at_] == '|') {
      ++at_;
      const auto branch = best_of(sequence(depth));
      is_known = is_known && !branch.empty();
      all.insert(all.end(), branch.begin(), branch.end());
    }
    if (!is_known || all.size() > kMaxAlternatives) return {};
    return {std::move(all)};
  }

  /// One branch.
  Parts sequence(std::size_t depth) {
    Parts parts;
    run_.clear();
    while (more() && in_[at_] != '|' && in_[at_] != ')') {
      if (in_[at_] == '(') {
        end_run(parts);
        auto inner = group(depth);
        if (!is_optional()) parts.insert(parts.end(), inner.begin(), inner.end());
      } else if (const auto c = plain()) {
        const bool optional = is_optional();
        if (!optional) run_ += *c;
        if (optional || was_repeated_) end_run(parts);
      } else {
        end_run(parts);
        is_optional();
      }
    }
    end_run(parts);
    return parts;
  }

  void end_run(Parts& parts) {
    if (!run_.empty()) parts.push_back({run_});
    run_.clear();
  }

  /// `?:`, `?<name>` or flags of a group. True where these are not to mind the case, and so nothing
  /// is known of it.
  bool head() {
    const auto rest = in_.substr(at_);
    if (rest.starts_with("?P<") || rest.starts_with("?<")) {
      at_ = std::min(in_.find('>', at_), in_.size() - 1) + 1;
      return false;
    }
    const auto end = rest.find_first_of(":)");
    // flags for what comes after change what it means, too
    if (end == std::string_view::npos || rest[end] == ')') {
      is_unsure_ = true;
      return false;
    }
    const auto flags = rest.substr(1, end - 1);
    if (flags.find('x') != std::string_view::npos) is_unsure_ = true;
    at_ += end + 1;
    return flags.substr(0, flags.find('-')).find('i') != std::string_view::npos;
  }

  Parts group(std::size_t depth) {
    ++at_;
    const bool any_case = in_.substr(at_).starts_with("?") && head();
    if (is_unsure_) return {};
    auto run = std::move(run_);
    auto parts = alternation(depth + 1);
    run_ = std::move(run);
    if (!more() || in_[at_] != ')') {
      is_unsure_ = true;
      return {};
    }
    ++at_;
    return any_case ? Parts{} : parts;
  }

  /// The next item as the one character it stands for (all bytes of it, to which a quantifier
  /// belongs); nothing for a class or an edge, which are taken too.
  std::optional<std::string_view> plain() {
    const auto begin = at_;
    const char c = in_[at_++];
    if (c == '\\') return escaped();
    if (c == '[') {
      skip_class();
      return std::nullopt;
    }
    if (c == '.' || c == '^' || c == '$') return std::nullopt;
    while (at_ < in_.size() && (static_cast<unsigned char>(in_[at_]) & 0xC0U) == 0x80U)
      ++at_;
    return in_.substr(begin, at_ - begin);
  }

  std::optional<std::string_view> escaped() {
    if (at_ >= in_.size()) {
      is_unsure_ = true;
      return std::nullopt;
    }
    const char c = in_[at_++];
    const bool is_letter =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!is_letter) return in_.substr(at_ - 1, 1);
    if (c == 'x' || c == 'u' || c == 'U' || c == 'p' || c == 'P') is_unsure_ = true;
    return std::nullopt;
  }

  void skip_class() {
    std::size_t depth = 1;
    if (more() && in_[at_] == '^') ++at_;
    if (more() && in_[at_] == ']') ++at_;
    while (more() && depth > 0) {
      const char c = in_[at_++];
      if (c == '\\') ++at_;
      if (c == '[') {
        ++depth;  // `[:alpha:]`; else a class in a class, in which a first `]` is a letter
        if (at_ < in_.size() && in_[at_] != ':') is_unsure_ = true;
      }
      if (c == ']') --depth;
    }
    if (depth > 0) is_unsure_ = true;
  }

  /// Takes the quantifiers that come. True where they allow none at all.
  bool is_optional() {
    was_repeated_ = false;
    bool optional = false;
    while (more() && (in_[at_] == '?' || in_[at_] == '*' || in_[at_] == '+' || in_[at_] == '{')) {
      was_repeated_ = true;
      const bool allows_none = quantifier();
      optional = optional || allows_none;
    }
    return optional;
  }

  /// Takes one. True where it allows none at all.
  bool quantifier() {
    if (in_[at_] != '{') return in_[at_++] != '+';
    const auto close = in_.find('}', at_);
    if (close == std::string_view::npos) {
      is_unsure_ = true;
      return true;
    }
    const auto low = in_.substr(at_ + 1, close - at_ - 1);
    if (low.find_first_not_of("0123456789,") != std::string_view::npos) is_unsure_ = true;
    at_ = close + 1;
    return low.empty() || low.front() == '0' || low.front() == ',';
  }

  std::string_view in_;
  std::size_t at_ = 0;
  std::string run_;
  bool was_repeated_ = false;
  bool is_unsure_ = false;
};
// NOLINTEND(misc-no-recursion)

}  // namespace

namespace {

/// Without flags at its begin that say what `.` is and where lines end: no letter means another.
std::string_view behind_plain_flags(std::string_view regex) {
  while (regex.starts_with("(?s)") || regex.starts_with("(?m)"))
    regex.remove_prefix(4);
  return regex;
}

}  // namespace

bool ignores_case(std::string_view regex) {
  regex = behind_plain_flags(regex);
  return regex.starts_with("(?i)") || regex.starts_with("(?is)") || regex.starts_with("(?si)");
}

bool regex_gives_names(std::string_view regex) {
  if (regex.starts_with("(?m)")) return false;  // a line's end is not the text's
  regex = behind_plain_flags(regex);
  if (ignores_case(regex)) regex.remove_prefix(regex.find(')') + 1);
  if (!regex.ends_with('$')) return false;
  regex.remove_suffix(1);
  for (const std::string_view start : {"(^|\\.)", "^"})
    if (regex.starts_with(start)) {
      regex.remove_prefix(start.size());
      const bool is_group = regex.starts_with('(') && regex.ends_with(')');
      if (is_group) {
        regex.remove_prefix(regex.starts_with("(?:") ? 3 : 1);
        regex.remove_suffix(1);
      }
      return !regex.empty() && std::all_of(regex.begin(), regex.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || (is_group && c == '|');
      });
    }
  return false;
}

namespace {

Parts parts_of(std::string_view regex) {
  regex = behind_plain_flags(regex);
  if (!ignores_case(regex)) return Reader(regex).run();
  auto parts = Reader(regex.substr(regex.find(')') + 1)).run();
  for (auto& part : parts)
    for (auto& text : part)
      text = to_lower(text);
  // letters of other alphabets would have to be folded too
  std::erase_if(parts,
                [](const Texts& part) { return !std::all_of(part.begin(), part.end(), is_ascii); });
  return parts;
}

}  // namespace

std::vector<std::string> regex_literals(std::string_view regex) { return best_of(parts_of(regex)); }

std::vector<std::vector<std::string>> regex_parts(std::string_view regex) {
  auto parts = parts_of(regex);
  if (parts.size() <= kMostParts) return parts;
  std::stable_sort(parts.begin(), parts.end(), [](const Texts& left, const Texts& right) {
    return shortest(left) > shortest(right);
  });
  parts.resize(kMostParts);
  return parts;
}

}  // namespace peer::rules
