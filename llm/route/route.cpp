#include "llm/route/route.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "base/text.hpp"
#include "llm/route/beta.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kManyLines = 500;
constexpr std::uint32_t kFewLines = 100;
constexpr double kUsualIn = 3'000, kUsualOut = 500;  // tokens of a question
constexpr std::array<double, 5> kTierQuality{0.4, 0.45, 0.6, 0.7, 0.78};
constexpr std::array<double, 5> kTierMilliseconds{2'000, 800, 1'500, 3'000, 5'000};

bool is_named(const Model& model, std::string_view name) {
  return name == model.provider || name == full_name(model);
}

bool holds(const RouteRule& rule, const RouteRequest& request) {
  return (!rule.language || *rule.language == request.language) &&
         (!rule.category || *rule.category == request.category) &&
         (!rule.task || *rule.task == to_string(request.task)) &&
         (!rule.over_lines || request.lines > *rule.over_lines);
}

/// How early `rule` names `model`; behind all where it does not.
std::ptrdiff_t place_in(const RouteRule& rule, const Model& model) {
  const auto it = std::find_if(rule.models.begin(), rule.models.end(),
                               [&](const std::string& name) { return is_named(model, name); });
  return it - rule.models.begin();
}

/// The provider that questions like this go to while nothing is known, and why.
std::pair<std::string_view, std::string_view> default_for(const RouteRequest& request) {
  if (request.lines > kManyLines) return {"gemini", "files over 500 lines"};
  if (request.category == "security") return {"deepseek", "security"};
  if (request.category == "syntax") return {"groq", "syntax"};
  if (request.language == "python") return {"deepseek", "Python"};
  if (request.language == "javascript" || request.language == "typescript" ||
      request.language == "tsx")
    return {"groq", "JavaScript and TypeScript"};
  return {"", ""};
}

double prior_of(const Model& model) {
  return kTierQuality[static_cast<std::size_t>(std::clamp(model.tier, 0, 4))];
}

class Chooser {
 public:
  Chooser(const RouteRequest& request, std::span<const Model> models, const ReadHistory& history,
          const RouteOptions& options)
      : request_(request), models_(models), history_(history), options_(options) {
    out_.question_class = class_of(request);
  }

  Route run(const std::function<double()>& random) {
    for (std::size_t i = 0; i < models_.size(); ++i)
      out_.order.push_back(weighed(i, random));
    score();
    const bool known = std::any_of(out_.order.begin(), out_.order.end(), [&](const auto& one) {
      return one.outcomes >= options_.least_history;
    });
    if (known)
      by_score();
    else
      by_defaults();
    by_rules();
    return std::move(out_);
  }

 private:
  RouteCandidate weighed(std::size_t index, const std::function<double()>& random) const;
  void score();
  void by_score();
  void by_defaults();
  void by_rules();

  const RouteRequest& request_;
  std::span<const Model> models_;
  const ReadHistory& history_;
  const RouteOptions& options_;
  Route out_;
};

RouteCandidate Chooser::weighed(std::size_t index, const std::function<double()>& random) const {
  const auto& model = models_[index];
  const auto name = full_name(model);
  const auto own = history_ ? history_(out_.question_class, name) : RouteHistory{};
  // what it did for the task in any language bends the prior
  const auto task =
      history_ ? history_(fmt::format("{}/*/*", to_string(request_.task)), name) : RouteHistory{};
  const double prior = (prior_of(model) * options_.prior_weight + task.good) /
                       (options_.prior_weight + task.good + task.bad);
  RouteCandidate out;
  out.index = index;
  out.outcomes = own.good + own.bad;
  const double good = prior * options_.prior_weight + own.good;
  const double bad = (1 - prior) * options_.prior_weight + own.bad;
  out.expected = good / (good + bad);
  out.sampled = draw_beta(good, bad, random);
  out.cost_usd = out.outcomes > 0 ? own.cost_usd : usual_cost(model);
  out.milliseconds =
      out.outcomes > 0 ? own.milliseconds
                       : kTierMilliseconds[static_cast<std::size_t>(std::clamp(model.tier, 0, 4))];
  return out;
}

void Chooser::score() {
  double dearest = 0, slowest = 0;
  for (const auto& one : out_.order) {
    dearest = std::max(dearest, one.cost_usd);
    slowest = std::max(slowest, one.milliseconds);
  }
  for (auto& one : out_.order) {
    one.score = one.sampled;
    if (dearest > 0) one.score -= options_.cost_weight * one.cost_usd / dearest;
    if (slowest > 0) one.score -= options_.latency_weight * one.milliseconds / slowest;
  }
}

