// `sgconfig.yml`: the project file of ast-grep, which says where rules, utilities and rule tests
// are. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/examine.hpp"
#include "base/result.hpp"

namespace peer {

inline constexpr std::string_view kProjectFile = "sgconfig.yml";

struct RuleTestFolder {
  std::string tests;      ///< from the project's folder
  std::string snapshots;  ///< from `tests`
};

struct RuleProject {
  std::vector<std::string> rule_dirs, util_dirs;  ///< from the project's folder
  std::vector<RuleTestFolder> tests;
  std::vector<LanguageGlob> language_globs;
  std::vector<std::string> notes;  ///< keys that Peer does not honour, one sentence each
};

/// Fails with invalid_input, naming the line, where the file is no project.
[[nodiscard]] Result<RuleProject> parse_project(std::string_view yaml);

}  // namespace peer
