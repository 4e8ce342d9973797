// How well models did for each class of questions, as a team's Redis server knows it beside what
// state.db does: a machine that is new learns from the others. A server that fails is not asked
// again. Safe from many threads.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "cache/model_db.hpp"
#include "cache/store/redis.hpp"

namespace peer {

class SharedScores {
 public:
  /// Connects when it is first asked. `clock` must outlive it.
  SharedScores(std::string redis_url, const Clock& clock, RedisOptions options = {})
      : url_(std::move(redis_url)), clock_(clock), options_(std::move(options)) {}

  /// What is shared; nothing where there is none, it is no score, or the server fails.
  [[nodiscard]] std::optional<RouteScore> find(const std::string& question_class,
                                               const std::string& model);
  /// Adds one outcome, as ModelDb::add_outcome does; kept for 90 days. Of two machines that add at
  /// the very same time one may be lost.
  void add(const std::string& question_class, const std::string& model, const RouteOutcome& outcome,
           double half_life_seconds);
  /// Why the server is not used any more, or "".
  [[nodiscard]] std::string failure() const;

 private:
  [[nodiscard]] RedisStore* server();
  [[nodiscard]] std::optional<RouteScore> read(const std::string& key);
  void lost(const Error& error);

  std::string url_;
  const Clock& clock_;
  RedisOptions options_;
  mutable std::mutex lock_;
  std::optional<RedisStore> redis_;
  bool tried_ = false;
  std::string failure_;
};

}  // namespace peer