/// The best score first; who is asked when that one failed goes by what it is expected to do.
void Chooser::by_score() {
  auto& order = out_.order;
  const auto best = std::max_element(
      order.begin(), order.end(), [](const auto& a, const auto& b) { return a.score < b.score; });
  std::iter_swap(order.begin(), best);
  std::stable_sort(order.begin() + 1, order.end(),
                   [](const auto& a, const auto& b) { return a.expected > b.expected; });
  const auto& first = order.front();
  out_.reason = fmt::format(
      "{} has the best score for {} by {:.0f} outcomes: expected {:.2f}, drawn {:.2f}, {:.2f} "
      "after cost and delay",
      full_name(models_[first.index]), out_.question_class, first.outcomes, first.expected,
      first.sampled, first.score);
}

void Chooser::by_defaults() {
  auto& order = out_.order;
  const auto [provider, what] = default_for(request_);
  const auto rank = [&, wanted = provider](const RouteCandidate& one) {
    const auto& name = models_[one.index].provider;
    constexpr std::array<std::string_view, 3> kFallbacks{"groq", "gemini", "openai"};
    if (!wanted.empty() && name == wanted) return 0;
    const auto* it = std::find(kFallbacks.begin(), kFallbacks.end(), name);
    return it == kFallbacks.end() ? 5 : 1 + static_cast<int>(it - kFallbacks.begin());
  };
  const bool there = !order.empty() && std::any_of(order.begin(), order.end(),
                                                   [&](const auto& one) { return rank(one) == 0; });
  if (there) {
    std::stable_sort(order.begin(), order.end(),
                     [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    out_.reason = fmt::format("{} is the default for {}", provider, what);
    return;
  }
  // the cheapest that is not of the smallest tier, where there is one
  const auto adequate = [&](const RouteCandidate& one) { return models_[one.index].tier >= 2; };
  const auto cheapest =
      std::min_element(order.begin(), order.end(), [&](const auto& a, const auto& b) {
        return std::pair(!adequate(a), a.cost_usd) < std::pair(!adequate(b), b.cost_usd);
      });
  if (cheapest == order.end()) return;
  const auto first = *cheapest;
  order.erase(cheapest);
  std::stable_sort(order.begin(), order.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  order.insert(order.begin(), first);
  out_.reason = fmt::format("{} is the cheapest adequate one; nothing is known yet of {}",
                            full_name(models_[first.index]), out_.question_class);
}

void Chooser::by_rules() {
  for (const auto& rule : options_.rules) {
    if (!holds(rule, request_)) continue;
    const auto rank = [&](const RouteCandidate& one) { return place_in(rule, models_[one.index]); };
    const auto none = static_cast<std::ptrdiff_t>(rule.models.size());
    if (std::all_of(out_.order.begin(), out_.order.end(),
                    [&](const auto& one) { return rank(one) == none; }))
      continue;  // none of them is configured
    std::stable_sort(out_.order.begin(), out_.order.end(),
                     [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    out_.reason = fmt::format("the configuration says so for {}", rule.words);
    return;
  }
}

}  // namespace

Result<RouteRule> parse_route(std::string_view words, const std::vector<std::string>& models) {
  RouteRule rule;
  rule.words = words;
  rule.models = models;
  const auto bad = [&] {
    return fail(ErrorKind::invalid_input,
                fmt::format("\"{}\" is no route: it is made of language=, category=, task= and "
                            "lines>, parted by commas",
                            words));
  };
  for (const auto part : split(words, ',')) {
    const auto at = part.find_first_of("=>");
    if (at == std::string_view::npos) return bad();
    const auto key = trim(part.substr(0, at)), value = trim(part.substr(at + 1));
    if (value.empty()) return bad();
    if (part[at] == '>') {
      std::uint32_t lines = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), lines);
      if (key != "lines" || error != std::errc{} || end != value.data() + value.size())
        return bad();
      rule.over_lines = lines;
    } else if (key == "language") {
      rule.language = value;
    } else if (key == "category") {
      rule.category = value;
    } else if (key == "task") {
      rule.task = value;
    } else {
      return bad();
    }
  }
  return rule;
}

std::string class_of(const RouteRequest& request) {
  const auto* const size = request.lines > kManyLines  ? "large"
                           : request.lines > kFewLines ? "medium"
                                                       : "small";
  return fmt::format("{}/{}/{}", to_string(request.task),
                     request.language.empty() ? "other" : request.language, size);
}

double usual_cost(const Model& model) {
  return (kUsualIn * model.prices.input + kUsualOut * model.prices.output) / 1e6;
}

Route choose_route(const RouteRequest& request, std::span<const Model> models,
                   const RouteOptions& options, const ReadHistory& history,
                   const std::function<double()>& random) {
  if (models.empty()) return {{}, "no model is configured", class_of(request)};
  return Chooser(request, models, history, options).run(random);
}

}  // namespace peer
