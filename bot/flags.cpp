// The table of flags. A flag means the same in every command that takes it.
#include <algorithm>
#include <array>

#include "bot/cli.hpp"

namespace peer {
namespace {

// A row is a flag.
// clang-format off
constexpr auto kFlags = std::to_array<Flag>({
    {"help", "h", "", "Print this help."},
    {"version", "", "", "Print the version."},
    // what is examined
    {"base", "", "REV", "Compare with this revision (from its merge base with --head)."},
    {"head", "", "REV", "Examine this revision (from its merge base with --base, else the default branch)."},
    {"staged", "", "", "Examine what is staged: HEAD .. index."},
    {"diff-file", "", "FILE", "Examine a unified diff (- for standard input), applied on the work tree or on --base."},
    {"trust-owner", "", "", "Open a repository that belongs to another user."},
    {"filter", "", "WHICH", "added, context, file or all: which findings of a changed file are reported.", "filter"},
    {"exclude", "", "GLOB", "Leave files out, patterns as in .gitignore.", "exclude", {}, true},
    {"generated", "", "", "Examine generated files too.", "include_generated", "true"},
    {"vendored", "", "", "Examine vendored files too.", "include_vendored", "true"},
    {"off", "", "RULE", "Switch a rule off.", "rules_off", {}, true},
    {"error", "", "RULE", "Report what this rule finds as an error; * is every rule.", {}, {}, true},
    {"warning", "", "RULE", "Report what this rule finds as a warning.", {}, {}, true},
    {"info", "", "RULE", "Report what this rule finds as information.", {}, {}, true},
    {"hint", "", "RULE", "Report what this rule finds as a hint.", {}, {}, true},
    {"rules", "", "PATH", "Use the YAML rules of a file, a folder, or a project (sgconfig.yml) too.", {}, {}, true},
    {"only-rules", "", "", "Leave out the built-in rules and checks: only YAML rules of yours."},
    {"min-severity", "", "LEVEL", "Leave out findings below error, warning, info or hint.", "min_severity"},
    {"min-confidence", "", "LEVEL", "Leave out findings of rules below low, medium, high or a number from 0 to 1.", "min_confidence"},
    {"no-baseline", "", "", "Count the findings that the baseline holds too."},
    {"baseline", "", "FILE", "The baseline to read or write.", "baseline"},
    {"import", "", "FILE", "Add another tool's findings: SARIF, checkstyle, rdjson, ESLint JSON, compiler text.", "imports", {}, true},
    // how it is reported
    {"format", "f", "FORMAT[=FILE]", "terminal, json, sarif, markdown, html, codequality, junit or github-log; may be repeated.", {}, {}, true},
    {"fail-on", "", "LEVEL", "Exit with 1 from this severity on: error, warning, info, hint or never.", "fail_on"},
    {"color", "", "WHEN", "auto, always or never.", "color"},
    {"quiet", "q", "", "Print findings, and what was not examined, and nothing else."},
    {"verbose", "v", "", "Show the code of every finding, not only of grave ones."},
    // how it runs
    {"config", "", "FILE", "Read this user configuration instead of the usual one."},
    {"no-cache", "", "", "Neither read nor write cache.db.", "cache", "false"},
    {"full", "", "", "Examine everything anew; what was examined before is only added to, not used."},
    {"jobs", "j", "N", "Threads; default: one per core.", "jobs"},
    {"isolate", "", "WHEN", "auto, always or never: parse in worker processes that have nothing to lose.", "isolate"},
    {"ai", "", "", "Let models help, if any are configured.", "mode", "auto"},
    {"offline", "", "", "Never use the network (the default while no model is configured).", "mode", "local"},
    {"max-cost", "", "DOLLARS", "Spend no more than this on models.", "llm.max_cost"},
    {"max-calls", "", "N", "Make no more calls to models than this.", "llm.max_calls"},
    {"second-opinion", "", "", "Have a model propose up to three fixes and another vote on the best.", "llm.second_opinion", "always"},
    {"suggest-tests", "", "", "Have a model write a test for each fix, into the report."},
    {"llm-concurrency", "", "N", "Calls to models at once; default: 3.", "llm.concurrency"},
    // fixes
    {"preview", "", "", "Show what would change and write nothing."},
    {"side-by-side", "", "", "Show what would change in two columns, and write nothing (as --preview)."},
    {"interactive", "i", "", "Ask for each fix."},
    {"unsafe", "", "", "Apply fixes that may change behaviour too."},
    {"patch", "", "FILE", "Write the fixes as a patch that `git apply` takes (- for standard output), and nothing else."},
    {"commit", "", "", "Commit the fixes on a new branch; work tree, index and HEAD stay as they are."},
    {"branch", "", "NAME", "The branch that --commit makes."},
    {"message", "m", "TEXT", "The message of --commit."},
    {"verify-cmd", "", "COMMAND", "Keep the fixes only if this command passes with them, in a sandbox.", "verify_cmd"},
    {"verify-rw", "", "PATH", "A path that the verify command may write.", "verify_rw", {}, true},
    {"rule", "", "RULE", "Only this rule: its fixes, its tests.", {}, {}, true},
    {"report-dir", "", "FOLDER", "Where ci writes the reports; peer-report when nothing is said."},
    {"publish", "", "FORGE", "github, gitlab or none; default: the forge of the job, if there is a token."},
    {"dry-run", "", "", "Print what would be sent to the forge, and send nothing."},
    {"change", "", "N", "The number of the pull or merge request; default: that of the job."},
    {"command", "", "WORDS", "Carry out what could stand in a comment, for the one who started the job: review, fix, explain ID, ignore ID reason."},
    {"max-comments", "", "N", "How many comments may stand open on lines; default: 7."},
    {"labels", "", "", "Label the change: peer: errors, warnings, clean or incomplete."},
    {"code-scanning", "", "", "Upload SARIF to GitHub's code scanning too."},
    {"publish-name", "", "NAME", "Tells several Peers on one change apart, and names the check run; default: peer."},
    {"force", "", "", "Overwrite what is there."},
    {"update", "U", "", "Write the snapshots of rule tests that differ."},
    {"skip-snapshot-tests", "", "", "Only ask whether rules report, not what they say."},
    {"include-off", "", "", "Test rules that are switched off too."},
    {"test-dir", "", "FOLDER", "Look for rule tests there instead of where the project says."},
    {"snapshot-dir", "", "FOLDER", "The folder of snapshots below that of the tests; default __snapshots__."},
    {"level", "", "LEVEL", "full, focus, signatures or symbols: show no more of what did not change."},
    {"budget", "", "TOKENS", "Tokens that each file may take."},
    {"model", "", "NAME", "Count tokens as this model does, or as more than it may take where its tokens are not known."},
    // audits
    {"since", "", "DATE|REV|last", "Only what changed since that day (UTC), that revision or the last audit."},
    {"repos", "", "FILE", "Audit the repositories that a file lists (- for standard input): a path or an address per line."},
    {"open-issue", "", "", "Keep one issue about the audit in the repository on its forge: opened, updated, closed when clean."},
    {"known-as", "", "NAME", "The name under which the history keeps the repository; default: its folder."},
    {"time-limit", "", "SECONDS", "End the audit of a repository that takes longer; default: 3600."},
    {"top", "", "N", "How many of the worst files and rules to list."},
});
// clang-format on

constexpr auto kCommon =
    std::to_array<std::string_view>({"help", "config", "color", "quiet", "verbose"});

}  // namespace

std::span<const Flag> all_flags() { return kFlags; }
std::span<const std::string_view> common_flags() { return kCommon; }

const Flag* find_flag(std::string_view name) {
  const auto* it =
      std::find_if(kFlags.begin(), kFlags.end(), [&](const Flag& f) { return f.name == name; });
  return it == kFlags.end() ? nullptr : it;
}

}  // namespace peer
