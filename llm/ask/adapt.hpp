// Fits a question to what a model and its server can do. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "llm/model.hpp"
#include "llm/question.hpp"

namespace peer {

/// Switches off what a server said it does not know, by its name in CallFailure::feature. False
/// when there is nothing (more) to switch off.
[[nodiscard]] bool drop_feature(Abilities& can, std::string_view feature);

/// `question` as `model` can be asked it: a shape that the server cannot hold it to is asked for in
/// words, and the answer is no longer than the model can give.
[[nodiscard]] Question adapted(Question question, const Model& model);

/// `question` once more, with what was wrong with the answer to it.
[[nodiscard]] Question with_repair(Question question, std::string_view what_was_wrong);

/// Tokens that `text` is at most for a model that makes up to `token_factor` of one of o200k_base.
[[nodiscard]] std::uint64_t most_tokens(std::string_view text, double token_factor);

/// Tokens of o200k_base of texts that are asked about several times, each counted once. One thread.
class CountedTexts {
 public:
  [[nodiscard]] std::uint64_t tokens(std::string_view text);

 private:
  std::vector<std::pair<std::string, std::uint64_t>> known_;
};

/// Tokens that the whole question takes, what stands around messages included.
[[nodiscard]] std::uint64_t most_tokens(const Question& question, const Model& model,
                                        CountedTexts& counted);
[[nodiscard]] std::uint64_t most_tokens(const Question& question, const Model& model);

/// Whether question and answer fit the model's window.
[[nodiscard]] bool fits(const Question& question, const Model& model, CountedTexts& counted);
[[nodiscard]] bool fits(const Question& question, const Model& model);

}  // namespace peer
