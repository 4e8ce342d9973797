#include "cache/model_db.hpp"

#include <cmath>
#include <fmt/format.h>
#include <random>
#include <utility>

#include "cache/guarded_database.hpp"
#include "cache/store/migrate.hpp"

namespace peer {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kCallsKeptSeconds = 90 * kDaySeconds;
constexpr std::int64_t kReservedSeconds = 600;
constexpr std::int64_t kRatiosKept = 50;  // of one model
constexpr double kMostOutcomes = 200;     // weight of the past of one model in one class

/// "20774": days since 1970, so that no time zone has a say.
std::string day_of(std::int64_t time) { return std::to_string(time / kDaySeconds); }

/// Reads all rows with `take`.
template <class T, class Take>
Result<std::vector<T>> collect(Result<Rows> rows, Take take) {
  if (!rows) return fail(rows.error());
  std::vector<T> out;
  for (;;) {
    const auto found = rows->next();
    if (!found) return fail(found.error());
    if (!*found) return out;
    out.push_back(take(*rows));
  }
}

std::uint64_t count(const Rows& rows, int column) {
  const auto value = rows.integer(column);
  return value < 0 ? 0 : static_cast<std::uint64_t>(value);
}

std::string_view grouping(CallsBy by) {
  switch (by) {
    case CallsBy::model:
      return "model";
    case CallsBy::rule:
      return "rule";
    case CallsBy::task:
      return "task";
    case CallsBy::day:
      break;
  }
  return "date(time, 'unixepoch')";
}

/// SQLite has no boolean.
std::int64_t flag(bool value) { return value ? 1 : 0; }

Result<void> insert(Database& database, const CallMetric& call, std::int64_t now) {
  const SqlValue verified = call.verified ? SqlValue(flag(*call.verified)) : SqlValue(nullptr);
  return database.run(
      "INSERT INTO calls (time, model, task, file, rule, milliseconds, tokens_in, tokens_out, "
      "cost, cached, complex, success, verified, failure) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      {call.time == 0 ? now : call.time, call.model, call.task, call.file, call.rule,
       static_cast<std::int64_t>(call.milliseconds), static_cast<std::int64_t>(call.tokens_in),
       static_cast<std::int64_t>(call.tokens_out), call.cost_usd, flag(call.cached),
       flag(call.complex), flag(call.success), verified, call.failure});
}

/// Cost and calls of `day`; what was reserved long ago and never settled does not count.
Result<DaySpent> spent_on(Database& database, const std::string& day, std::int64_t now) {
  auto rows = database.query(
      "SELECT coalesce(sum(cost), 0), count(*) FROM spending WHERE day = ? AND (settled = 1 OR "
      "time > ?)",
      {day, now - kReservedSeconds});
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  if (!*found) return DaySpent{};
  return DaySpent{rows->number(0), count(*rows, 1)};
}

}  // namespace

RouteScore with_outcome(RouteScore score, const RouteOutcome& outcome, std::int64_t now,
                        double half_life_seconds) {
  // a clock that was turned back makes nothing newer than it is
  const auto age = static_cast<double>(std::max<std::int64_t>(now - score.time, 0));
  auto keep = score.time == 0 ? 0.0 : std::exp2(-age / std::max(half_life_seconds, 1.0));
  const auto weight = (score.good + score.bad) * keep;
  if (weight + 1 > kMostOutcomes) keep *= (kMostOutcomes - 1) / weight;
  const auto before = (score.good + score.bad) * keep, after = before + 1;
  score.good = score.good * keep + outcome.good;
  score.bad = score.bad * keep + (1 - outcome.good);
  score.milliseconds = (score.milliseconds * before + outcome.milliseconds) / after;
  score.cost_usd = (score.cost_usd * before + outcome.cost_usd) / after;
  score.time = now;
  return score;
}

struct ModelDb::State : GuardedDatabase {
  using GuardedDatabase::GuardedDatabase;
};

ModelDb::ModelDb(std::unique_ptr<State> state) : state_(std::move(state)) {}
ModelDb::ModelDb(ModelDb&&) noexcept = default;
ModelDb& ModelDb::operator=(ModelDb&&) noexcept = default;
ModelDb::~ModelDb() = default;

