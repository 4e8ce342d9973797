#include "analyzers/rules/prefilter/pattern_literals.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/prefilter/keywords.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word_char(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

bool needs_unnamed(const Pattern& pattern) {
  return pattern.strictness == Strictness::cst || pattern.strictness == Strictness::smart;
}

}  // namespace

bool is_word(std::string_view text) {
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), is_word_char);
}

std::vector<Clause> PatternLiterals::of(const Pattern& pattern) const {
  std::vector<Clause> clauses;
  const auto& nodes = program_.pattern_nodes;
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (auto i = pattern.root; i < nodes[pattern.root].end; ++i) {
    const auto& node = nodes[i];
    if (node.form != PatternNode::Form::terminal || !is_required(pattern, node, i)) continue;
    const auto text = program_.text_of(node);
    const auto before = node.is_named ? sign_before(pattern, i) : std::string_view();
    if (!seen.insert({text, before}).second) continue;
    const bool word = is_word(text) && (node.is_named ? is_name(node.kind, text)
                                                      : has_plain_signs(program_.language->name));
    if (text.size() < kMinLength && !word) continue;
    clauses.push_back({{Literal{std::string(text), word, false, std::string(before)}}, true});
  }
  return clauses;
}

/// A leaf whose text any match has. An unnamed one is its kind, whose text is as written only
/// where it is a keyword of a language that minds case; and it may be left out in many ways.
bool PatternLiterals::is_required(const Pattern& pattern, const PatternNode& node,
                                  std::uint32_t index) const {
  if (pattern.strictness == Strictness::signature) return false;
  if (node.is_named) return true;
  if (!needs_unnamed(pattern) || !program_.language->case_sensitive) return false;
  const auto text = program_.text_of(node);
  const bool is_keyword = text.size() > 2 && is_word(text);
  return (is_keyword || is_sign(text)) && !follows_ellipsis(pattern, index) &&
         text == grammar_.kind_name(node.kind);
}

/// `==` and the like, in the languages where they are always written so.
bool PatternLiterals::is_sign(std::string_view text) const {
  static constexpr std::string_view kSigns = "=!<>+-*/%&|:";
  return text.size() >= kMinLength && text.find_first_not_of(kSigns) == std::string_view::npos &&
         has_plain_signs(program_.language->name);
}

/// The sign between two operands that stands right before a leaf of the pattern, and so of what
/// it matches: `==` in `$A == None`.
std::string_view PatternLiterals::sign_before(const Pattern& pattern, std::uint32_t index) const {
  static constexpr std::array<std::string_view, 10> kOperators{
      "==", "!=", "===", "!==", "<=", ">=", "&&", "||", "+=", "-="};
  const auto& nodes = program_.pattern_nodes;
  if (index < pattern.root + 2) return {};
  const auto& before = nodes[index - 1];
  const auto text = program_.text_of(before);
  if (before.form != PatternNode::Form::terminal || before.is_named ||
      std::find(kOperators.begin(), kOperators.end(), text) == kOperators.end() ||
      !is_required(pattern, before, index - 1))
    return {};
  // what ends between them may hold more in the file than in the pattern
  for (auto i = pattern.root; i + 1 < index; ++i)
    if (nodes[i].end == index) return {};
  return text;
}

bool PatternLiterals::follows_ellipsis(const Pattern& pattern, std::uint32_t index) const {
  for (auto i = index; i > pattern.root; --i) {
    const auto& before = program_.pattern_nodes[i - 1];
    if (before.is_ellipsis()) return true;
    if (before.form != PatternNode::Form::terminal || before.is_named) return false;
  }
  return false;
}

/// Kinds whose text is a whole word of the file wherever they stand: two names never touch.
bool PatternLiterals::is_name(std::uint16_t kind, std::string_view text) const {
  const auto name = grammar_.kind_name(kind);
  if (name.ends_with("identifier") || name == "name") return true;
  // `None` is a none, `this` a this
  return has_plain_signs(program_.language->name) && name == to_lower(text);
}

}  // namespace peer::rules
