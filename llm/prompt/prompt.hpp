// The prompts: files built into the program, with places for values. Changing a file changes its
// version, and with it the keys of every cached answer to it. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "llm/question.hpp"

namespace peer {

/// How much a model can be given, by its window in tokens.
enum class PromptProfile { tiny4k, small8k, mid32k, large };
[[nodiscard]] PromptProfile profile_of(std::uint32_t window);
[[nodiscard]] std::string_view to_string(PromptProfile profile);

struct Prompt {
  std::string version;  ///< hash of its text
  std::string system;   ///< the same for every question: goes first, so that servers can keep it
  std::string user;
};

/// The question of `task` that asks with `prompt`.
[[nodiscard]] Question question_of(Task task, const Prompt& prompt);

/// The prompt `name` ("explain") for `profile` (the one for all where it has none of its own), each
/// "{{key}}" replaced by its value; values are not looked into. Fails with internal where there is
/// no such prompt or a place is left without value.
[[nodiscard]] Result<Prompt> make_prompt(
    std::string_view name, PromptProfile profile,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace peer