Result<ModelDb> ModelDb::open(const std::filesystem::path& path, const Clock& clock) {
  // the death of a process loses nothing; a power cut may lose the last calls of a day
  auto database = Database::open(path, {});
  if (!database) return fail(with_recovery(database.error(), path));
  if (auto done = migrate(*database, kStateSteps, Backup::first); !done)
    return fail(with_recovery(done.error(), path));
  return ModelDb(std::make_unique<State>(*std::move(database), clock));
}

Result<void> ModelDb::add_calls(const std::vector<CallMetric>& calls) {
  return state_->guarded([&]() -> Result<void> {
    auto transaction = state_->database.begin();
    if (!transaction) return fail(transaction.error());
    const auto now = state_->clock->unix_seconds();
    for (const auto& call : calls)
      if (auto done = insert(state_->database, call, now); !done) return done;
    if (auto done =
            state_->database.run("DELETE FROM calls WHERE time < ?", {now - kCallsKeptSeconds});
        !done)
      return done;
    return transaction->commit();
  });
}

Result<std::vector<CallTotals>> ModelDb::totals(CallsBy by, std::int64_t since) {
  const auto sql = fmt::format(
      "SELECT {0}, count(*), sum(cached), sum(success = 0), sum(verified = 1), sum(verified = 0), "
      "sum(CASE WHEN cached THEN 0 ELSE milliseconds END), sum(tokens_in), sum(tokens_out), "
      "sum(cost) FROM calls WHERE time >= ? AND {0} <> '' GROUP BY 1 ORDER BY 1",
      grouping(by));
  return state_->guarded([&] {
    return collect<CallTotals>(state_->database.query(sql, {since}), [](const Rows& rows) {
      return CallTotals{rows.text(0),   count(rows, 1), count(rows, 2), count(rows, 3),
                        count(rows, 4), count(rows, 5), count(rows, 6), count(rows, 7),
                        count(rows, 8), rows.number(9)};
    });
  });
}

Result<bool> ModelDb::reserve(double most_usd, std::optional<double> most_a_day,
                              std::optional<std::uint64_t> calls_a_day, std::string& ticket) {
  return state_->guarded([&]() -> Result<bool> {
    auto& database = state_->database;
    auto transaction = database.begin();
    if (!transaction) return fail(transaction.error());
    const auto now = state_->clock->unix_seconds();
    const auto day = day_of(now);
    const auto spent = spent_on(database, day, now);
    if (!spent) return fail(spent.error());
    if (most_a_day && spent->cost_usd + most_usd > *most_a_day + 1e-12) return false;
    if (calls_a_day && spent->calls >= *calls_a_day) return false;
    // by chance: connections of one process, and processes of machines that share the file, count
    // alike
    std::random_device random;
    ticket = fmt::format("{}-{:08x}{:08x}{:08x}", day, random(), random(), random());
    if (auto done = database.run(
            "INSERT INTO spending (ticket, day, time, cost, settled) VALUES (?, ?, ?, ?, 0)",
            {ticket, day, now, most_usd});
        !done)
      return fail(done.error());
    if (auto done = database.run("DELETE FROM spending WHERE time < ?", {now - kCallsKeptSeconds});
        !done)
      return fail(done.error());
    if (auto done = transaction->commit(); !done) return fail(done.error());
    return true;
  });
}

Result<void> ModelDb::settle(const std::string& ticket, double cost_usd) {
  return state_->guarded([&] {
    return state_->database.run("UPDATE spending SET cost = ?, settled = 1 WHERE ticket = ?",
                                {cost_usd, ticket});
  });
}

Result<DaySpent> ModelDb::spent_today() {
  return state_->guarded([&] {
    const auto now = state_->clock->unix_seconds();
    return spent_on(state_->database, day_of(now), now);
  });
}

Result<std::vector<RouteScore>> ModelDb::scores() {
  return state_->guarded([&] {
    return collect<RouteScore>(
        state_->database.query(
            "SELECT class, model, good, bad, milliseconds, cost, time FROM route_scores "
            "ORDER BY 1, 2"),
        [](const Rows& rows) {
          return RouteScore{rows.text(0),   rows.text(1),   rows.number(2), rows.number(3),
                            rows.number(4), rows.number(5), rows.integer(6)};
        });
  });
}

