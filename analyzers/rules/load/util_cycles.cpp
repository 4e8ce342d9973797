#include "analyzers/rules/load/util_cycles.hpp"

#include <map>
#include <string_view>
#include <vector>

namespace peer::rules {
namespace {

/// The utilities that a rule object needs on the node itself: through `all`, `any`, `not` and
/// `matches`.
void collect_needs(const YamlNode& object, std::vector<std::string_view>& needs) {
  std::vector<const YamlNode*> open{&object};
  while (!open.empty()) {
    const auto* rule = open.back();
    open.pop_back();
    if (const auto* id = rule->find("matches"); id != nullptr && id->is_scalar())
      needs.push_back(id->text);
    if (const auto* inner = rule->find("not")) open.push_back(inner);
    for (const auto* key : {"all", "any"})
      if (const auto* list = rule->find(key))
        for (const auto& child : list->children)
          open.push_back(&child);
  }
}

struct Visit {
  const YamlNode* util;
  std::vector<std::string_view> needs;
  std::size_t next = 0;
};

Visit visit_of(const YamlNode& util) {
  Visit visit{&util, {}, 0};
  collect_needs(util, visit.needs);
  return visit;
}

}  // namespace

const YamlNode* find_util_cycle(const YamlNode& utils) {
  enum class State { under_way, done };
  std::map<const YamlNode*, State> states;
  for (const auto& start : utils.children) {
    if (states.contains(&start)) continue;
    std::vector<Visit> stack;
    states.emplace(&start, State::under_way);
    stack.push_back(visit_of(start));
    while (!stack.empty()) {
      auto& top = stack.back();
      if (top.next == top.needs.size()) {
        states[top.util] = State::done;
        stack.pop_back();
        continue;
      }
      const auto* needed = utils.find(top.needs[top.next++]);
      if (needed == nullptr) continue;
      const auto known = states.find(needed);
      if (known != states.end() && known->second == State::under_way) return needed;
      if (known != states.end()) continue;
      states.emplace(needed, State::under_way);
      stack.push_back(visit_of(*needed));
    }
  }
  return nullptr;
}

}  // namespace peer::rules
