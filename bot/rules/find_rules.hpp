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

/// What `--rules PATH` names: a rule file, a project file or a folder with one, or a folder of rule
/// files.
struct RuleLocation {
  std::vector<RuleFile> files;
  std::filesystem::path folder;       ///< what a project's paths begin at; "" where it is none
  std::filesystem::path globs;        ///< what the globs of its rules begin at
  std::vector<RuleTestFolder> tests;  ///< of a project
  std::vector<LanguageGlob> language_globs;
  std::vector<std::string> notes;
  std::size_t unread = 0;  ///< files and folders that could not be read, which the notes name
};
/// Fails with not_found or invalid_input where there is no such file, or its project file cannot be
/// read.
[[nodiscard]] Result<RuleLocation> read_rule_location(const std::filesystem::path& path,
                                                      const std::string& shown);

/// All rules that `invocation` asks for. The paths of the change begin at `root`: those that rules
/// name begin at their project's folder, or at that of the rule file, as with ast-grep. `read` and
/// `list` give the repository's own (may be null). Fails as above, and with invalid_input where
/// --only-rules leaves no rule file at all.
[[nodiscard]] Result<FoundRules> find_rules(const Invocation& invocation, const Session& session,
                                            const ReadTrusted& read, const ListTrusted& list,
                                            const std::filesystem::path& root = {});

}  // namespace peer
