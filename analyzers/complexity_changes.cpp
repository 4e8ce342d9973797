#include <algorithm>
#include <map>
#include <string>

#include "analyzers/checks/check.hpp"
#include "analyzers/complexity.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kTrivial =
    3;  // a function with fewer paths is neither worth naming nor known by its number

/// A function of one side.
struct Measured {
  const Symbol* symbol = nullptr;
  std::string name;  // qualified
  std::string head;  // name and signature
  Complexity value;
  bool paired = false;
};

std::vector<Measured> measure(const SourceFile& file, const Outline& outline) {
  std::vector<Measured> functions;
  for (const auto& [index, value] : complexity_of(file, outline)) {
    const auto& symbol = outline.symbols[index];
    auto name = outline.qualified_name(symbol);
    auto head = name + '\n' + symbol.signature(file.text());
    functions.push_back({&symbol, std::move(name), std::move(head), value, false});
  }
  return functions;
}

using Pairs = std::vector<std::pair<Measured*, Measured*>>;

/// Pairs what is left on both sides and has the same non-empty key, in order.
template <class Key>
void pair_by(std::vector<Measured>& before, std::vector<Measured>& after, Pairs& pairs,
             const Key& key) {
  std::map<std::string, std::vector<Measured*>> waiting;
  std::for_each(before.rbegin(), before.rend(), [&](Measured& function) {
    if (!function.paired) waiting[key(function)].push_back(&function);
  });
  waiting.erase("");
  for (auto& function : after) {
    if (function.paired) continue;
    const auto found = waiting.find(key(function));
    if (found == waiting.end() || found->second.empty()) continue;
    auto* partner = found->second.back();
    found->second.pop_back();
    partner->paired = function.paired = true;
    pairs.emplace_back(partner, &function);
  }
}

Pairs pair_functions(std::vector<Measured>& before, std::vector<Measured>& after) {
  Pairs pairs;
  pair_by(before, after, pairs, [](const Measured& f) { return f.head; });
  pair_by(before, after, pairs, [](const Measured& f) { return f.name; });
  // moved into another class or file-level function
  pair_by(before, after, pairs, [](const Measured& f) { return f.symbol->name; });
  pair_by(before, after, pairs, [](const Measured& f) {  // renamed
    if (f.value.cyclomatic < kTrivial) return std::string();
    return std::to_string(f.value.cyclomatic) + '/' + std::to_string(f.value.cognitive);
  });
  return pairs;
}

LocatedChange change_of(const Measured* before, const Measured* after) {
  LocatedChange located;
  located.change.function = after != nullptr ? after->name : before->name;
  if (before != nullptr) {
    located.change.cyclomatic_before = before->value.cyclomatic;
    located.change.cognitive_before = before->value.cognitive;
  }
  if (after != nullptr) {
    located.symbol = after->symbol;
    located.change.cyclomatic_after = after->value.cyclomatic;
    located.change.cognitive_after = after->value.cognitive;
  }
  return located;
}

}  // namespace

std::vector<LocatedChange> located_complexity_changes(FileExam& exam) {
  if (exam.whole_file() || exam.after().tree() == nullptr) return {};
  const auto* old_file = exam.before();
  if (old_file == nullptr || old_file->tree() == nullptr) return {};
  auto before = measure(*old_file, exam.before_outline());
  auto after = measure(exam.after(), exam.outline());
  std::map<const Measured*, const Measured*> partner;
  for (const auto& [old_function, new_function] : pair_functions(before, after))
    partner.emplace(new_function, old_function);
  std::vector<LocatedChange> changes;
  for (const auto& function : after) {
    const auto found = partner.find(&function);
    if (found == partner.end()) {
      changes.push_back(change_of(nullptr, &function));
    } else if (found->second->value != function.value) {
      changes.push_back(change_of(found->second, &function));
    }
  }
  for (const auto& function : before)
    if (!function.paired) changes.push_back(change_of(&function, nullptr));
  return changes;
}

std::vector<ComplexityChange> complexity_changes(FileExam& exam) {
  std::vector<ComplexityChange> changes;
  for (const auto& [change, symbol] : exam.complexity()) {
    const bool one_sided = change.cyclomatic_before == 0 || change.cyclomatic_after == 0;
    if (one_sided && std::max(change.cyclomatic_before, change.cyclomatic_after) < kTrivial)
      continue;
    changes.push_back(change);
  }
  return changes;
}

}  // namespace peer