Result<void> ModelDb::add_outcome(const std::string& question_class, const std::string& model,
                                  const RouteOutcome& outcome, double half_life_seconds) {
  return state_->guarded([&]() -> Result<void> {
    auto& database = state_->database;
    auto transaction = database.begin();
    if (!transaction) return fail(transaction.error());
    const auto now = state_->clock->unix_seconds();
    auto known = collect<RouteScore>(
        database.query("SELECT good, bad, milliseconds, cost, time FROM route_scores WHERE class = "
                       "? AND model = ?",
                       {question_class, model}),
        [](const Rows& rows) {
          return RouteScore{{},
                            {},
                            rows.number(0),
                            rows.number(1),
                            rows.number(2),
                            rows.number(3),
                            rows.integer(4)};
        });
    if (!known) return fail(known.error());
    const auto score = with_outcome(known->empty() ? RouteScore{} : known->front(), outcome, now,
                                    half_life_seconds);
    if (auto done = database.run(
            "INSERT OR REPLACE INTO route_scores (class, model, good, bad, milliseconds, cost, "
            "time) VALUES (?, ?, ?, ?, ?, ?, ?)",
            {question_class, model, score.good, score.bad, score.milliseconds, score.cost_usd,
             now});
        !done)
      return done;
    return transaction->commit();
  });
}

Result<std::vector<ScoreOutcome>> ModelDb::score_outcomes() {
  return state_->guarded([&] {
    return collect<ScoreOutcome>(
        state_->database.query(
            "SELECT model, family, score, good, bad FROM own_scores ORDER BY 1, 2, 3"),
        [](const Rows& rows) {
          return ScoreOutcome{rows.text(0), rows.text(1), static_cast<int>(rows.integer(2)),
                              count(rows, 3), count(rows, 4)};
        });
  });
}

Result<void> ModelDb::add_score(const std::string& model, const std::string& family, int score,
                                bool right) {
  return state_->guarded([&] {
    return state_->database.run(
        "INSERT INTO own_scores (model, family, score, good, bad) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (model, family, score) DO UPDATE SET good = good + excluded.good, "
        "bad = bad + excluded.bad",
        {model, family, std::int64_t{score}, flag(right), flag(!right)});
  });
}

Result<void> ModelDb::add_token_ratios(const std::vector<TokenRatio>& ratios) {
  return state_->guarded([&]() -> Result<void> {
    auto& database = state_->database;
    auto transaction = database.begin();
    if (!transaction) return fail(transaction.error());
    for (const auto& one : ratios) {
      if (auto done = database.run("INSERT INTO token_ratios (model, ratio) VALUES (?, ?)",
                                   {one.model, one.ratio});
          !done)
        return done;
      if (auto done = database.run(
              "DELETE FROM token_ratios WHERE model = ?1 AND id <= coalesce((SELECT id FROM "
              "token_ratios WHERE model = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2), -1)",
              {one.model, kRatiosKept});
          !done)
        return done;
    }
    return transaction->commit();
  });
}

Result<std::vector<ModelDb::TokenRatio>> ModelDb::token_ratios() {
  return state_->guarded([&] {
    return collect<TokenRatio>(
        state_->database.query("SELECT model, ratio FROM token_ratios ORDER BY id"),
        [](const Rows& rows) {
          return TokenRatio{rows.text(0), rows.number(1)};
        });
  });
}

Result<void> ModelDb::add_lookups(std::string_view name, std::uint64_t hits, std::uint64_t misses) {
  return state_->guarded([&] {
    return state_->database.run(
        "INSERT INTO lookups (name, day, hits, misses) VALUES (?, ?, ?, ?) ON CONFLICT (name, day) "
        "DO UPDATE SET hits = hits + excluded.hits, misses = misses + excluded.misses",
        {name, day_of(state_->clock->unix_seconds()), static_cast<std::int64_t>(hits),
         static_cast<std::int64_t>(misses)});
  });
}

Result<std::vector<ModelDb::Lookups>> ModelDb::lookups(std::int64_t since) {
  const auto day = since / kDaySeconds;
  return state_->guarded([&] {
    return collect<Lookups>(
        state_->database.query("SELECT name, sum(hits), sum(misses) FROM lookups WHERE CAST(day AS "
                               "INTEGER) >= ? GROUP BY 1 ORDER BY 1",
                               {day}),
        [](const Rows& rows) {
          return Lookups{rows.text(0), count(rows, 1), count(rows, 2)};
        });
  });
}

}  // namespace peer
