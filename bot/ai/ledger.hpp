// What a run learns of models, kept in state.db: the metrics of each call, the spending of the day,
// outcomes for routing, and what models' own scores were worth. Without a state folder, or where
// the file cannot be used, it remembers nothing and says so once. Safe from many threads.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bot/session.hpp"
#include "cache/model_db.hpp"
#include "cache/shared_scores.hpp"
#include "llm/ask/budget.hpp"
#include "llm/judge/calibration.hpp"
#include "llm/route/route.hpp"

namespace peer {

class Ledger {
 public:
  Ledger(const Config& config, const Session& session);
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  /// Limits of the day as a budget asks for them; nothing where there are none.
  [[nodiscard]] std::optional<DayBudget> day_budget();
  void add(CallMetric metric);
  /// What a fix of `rule` in `file` by `model` came to: into the metric of its call, the routes and
  /// the worth of its score.
  void outcome(const CallMetric& about, const std::string& question_class, double good,
               std::optional<double> own_score, const std::string& family);
  /// What providers reported of tokens in earlier runs, oldest first.
  [[nodiscard]] const std::vector<ModelDb::TokenRatio>& token_ratios() const { return ratios_; }
  void add_token_ratio(const std::string& model, double ratio);
  void count_lookups(const std::string& name, std::uint64_t hits, std::uint64_t misses);
  /// As it stood when the run began.
  [[nodiscard]] const Calibration& calibration() const { return calibration_; }
  /// What is known here or, where that is more, in the team's Redis.
  [[nodiscard]] RouteHistory history(const std::string& question_class, const std::string& model);
  /// A Redis server was configured and does not answer.
  [[nodiscard]] bool lost_shared() const;
  [[nodiscard]] std::vector<std::string> notes() const;
  /// Writes what was not written yet.
  void flush();

 private:
  void note(const Error& error);
  void flush_locked();

  std::optional<double> cost_per_day_;
  std::optional<std::uint64_t> calls_per_day_;
  mutable std::mutex lock_;
  std::optional<ModelDb> db_;
  std::vector<CallMetric> calls_;
  std::vector<ModelDb::TokenRatio> ratios_, fresh_ratios_;
  std::map<std::string, RouteHistory> history_;  // "class\nmodel"
  std::multimap<double, std::string> tickets_;   // by what was reserved
  Calibration calibration_;
  std::string note_;
  const Clock& clock_;
  std::optional<SharedScores> shared_;
  std::set<std::string> looked_up_;  // in shared_, as in history_
};

/// Half of what was learnt of a model counts after this time.
inline constexpr double kRouteHalfLifeSeconds = 14 * 86'400.0;

}  // namespace peer
