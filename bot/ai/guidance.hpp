// Reads the instruction files of a repository from where configuration counts: the base commit.
#pragma once

#include "bot/settings.hpp"
#include "llm/prompt/guidance.hpp"

namespace peer {

/// What cannot be read is left out. `changed` are paths whose folders may hold an AGENTS.md of
/// their own.
[[nodiscard]] Guidance read_guidance(const ReadTrusted& read, const ListTrusted& list,
                                     const std::vector<std::string>& changed);

/// Bytes of guidance in one prompt.
inline constexpr std::size_t kMostGuidance = 2'000;

}  // namespace peer
