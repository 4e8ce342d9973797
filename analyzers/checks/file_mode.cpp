// A file that the change makes executable.
#include <array>

#include "analyzers/checks/check.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kExecutable = 0100755;

const std::array<RuleInfo, 1>& rule_table() {
  static const std::array<RuleInfo, 1> kRules{{{
      .id = "executable-added",
      .category = "supply-chain",
      .severity = Severity::info,
      .confidence = 0.9,
      .title = "file becomes executable",
      .why = "A diff hardly shows a change of mode, and what may be run will be run: by hooks, by "
             "build steps, by people.",
      .help = "Keep the bit on programs only; take it off with `git update-index --chmod=-x FILE`.",
      .cwe = {732},
      .bad = {{.path = "notes.txt",
               .code = "echo hello\n",
               .lines = {1},
               .before = "echo hello\n",
               .made_executable = true}},
      .good = {{.path = "run.sh",
                .code = "#!/bin/sh\n",
                .before = "#!/bin/sh\n",
                .made_executable = true},
               {.path = "notes.txt", .code = "a\n", .before = "b\n"}},
  }}};
  return kRules;
}

void run(FileExam& exam, std::vector<Finding>& out) {
  const auto& change = exam.change();
  if (!change.before || !change.after) return;
  if (change.after->mode != kExecutable || change.before->mode == kExecutable) return;
  // a program says so in its first line
  if (exam.after().text().starts_with("#!")) return;
  auto finding =
      make_finding(rule_table()[0], exam.after(), exam.after().lines().line_span(1),
                   change.path + " becomes executable, and is no script by its first line");
  finding.in_change = true;
  out.push_back(std::move(finding));
}

}  // namespace

const Check& check_file_mode() {
  static const Check kCheck{
      .name = "file_mode",
      .rules = [] { return std::span<const RuleInfo>(rule_table()); },
      .run = run,
      .needs_tree = false,
      .security = true,
  };
  return kCheck;
}

}  // namespace peer
