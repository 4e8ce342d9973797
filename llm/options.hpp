// Everything that can be configured about models. A value.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "llm/providers/roster.hpp"
#include "llm/route/route.hpp"

namespace peer {

/// When several fixes are asked for and another model votes on the best.
enum class SecondOpinion { never, security, always };

struct AiOptions {
  RosterSettings roster;
  std::filesystem::path models_file;     ///< overrides and extends the providers built in; "":
                                         ///< models.yml beside config.yml
  std::chrono::milliseconds timeout{0};  ///< of one model; 0: 12 s, on this machine 120 s
  unsigned concurrency = 3;
  std::optional<double> max_cost_usd;
  std::optional<std::uint64_t> max_calls;
  std::optional<double> max_cost_per_day_usd;
  std::optional<std::uint64_t> max_calls_per_day;
  std::vector<RouteRule> routes;                        ///< the first that holds wins
  SecondOpinion second_opinion = SecondOpinion::never;  ///< security: on errors of security
  bool rank = false;     ///< a model ranks the elements of files that do not fit
  bool compare = false;  ///< a model says which touched functions do what they did before
  std::string proxy;     ///< "": HTTPS_PROXY of the environment
  std::vector<std::string> no_proxy;  ///< besides NO_PROXY of the environment
  std::string ca_file;                ///< "": the system's
  std::string redis_url;
};

}  // namespace peer
