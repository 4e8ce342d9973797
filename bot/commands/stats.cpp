// peer stats: what came of calls to models.
#include <array>
#include <charconv>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/text.hpp"
#include "bot/cli.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/session.hpp"
#include "bot/settings.hpp"
#include "bot/trusted.hpp"
#include "cache/model_db.hpp"

namespace peer {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kDays = 30;

constexpr std::array<std::pair<CallsBy, std::string_view>, 4> kGroups{{{CallsBy::model, "model"},
                                                                       {CallsBy::task, "task"},
                                                                       {CallsBy::rule, "rule"},
                                                                       {CallsBy::day, "day"}}};

struct Stats {
  std::vector<std::pair<std::string_view, std::vector<CallTotals>>> groups;
  std::vector<ModelDb::Lookups> lookups;
  DaySpent today;
};

Result<Stats> read(ModelDb& db, std::int64_t since) {
  Stats out;
  for (const auto& [by, name] : kGroups) {
    auto totals = db.totals(by, since);
    if (!totals) return fail(totals.error());
    out.groups.emplace_back(name, *std::move(totals));
  }
  auto lookups = db.lookups(since);
  if (!lookups) return fail(lookups.error());
  out.lookups = *std::move(lookups);
  const auto today = db.spent_today();
  if (!today) return fail(today.error());
  out.today = *today;
  return out;
}

std::uint64_t percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : part * 100 / whole;
}

std::uint64_t mean_milliseconds(const CallTotals& one) {
  const auto asked = one.calls - std::min(one.calls, one.cached);
  return asked == 0 ? 0 : one.milliseconds / asked;
}

std::string text_of(const Stats& stats) {
  std::string text;
  for (const auto& [name, totals] : stats.groups) {
    if (totals.empty()) continue;
    text += fmt::format("{:<36} {:>7} {:>7} {:>7} {:>9} {:>8} {:>11} {:>10} {:>10}\n",
                        "by " + std::string(name), "asked", "cached", "failed", "proved", "ms",
                        "tokens in", "out", "$");
    for (const auto& one : totals) {
      const auto judged = one.verified + one.refuted;
      const auto proved =
          judged == 0 ? std::string("-") : fmt::format("{} %", percent(one.verified, judged));
      text += fmt::format("  {:<34} {:>7} {:>7} {:>7} {:>9} {:>8} {:>11} {:>10} {:>10.4f}\n",
                          visible(one.name, false), with_commas(one.calls),
                          fmt::format("{} %", percent(one.cached, one.calls)),
                          with_commas(one.failed), proved, with_commas(mean_milliseconds(one)),
                          with_commas(one.tokens_in), with_commas(one.tokens_out), one.cost_usd);
    }
  }
  if (text.empty()) text = "no model was asked in the last 30 days\n";
  for (const auto& one : stats.lookups)
    text +=
        fmt::format("{}: {} of {} from the cache ({} %)\n", one.name, with_commas(one.hits),
                    with_commas(one.hits + one.misses), percent(one.hits, one.hits + one.misses));
  if (stats.today.calls > 0)
    text += fmt::format("today against the limits of the day: {}, ${:.4f}\n",
                        count_of(stats.today.calls, "call"), stats.today.cost_usd);
  return text;
}

std::string json_of(const Stats& stats) {
  Json out{{"version", 1}, {"days", kDays}};
  for (const auto& [name, totals] : stats.groups) {
    auto list = Json::array();
    for (const auto& one : totals)
      list.push_back({{"name", one.name},
                      {"asked", one.calls},
                      {"cached", one.cached},
                      {"failed", one.failed},
                      {"proved", one.verified},
                      {"refuted", one.refuted},
                      {"milliseconds", mean_milliseconds(one)},
                      {"tokens_in", one.tokens_in},
                      {"tokens_out", one.tokens_out},
                      {"cost_usd", one.cost_usd}});
    out["by_" + std::string(name)] = std::move(list);
  }
  out["lookups"] = Json::array();
  for (const auto& one : stats.lookups)
    out["lookups"].push_back({{"name", one.name}, {"hits", one.hits}, {"misses", one.misses}});
  out["today"] = {{"calls", stats.today.calls}, {"cost_usd", stats.today.cost_usd}};
  return dump_json(out, 2) + "\n";
}

int stats(const Invocation& invocation, Session& session) {
  const auto config = load_config(invocation, session, read_work_tree(session.folder));
  if (!config) return complain(config.error(), session);
  const auto format = invocation.value("format");
  if (!format.empty() && format != "json" && format != "terminal") {
    session.complain("--format " + format + ": there are terminal and json");
    return kExitUsage;
  }
  if (config->state_dir.empty()) {
    session.complain("there are no figures: neither HOME nor XDG_STATE_HOME is set");
    return kExitUsage;
  }
  auto db = ModelDb::open(config->state_dir / "state.db", *session.clock);
  if (!db) return complain(db.error(), session);
  const auto figures = read(*db, session.clock->unix_seconds() - kDays * kDaySeconds);
  if (!figures) return complain(figures.error(), session);
  session.out(format == "json" ? json_of(*figures) : text_of(*figures));
  return kExitClean;
}

constexpr auto kFlags = std::to_array<std::string_view>({"format"});

}  // namespace

std::span<const Command> commands_stats() {
  static const std::array kCommands{
      Command{.name = "stats",
              .alias = {},
              .arguments = {},
              .summary =
                  "What models were asked in 30 days, what it cost, and how much of it was proved.",
              .details = {},
              .flags = kFlags,
              .run = stats},
  };
  return kCommands;
}

}  // namespace peer
