#include "llm/ask/adapt.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "analyzers/compress/tokens.hpp"

namespace peer {
namespace {

constexpr std::uint64_t kTokensPerMessage = 4;
constexpr std::uint64_t kTokensPerQuestion = 16;
constexpr std::uint64_t kTokensAroundShape = 64;  // where it is asked for in words

std::uint64_t at_most(std::uint64_t counted, double token_factor) {
  return TokenMeter{Vocabulary::o200k_base, std::max(token_factor, 0.1)}.most(counted);
}

}  // namespace

bool drop_feature(Abilities& can, std::string_view feature) {
  const auto off = [](bool& ability) { return std::exchange(ability, false); };
  if (feature == "json_schema" || feature == "json_object") {
    if (can.json == JsonAbility::none) return false;
    can.json = can.json == JsonAbility::schema && feature == "json_schema" ? JsonAbility::object
                                                                           : JsonAbility::none;
    return true;
  }
  if (feature == "max_tokens") return !std::exchange(can.max_completion_tokens, true);
  if (feature == "max_completion_tokens") return off(can.max_completion_tokens);
  if (feature == "temperature") return off(can.temperature);
  if (feature == "top_p") return off(can.top_p);
  if (feature == "stop") return off(can.stop);
  if (feature == "seed") return off(can.seed);
  if (feature == "repeat_penalty") return off(can.repeat_penalty);
  if (feature == "stream_usage") return off(can.stream_usage);
  if (feature == "cache_control") return off(can.cache_control);
  return false;
}

Question adapted(Question question, const Model& model) {
  question.max_output_tokens = std::min(question.max_output_tokens, model.max_output);
  const bool in_words = question.shape && model.abilities.json != JsonAbility::schema;
  if (in_words && !question.messages.empty())
    question.messages.back().text += fmt::format(
        "\n\nAnswer with one JSON value that follows this JSON Schema, and nothing else:\n{}\n",
        question.shape->schema);
  return question;
}

Question with_repair(Question question, std::string_view what_was_wrong) {
  if (question.messages.empty()) return question;
  question.messages.back().text += fmt::format(
      "\n\nAn earlier answer could not be used: {}. Answer again, complete and in the form that "
      "was asked for.\n",
      what_was_wrong);
  return question;
}

std::uint64_t CountedTexts::tokens(std::string_view text) {
  for (const auto& [known, count] : known_)
    if (known == text) return count;
  return known_.emplace_back(text, count_tokens(text, Vocabulary::o200k_base)).second;
}

std::uint64_t most_tokens(std::string_view text, double token_factor) {
  return at_most(count_tokens(text, Vocabulary::o200k_base), token_factor);
}

std::uint64_t most_tokens(const Question& question, const Model& model, CountedTexts& counted) {
  const auto most = [&](std::string_view text) {
    return at_most(counted.tokens(text), model.token_factor);
  };
  auto tokens = kTokensPerQuestion + most(question.system);
  for (const auto& message : question.messages)
    tokens += kTokensPerMessage + most(message.text);
  if (question.shape) tokens += kTokensAroundShape + most(question.shape->schema);
  return tokens;
}

std::uint64_t most_tokens(const Question& question, const Model& model) {
  CountedTexts counted;
  return most_tokens(question, model, counted);
}

bool fits(const Question& question, const Model& model, CountedTexts& counted) {
  return most_tokens(question, model, counted) +
             std::min(question.max_output_tokens, model.max_output) <=
         model.window;
}

bool fits(const Question& question, const Model& model) {
  CountedTexts counted;
  return fits(question, model, counted);
}

}  // namespace peer
