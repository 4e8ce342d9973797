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

/// Goes from utilities to those that they need.
class Search {
 public:
  explicit Search(const YamlNode& utils) : utils_(utils) {}

  /// The utility that needs itself, of `start` and all that it leads to and no search has seen.
  const YamlNode* cycle_from(const YamlNode& start) {
    if (states_.contains(&start)) return nullptr;
    enter(start);
    while (!stack_.empty()) {
      auto& top = stack_.back();
      if (top.next == top.needs.size()) {
        states_[top.util] = State::done;
        stack_.pop_back();
        continue;
      }
      const auto* needed = utils_.find(top.needs[top.next++]);
      if (needed == nullptr) continue;
      const auto known = states_.find(needed);
      if (known == states_.end())
        enter(*needed);
      else if (known->second == State::under_way)
        return needed;
    }
    return nullptr;
  }

 private:
  enum class State { under_way, done };

  void enter(const YamlNode& util) {
    states_.emplace(&util, State::under_way);
    stack_.push_back(visit_of(util));
  }

  const YamlNode& utils_;
  std::map<const YamlNode*, State> states_;
  std::vector<Visit> stack_;
};

}  // namespace

const YamlNode* find_util_cycle(const YamlNode& utils) {
  Search search(utils);
  for (const auto& start : utils.children)
    if (const auto* needed = search.cycle_from(start)) return needed;
  return nullptr;
}

}  // namespace peer::rules
