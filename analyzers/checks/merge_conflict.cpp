// Conflict markers that a merge left behind.
#include <algorithm>
#include <array>
#include <vector>

#include "analyzers/checks/check.hpp"

namespace peer {
namespace {

constexpr std::string_view kConflict =
    "a = 1\n<<<<<<< HEAD\nb = 2\n=======\nb = 3\n>>>>>>> topic\n";
constexpr std::string_view kDiff3 =
    "a = 1\n<<<<<<< ours\nb = 2\n||||||| base\nb = 1\n=======\nb = 3\n>>>>>>> theirs\n";
constexpr std::string_view kTwo =
    "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\nok\n<<<<<<< HEAD\nc\n=======\nd\n>>>>>>> x\n";
constexpr std::string_view kRule = "Title\n=======\n\n<<<<<<< is what git writes\n";
constexpr std::string_view kHeading = "<<<<<<<\nA\n=======\n\ntext\n>>>>>>>>>>>\n";
constexpr std::string_view kInString =
    "TEXT = \"\"\"\n<<<<<<< HEAD\nb = 2\n=======\nb = 3\n>>>>>>> topic\n\"\"\"\n";

const std::array<RuleInfo, 1>& rule_table() {
  static const std::array<RuleInfo, 1> kRules{{{
      .id = "merge-conflict-marker",
      .category = "correctness",
      .severity = Severity::error,
      .confidence = 0.99,
      .title = "conflict marker left in the file",
      .why = "A merge was committed with its conflict unresolved: both versions of the code are in "
             "the file.",
      .help = "Choose one version, or combine them, and delete the marker lines.",
      .bad = {{.path = "a.py", .code = kConflict, .lines = {2}},
              {.path = "a.txt", .code = kDiff3, .lines = {2}},
              {.path = "a.cfg", .code = kTwo, .lines = {1, 7}}},
      .good = {{.path = "a.rst", .code = kRule},
               {.path = "a.rst", .code = kHeading},
               {.path = "test_merge.py", .code = kInString},
               {.path = "conflict.patch", .code = kConflict},
               {.path = "docs/merge.md", .code = kConflict}},
  }}};
  return kRules;
}

/// A line that begins with exactly seven of `c`, then ends or goes on after a blank.
bool is_marker(std::string_view line, char c) {
  constexpr std::size_t kWidth = 7;
  if (line.size() < kWidth || line.find_first_not_of(c) < kWidth) return false;
  return line.size() == kWidth || line[kWidth] == ' ' || line[kWidth] == '\r';
}

/// Texts that show conflicts rather than have them.
bool may_quote_conflicts(std::string_view path) {
  constexpr std::array<std::string_view, 9> kEndings{
      ".patch", ".diff", ".rej", ".md", ".markdown", ".rst", ".adoc", ".asciidoc", ".orig"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [path](std::string_view ending) { return path.ends_with(ending); });
}

/// The marker stands inside a string or a comment that begins before its line: a test of a merge
/// tool. A real conflict breaks the code around it; this one does not.
bool is_quoted(const SourceFile& file, Span marker) {
  if (file.tree() == nullptr) return false;
  const Node node = file.tree()->root().smallest_holding(marker);
  return !node.has_error() && !node.is_error() && node.begin() < marker.begin &&
         node.end() > marker.end &&
         (node.child_count() == 0 || node.kind().find("string") != std::string_view::npos ||
          node.kind().find("comment") != std::string_view::npos);
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const auto& file = exam.after();
  // rare: most files are done after one fast search
  if (file.text().find("<<<<<<<") == std::string_view::npos || may_quote_conflicts(file.path()))
    return;
  std::uint32_t opened = 0;
  bool divided = false;
  for (std::uint32_t line = 1; line <= file.lines().line_count(); ++line) {
    const auto text = file.text(file.lines().line_span(line));
    if (is_marker(text, '<')) {
      opened = line;
      divided = false;
    } else if (opened != 0 && is_marker(text, '=')) {
      divided = true;
    } else if (divided && is_marker(text, '>')) {
      const auto at = file.lines().line_span(opened);
      if (!is_quoted(file, at))
        out.push_back(make_finding(rule_table()[0], file, at, "conflict marker left by a merge"));
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
