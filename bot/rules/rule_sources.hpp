// Where the YAML rules of a run come from: `.peer/rules/` of the repository as it may be trusted,
// and what `--rules` names. Values that can be sent to a worker process.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analyzers/examine.hpp"
#include "analyzers/rules/load/problem.hpp"
#include "base/result.hpp"

namespace peer {

/// One YAML file with rules.
struct RuleFile {
  std::string name;  ///< for messages: a path
  std::string text;
  bool is_utility = false;  ///< its rules are only for `matches` of others
  std::string globs_below;  ///< see rules::RuleText
  std::string globs_above;
};

/// A severity set from outside.
struct SeverityOverride {
  std::string rule;  ///< id; "" for every rule
  bool off = false;
  Severity severity = Severity::hint;  ///< unless off
};

struct RuleSources {
  std::vector<RuleFile> files;
  bool built_in = true;  ///< the pack belongs to them
  std::vector<SeverityOverride> severities;
  std::vector<LanguageGlob> language_globs;
};

/// The sources with all that was wrong about finding them, one sentence each.
struct FoundRules {
  RuleSources sources;
  std::vector<std::string> notes;
  std::size_t unread = 0;  ///< files and folders of rules that were named or found, and not read
};

/// The rules of `sources`, loaded. The same sources give the same book in every process.
struct LoadedRules {
  std::shared_ptr<const rules::RuleBook> book;
  std::vector<rules::Problem> problems;
};
[[nodiscard]] LoadedRules load_rules(const RuleSources& sources);

/// "rules/a.yml:3: rule my-id: what is wrong; did you mean x? The rule is switched off."
[[nodiscard]] std::string sentence_of(const rules::Problem& problem);

}  // namespace peer
