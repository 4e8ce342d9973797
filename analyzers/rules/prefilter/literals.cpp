#include "analyzers/rules/prefilter/literals.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/match/constants.hpp"
#include "analyzers/rules/match/regex_literals.hpp"
#include "analyzers/rules/prefilter/keywords.hpp"
#include "analyzers/rules/prefilter/pattern_literals.hpp"
#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxLiterals = 256;
constexpr std::size_t kMaxClauses = 64;
constexpr std::size_t kMaxSize = 400;
constexpr std::size_t kMaxWayLiterals = 20'000;

/// How much a clause says: the length of its shortest literal, a word's doubled.
std::size_t worth(const Clause& clause) {
  if (clause.is_common) return 1;
  std::size_t least = 1000;
  for (const auto& literal : clause.literals)
    least = std::min(least,
                     literal.text.size() * (literal.is_word ? 2 : 1) + literal.before.size() * 2);
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
  Requirement required;
  std::map<std::uint32_t, bool> bound;
};

/// Clauses in it, however deep.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the rule, see Collector
std::size_t size_of(const Requirement& requirement) {
  std::size_t size = requirement.clauses.size();
  for (const auto& choice : requirement.choices)
    for (const auto& way : *choice.ways)
      size += size_of(way);
  return size;
}

/// Literals in it, however deep.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the rule, see Collector
std::size_t literals_in(const Requirement& requirement) {
  std::size_t count = 0;
  for (const auto& clause : requirement.clauses)
    count += clause.literals.size();
  for (const auto& choice : requirement.choices)
    for (const auto& way : *choice.ways)
      count += literals_in(way);
  return count;
}

// Goes as deep as the rule, and through utilities to kMaxDepth.
// NOLINTBEGIN(misc-no-recursion)
class Collector {
 public:
  explicit Collector(const Program& program) : program_(program), grammar_(*program.language) {}

  Requirement of_way(std::uint32_t op) { return of(op, 0).required; }

  Need of(const Core& core, std::size_t depth) {
    if (core.op == kNone) return {};
    auto need = of(core.op, depth);
    for (const auto& constraint : core.constraints) {
      const auto bound = need.bound.find(constraint.slot);
      if (bound == need.bound.end()) continue;
      append(need, of_value(constraint.op, depth), bound->second);
    }
    return need;
  }

 private:
  static void append(Need& need, Need more, bool inside) {
    auto& clauses = need.required.clauses;
    for (auto& clause : more.required.clauses) {
      if (clauses.size() >= kMaxClauses) break;
      clause.inside = clause.inside && inside;
      clauses.push_back(std::move(clause));
    }
    auto& choices = need.required.choices;
    auto size = size_of(need.required);
    for (auto& choice : more.required.choices) {
      for (const auto& way : *choice.ways)
        size += size_of(way);
      if (size > kMaxSize) break;  // utilities that double at each level would make it endless
      choice.inside = choice.inside && inside;
      choices.push_back(std::move(choice));
    }
    for (const auto& [slot, is_inside] : more.bound)
      need.bound[slot] = need.bound[slot] || (is_inside && inside);
  }

  /// Of what may be matched by a name that stands for it, where constants are followed: what the
  /// match then requires stands elsewhere.
  Need of_value(std::uint32_t index, std::size_t depth) {
    const bool was_value =
        std::exchange(is_value_, program_.name_kinds != kNone && !is_below_label_);
    auto need = of(index, depth + 1);
    is_value_ = was_value;
    return need;
  }

  Need of_label(std::uint32_t index, std::size_t depth) {
    const bool was_value = std::exchange(is_value_, false);
    const bool was_below = std::exchange(is_below_label_, true);
    auto need = of(index, depth + 1);
    is_value_ = was_value;
    is_below_label_ = was_below;
    return need;
  }

  /// See is_label of match/constants.cpp: what stands there is no value.
  [[nodiscard]] bool is_label(std::uint16_t field) const {
    return field != 0 && is_label_field(grammar_.field_name(field));
  }

  Need of(std::uint32_t index, std::size_t depth) {
    auto need = of_op(index, depth);
    if (!is_value_) return need;
    for (auto& clause : need.required.clauses)
      clause.inside = false;
    for (auto& choice : need.required.choices)
      choice.inside = false;
    return need;
  }

  Need of_op(std::uint32_t index, std::size_t depth) {
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
        return is_label(op.field) ? of_label(op.child, depth) : of_value(op.child, depth);
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
    const bool was_value = std::exchange(is_value_, program_.name_kinds != kNone);
    auto need = of(program_.utils[index], depth + 1);
    is_value_ = was_value;
    utils_[index] = need;
    return need;
  }

