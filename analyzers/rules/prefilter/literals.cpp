#include "analyzers/rules/prefilter/literals.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "analyzers/languages/language.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMinLength = 2;
constexpr std::size_t kMaxLiterals = 256;
constexpr std::size_t kMaxClauses = 64;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word_char(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }
bool is_word(std::string_view text) {
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), is_word_char);
}

/// How much a clause says: the length of its shortest literal, a word's doubled.
std::size_t worth(const Clause& clause) {
  std::size_t least = 1000;
  for (const auto& literal : clause.literals)
    least = std::min(least, literal.text.size() * (literal.is_word ? 2 : 1));
  return least;
}

/// Each literal once.
void tidy(Clause& clause) {
  std::sort(clause.literals.begin(), clause.literals.end());
  clause.literals.erase(std::unique(clause.literals.begin(), clause.literals.end()),
                        clause.literals.end());
}

/// Clauses of a rule, and the single variables that a match of it surely binds: `true` where within
/// the matched node.
struct Need {
  std::vector<Clause> clauses;
  std::map<std::uint32_t, bool> bound;
};

// Goes as deep as the rule, and through utilities to kMaxDepth.
// NOLINTBEGIN(misc-no-recursion)
class Collector {
 public:
  explicit Collector(const Program& program) : program_(program), grammar_(*program.language) {}

  Need of(const Core& core, std::size_t depth) {
    if (core.op == kNone) return {};
    auto need = of(core.op, depth);
    for (const auto& constraint : core.constraints) {
      const auto bound = need.bound.find(constraint.slot);
      if (bound == need.bound.end()) continue;
      append(need, of(constraint.op, depth + 1), bound->second);
    }
    return need;
  }

 private:
  static void append(Need& need, Need more, bool inside) {
    for (auto& clause : more.clauses) {
      if (need.clauses.size() >= kMaxClauses) break;
      clause.inside = clause.inside && inside;
      need.clauses.push_back(std::move(clause));
    }
    for (const auto& [slot, is_inside] : more.bound)
      need.bound[slot] = need.bound[slot] || (is_inside && inside);
  }

  Need of(std::uint32_t index, std::size_t depth) {
    if (depth > kMaxDepth) return {};
    const Op& op = program_.ops[index];
    Need need;
    switch (op.form) {
      case Op::Form::pattern:
        return of_pattern(program_.patterns[op.value]);
      case Op::Form::regex:
        return of_regex(*program_.regexes[op.value]);
      case Op::Form::all:
        for (std::uint32_t i = 0; i < op.count; ++i)
          append(need, of(program_.operands[op.first + i], depth + 1), true);
        return need;
      case Op::Form::any:
        return of_any(op, depth);
      case Op::Form::has:
        return of(op.child, depth + 1);
      case Op::Form::inside:
      case Op::Form::precedes:
      case Op::Form::follows:
        append(need, of(op.child, depth + 1), false);
        return need;
      case Op::Form::local:
        return of_util(op.value, depth);
      case Op::Form::global:
        // its variables are its own
        need = of_util(op.value, depth);
        need.bound.clear();
        return need;
      case Op::Form::kind:
        return of_kind(static_cast<std::uint16_t>(op.value));
      case Op::Form::nth_child:
      case Op::Form::range:
      case Op::Form::negate:
        break;
    }
    return need;
  }

  /// Once for each: utilities may name each other in more ways than can be followed.
  Need of_util(std::uint32_t index, std::size_t depth) {
    const auto [known, is_new] = utils_.try_emplace(index);
    if (!is_new) return known->second;  // under way: nothing is known yet
    auto need = of(program_.utils[index], depth + 1);
    utils_[index] = need;
    return need;
  }

  Need of_any(const Op& op, std::size_t depth) {
    Need need;
    Clause together;
    bool is_known = op.count > 0;
    for (std::uint32_t i = 0; i < op.count; ++i) {
      auto branch = of(program_.operands[op.first + i], depth + 1);
      std::erase_if(need.bound,
                    [&](const auto& bound) { return !branch.bound.contains(bound.first); });
      if (i == 0) need.bound = branch.bound;
      for (auto& [slot, inside] : need.bound)
        inside = inside && branch.bound[slot];
      if (branch.clauses.empty()) {
        is_known = false;
        continue;
      }
      const auto best = std::max_element(branch.clauses.begin(), branch.clauses.end(), less_useful);
      together.literals.insert(together.literals.end(), best->literals.begin(),
                               best->literals.end());
      together.inside = together.inside && best->inside;
      if (together.literals.size() > 4 * kMaxLiterals) tidy(together);
    }
    // a clause of very many says little; and utilities that double at each level would make it
    // endless
    tidy(together);
    if (is_known && together.literals.size() <= kMaxLiterals)
      need.clauses.push_back(std::move(together));
    return need;
  }
  // NOLINTEND(misc-no-recursion)

