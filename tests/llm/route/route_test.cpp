#include "llm/route/route.hpp"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "llm/route/beta.hpp"
#include "tests/llm/route/chance.hpp"

namespace peer {
namespace {

Model model(const std::string& provider, int tier = 2, double price = 1) {
  Model out;
  out.provider = provider;
  out.name = "m";
  out.tier = tier;
  out.prices = {price, price, {}, {}, true};
  return out;
}

const std::vector<Model> kAll{model("openai", 3, 2), model("gemini", 2, 0.5), model("groq", 2, 0.2),
                              model("deepseek", 3, 0.4), model("ollama", 1, 0)};

std::string order(const Route& route, const std::vector<Model>& models = kAll) {
  std::string out;
  for (const auto& one : route.order)
    out += (out.empty() ? "" : " ") + models[one.index].provider;
  return out;
}

Route route(const RouteRequest& request, const std::vector<RouteRule>& rules = {},
            const ReadHistory& history = {}) {
  test::Chance chance(1);
  return choose_route(request, kAll, {.rules = rules}, history, [&] { return chance.next(); });
}

TEST(Route, GoesByDefaultsWhileNothingIsKnown) {
  EXPECT_EQ(order(route({Task::fix, "python", 50, ""})), "deepseek groq gemini openai ollama");
  EXPECT_EQ(order(route({Task::fix, "go", 50, "security"})), "deepseek groq gemini openai ollama");
  EXPECT_EQ(order(route({Task::fix, "typescript", 50, ""})), "groq gemini openai deepseek ollama");
  EXPECT_EQ(order(route({Task::fix, "go", 50, "syntax"})), "groq gemini openai deepseek ollama");
  EXPECT_EQ(order(route({Task::fix, "python", 501, ""})), "gemini groq openai deepseek ollama");
  const auto other = route({Task::fix, "rust", 50, ""});
  EXPECT_EQ(order(other), "groq gemini openai deepseek ollama") << "the cheapest adequate one";
  EXPECT_NE(other.reason.find("cheapest adequate"), std::string::npos);
}

TEST(Route, GoesByTheConfigurationFirst) {
  const auto rule = parse_route("language=python,lines>100", {"ollama", "openai/m"}).value();
  EXPECT_EQ(order(route({Task::fix, "python", 200, ""}, {rule})),
            "ollama openai deepseek groq gemini");
  EXPECT_EQ(order(route({Task::fix, "python", 100, ""}, {rule})),
            "deepseek groq gemini openai ollama");
  const auto absent = parse_route("task=fix", {"anthropic"}).value();
  EXPECT_EQ(order(route({Task::fix, "python", 9, ""}, {absent})),
            "deepseek groq gemini openai ollama");
  for (const auto* bad : {"python", "language=", "lines>many", "size=3", "", "lines=5,"})
    EXPECT_FALSE(parse_route(bad, {}).has_value()) << bad;
}

TEST(Route, LearnsFromOutcomesAndWeighsCost) {
  const ReadHistory history = [](const std::string& question_class, const std::string& name) {
    if (question_class != "fix/python/small") return RouteHistory{};
    if (name == "openai/m") return RouteHistory{95, 5, 3000, 0.008};
    if (name == "ollama/m") return RouteHistory{92, 8, 900, 0};
    return RouteHistory{10, 90, 1000, 0.001};
  };
  std::map<std::string, int> first;
  test::Chance chance(3);
  for (int i = 0; i < 200; ++i) {
    const auto chosen = choose_route({Task::fix, "python", 50, ""}, kAll, {}, history,
                                     [&] { return chance.next(); });
    ++first[kAll[chosen.order.front().index].provider];
  }
  EXPECT_GT(first["ollama"], 190) << "nearly as good, and free";
  EXPECT_EQ(order(route({Task::fix, "go", 50, ""}, {}, history)),
            "groq gemini openai deepseek ollama");
}

TEST(Route, AfterTheFirstGoesToWhoIsExpectedToDoBest) {
  const ReadHistory history = [](const std::string&, const std::string& name) {
    if (name == "ollama/m") return RouteHistory{80, 20, 500, 0};
    if (name == "openai/m") return RouteHistory{97, 3, 3000, 0.01};
    return RouteHistory{50, 50, 1000, 0.001};
  };
  const auto chosen = route({Task::fix, "python", 50, ""}, {}, history);
  EXPECT_EQ(kAll[chosen.order[0].index].provider, "ollama");
  EXPECT_EQ(kAll[chosen.order[1].index].provider, "openai")
      << "a failed cheap one is followed by the best";
}

TEST(Route, AlwaysNamesEveryModelOnce) {
  test::Chance chance(9);
  for (int i = 0; i < 500; ++i) {
    const ReadHistory history = [&](const std::string&, const std::string&) {
      return RouteHistory{chance.next() * 50, chance.next() * 50, chance.next() * 9000,
                          chance.next()};
    };
    const auto chosen =
        choose_route({Task::review, "c", 7, ""}, kAll, {}, history, [&] { return chance.next(); });
    std::vector<bool> seen(kAll.size(), false);
    for (const auto& one : chosen.order) {
      EXPECT_FALSE(seen[one.index]);
      seen[one.index] = true;
      EXPECT_TRUE(one.sampled >= 0 && one.sampled <= 1);
    }
    EXPECT_EQ(chosen.order.size(), kAll.size());
  }
}

TEST(Beta, HasTheMeanAndSpreadOfTheDistribution) {
  test::Chance chance(5);
  for (const auto& [a, b] :
       std::vector<std::pair<double, double>>{{2, 3}, {0.5, 0.5}, {90, 10}, {1, 8}}) {
    double sum = 0, squares = 0;
    constexpr int kDraws = 20'000;
    for (int i = 0; i < kDraws; ++i) {
      const double x = draw_beta(a, b, [&] { return chance.next(); });
      sum += x;
      squares += x * x;
    }
    const double mean = sum / kDraws, variance = squares / kDraws - mean * mean;
    EXPECT_NEAR(mean, a / (a + b), 0.01);
    EXPECT_NEAR(variance, a * b / ((a + b) * (a + b) * (a + b + 1)), 0.005);
  }
}

}  // namespace
}  // namespace peer
