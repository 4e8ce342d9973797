// What all questions of one asker share: the world, limits, keys, and what was learned about
// servers. Thread-safe as each part says.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "llm/ask/adapt.hpp"
#include "llm/ask/asker.hpp"
#include "llm/ask/keys.hpp"
#include "llm/tokens/correction.hpp"

namespace peer {

struct AskShared {
  AskShared(AskWorld given, AskLimits most, Budget* purse)
      : world(std::move(given)), limits(most), budget(purse) {}

  AskWorld world;
  AskLimits limits;
  Budget* budget;
  KeyRing keys;
  std::function<Result<void>(std::string_view, const Provider&)> guard;

  /// `model` with the abilities that its server was found to have, and tokens as it counts them.
  [[nodiscard]] Model as_learned(Model model) {
    const std::lock_guard held(lock_);
    if (const auto it = tokens_.find(full_name(model)); it != tokens_.end())
      model.token_factor =
          it->second.corrected({Vocabulary::o200k_base, model.token_factor}).factor;
    if (const auto it = learned_.find(full_name(model)); it != learned_.end())
      model.abilities = it->second;
    return model;
  }
  /// Remembers that the server of `model` does not know `feature`; false when that is known
  /// already.
  [[nodiscard]] bool unlearn(const Model& model, std::string_view feature) {
    const std::lock_guard held(lock_);
    auto& abilities = learned_.try_emplace(full_name(model), model.abilities).first->second;
    return drop_feature(abilities, feature);
  }

  /// A prompt of `counted` tokens of o200k_base took `reported` of the model's; gives what that
  /// teaches.
  std::optional<double> saw_tokens(const Model& model, std::uint64_t counted,
                                   std::uint64_t reported) {
    const std::lock_guard held(lock_);
    return tokens_[full_name(model)].saw(counted, reported);
  }
  void remember_tokens(const std::string& model, double ratio) {
    const std::lock_guard held(lock_);
    tokens_[model].remember(ratio);
  }

 private:
  std::mutex lock_;
  std::map<std::string, TokenCorrection> tokens_;
  std::map<std::string, Abilities> learned_;
};

}  // namespace peer