  static bool less_useful(const Clause& left, const Clause& right) {
    return std::pair(left.inside, worth(left)) < std::pair(right.inside, worth(right));
  }

  /// Statements that begin with a keyword of their own, in the languages where we know them.
  [[nodiscard]] Need of_kind(std::uint16_t kind) const {
    static constexpr std::array<std::string_view, 5> kLanguages{"java", "javascript", "typescript",
                                                                "tsx", "python"};
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kKeywords{
        {{"catch_clause", "catch"},
         {"debugger_statement", "debugger"},
         {"delete_statement", "del"},
         {"except_clause", "except"},
         {"finally_clause", "finally"},
         {"not_operator", "not"},
         {"raise_statement", "raise"},
         {"throw_statement", "throw"},
         {"try_statement", "try"},
         {"assert_statement", "assert"}}};
    Need need;
    const auto language = program_.language->name;
    if (kind == kErrorKind ||
        std::find(kLanguages.begin(), kLanguages.end(), language) == kLanguages.end())
      return need;
    const auto name = grammar_.kind_name(kind);
    for (const auto& [known, keyword] : kKeywords)
      if (name == known)
        need.clauses.push_back({{Literal{std::string(keyword), true, false}}, true});
    return need;
  }

  static Need of_regex(const TextPattern& regex) {
    Need need;
    Clause clause;
    const bool folded = ignores_case(regex.source());
    for (auto& text : regex_literals(regex.source())) {
      if (text.size() < kMinLength) return {};
      clause.literals.push_back({std::move(text), false, folded});
    }
    // two letters fold to ASCII ones from outside of it: where they stand in a file it may match
    if (folded && !clause.literals.empty()) {
      clause.literals.push_back({"\xC5\xBF", false, false});
      clause.literals.push_back({"\xE2\x84\xAA", false, false});
    }
    if (!clause.literals.empty()) need.clauses.push_back(std::move(clause));
    return need;
  }

  Need of_pattern(const Pattern& pattern) {
    Need need;
    const auto& nodes = program_.pattern_nodes;
    std::set<std::string_view> seen;
    for (auto i = pattern.root; i < nodes[pattern.root].end; ++i) {
      const auto& node = nodes[i];
      if (node.form == PatternNode::Form::capture) need.bound[node.slot] = true;
      if (node.form != PatternNode::Form::terminal || !is_required(pattern, node, i)) continue;
      const auto text = program_.text_of(node);
      if (!seen.insert(text).second) continue;
      const bool word = is_word(text) && node.is_named && is_name(node.kind);
      if (text.size() < kMinLength && !word) continue;
      need.clauses.push_back({{Literal{std::string(text), word, false}}, true});
    }
    return need;
  }

  /// A leaf whose text any match has. An unnamed one is its kind, whose text is as written only
  /// where it is a keyword of a language that minds case; and it may be left out in many ways.
  [[nodiscard]] bool is_required(const Pattern& pattern, const PatternNode& node,
                                 std::uint32_t index) const {
    if (pattern.strictness == Strictness::signature) return false;
    if (node.is_named) return true;
    const bool is_strict =
        pattern.strictness == Strictness::cst || pattern.strictness == Strictness::smart;
    if (!is_strict || !program_.language->case_sensitive) return false;
    const auto text = program_.text_of(node);
    return text.size() > 2 && is_word(text) && !follows_ellipsis(pattern, index) &&
           text == grammar_.kind_name(node.kind);
  }

  [[nodiscard]] bool follows_ellipsis(const Pattern& pattern, std::uint32_t index) const {
    for (auto i = index; i > pattern.root; --i) {
      const auto& before = program_.pattern_nodes[i - 1];
      if (before.is_ellipsis()) return true;
      if (before.form != PatternNode::Form::terminal || before.is_named) return false;
    }
    return false;
  }

  /// Kinds whose text is a whole word of the file wherever they stand: two names never touch.
  [[nodiscard]] bool is_name(std::uint16_t kind) const {
    const auto name = grammar_.kind_name(kind);
    return name.ends_with("identifier") || name == "name";
  }

  const Program& program_;
  Grammar grammar_;
  std::map<std::uint32_t, Need> utils_;
};

}  // namespace

std::vector<Clause> required_literals(const Program& program) {
  if (program.language == nullptr) return {};
  auto clauses = Collector(program).of(program.core, 0).clauses;
  for (auto& clause : clauses)
    tidy(clause);
  return clauses;
}

}  // namespace peer::rules
