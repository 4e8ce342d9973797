#include "analyzers/rules/load/selector.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "analyzers/rules/load/nth_child.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr int kMaxNesting = 64;

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_in_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}
bool begins_name(char c) { return is_in_name(c) && !(c >= '0' && c <= '9'); }

/// A recursive descent, bounded by kMaxNesting.
// NOLINTBEGIN(misc-no-recursion)
class Parser {
 public:
  Parser(OpBuilder& builder, const Grammar& grammar, std::string_view text,
         SelectorProblem& problem)
      : builder_(builder), grammar_(grammar), in_(trim(text)), problem_(problem) {}

  std::uint32_t run() {
    const auto rule = list();
    if (rule != kNone && !in_.empty()) return unexpected();
    return rule;
  }

 private:
  std::uint32_t refuse(std::string message) {
    if (problem_.message.empty()) problem_.message = std::move(message);
    return kNone;
  }
  std::uint32_t unexpected() {
    if (in_.empty()) return refuse("the selector ends where more is due");
    return refuse(
        fmt::format("`{}` is not expected there in a selector", visible(in_.substr(0, 12), false)));
  }

  void skip_spaces() {
    while (!in_.empty() && is_space(in_.front()))
      in_.remove_prefix(1);
  }
  bool take(char c) {
    if (!in_.starts_with(c)) return false;
    in_.remove_prefix(1);
    return true;
  }

  std::uint32_t list() {
    std::vector<std::uint32_t> rules;
    do {
      skip_spaces();
      rules.push_back(complex());
      if (rules.back() == kNone) return kNone;
      skip_spaces();
    } while (take(','));
    return rules.size() == 1 ? rules[0] : builder_.any(rules);
  }

  /// The combinator that comes next, or 0. White space is one where nothing else stands.
  char combinator() {
    const auto before = in_.size();
    skip_spaces();
    if (in_.empty() || in_.front() == ')' || in_.front() == ',') return 0;
    for (const char c : {'>', '+', '~'})
      if (take(c)) {
        skip_spaces();
        return c;
      }
    return in_.size() < before ? ' ' : '\0';
  }

  std::uint32_t complex() {
    auto rule = compound();
    while (rule != kNone) {
      const char sign = combinator();
      if (sign == 0) break;
      const auto next = compound();
      if (next == kNone) return kNone;
      const bool is_vertical = sign == '>' || sign == ' ';
      const bool is_near = sign == '>' || sign == '+';
      const auto relation =
          builder_.relation({.form = is_vertical ? Op::Form::inside : Op::Form::follows,
                             .rule = rule,
                             .stop_by = is_near ? StopBy::neighbor : StopBy::end});
      const std::vector<std::uint32_t> both{next, relation};
      rule = builder_.all(both);
    }
    return rule;
  }

  std::uint32_t compound() {
    std::vector<std::uint32_t> rules;
    const bool is_pseudo = in_.starts_with(':');
    if (!in_.empty() && begins_name(in_.front())) rules.push_back(kind());
    while (in_.starts_with(':') && (rules.empty() || rules.back() != kNone))
      rules.push_back(pseudo_class());
    if (rules.empty())
      return in_.starts_with('.') ? refuse("classes (`.name`) are not known in a selector")
                                  : unexpected();
    if (rules.back() == kNone) return kNone;
    // a lone `:has(a)` means the node that has it, not the one it has
    return rules.size() == 1 && !is_pseudo ? rules[0] : builder_.all(rules);
  }

  std::string_view name() {
    std::size_t size = 0;
    while (size < in_.size() && is_in_name(in_[size]))
      ++size;
    const auto found = in_.substr(0, size);
    in_.remove_prefix(size);
    return found;
  }

  std::uint32_t kind() {
    const auto wanted = name();
    if (const auto id = grammar_.kind_id(wanted)) return builder_.kind(*id);
    const auto known = grammar_.named_kinds();
    problem_.nearest = nearest(wanted, known);
    return refuse(fmt::format("the kind `{}` is not known to {}", wanted, "the grammar"));
  }

  std::uint32_t pseudo_class() {
    take(':');
    const auto which = name();
    if (++nesting_ > kMaxNesting)
      return refuse(fmt::format("a selector nested over {} deep", kMaxNesting));
    if (!take('(')) return refuse(fmt::format("`:{}` needs a `(`", which));
    skip_spaces();
    const auto rule = argument(which);
    if (rule == kNone) return kNone;
    skip_spaces();
    if (!take(')')) return refuse(fmt::format("`:{}(` is not closed", which));
    --nesting_;
    return rule;
  }

  std::uint32_t argument(std::string_view which) {
    if (which == "is") return list();
    if (which == "nth-child") return nth_child(false);
    if (which == "nth-last-child") return nth_child(true);
    if (which == "not") {
      const auto rule = complex();
      return rule == kNone ? kNone : builder_.negate(rule);
    }
    if (which == "has") {
      const bool is_near = take('>');
      skip_spaces();
      const auto rule = complex();
      if (rule == kNone) return kNone;
      return builder_.relation({.form = Op::Form::has,
                                .rule = rule,
                                .stop_by = is_near ? StopBy::neighbor : StopBy::end});
    }
    return refuse(fmt::format(
        "`:{}` is not known; `:has`, `:not`, `:is`, `:nth-child` and `:nth-last-child` are",
        which));
  }

  std::uint32_t nth_child(bool reverse) {
    const auto end = std::min(in_.find_first_not_of("0123456789nN+- "), in_.size());
    auto position = read_child_position(in_.substr(0, end));
    if (!position)
      return refuse(
          fmt::format("`{}` is not of the form An+B", visible(in_.substr(0, end), false)));
    position->reverse = reverse;
    in_.remove_prefix(end);
    auto of_rule = kNone;
    if (in_.starts_with("of") && in_.size() > 2 && is_space(in_[2])) {
      in_.remove_prefix(2);
      skip_spaces();
      of_rule = complex();
      if (of_rule == kNone) return kNone;
    }
    return builder_.nth_child(*position, of_rule);
  }

  OpBuilder& builder_;
  const Grammar& grammar_;
  std::string_view in_;
  SelectorProblem& problem_;
  int nesting_ = 0;
};
// NOLINTEND(misc-no-recursion)

}  // namespace

std::uint32_t add_selector(OpBuilder& builder, const Grammar& grammar, std::string_view text,
                           SelectorProblem& problem) {
  return Parser(builder, grammar, text, problem).run();
}

}  // namespace peer::rules
