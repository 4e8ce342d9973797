#include "llm/judge/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace peer {
namespace {

constexpr double kPseudo = 4;
constexpr double kPseudoFactor = 0.7;

std::size_t bucket_of(double score01) {
  if (!(score01 > 0)) return 0;
  return static_cast<std::size_t>(std::lround(std::min(score01, 1.0) * 10));
}

std::string family_key(const std::string& model, const std::string& family) {
  return model + "\n" + family;
}

}  // namespace

void ScoreHistory::add(double score01, bool right) {
  auto& bucket = buckets[bucket_of(score01)];
  ++(right ? bucket.right : bucket.wrong);
}

std::uint32_t ScoreHistory::labels() const {
  std::uint32_t all = 0;
  for (const auto& bucket : buckets)
    all += bucket.right + bucket.wrong;
  return all;
}

std::array<double, 11> isotonic(const ScoreHistory& history) {
  struct Pool {
    double sum, weight;
    std::size_t scores;
  };
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < history.buckets.size(); ++i) {
    const auto& bucket = history.buckets[i];
    const double prior = kPseudoFactor * static_cast<double>(i) / 10;
    pools.push_back({bucket.right + kPseudo * prior, bucket.right + bucket.wrong + kPseudo, 1});
    // a pool that is worth less than the one below it is merged with it
    while (pools.size() > 1) {
      const auto top = pools.back();
      auto& below = pools[pools.size() - 2];
      if (below.sum / below.weight <= top.sum / top.weight) break;
      below.sum += top.sum;
      below.weight += top.weight;
      below.scores += top.scores;
      pools.pop_back();
    }
  }
  std::array<double, 11> out{};
  std::size_t at = 0;
  for (const auto& pool : pools)
    for (std::size_t i = 0; i < pool.scores; ++i)
      out[at++] = pool.sum / pool.weight;
  return out;
}

void Calibration::add(const std::string& model, const std::string& family, double score01,
                      bool right) {
  by_family_[family_key(model, family)].add(score01, right);
  by_model_[model].add(score01, right);
}

CalibratedScore Calibration::worth(const std::string& model, const std::string& family,
                                   double score01) const {
  const auto own = by_family_.find(family_key(model, family));
  if (own != by_family_.end() && own->second.labels() >= kLeastLabels)
    return {isotonic(own->second)[bucket_of(score01)], own->second.labels(), "rule family"};
  const auto all = by_model_.find(model);
  const auto labels = all == by_model_.end() ? 0 : all->second.labels();
  if (labels >= kLeastLabels) return {isotonic(all->second)[bucket_of(score01)], labels, "model"};
  return {std::clamp(score01, 0.0, 1.0), labels, "own"};
}

}  // namespace peer
