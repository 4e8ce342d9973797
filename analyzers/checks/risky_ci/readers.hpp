// The two ways a CI definition is read; read_lines() puts them together. Pure; thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "analyzers/checks/risky_ci/workflow.hpp"

namespace peer::ci {

/// What stands under `key` is run.
[[nodiscard]] bool is_command_key(std::string_view key, System system);

/// The lines of the text that are neither blank nor comments, with the key that each begins with.
[[nodiscard]] std::vector<Line> lines_of_text(const SourceFile& file, System system);

struct YamlLines {
  std::vector<Line> lines;
  bool whole = false;  ///< the text is YAML all through, so nothing was missed
};

/// The lines of the tree of `file`, with `${{ ... }}` taken for a word wherever it stands.
[[nodiscard]] YamlLines lines_of_yaml(const SourceFile& file, System system);

}  // namespace peer::ci
