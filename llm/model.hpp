// One model as a provider offers it: what it is called, how much fits, what it costs, what its
// server understands. A value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace peer {

/// Dollars per million tokens.
struct Prices {
  double input = 0, output = 0;
  std::optional<double> cache_read, cache_write;  ///< absent: as `input`
  bool known = false;
  friend bool operator==(const Prices&, const Prices&) = default;
};

/// How far a server can be held to a shape of answer.
enum class JsonAbility { none, object, schema };

/// What may be written into a request. What a server turns out not to take is switched off for the
/// rest of the run.
struct Abilities {
  JsonAbility json = JsonAbility::none;
  bool temperature = true;
  bool top_p = true;
  bool stop = true;
  bool seed = false;
  bool repeat_penalty = false;
  bool stream = true;
  bool stream_usage = true;            ///< stream_options.include_usage
  bool cache_control = false;          ///< marks the part that is worth keeping
  bool max_completion_tokens = false;  ///< the newer name of max_tokens
  friend bool operator==(const Abilities&, const Abilities&) = default;
};

struct Model {
  std::string provider;             ///< "groq"
  std::string wire;                 ///< "openai_chat"
  std::string name;                 ///< "llama-3.1-8b-instant"
  std::uint32_t window = 4096;      ///< tokens of prompt and answer
  std::uint32_t max_output = 1024;  ///< tokens of an answer
  Prices prices;
  Abilities abilities;
  double token_factor = 1.5;  ///< its tokens per token of o200k_base, at worst
  int tier = 1;               ///< 1 small .. 4 best: where learning begins
  friend bool operator==(const Model&, const Model&) = default;
};

/// "groq/llama-3.1-8b-instant".
[[nodiscard]] inline std::string full_name(const Model& model) {
  return model.provider + "/" + model.name;
}

}  // namespace peer
