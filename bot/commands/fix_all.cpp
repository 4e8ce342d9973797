// peer fix-all: review, prove fixes, apply those that may be applied.
#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include <fmt/format.h>

#include "analyzers/checks/secrets/scan.hpp"
#include "base/text.hpp"
#include "base/workers.hpp"
#include "bot/cli.hpp"
#include "bot/commands/model_stage.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/examiner.hpp"
#include "bot/fixing/ask.hpp"
#include "bot/fixing/fix_files.hpp"
#include "bot/fixing/lock.hpp"
#include "bot/fixing/message.hpp"
#include "bot/fixing/patch.hpp"
#include "bot/fixing/user_check.hpp"
#include "bot/fixing/write.hpp"
#include "bot/git/commit.hpp"
#include "bot/sandbox/sandboxed_check.hpp"
#include "bot/session.hpp"
#include "reporters/receipt.hpp"
#include "reporters/render/diff.hpp"

namespace peer {
namespace {

/// The files of the change that `wanted` names, with their contents.
Result<std::vector<FixTarget>> targets_of(const Reviewed& reviewed, std::map<std::string, std::set<std::string>> wanted) {
  std::vector<FixTarget> targets;
  for (const auto& file : reviewed.report.change.files) {
    const auto it = wanted.find(file.path);
    if (it == wanted.end() || !file.after) continue;
    auto after = reviewed.input.read_blob(*file.after, file.path);
    if (!after) return fail(after.error());
    std::optional<std::string> before;
    if (file.before) {
      auto bytes = reviewed.input.read_blob(*file.before, file.old_path);
      if (bytes) before = std::move(*bytes);
    }
    const bool whole = reviewed.report.change.whole_files || !before;
    FileJob job{file, std::move(before), std::move(*after), whole, {}};
    if (reviewed.imports) job.imported = reviewed.imports->of(file.path, *job.after);
    targets.push_back({std::move(job), std::move(it->second)});
  }
  return targets;
}

/// Fingerprints by file of the findings that have a fix, or that have none.
std::map<std::string, std::set<std::string>> findings_with_fix(const Report& report, bool with) {
  std::map<std::string, std::set<std::string>> wanted;
  for (const auto& finding : report.findings)
    if (finding.fix.has_value() == with && finding.side == Side::new_side) wanted[finding.path].insert(finding.fingerprint);
  return wanted;
}

FixPolicy policy_of(const Reviewed& reviewed, const Invocation& invocation, const Session& session) {
  FixPolicy policy;
  policy.unsafe = invocation.has("unsafe");
  const auto rules = invocation.values("rule");
  policy.rules = {rules.begin(), rules.end()};
  policy.rounds.verify.parse = reviewed.config.examine.checks.parse;
  policy.rounds.stop = session.stop;
  policy.threads = reviewed.config.jobs;
  policy.editor = [&reviewed](std::string_view path) {
    return load_editor_settings(path, [&reviewed](std::string_view file) {
      auto text = reviewed.input.read_trusted(file);
      return text ? std::move(*text) : std::optional<std::string>{};
    });
  };
  return policy;
}

Dialogue dialogue_of(Session& session) {
  return Dialogue{session.out,
                          [&session]() -> std::optional<std::string> {
                            std::string line;
                            for (;;) {
                              const auto c = session.read_in(1);
                              if (c == "\n") return line;
                              if (c.empty()) return line.empty() ? std::nullopt : std::optional<std::string>(line);
                              line += c;
                            }
                          },
                          session.out_is_terminal};
}

/// Asks about each fix, then fixes again with what was accepted alone.
std::vector<FixedFile> ask_and_fix(std::vector<FixTarget> targets, const std::vector<FixedFile>& tried, const Examine& examine,
                                   FixPolicy policy, Session& session) {
  const auto answers = ask(tried, dialogue_of(session));
  std::vector<FixTarget> accepted;
  for (auto& target : targets) {
    std::set<std::string> both;
    std::set_intersection(target.wanted.begin(), target.wanted.end(), answers.accepted.begin(), answers.accepted.end(), std::inserter(both, both.end()));
    if (both.empty()) continue;
    target.wanted = std::move(both);
    accepted.push_back(std::move(target));
  }
  policy.unsafe = true;  // a human looked
  return fix_files(accepted, examine, policy, session.stop);
}

/// The new side stands in the work tree: as itself, or as the commit that is checked out (a file that differs there is then
/// refused when it is written).
bool stands_in_work_tree(const Input& input) {
  if (input.on_work_tree) return true;
  return input.repository && input.repository->work_tree() && !input.change.head.empty() &&
         input.repository->head() == input.change.head;
}

/// The user's check in a sandbox; it must not outlive what it is given.
UserCheck check_of(const Reviewed& reviewed, const Session& session) {
  SandboxedCheck sandboxed{reviewed.config.verify_cmd, {}, std::chrono::seconds(600), {}};
  for (const auto& path : reviewed.config.verify_rw) sandboxed.writable.emplace_back(session.folder / path);
  return [sandboxed, &reviewed, &session](std::span<const FileContent> fixed) {
    return run_in_sandbox(sandboxed, reviewed.input.root, fixed, session.environment, available_sandbox(session.environment));
  };
}

Result<void> run_verify_command(std::vector<FixedFile>& files, ModelStage& models, const Reviewed& reviewed, Session& session) {
  if (reviewed.config.verify_cmd.empty()) return {};
  if (!stands_in_work_tree(reviewed.input))
    return fail(ErrorKind::refused, "--verify-cmd needs fixes of a work tree");
  const auto check = check_of(reviewed, session);
  auto tried = files;
  auto outcome = keep_if_check_passes(tried, check);
  if (!outcome) return fail(outcome.error());
  if (!outcome->passed && models.applied_any()) {
    const auto kept = models.keep_those_that_pass(files, check);
    if (!kept) return fail(kept.error());
    if (*kept) return {};
  }
  files = std::move(tried);
  if (!outcome->passed)
    session.out(fmt::format("{}: {}; nothing was written\n{}\n", reviewed.config.verify_cmd, outcome->detail, visible(outcome->output)));
  return {};
}

/// One line per fix, and for a rejected one the step that failed.
std::string summary(const std::vector<FixedFile>& files, std::string_view verb) {
  std::string text;
  std::size_t applied = 0, offered = 0, rejected = 0, changed = 0;
  bool unsafe_takes_some = false;  // never what a model wrote
  for (const auto& file : files) {
    changed += file.changed() ? 1 : 0;
    text += model_words(file);
    for (const auto& fix : file.fixes) {
      if (fix.decision == Decision::apply) ++applied;
      else if (fix.decision == Decision::reject) ++rejected;
      else ++offered, unsafe_takes_some = unsafe_takes_some || !by_model(fix);
      const auto* failure = fix.proof.failure();
      if (fix.decision == Decision::reject && !by_model(fix))
        text += fmt::format("not fixed: {}  {}: {}{}\n", visible(file.path, false), fix.rule,
                            failure == nullptr ? "could not be proved" : fmt::format("failed at \"{}\"", to_string(failure->step)),
                            failure == nullptr || failure->detail.empty() ? "" : ": " + visible(failure->detail, false));
    }
  }
  text += fmt::format("{} {} in {}", verb, count_of(applied, "fix", "fixes"), count_of(changed, "file"));
  if (offered > 0) text += fmt::format(", {} offered ({}--interactive)", offered, unsafe_takes_some ? "--unsafe or " : "");
  if (rejected > 0) text += fmt::format(", {} not proved", rejected);
  return text + "\n";
}

/// The patch of a file with secrets masked, for the screen.
std::string shown_patch(const FixedFile& file) {
  auto shown = file;
  shown.before = secrets::redact_lines(file.before, {file.path});
  shown.after = secrets::redact_lines(file.after, {file.path});
  return make_patch(std::span(&shown, 1)).text;
}

void show(const std::vector<FixedFile>& files, const Invocation& invocation, const Session& session, bool color) {
  for (const auto& file : files) {
    if (!file.changed()) continue;
    const auto patch = shown_patch(file);
    session.out(invocation.has("side-by-side") ? render_side_by_side(patch, color, session.width) : render_patch(patch, color));
  }
}

Result<std::size_t> write_files(const std::vector<FixedFile>& files, const Reviewed& reviewed, Session& session) {
  const auto& input = reviewed.input;
  auto lock = TreeLock::take(input.repository ? input.repository->git_dir() : input.root, input.root);
  if (!lock) return fail(lock.error());
  std::size_t failures = 0;
  for (const auto& file : files) {
    if (!file.changed()) continue;
    if (session.stop.stop_requested()) return fail(ErrorKind::unavailable, "stopped; the files named before are written, the rest is untouched");
    if (const auto done = write_file(*lock, {file.path, file.before, file.after}); !done) {
      session.complain(done.error());
      ++failures;
    }
  }
  return failures;
}

int commit(const std::vector<FixedFile>& files, const Reviewed& reviewed, const Invocation& invocation, Session& session) {
  if (!reviewed.input.repository) {
    session.complain("--commit needs a repository");
    return kExitUsage;
  }
  CommitRequest request;
  request.branch = invocation.value("branch");
  request.parent = reviewed.input.on_work_tree ? "" : reviewed.report.change.head;
  request.message = commit_message(files, invocation.value("message"));
  for (const auto& file : files)
    if (file.changed()) request.files.push_back({file.path, file.before, file.after});
  if (request.files.empty()) {
    session.out("nothing to commit\n");
    return kExitClean;
  }
  const auto committed = commit_files(*reviewed.input.repository, request, *session.clock);
  if (!committed) return complain(committed.error(), session);
  session.out(fmt::format("committed {} on {}; work tree, index and HEAD are as they were\n", committed->id.substr(0, 10), committed->branch));
  return kExitClean;
}

int write_patch(const std::vector<FixedFile>& files, const Invocation& invocation, Session& session) {
  const auto patch = make_patch(files);
  for (const auto& note : patch.left_out) session.complain(note);
  const auto name = invocation.value("patch");
  if (name == "-") {
    session.out(patch.text);
    return kExitClean;
  }
  std::ofstream out(session.folder / name, std::ios::binary | std::ios::trunc);
  out << patch.text;
  if (out.flush()) return kExitClean;
  session.complain(fmt::format("{} cannot be written", name));
  return kExitUsage;
}

/// What is left to say once fixes are applied or shown: findings that remain decide the exit code.
int exit_code_after(const Reviewed& reviewed, const std::vector<FixedFile>& files) {
  std::set<std::string> fixed;
  for (const auto& file : files)
    for (const auto& fix : file.fixes)
      if (fix.decision == Decision::apply) fixed.insert(fix.fingerprint);
  Report rest = reviewed.report;
  std::erase_if(rest.findings, [&](const Finding& finding) { return fixed.contains(finding.fingerprint); });
  decide(rest);
  return exit_code(rest);
}

int deliver(const std::vector<FixedFile>& files, const Reviewed& reviewed, const Invocation& invocation, Session& session) {
  const bool color = reviewed.config.color == Switch::always || (reviewed.config.color == Switch::automatic && session.out_is_terminal);
  if (invocation.has("patch")) return write_patch(files, invocation, session);
  if (invocation.has("preview")) {
    show(files, invocation, session, color);
    session.out(summary(files, "would apply"));
    return exit_code_after(reviewed, files);
  }
  if (invocation.has("commit")) {
    session.out(summary(files, "applied"));
    return commit(files, reviewed, invocation, session);
  }
  if (!stands_in_work_tree(reviewed.input)) {
    session.complain("these fixes are of a commit, not of the work tree: use --preview, --patch FILE or --commit");
    return kExitUsage;
  }
  const auto failures = write_files(files, reviewed, session);
  if (!failures) return complain(failures.error(), session);
  if (invocation.has("side-by-side")) show(files, invocation, session, color);
  session.out(summary(files, "applied"));
  return *failures > 0 ? kExitIncomplete : exit_code_after(reviewed, files);
}

/// Tests that models suggest, the summary, and what it all cost.
std::string closing_words(const Report& report) {
  std::string text;
  for (const auto& fix : report.fixes) {
    if (!fix.suggested_test) continue;
    text += fmt::format("a test for {} in {}, as a model suggests it (nobody ran it):\n", fix.rule, visible(fix.path, false));
    for (const auto row : split_lines(*fix.suggested_test)) text += fmt::format("    {}\n", visible(row, false));
  }
  for (const auto& line : report.summary.value_or(std::vector<std::string>{})) text += visible(line, false) + "\n";
  return text + receipt_line(report.receipt) + "\n";
}

/// Whether fixes of models may be applied: what is committed with no human looking needs the user's own check.
bool models_may_apply(const Reviewed& reviewed, const Invocation& invocation) {
  return !invocation.has("commit") || invocation.has("interactive") || !reviewed.config.verify_cmd.empty();
}

int fix_all(const Invocation& invocation, Session& session) {
  auto reviewed = run_review(invocation, session, {.command = "fix-all"});
  if (!reviewed) return complain(reviewed.error(), session);
  auto targets = targets_of(*reviewed, findings_with_fix(reviewed->report, true));
  if (!targets) return complain(targets.error(), session);
  const auto policy = policy_of(*reviewed, invocation, session);
  const Examiner examiner(reviewed->config, session);
  const Examine examine = [&](const FileJob& job) { return examiner.examine(job, reviewed->config.examine, session.stop); };
  auto files = fix_files(*targets, examine, policy, session.stop);
  const bool interactive = invocation.has("interactive");
  if (interactive) files = ask_and_fix(std::move(*targets), files, examine, policy, session);
  ModelStage models(*reviewed, policy, examine, session);
  if (!reviewed->config.verify_cmd.empty() && stands_in_work_tree(reviewed->input)) models.set_check(check_of(*reviewed, session));
  if (reviewed->config.ai.roster.mode != AiMode::local) {
    auto unfixed = targets_of(*reviewed, findings_with_fix(reviewed->report, false));
    if (!unfixed) return complain(unfixed.error(), session);
    const auto dialogue = dialogue_of(session);
    const auto done = models.run(files, *unfixed, models_may_apply(*reviewed, invocation), interactive ? &dialogue : nullptr);
    if (!done) return complain(done.error(), session);
  }
  if (auto checked = run_verify_command(files, models, *reviewed, session); !checked) return complain(checked.error(), session);
  for (const auto& file : files) reviewed->report.fixes.insert(reviewed->report.fixes.end(), file.fixes.begin(), file.fixes.end());
  models.close(invocation.has("suggest-tests"));
  const bool reported = !invocation.has("format") || write_reports(reviewed->report, reviewed->config, invocation, session, reviewed->input.root) != kExitUsage;
  const auto code = deliver(files, *reviewed, invocation, session);
  if (models.asked() && invocation.value("patch") != "-" && !invocation.has("format"))
    session.out(closing_words(reviewed->report));
  return reported ? code : kExitUsage;
}

constexpr auto kFlags = std::to_array<std::string_view>(
    {"preview", "side-by-side", "interactive", "unsafe", "rule", "patch", "commit", "branch", "message", "verify-cmd", "verify-rw",
     "base", "head", "staged", "diff-file", "trust-owner", "filter", "exclude", "generated", "vendored", "rules", "only-rules", "off", "error", "warning", "info", "hint", "min-severity",
     "min-confidence", "baseline", "no-baseline", "import", "fail-on", "no-cache", "jobs", "isolate", "format",
     "ai", "second-opinion", "suggest-tests", "max-cost", "max-calls", "llm-concurrency", "offline"});

constexpr std::string_view kDetails =
    "Every fix is tried on a copy first: it must apply exactly, parse, clear its finding, bring no new one and\n"
    "change nothing when applied again. What fails a step is not written, and the step is named. Safe fixes are\n"
    "applied; --unsafe adds those that may change behaviour. With --ai models are asked about what no rule can\n"
    "fix: what they propose is proved the same way, applied from a confidence of 8 of 10 on, and else offered.\n"
    "\n"
    "  peer fix-all --preview              see what would change\n"
    "  peer fix-all --interactive          decide fix by fix\n"
    "  peer fix-all --patch fixes.diff     a patch for `git apply`\n"
    "  peer fix-all --commit -m 'Tidy up'  on a new branch, without touching anything else\n"
    "  peer fix-all --verify-cmd 'make test'";

}  // namespace

std::span<const Command> commands_fix_all() {
  static const std::array kCommands{
      Command{.name = "fix-all", .alias = {}, .arguments = "[RANGE|PATH..]", .summary = "Review, prove fixes, and apply the safe ones.",
              .details = kDetails, .flags = kFlags, .run = fix_all},
  };
  return kCommands;
}

}  // namespace peer
