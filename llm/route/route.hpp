// Whom to ask, in which order: what the configuration says first, then what came of earlier
// questions of the same kind (Thompson sampling with decay, a prior from the model's tier, and cost
// and delay as penalties), then defaults. Pure, given chance; thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "llm/model.hpp"
#include "llm/question.hpp"

namespace peer {

/// What is known of a question before it is asked.
struct RouteRequest {
  Task task = Task::fix;
  std::string language;     ///< id ("python"), or ""
  std::uint32_t lines = 0;  ///< of the file
  std::string category;     ///< of the finding ("security"), or ""
};

/// A row of the configuration: all that is set must hold.
struct RouteRule {
  std::string words;  ///< as it was written
  std::optional<std::string> language, category, task;
  std::optional<std::uint32_t> over_lines;
  std::vector<std::string> models;  ///< "groq" or "groq/llama-3.1-8b-instant", in order
};

/// Reads "language=python", "lines>500", "category=security", "task=fix", or several of them parted
/// by commas. Fails with invalid_input.
[[nodiscard]] Result<RouteRule> parse_route(std::string_view words,
                                            const std::vector<std::string>& models);

/// What came of earlier questions: weights of good and bad outcomes, decayed to now, and means.
struct RouteHistory {
  double good = 0, bad = 0;
  double milliseconds = 0, cost_usd = 0;
};

/// Looks up the history of a model for a class of questions.
using ReadHistory =
    std::function<RouteHistory(const std::string& question_class, const std::string& model)>;

struct RouteOptions {
  std::span<const RouteRule> rules;  ///< what the configuration says
  double cost_weight = 0.2;          ///< taken off for the dearest of the candidates
  double latency_weight = 0.05;      ///< taken off for the slowest
  double prior_weight = 6;           ///< outcomes that the prior counts for
  double least_history = 4;          ///< outcomes of a class before they decide instead of defaults
};

struct RouteCandidate {
  std::size_t index = 0;  ///< in the models that were given
  double expected = 0;    ///< mean of its outcomes with the prior, 0.0 to 1.0
  double sampled = 0;     ///< drawn for this question
  double outcomes = 0;    ///< that it rests on
  double cost_usd = 0;    ///< of a question, as expected
  double milliseconds = 0;
  double score = 0;
};

struct Route {
  std::vector<RouteCandidate> order;  ///< every model once
  std::string reason;                 ///< why the first is the first, one sentence
  std::string question_class;         ///< "fix/python/small"
};

/// "fix/python/small": task, language, and small (up to 100 lines), medium or large (over 500).
[[nodiscard]] std::string class_of(const RouteRequest& request);

/// The order in which `models` are asked. `random` gives 0.0 to 1.0.
[[nodiscard]] Route choose_route(const RouteRequest& request, std::span<const Model> models,
                                 const RouteOptions& options, const ReadHistory& history,
                                 const std::function<double()>& random);

/// Dollars of a usual question (3,000 tokens in, 500 out).
[[nodiscard]] double usual_cost(const Model& model);

}  // namespace peer
