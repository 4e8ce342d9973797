// What all questions of one asker share: the world, limits, keys, and what was learned about
// servers. Thread-safe as each part says.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "llm/ask/adapt.hpp"
#include "llm/ask/asker.hpp"
#include "llm/ask/keys.hpp"

namespace peer {

struct AskShared {
  AskShared(AskWorld given, AskLimits most, Budget* purse)
      : world(std::move(given)), limits(most), budget(purse) {}

  AskWorld world;
  AskLimits limits;
  Budget* budget;
  KeyRing keys;
  std::function<Result<void>(std::string_view, const Provider&)> guard;

  /// `model` with the abilities that its server was found to have.
  [[nodiscard]] Model as_learned(Model model) {
    const std::lock_guard held(lock_);
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

 private:
  std::mutex lock_;
  std::map<std::string, Abilities> learned_;
};

}  // namespace peer
