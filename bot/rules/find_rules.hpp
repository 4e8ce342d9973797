// Finds the YAML rules of a command. Reads files; called once per command.
#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "bot/cli.hpp"
#include "bot/rules/project.hpp"
#include "bot/rules/rule_sources.hpp"
#include "bot/session.hpp"
#include "bot/settings.hpp"

namespace peer {

/// The folder of a repository whose YAML files are rules; those below its `utils/` are utilities.
inline constexpr std::string_view kRulesFolder = ".peer/rules";

/// What `--rules PATH` names: a rule file, a project file or a folder with one, or a folder of rule files.
struct RuleLocation {
  std::vector<RuleFile> files;
  std::filesystem::path folder;         ///< what a project's paths begin at; "" where it is none
  std::vector<RuleTestFolder> tests;    ///< of a project
  std::vector<LanguageGlob> language_globs;
  std::vector<std::string> notes;
};
/// Fails with not_found or invalid_input where there is no such file, or its project file cannot be read.
[[nodiscard]] Result<RuleLocation> read_rule_location(const std::filesystem::path& path, const std::string& shown);

/// All rules that `invocation` asks for. `read` and `list` give the repository's own (may be null). Fails as above.
[[nodiscard]] Result<FoundRules> find_rules(const Invocation& invocation, const Session& session, const ReadTrusted& read,
                                            const ListTrusted& list);

}  // namespace peer
