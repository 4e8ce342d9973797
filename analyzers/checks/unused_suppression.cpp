// Comments that silence nothing. Found where suppressions are applied
// (analyzers/rules/suppression.cpp), after all checks have run; what stands here is the rule's
// documentation.
#include <array>

#include "analyzers/checks/check.hpp"

namespace peer {
namespace {

const std::array<RuleInfo, 1>& rule_table() {
  static const std::array<RuleInfo, 1> kRules{{{
      .id = "unused-suppression",
      .category = "maintainability",
      .severity = Severity::hint,
      .confidence = 0.95,
      .title = "peer-ignore comment that silences nothing",
      .why = "The finding it was written for is gone, or the rule's name is wrong. It would hide a "
             "finding that appears here later without anybody having decided so.",
      .help = "Remove the comment, or correct the rule's name.",
      .bad = {{.path = "a.py",
               .code = "x = 1  # peer-ignore: merge-conflict-marker -- was here once\n",
               .lines = {1},
               .fixed = "x = 1\n"},
              {.path = "a.c",
               .code = "int x;\n/* peer-ignore: merge-conflict-maker */\nint y;\n",
               .lines = {2}}},
      .good = {{.path = "a.py",
                .code = "# peer-ignore: merge-conflict-marker -- an example\n"
                        "<<<<<<< ours\n"
                        "1\n"
                        "=======\n"
                        "2\n"
                        ">>>>>>> theirs\n"},
               {.path = "a.py", .code = "x = '# peer-ignore: merge-conflict-marker'\n"}},
  }}};
  return kRules;
}

}  // namespace

const Check& check_unused_suppression() {
  static const Check kCheck{
      .name = "unused_suppression",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = [](FileExam&, std::vector<Finding>&) {},
      .needs_tree = false,
  };
  return kCheck;
}

}  // namespace peer
