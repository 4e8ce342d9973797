#include "bot/ai/ledger.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace peer {
namespace {

constexpr std::size_t kMostBuffered = 200;
constexpr std::uint64_t kMostLabels = 2'000;  // of one score that are read back

std::string key_of(const std::string& question_class, const std::string& model) {
  return question_class + "\n" + model;
}

/// `score`, decayed to `now`.
RouteHistory as_of(const RouteScore& score, std::int64_t now) {
  const auto age = static_cast<double>(std::max<std::int64_t>(now - score.time, 0));
  const auto keep = std::exp2(-age / kRouteHalfLifeSeconds);
  return {score.good * keep, score.bad * keep, score.milliseconds, score.cost_usd};
}

}  // namespace

Ledger::Ledger(const Config& config, const Session& session)
    : cost_per_day_(config.ai.max_cost_per_day_usd),
      calls_per_day_(config.ai.max_calls_per_day),
      clock_(*session.clock) {
  if (!config.ai.redis_url.empty()) {
    RedisOptions options;
    options.ca_file = config.ai.ca_file;
    shared_.emplace(config.ai.redis_url, clock_, std::move(options));
  }
  if (config.state_dir.empty()) return;
  auto db = ModelDb::open(config.state_dir / "state.db", *session.clock);
  if (!db) {
    note(db.error());
    return;
  }
  db_.emplace(*std::move(db));
  const auto now = session.clock->unix_seconds();
  if (const auto scores = db_->scores())
    for (const auto& one : *scores) {
      history_[key_of(one.question_class, one.model)] = as_of(one, now);
    }
  if (auto ratios = db_->token_ratios()) ratios_ = *std::move(ratios);
  if (const auto outcomes = db_->score_outcomes())
    for (const auto& one : *outcomes)
      for (const bool right : {true, false})
        for (std::uint64_t i = 0; i < std::min(right ? one.right : one.wrong, kMostLabels); ++i)
          calibration_.add(one.model, one.family, one.score / 10.0, right);
}

Ledger::~Ledger() { flush(); }

void Ledger::note(const Error& error) {
  if (!note_.empty()) return;
  note_ = fmt::format("what came of calls to models is not remembered: {}{}", error.message,
                      error.code.empty() ? "" : " [" + error.code + "]");
}

std::optional<DayBudget> Ledger::day_budget() {
  if (!cost_per_day_ && !calls_per_day_) return std::nullopt;
  DayBudget out;
  out.reserve = [this](double most_usd) -> std::string {
    const std::lock_guard guard(lock_);
    // a limit that cannot be kept is not passed over in silence
    if (!db_) return "the limit of the day cannot be kept without state.db";
    std::string ticket;
    const auto there = db_->reserve(most_usd, cost_per_day_, calls_per_day_, ticket);
    if (!there) {
      note(there.error());
      return "the limit of the day cannot be kept: " + there.error().message;
    }
    if (!*there) return "the limit of the day is reached";
    tickets_.emplace(most_usd, ticket);
    return {};
  };
  out.settle = [this](double reserved_usd, double actual_usd) {
    const std::lock_guard guard(lock_);
    const auto it = tickets_.find(reserved_usd);
    if (it == tickets_.end() || !db_) return;
    if (const auto done = db_->settle(it->second, actual_usd); !done) note(done.error());
    tickets_.erase(it);
  };
  return out;
}

void Ledger::add(CallMetric metric) {
  const std::lock_guard guard(lock_);
  calls_.push_back(std::move(metric));
  if (calls_.size() >= kMostBuffered) flush_locked();
}

void Ledger::outcome(const CallMetric& about, const std::string& question_class, double good,
                     std::optional<double> own_score, const std::string& family) {
  const std::lock_guard guard(lock_);
  double milliseconds = 0, cost = 0;
  const auto call = std::find_if(calls_.rbegin(), calls_.rend(), [&](const CallMetric& each) {
    return each.model == about.model && each.file == about.file && each.rule == about.rule &&
           !each.verified;
  });
  if (call != calls_.rend()) {
    call->verified = good >= 0.5;
    milliseconds = static_cast<double>(call->milliseconds);
    cost = call->cost_usd;
    if (call->cached) return;  // this outcome was learnt when it was asked for
  }
  if (shared_)
    for (const auto& name : {question_class, about.task + "/*/*"})
      shared_->add(name, about.model, {good, milliseconds, cost}, kRouteHalfLifeSeconds);
  if (!db_) return;
  for (const auto& name : {question_class, about.task + "/*/*"})
    if (auto done =
            db_->add_outcome(name, about.model, {good, milliseconds, cost}, kRouteHalfLifeSeconds);
        !done)
      return note(done.error());
  if (!own_score) return;
  const auto score = static_cast<int>(std::lround(std::clamp(*own_score, 0.0, 1.0) * 10));
  if (auto done = db_->add_score(about.model, family, score, good >= 0.5); !done)
    note(done.error());
}

void Ledger::add_token_ratio(const std::string& model, double ratio) {
  const std::lock_guard guard(lock_);
  fresh_ratios_.push_back({model, ratio});
}

void Ledger::count_lookups(const std::string& name, std::uint64_t hits, std::uint64_t misses) {
  const std::lock_guard guard(lock_);
  if (!db_ || hits + misses == 0) return;
  if (auto done = db_->add_lookups(name, hits, misses); !done) note(done.error());
}

RouteHistory Ledger::history(const std::string& question_class, const std::string& model) {
  const auto key = key_of(question_class, model);
  const std::lock_guard guard(lock_);
  if (shared_ && looked_up_.insert(key).second)
    if (const auto score = shared_->find(question_class, model)) {
      const auto theirs = as_of(*score, clock_.unix_seconds());
      auto& ours = history_[key];
      if (theirs.good + theirs.bad > ours.good + ours.bad) ours = theirs;
    }
  const auto it = history_.find(key);
  return it == history_.end() ? RouteHistory{} : it->second;
}

std::vector<std::string> Ledger::notes() const {
  const std::lock_guard guard(lock_);
  std::vector<std::string> out;
  if (!note_.empty()) out.push_back(note_);
  if (shared_)
    if (const auto why = shared_->failure(); !why.empty())
      out.push_back(fmt::format("Nothing is shared with others: {}.", why));
  return out;
}

bool Ledger::lost_shared() const {
  const std::lock_guard guard(lock_);
  return shared_ && !shared_->failure().empty();
}

void Ledger::flush() {
  const std::lock_guard guard(lock_);
  flush_locked();
}

void Ledger::flush_locked() {
  if (db_ && !calls_.empty())
    if (auto done = db_->add_calls(calls_); !done) note(done.error());
  calls_.clear();
  if (db_ && !fresh_ratios_.empty())
    if (auto done = db_->add_token_ratios(fresh_ratios_); !done) note(done.error());
  fresh_ratios_.clear();
}

}  // namespace peer
