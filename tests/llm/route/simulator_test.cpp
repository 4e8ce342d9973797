// Replays made-up models against the router, static routes and an oracle that knows every chance.
// docs/routing.md is its table: PEER_UPDATE_GOLDEN=1 makes it anew.
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "llm/route/route.hpp"
#include "tests/llm/route/chance.hpp"
#include "tests/support/golden.hpp"

namespace peer {
namespace {

constexpr int kQuestions = 3'000;
constexpr int kSeeds = 10;
constexpr int kMostTries = 3;        // a failed question goes on to the next model
constexpr double kHalfLife = 1'500;  // questions, as two weeks are in use
constexpr std::array<const char*, 4> kLanguages{"python", "typescript", "go", "rust"};

/// A model that nobody sells: chances to be right by language, price, delay.
struct Made {
  Model model;
  std::array<double, 4> chance;
  double milliseconds;
};

Made made(const std::string& name, int tier, double dollars, double ms,
          std::array<double, 4> chance) {
  Made out;
  out.model.provider = name;
  out.model.name = "m";
  out.model.tier = tier;
  out.model.prices = {dollars, dollars * 4, {}, {}, true};
  out.chance = chance;
  out.milliseconds = ms;
  return out;
}

std::vector<Made> models() {
  return {made("large", 4, 3.0, 5000, {0.90, 0.92, 0.88, 0.90}),
          made("middle", 3, 0.4, 3000, {0.86, 0.60, 0.84, 0.55}),
          made("fast", 2, 0.15, 700, {0.55, 0.85, 0.50, 0.45}),
          made("long", 2, 0.3, 1500, {0.70, 0.65, 0.62, 0.86}),
          made("small", 1, 0.0, 900, {0.40, 0.45, 0.30, 0.20})};
}

enum class World { stable, drift, outage, price };

/// How things stand at question `at`.
std::vector<Made> at_question(std::vector<Made> all, World world, int at) {
  const bool later = at >= kQuestions / 2;
  if (world == World::drift && later) {
    all[1].chance = {0.45, 0.85, 0.50, 0.84};  // it was exchanged for another under the same name
    all[3].chance = {0.84, 0.50, 0.80, 0.50};
  }
  if (world == World::outage && at >= 1'000 && at < 1'500) all[1].chance = {0, 0, 0, 0};
  if (world == World::price && later) all[1].model.prices = {4.0, 16.0, {}, {}, true};
  return all;
}

struct Outcome {
  double solved = 0, first = 0, cost = 0, utility = 0, milliseconds = 0;
};

class Memory {
 public:
  void add(const std::string& name, const std::string& model, double good, double ms, double cost) {
    auto& one = all_[name + "|" + model];
    const double keep = std::exp2(-(now - one.at) / kHalfLife);
    const double before = (one.is.good + one.is.bad) * keep;
    one.is.good = one.is.good * keep + good;
    one.is.bad = one.is.bad * keep + 1 - good;
    one.is.milliseconds = (one.is.milliseconds * before + ms) / (before + 1);
    one.is.cost_usd = (one.is.cost_usd * before + cost) / (before + 1);
    one.at = now;
  }
  [[nodiscard]] RouteHistory read(const std::string& name, const std::string& model) const {
    const auto it = all_.find(name + "|" + model);
    if (it == all_.end()) return {};
    auto out = it->second.is;
    const double keep = std::exp2(-(now - it->second.at) / kHalfLife);
    out.good *= keep;
    out.bad *= keep;
    return out;
  }
  double now = 0;

