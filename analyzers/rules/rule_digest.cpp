#include "analyzers/rules/rule_digest.hpp"

#include "analyzers/languages/language.hpp"
#include "analyzers/rules/load/global_utils.hpp"
#include "analyzers/rules/load/rule_checks.hpp"
#include "analyzers/rules/load/rule_file.hpp"
#include "analyzers/rules/match/program_packed.hpp"
#include "analyzers/rules/prefilter/demand.hpp"

namespace peer::rules {

DigestedRule digest_rule(const RuleText& text, GrowingDigests& digests,
                         std::vector<Problem>& problems) {
  std::vector<Rule> found;
  read_rule_file(text, found, problems);
  if (found.size() != 1) return {};
  const auto& rule = found.front();
  const GlobalUtils none;
  DigestedRule digested;
  for (const auto* language : rule.languages) {
    auto source = source_of(rule, none);
    source.is_checked = false;  // it is, here
    const auto matcher = compile_matcher(*language, source, problems);
    if (problems.empty()) check_rule(rule, matcher, problems);
    auto& digest = digests[std::string(language->name)];
    digested.demands.push_back(static_cast<std::uint32_t>(digest.demands.size()));
    digested.programs.push_back(pack_program(*matcher.program()));
    append_demand(*matcher.program(), digest.literals, digest.demands);
  }
  return digested;
}

}  // namespace peer::rules
