#include "llm/completion.hpp"

#include <algorithm>

namespace peer {

std::optional<double> cost_of(const Completion& completion, const Prices& prices) {
  if (completion.cost_usd) return completion.cost_usd;
  const auto& usage = completion.usage;
  if (!usage.known || !prices.known) return std::nullopt;
  const auto cached = std::min(usage.cached, usage.input);
  const auto written = std::min(usage.cache_written, usage.input - cached);
  const auto plain = usage.input - cached - written;
  constexpr double kPerMillion = 1e-6;
  return kPerMillion * (static_cast<double>(plain) * prices.input +
                        static_cast<double>(cached) * prices.cache_read.value_or(prices.input) +
                        static_cast<double>(written) * prices.cache_write.value_or(prices.input) +
                        static_cast<double>(usage.output) * prices.output);
}

std::string_view to_string(FailureClass failure) {
  constexpr std::string_view kWords[] = {
      "transient",           "rate limited",     "no credit",
      "key not accepted",    "no such model",    "context window exceeded",
      "model capacity",      "prompt too large", "not supported",
      "refused by a filter", "bad request",      "bad output",
      "refused by Peer",     "cancelled"};
  return kWords[static_cast<int>(failure)];
}

}  // namespace peer
