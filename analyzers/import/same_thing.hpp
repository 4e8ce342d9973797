// Which of our rules is about what a compiler or linter says. Pure; thread-safe.
#pragma once

#include <span>
#include <string_view>

namespace peer {

/// One entry of the table.
struct SameThing {
  std::string_view tool;  ///< "gcc" (clang too), "tsc", ...; "" for any
  std::string_view what;  ///< a code, or words of the message
  std::string_view rule;  ///< of ours
};

[[nodiscard]] std::span<const SameThing> same_by_code();
[[nodiscard]] std::span<const SameThing> same_by_words();

/// Our rule for a message, or "". `tool` as in ToolMessage; a plugin before the code ("security/x")
/// and how a warning became an error ("-Werror=x") do not matter.
[[nodiscard]] std::string_view same_thing(std::string_view tool, std::string_view code,
                                          std::string_view message);

}  // namespace peer
