#include "analyzers/rules/rule_anchors.hpp"

#include "analyzers/rules/load/global_utils.hpp"
#include "analyzers/rules/load/rule_file.hpp"
#include "analyzers/rules/prefilter/anchors.hpp"

namespace peer::rules {

std::vector<std::string> rule_anchors(const RuleText& text, std::vector<Problem>& problems) {
  std::vector<Rule> found;
  read_rule_file(text, found, problems);
  if (found.size() != 1) return std::vector<std::string>(text.languages.size());
  const auto& rule = found.front();
  const GlobalUtils none;
  std::vector<std::string> anchors;
  for (const auto* language : rule.languages) {
    auto source = source_of(rule, none);
    source.is_checked = false;  // it is, here
    const auto matcher = compile_matcher(*language, source, problems);
    anchors.push_back(anchors_of(required_literals(*matcher.program())));
  }
  return anchors;
}

}  // namespace peer::rules
