#include "analyzers/taint/environment.hpp"

#include <unordered_set>

namespace peer::taint {

const Value* Environment::find(Symbol symbol) const {
  for (const Environment* place = this; place != nullptr; place = place->around_)
    if (const auto it = place->own_.find(symbol); it != place->own_.end()) return &it->second;
  return nullptr;
}

void Environment::set(Symbol symbol, Value value) {
  const auto [it, is_new] = own_.try_emplace(symbol);
  record_.push_back({symbol, is_new ? std::nullopt : std::optional<Value>(std::move(it->second))});
  it->second = std::move(value);
}

const Value* Environment::first(Symbol symbol) const {
  for (const Written& each : record_)
    if (each.symbol == symbol && each.before) return &*each.before;
  const auto it = own_.find(symbol);
  return it == own_.end() ? nullptr : &it->second;
}

Changes Environment::since(Mark mark) const {
  Changes changes;
  std::unordered_set<Symbol> seen;
  for (std::size_t i = mark; i < record_.size(); ++i)
    if (seen.insert(record_[i].symbol).second)
      changes.emplace_back(record_[i].symbol, own_.at(record_[i].symbol));
  return changes;
}

void Environment::undo(Mark mark) {
  while (record_.size() > mark) {
    Written& last = record_.back();
    if (last.before)
      own_[last.symbol] = std::move(*last.before);
    else
      own_.erase(last.symbol);
    record_.pop_back();
  }
}

Changes Environment::take(Mark mark) {
  Changes changes = since(mark);
  undo(mark);
  return changes;
}

void Environment::apply(const Changes& changes) {
  for (const auto& [symbol, value] : changes)
    set(symbol, value);
}

void Environment::join(const std::vector<Changes>& ways, bool or_none) {
  struct Joined {
    Value value = nothing();
    std::size_t ways = 0;
  };
  std::unordered_map<Symbol, Joined> joined;
  std::vector<Symbol> order;
  for (const auto& way : ways)
    for (const auto& [symbol, value] : way) {
      Joined& into = joined[symbol];
      if (into.ways++ == 0) order.push_back(symbol);
      into.value = taint::join(into.value, value);
    }
  for (const Symbol symbol : order) {
    Joined& into = joined[symbol];
    if (into.ways < ways.size() || or_none)
      if (const Value* kept = find(symbol)) into.value = taint::join(*kept, into.value);
    set(symbol, std::move(into.value));
  }
}

}  // namespace peer::taint
