// Conflict markers that a merge left behind.
#include <array>
#include <vector>

#include "analyzers/checks/check.hpp"

namespace peer {
namespace {

constexpr std::string_view kConflict =
    "a = 1\n<<<<<<< HEAD\nb = 2\n=======\nb = 3\n>>>>>>> topic\n";
constexpr std::string_view kRule = "Title\n=======\n\n<<<<<<< is what git writes\n";

const std::array<RuleInfo, 1>& rule_table() {
  static const std::array<RuleInfo, 1> kRules{{{
      .id = "merge-conflict-marker",
      .category = "correctness",
      .severity = Severity::error,
      .confidence = 0.99,
      .title = "conflict marker left in the file",
      .why = "A merge was committed with its conflict unresolved: both versions of the code are in the file.",
      .help = "Choose one version, or combine them, and delete the marker lines.",
      .bad = {{.path = "a.py", .code = kConflict, .lines = {2}}},
      .good = {{.path = "a.rst", .code = kRule}},
  }}};
  return kRules;
}

/// A line that begins with seven of `c`, then ends or goes on after a blank.
bool is_marker(std::string_view line, char c) {
  constexpr std::size_t kWidth = 7;
  if (line.size() < kWidth || line.find_first_not_of(c) < kWidth) return false;
  return line.size() == kWidth || line[kWidth] == ' ' || line[kWidth] == '\r';
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const auto& file = exam.after();
  // rare: most files are done after one fast search
  if (file.text().find("<<<<<<<") == std::string_view::npos) return;
  std::uint32_t opened = 0;
  bool divided = false;
  for (std::uint32_t line = 1; line <= file.lines().line_count(); ++line) {
    const auto span = file.lines().line_span(line);
    const auto text = file.text(span);
    if (is_marker(text, '<')) {
      opened = line;
      divided = false;
    } else if (opened != 0 && is_marker(text, '=')) {
      divided = true;
    } else if (divided && is_marker(text, '>')) {
      out.push_back(make_finding(rule_table()[0], file, file.lines().line_span(opened),
                                 "conflict marker left by a merge"));
      opened = 0;
      divided = false;
    }
  }
}

}  // namespace

const Check& check_merge_conflict() {
  static const Check kCheck{
      .name = "merge_conflict",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
      .needs_tree = false,
  };
  return kCheck;
}

}  // namespace peer
