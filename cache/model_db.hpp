// What came of calls to models, in state.db beside what StateDb keeps: each call, the spending of
// each day, how well each model did for each kind of question, and what its own scores were worth.
// Never deleted by Peer but for calls older than 90 days. Safe from many threads; any number of
// processes share one file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace peer {

/// One call, or one answer that the cache gave instead.
struct CallMetric {
  std::int64_t time = 0;  ///< seconds since 1970; 0 when adding: now
  std::string model;      ///< "groq/llama-3.1-8b-instant"
  std::string task;       ///< "fix"
  std::string file;       ///< path, or ""
  std::string rule;       ///< or ""
  std::uint64_t milliseconds = 0;
  std::uint64_t tokens_in = 0, tokens_out = 0;
  double cost_usd = 0;
  bool cached = false;
  bool complex = false;          ///< more than one file's worth, or a long one
  bool success = false;          ///< an answer came
  std::optional<bool> verified;  ///< what it proposes was proved; nullopt: nothing to prove
  std::string failure;           ///< "rate", or ""
  friend bool operator==(const CallMetric&, const CallMetric&) = default;
};

/// Calls of one model, rule or day together.
struct CallTotals {
  std::string name;
  std::uint64_t calls = 0, cached = 0, failed = 0;
  std::uint64_t verified = 0, refuted = 0;
  std::uint64_t milliseconds = 0;  ///< of calls that were not cached
  std::uint64_t tokens_in = 0, tokens_out = 0;
  double cost_usd = 0;
  friend bool operator==(const CallTotals&, const CallTotals&) = default;
};
enum class CallsBy { model, rule, day, task };

/// How a model did for one class of questions, older outcomes counting less.
struct RouteScore {
  std::string question_class;  ///< "fix/python/small"
  std::string model;
  double good = 0, bad = 0;               ///< outcomes, decayed to `time`
  double milliseconds = 0, cost_usd = 0;  ///< running means
  std::int64_t time = 0;
  friend bool operator==(const RouteScore&, const RouteScore&) = default;
};

/// What came of one question to a model.
struct RouteOutcome {
  double good = 0;  ///< from 0 to 1
  double milliseconds = 0, cost_usd = 0;
};

/// `score` with one more outcome at `now`; what was known decays by half every `half_life_seconds`.
[[nodiscard]] RouteScore with_outcome(RouteScore score, const RouteOutcome& outcome,
                                      std::int64_t now, double half_life_seconds);

/// Labelled outcomes of fixes that a model gave this score of 0 to 10.
struct ScoreOutcome {
  std::string model, family;
  int score = 0;
  std::uint64_t right = 0, wrong = 0;
  friend bool operator==(const ScoreOutcome&, const ScoreOutcome&) = default;
};

struct DaySpent {
  double cost_usd = 0;  ///< settled and reserved
  std::uint64_t calls = 0;
};

class ModelDb {
 public:
  /// Opens or makes the file, as StateDb::open does and with its errors.
  [[nodiscard]] static Result<ModelDb> open(const std::filesystem::path& path, const Clock& clock);
  ModelDb(ModelDb&&) noexcept;
  ModelDb& operator=(ModelDb&&) noexcept;
  ~ModelDb();

  /// Adds all in one transaction.
  [[nodiscard]] Result<void> add_calls(const std::vector<CallMetric>& calls);
  /// Sums since `since` (seconds since 1970), by name.
  [[nodiscard]] Result<std::vector<CallTotals>> totals(CallsBy by, std::int64_t since);

  /// Takes one call and `most_usd` off what today may still cost. False where it is not there. A
  /// reservation that nobody settles (its process died) counts for ten minutes.
  [[nodiscard]] Result<bool> reserve(double most_usd, std::optional<double> most_a_day,
                                     std::optional<std::uint64_t> calls_a_day, std::string& ticket);
  [[nodiscard]] Result<void> settle(const std::string& ticket, double cost_usd);
  /// Of today (UTC).
  [[nodiscard]] Result<DaySpent> spent_today();

  [[nodiscard]] Result<std::vector<RouteScore>> scores();
  /// Adds one outcome; what was known decays by half every `half_life_seconds`.
  [[nodiscard]] Result<void> add_outcome(const std::string& question_class,
                                         const std::string& model, const RouteOutcome& outcome,
                                         double half_life_seconds);
  [[nodiscard]] Result<std::vector<ScoreOutcome>> score_outcomes();
  [[nodiscard]] Result<void> add_score(const std::string& model, const std::string& family,
                                       int score, bool right);

  /// Tokens that a model's provider reported, to those we counted; of each model the last 50 are
  /// kept, oldest first.
  struct TokenRatio {
    std::string model;
    double ratio = 0;
    friend bool operator==(const TokenRatio&, const TokenRatio&) = default;
  };
  [[nodiscard]] Result<void> add_token_ratios(const std::vector<TokenRatio>& ratios);
  [[nodiscard]] Result<std::vector<TokenRatio>> token_ratios();

  /// Counts questions to a cache called `name` ("digest"), for its hit rate.
  [[nodiscard]] Result<void> add_lookups(std::string_view name, std::uint64_t hits,
                                         std::uint64_t misses);
  struct Lookups {
    std::string name;
    std::uint64_t hits = 0, misses = 0;
  };
  [[nodiscard]] Result<std::vector<Lookups>> lookups(std::int64_t since);

 private:
  struct State;
  explicit ModelDb(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace peer