 private:
  struct One {
    RouteHistory is;
    double at = 0;
  };
  std::map<std::string, One> all_;
};

using Choose = std::function<std::vector<std::size_t>(
    const std::vector<Made>&, std::size_t language, Memory&, test::Chance&)>;

/// What a solved question is worth beside its cost: as the router weighs it.
double worth(const std::vector<Made>& all, std::size_t model, double chance) {
  double dearest = 0, slowest = 0;
  for (const auto& one : all) {
    dearest = std::max(dearest, usual_cost(one.model));
    slowest = std::max(slowest, one.milliseconds);
  }
  const RouteOptions options;
  return chance - options.cost_weight * usual_cost(all[model].model) / dearest -
         options.latency_weight * all[model].milliseconds / slowest;
}

Outcome replay(World world, const Choose& choose) {
  Outcome sum;
  for (int seed = 0; seed < kSeeds; ++seed) {
    test::Chance chance(static_cast<std::uint64_t>(seed) * 77 + 5),
        luck(static_cast<std::uint64_t>(seed) + 900);
    Memory memory;
    for (int at = 0; at < kQuestions; ++at) {
      const auto all = at_question(models(), world, at);
      const auto language = static_cast<std::size_t>(luck.next() * 4);
      memory.now = at;
      const auto order = choose(all, language, memory, chance);
      sum.utility += worth(all, order[0], all[order[0]].chance[language]);
      const double roll = luck.next();  // how hard the question is: the same for every strategy
      for (int i = 0; i < kMostTries && i < static_cast<int>(order.size()); ++i) {
        const auto& one = all[order[static_cast<std::size_t>(i)]];
        const bool right = std::fmod(roll + i * 0.377, 1.0) < one.chance[language];
        const double cost = usual_cost(one.model);
        sum.cost += cost;
        sum.milliseconds += one.milliseconds;
        const auto name = class_of({Task::fix, kLanguages[language], 50, ""});
        memory.add(name, full_name(one.model), right, one.milliseconds, cost);
        memory.add("fix/*/*", full_name(one.model), right ? 1 : 0, one.milliseconds, cost);
        if (right) {
          sum.solved += 1;
          sum.first += i == 0 ? 1 : 0;
          break;
        }
      }
    }
  }
  const double all = kQuestions * kSeeds;
  return {sum.solved / all, sum.first / all, sum.cost / all * 1000, sum.utility / all,
          sum.milliseconds / all};
}

std::vector<Model> plain(const std::vector<Made>& all) {
  std::vector<Model> out;
  for (const auto& one : all)
    out.push_back(one.model);
  return out;
}

std::vector<std::size_t> routed(const std::vector<Made>& all, std::size_t language, Memory& memory,
                                test::Chance& chance) {
  const auto chosen = choose_route(
      {Task::fix, kLanguages[language], 50, ""}, plain(all), {},
      [&](const auto& name, const auto& model) { return memory.read(name, model); },
      [&] { return chance.next(); });
  std::vector<std::size_t> out;
  for (const auto& one : chosen.order)
    out.push_back(one.index);
  return out;
}

/// Always in this order.
Choose fixed(std::vector<std::size_t> order) {
  return [order](const auto&, std::size_t, Memory&, test::Chance&) { return order; };
}

std::vector<std::size_t> oracle(const std::vector<Made>& all, std::size_t language, Memory&,
                                test::Chance&) {
  std::vector<std::size_t> order{0, 1, 2, 3, 4};
  std::sort(order.begin(), order.end(), [&](auto a, auto b) {
    return worth(all, a, all[a].chance[language]) > worth(all, b, all[b].chance[language]);
  });
  std::sort(order.begin() + 1, order.end(),
            [&](auto a, auto b) { return all[a].chance[language] > all[b].chance[language]; });
  return order;
}

struct Row {
  World world;
  std::string strategy;
  Outcome outcome;
  double regret;
};

const std::vector<Row>& results() {
  static const auto kRows = [] {
    std::vector<Row> rows;
    for (const auto world : {World::stable, World::drift, World::outage, World::price}) {
      const auto best = replay(world, oracle);
      for (const auto& [name, choose] : std::vector<std::pair<std::string, Choose>>{
               {"always the largest first", fixed({0, 1, 3, 2, 4})},
               {"always the cheapest first", fixed({4, 2, 3, 1, 0})},
               {"one in the middle first", fixed({1, 0, 3, 2, 4})},
               {"Peer's router", routed},
               {"oracle", oracle}}) {
        const auto outcome = replay(world, choose);
        rows.push_back({world, name, outcome, best.utility - outcome.utility});
      }
    }
    return rows;
  }();
  return kRows;
}

const Row& row(World world, const std::string& strategy) {
  for (const auto& one : results())
    if (one.world == world && one.strategy == strategy) return one;
  throw std::logic_error("no such row");
}

TEST(RouteSimulator, LosesLittleAgainstTheOracleAndLessThanEveryStaticRoute) {
  for (const auto world : {World::stable, World::drift, World::outage, World::price}) {
    const auto router = row(world, "Peer's router");
    EXPECT_LT(router.regret, 0.08);
    EXPECT_GT(router.outcome.solved, row(world, "oracle").outcome.solved - 0.02);
    for (const auto* other :
         {"always the largest first", "always the cheapest first", "one in the middle first"})
      EXPECT_LT(router.regret, row(world, other).regret)
          << other << " in world " << static_cast<int>(world);
    EXPECT_LT(router.outcome.cost, row(world, "always the largest first").outcome.cost / 2);
  }
}

TEST(RouteSimulator, TableOfTheDocumentsIsFresh) {
  constexpr std::array<const char*, 4> kWorlds{
      "nothing changes", "two models change places halfway", "a model is down for 500 questions",
      "a price rises tenfold halfway"};
  std::string text =
      "# Routing\n\nWhom Peer asks first, and who comes next when an answer cannot be proved.\n\n"
      "1. The configuration: `llm.routes` names models for a language, a category of findings, a "
      "task or files over a number of\n"
      "   lines. The first row that holds wins.\n"
      "2. What came of earlier questions of the same class (task, language, and size: up to 100 "
      "lines, to 500, over): each model has\n"
      "   a beta distribution over the outcomes that were proved or refuted, with a prior from its "
      "tier and from what it did for the\n"
      "   task in other languages; older outcomes count half after 14 days. One draw from each, "
      "less up to 0.2 for cost and 0.05 for\n"
      "   delay, decides who is first; the others follow by what they are expected to do.\n"
      "3. While fewer than four outcomes of a class are known: Gemini for files over 500 lines, "
      "DeepSeek for security and Python, Groq\n"
      "   for syntax, JavaScript and TypeScript, else the cheapest model that is not of the "
      "smallest tier; then Groq, Gemini, OpenAI and\n"
      "   whoever else is configured.\n\n"
      "With `PEER_REDIS_URL` a team shares what it learns: where the server knows more of a model "
      "than this machine does, that counts.\n"
      "`peer models explain FILE` shows the candidates, their scores and the reason.\n\n"
      "## Simulated\n\n"
      "Five made-up models (chance to be right 0.20 to 0.92 by language, prices from nothing to $3 "
      "a million tokens in), " +
      fmt::format("{} questions in four\nlanguages, {} runs each. ", kQuestions, kSeeds) +
      "A question that the first model fails goes to the next, at most three times. Regret is what "
      "a question\n"
      "loses on average against an oracle that knows every chance: probability of being right at "
      "once, less the same penalties.\n"
      "Made by `PEER_UPDATE_GOLDEN=1 test_llm --gtest_filter='RouteSimulator*'`.\n\n"
      "| what happens | who is asked first | right at once | right in the end | $ per 1,000 "
      "questions | regret "
      "|\n|---|---|---|---|---|---|\n";
  for (const auto& one : results())
    text += fmt::format("| {} | {} | {:.1f} % | {:.1f} % | {:.2f} | {:.3f} |\n",
                        kWorlds[static_cast<std::size_t>(one.world)], one.strategy,
                        one.outcome.first * 100, one.outcome.solved * 100, one.outcome.cost,
                        one.regret);
  peer::testing::expect_golden("docs/routing.md", text);
}

}  // namespace
}  // namespace peer
