// A yes or no of a model, out of what it writes around it. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>

namespace peer {

/// What stands in <verdict>, or as "verdict" in a JSON object, or is the only word; nullopt for
/// what is neither yes nor no, or both.
[[nodiscard]] std::optional<bool> read_opinion(std::string_view answer);

}  // namespace peer
