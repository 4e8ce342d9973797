#include "analyzers/rules/rule_scan.hpp"

#include <algorithm>
#include <utility>

#include "analyzers/rules/match/scratch.hpp"

namespace peer::rules {
namespace {

constexpr std::uint32_t kNodesPerStopCheck = 4096;

/// Sorted places, asked for in rising order.
class Places {
 public:
  explicit Places(std::vector<std::uint32_t> places) : places_(std::move(places)) {}
  /// True where one stands in [begin, end). `begin` never falls from call to call.
  bool any_in(std::uint32_t begin, std::uint32_t end) {
    while (next_ < places_.size() && places_[next_] < begin)
      ++next_;
    return next_ < places_.size() && places_[next_] < end;
  }

 private:
  std::vector<std::uint32_t> places_;
  std::size_t next_ = 0;
};

class Walk {
 public:
  Walk(const TreeScan& scan, const std::stop_token& stop, ScanResult& result)
      : scan_(scan), stop_(stop), result_(result), subject_(scan.root, scan.text) {
    std::vector<std::uint32_t> all;
    places_.reserve(scan.rules.size());
    for (const auto& rule : scan.rules) {
      places_.emplace_back(rule.places.value_or(std::vector<std::uint32_t>{}));
      if (rule.rule == nullptr) continue;
      if (rule.places)
        all.insert(all.end(), rule.places->begin(), rule.places->end());
      else
        skips_ = false;
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    interesting_ = Places(std::move(all));
  }

  void run() {
    auto& path = subject_.scratch().path;
    Cursor cursor(scan_.root);
    for (;;) {
      const Node node = cursor.node();
      path.push_back(node);
      // what holds no place of any rule's literals cannot match, nor can anything in it
      const bool enter = !skips_ || interesting_.any_in(node.begin(), node.end());
      if (enter) visit(node);
      if (ends_early()) return;
      if (enter && cursor.to_first_child()) continue;
      path.pop_back();
      while (!cursor.to_next_sibling()) {
        if (!cursor.to_parent()) return;
        path.pop_back();
      }
    }
  }

 private:
  bool ends_early() {
    const bool stops = ++nodes_ % kNodesPerStopCheck == 0 && stop_.stop_requested();
    if (!stops && !subject_.exhausted()) return false;
    result_.complete = false;
    return true;
  }

  void visit(Node node) {
    const auto kind = std::min<std::uint32_t>(node.kind_id(), scan_.kind_count);
    for (auto i = scan_.by_kind_first[kind]; i < scan_.by_kind_first[kind + 1]; ++i) {
      const auto index = scan_.by_kind[i];
      const auto& rule = scan_.rules[index];
      if (rule.rule == nullptr) continue;
      if (rule.places && !places_[index].any_in(node.begin(), node.end())) continue;
      Captures captures;
      if (const Node matched = rule.matcher->match(subject_, node, captures))
        result_.matches.push_back({rule.rule, rule.matcher, matched, std::move(captures)});
    }
  }

  const TreeScan& scan_;
  const std::stop_token& stop_;
  ScanResult& result_;
  Subject subject_;
  std::vector<Places> places_;
  Places interesting_{{}};
  bool skips_ = true;
  std::uint32_t nodes_ = 0;
};

}  // namespace

std::optional<std::vector<std::uint32_t>> nearest_places(
    const std::vector<std::vector<std::uint32_t>>& clauses,
    const std::vector<std::vector<std::uint32_t>>& places) {
  const std::vector<std::uint32_t>* best = nullptr;
  std::size_t least = 0;
  for (const auto& clause : clauses) {
    std::size_t count = 0;
    for (const auto literal : clause)
      count += places[literal].size();
    if (best != nullptr && count >= least) continue;
    best = &clause;
    least = count;
  }
  if (best == nullptr) return std::nullopt;
  std::vector<std::uint32_t> all;
  all.reserve(least);
  for (const auto literal : *best)
    all.insert(all.end(), places[literal].begin(), places[literal].end());
  std::sort(all.begin(), all.end());
  return all;
}

void scan_tree(const TreeScan& scan, const std::stop_token& stop, ScanResult& result) {
  Walk(scan, stop, result).run();
}

}  // namespace peer::rules
