#include "analyzers/rules/rule_scan.hpp"

#include <algorithm>
#include <utility>

#include "analyzers/parse/preorder.hpp"
#include "analyzers/rules/match/scratch.hpp"

namespace peer::rules {
namespace {

constexpr std::uint32_t kNodesPerStopCheck = 4096;

/// What a walk through the tree needs to know of the rules: at which kinds one may begin, and where
/// no rule can match at all.
class Plan {
 public:
  explicit Plan(const TreeScan& scan) : wanted_(scan.kind_count + 1, 0) {
    bool skips = true;
    for (const auto& rule : scan.rules) {
      if (rule.rule == nullptr) continue;
      if (rule.places)
        places_.insert(places_.end(), rule.places->begin(), rule.places->end());
      else
        skips = false;
    }
    if (!skips) places_.clear();
    std::sort(places_.begin(), places_.end());
    places_.erase(std::unique(places_.begin(), places_.end()), places_.end());
    for (std::uint32_t kind = 0; kind <= scan.kind_count; ++kind)
      for (auto i = scan.by_kind_first[kind]; i < scan.by_kind_first[kind + 1]; ++i)
        wanted_[kind] = 1;
    plan_ = {wanted_.data(), scan.kind_count, places_.data(), places_.size(), skips};
  }
  [[nodiscard]] const PeerPreorderPlan& get() const { return plan_; }

 private:
  std::vector<std::uint8_t> wanted_;
  std::vector<std::uint32_t> places_;
  PeerPreorderPlan plan_{};
};

class Walk final : Scratch::Walker {
 public:
  Walk(const TreeScan& scan, const std::stop_token& stop, ScanResult& result)
      : scan_(scan),
        stop_(stop),
        result_(result),
        subject_(scan.root, scan.text),
        plan_(scan),
        walk_(scan.root, plan_.get()) {
    places_.reserve(scan.rules.size());
    spent_.resize(scan.rules.size());
    for (const auto& rule : scan.rules)
      places_.emplace_back(rule.places.value_or(std::vector<std::uint32_t>{}));
    subject_.scratch().walker = this;
  }
  ~Walk() override { subject_.scratch().walker = nullptr; }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  void run() {
    while (walk_.next()) {
      is_filled_ = false;
      visit(walk_.node(), walk_.kind());
      if (ends_early()) return;
    }
    if (walk_.failed()) result_.complete = false;
  }

 private:
  void fill(std::vector<Node>& path, std::vector<std::uint16_t>& kinds) override {
    if (is_filled_) return;
    is_filled_ = true;
    walk_.path(path, kinds);
  }

  bool ends_early() {
    const bool stops = ++nodes_ % kNodesPerStopCheck == 0 && stop_.stop_requested();
    if (!stops && !subject_.exhausted()) return false;
    result_.complete = false;
    if (subject_.exhausted()) {
      const auto most = std::max_element(spent_.begin(), spent_.end()) - spent_.begin();
      result_.laborious = scan_.rules[static_cast<std::size_t>(most)].rule;
    }
    return true;
  }

  void visit(Node node, std::uint16_t kind_id) {
    const auto kind = std::min<std::uint32_t>(kind_id, scan_.kind_count);
    for (auto i = scan_.by_kind_first[kind]; i < scan_.by_kind_first[kind + 1]; ++i) {
      const auto index = scan_.by_kind[i];
      auto& rule = scan_.rules[index];
      if (rule.places && !places_[index].any_in(node.begin(), node.end())) continue;
      Captures captures;
      const auto steps = subject_.scratch().steps_left;
      subject_.scratch().ways = rule.ways.empty() ? nullptr : &rule.ways;
      const Node matched = rule.matcher->match(subject_, node, captures);
      subject_.scratch().ways = nullptr;
      spent_[index] += steps - subject_.scratch().steps_left;
      if (matched)
        result_.matches.push_back({rule.rule, rule.matcher, matched, std::move(captures)});
    }
  }

  const TreeScan& scan_;
  const std::stop_token& stop_;
  ScanResult& result_;
  Subject subject_;
  Plan plan_;
  Preorder walk_;
  std::vector<Places> places_;
  std::vector<std::uint64_t> spent_;  // steps on a rule
  bool is_filled_ = false;
  std::uint32_t nodes_ = 0;
};

}  // namespace

void scan_tree(const TreeScan& scan, const std::stop_token& stop, ScanResult& result) {
  Walk(scan, stop, result).run();
}

}  // namespace peer::rules
