// Data files that were built into the program. Constants; thread-safe.
#pragma once

#include <span>
#include <string_view>

namespace peer {

struct EmbeddedFile {
  std::string_view name;  ///< its path in the source tree: "llm/providers/providers.yml"
  std::string_view text;
};

/// The data files of llm/.
[[nodiscard]] std::span<const EmbeddedFile> embedded_llm();

}  // namespace peer