  Need of_any(const Op& op, std::size_t depth) {
    Need need;
    Clause together;
    std::vector<Requirement> ways;
    std::size_t size = 0;
    bool is_known = op.count > 0;
    bool are_few = true;
    for (std::uint32_t i = 0; i < op.count; ++i) {
      auto branch = of(program_.operands[op.first + i], depth + 1);
      std::erase_if(need.bound,
                    [&](const auto& bound) { return !branch.bound.contains(bound.first); });
      if (i == 0) need.bound = branch.bound;
      for (auto& [slot, inside] : need.bound)
        inside = inside && branch.bound[slot];
      auto& clauses = branch.required.clauses;
      if (clauses.empty()) {
        is_known = false;
        continue;
      }
      const auto best = std::max_element(clauses.begin(), clauses.end(), less_useful);
      size += size_of(branch.required);
      if (are_few)
        together.literals.insert(together.literals.end(), best->literals.begin(),
                                 best->literals.end());
      together.inside = together.inside && best->inside;
      together.is_common = together.is_common || best->is_common;
      if (together.literals.size() > 4 * kMaxLiterals) {
        tidy(together);
        are_few = together.literals.size() <= kMaxLiterals;
      }
      if (size <= kMaxSize) ways.push_back(std::move(branch.required));
    }
    // a clause of very many says little; and utilities that double at each level would make it
    // endless
    tidy(together);
    if (is_known && are_few && together.literals.size() <= kMaxLiterals)
      need.required.clauses.push_back(std::move(together));
    if (is_known && ways.size() == op.count && size > op.count)
      need.required.choices.push_back(
          {std::make_shared<const std::vector<Requirement>>(std::move(ways))});
    return need;
  }
  // NOLINTEND(misc-no-recursion)

  static bool less_useful(const Clause& left, const Clause& right) {
    return std::pair(left.inside, worth(left)) < std::pair(right.inside, worth(right));
  }

  [[nodiscard]] Need of_kind(std::uint16_t kind) const {
    Need need;
    if (kind == kErrorKind) return need;
    Clause clause;
    for (auto rest = keywords_of_kind(program_.language->name, grammar_.kind_name(kind));
         !rest.empty();) {
      const auto keyword = rest.substr(0, rest.find('|'));
      clause.literals.push_back({std::string(keyword), is_word(keyword), false});
      rest.remove_prefix(std::min(rest.size(), keyword.size() + 1));
    }
    clause.is_common = true;
    if (!clause.literals.empty()) need.required.clauses.push_back(std::move(clause));
    return need;
  }

  [[nodiscard]] Need of_regex(const TextPattern& regex) const {
    Need need;
    const bool folded = ignores_case(regex.source());
    const bool are_names =
        has_plain_signs(program_.language->name) && regex_gives_names(regex.source());
    for (auto& part : regex_parts(regex.source())) {
      if (std::any_of(part.begin(), part.end(),
                      [](const std::string& text) { return text.size() < kMinLength; }))
        continue;
      Clause clause;
      for (auto& text : part) {
        const bool word = are_names && is_word(text);
        clause.literals.push_back({std::move(text), word, folded});
      }
      // two letters fold to ASCII ones from outside of it: where they stand in a file it may match
      if (folded) {
        clause.literals.push_back({"\xC5\xBF", false, false});
        clause.literals.push_back({"\xE2\x84\xAA", false, false});
      }
      need.required.clauses.push_back(std::move(clause));
    }
    return need;
  }

  [[nodiscard]] Need of_pattern(const Pattern& pattern) const {
    Need need;
    need.required.clauses = PatternLiterals(program_).of(pattern);
    const auto& nodes = program_.pattern_nodes;
    for (auto i = pattern.root; i < nodes[pattern.root].end; ++i)
      if (nodes[i].form == PatternNode::Form::capture) need.bound[nodes[i].slot] = true;
    return need;
  }

  const Program& program_;
  Grammar grammar_;
  std::map<std::uint32_t, Need> utils_;
  bool is_value_ = false;  ///< see of_value
  bool is_below_label_ = false;
};

}  // namespace

Requirement required_literals(const Program& program) {
  if (program.language == nullptr) return {};
  auto required = Collector(program).of(program.core, 0).required;
  for (auto& clause : required.clauses)
    tidy(clause);
  return required;
}

namespace {

/// Collects the ways of a rule, as many as do not hold too many literals.
class Ways {
 public:
  explicit Ways(const Program& program) : collector_(program) {}

  void add(std::uint32_t op) {
    if (literals_ > kMaxWayLiterals) return;
    Way way{op, collector_.of_way(op)};
    if (way.required.clauses.empty() && way.required.choices.empty()) return;
    literals_ += literals_in(way.required);
    // thousands of ways may share a large utility
    if (literals_ <= kMaxWayLiterals) ways_.push_back(std::move(way));
  }
  std::vector<Way> take() { return std::move(ways_); }

 private:
  Collector collector_;
  std::size_t literals_ = 0;
  std::vector<Way> ways_;
};

bool looks_far(const Op& op) {
  const bool is_relation = op.form == Op::Form::has || op.form == Op::Form::inside ||
                           op.form == Op::Form::precedes || op.form == Op::Form::follows;
  return is_relation && op.stop_by != StopBy::neighbor;
}

}  // namespace

std::vector<Way> ways_of(const Program& program) {
  if (program.language == nullptr) return {};
  Ways ways(program);
  for (const Op& op : program.ops)
    if (op.form == Op::Form::any)
      for (std::uint32_t i = 0; i < op.count; ++i)
        ways.add(program.operands[op.first + i]);
  for (std::uint32_t i = 0; i < program.ops.size(); ++i)
    if (looks_far(program.ops[i])) ways.add(i);
  return ways.take();
}

}  // namespace peer::rules
