// peer fix-all: review, prove fixes, apply those that may be applied.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/workers.hpp"
#include "bot/cli.hpp"
#include "bot/commands/ci_files.hpp"
#include "bot/commands/fix_delivery.hpp"
#include "bot/commands/model_stage.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/examiner.hpp"
#include "bot/fixing/ask.hpp"
#include "bot/fixing/fix_files.hpp"
#include "bot/fixing/user_check.hpp"
#include "bot/sandbox/sandboxed_check.hpp"
#include "bot/session.hpp"
#include "reporters/receipt.hpp"

namespace peer {
namespace {

/// The files of the change that `wanted` names, with their contents.
Result<std::vector<FixTarget>> targets_of(const Reviewed& reviewed,
                                          std::map<std::string, std::set<std::string>> wanted) {
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
    if (finding.fix.has_value() == with && finding.side == Side::new_side)
      wanted[finding.path].insert(finding.fingerprint);
  return wanted;
}

FixPolicy policy_of(const Reviewed& reviewed, const Invocation& invocation,
                    const Session& session) {
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
                      if (c.empty())
                        return line.empty() ? std::nullopt : std::optional<std::string>(line);
                      line += c;
                    }
                  },
                  session.out_is_terminal};
}

/// Asks about each fix, then fixes again with what was accepted alone.
std::vector<FixedFile> ask_and_fix(std::vector<FixTarget> targets,
                                   const std::vector<FixedFile>& tried, const Examine& examine,
                                   FixPolicy policy, Session& session) {
  const auto answers = ask(tried, dialogue_of(session));
  std::vector<FixTarget> accepted;
  for (auto& target : targets) {
    std::erase_if(target.wanted, [&](const std::string& print) {
      return !answers.accepted.contains({target.job.file.path, print});
    });
    if (target.wanted.empty()) continue;
    accepted.push_back(std::move(target));
  }
  policy.unsafe = true;  // a human looked
  return fix_files(accepted, examine, policy, session.stop);
}

/// Fixes leave in one way, and what belongs to another would be passed over in silence.
Result<void> check_one_way_out(const Invocation& invocation) {
  std::vector<std::string_view> said;
  if (shows_only(invocation))
    said.emplace_back(invocation.has("preview") ? "preview" : "side-by-side");
  for (const std::string_view name : {"patch", "commit"})
    if (invocation.has(name)) said.push_back(name);
  if (said.size() > 1)
    return fail(ErrorKind::invalid_input,
                fmt::format("--{} and --{} exclude each other", said[0], said[1]));
  for (const std::string_view name : {"branch", "message"})
    if (invocation.has(name) && !invocation.has("commit"))
      return fail(ErrorKind::invalid_input,
                  fmt::format("--{} goes with --commit, which is missing; nothing was done", name));
  return {};
}

/// The user's check in a sandbox; it must not outlive what it is given.
UserCheck check_of(const Reviewed& reviewed, const Session& session) {
  SandboxedCheck sandboxed{
      reviewed.config.verify_cmd, {}, std::chrono::seconds(600), {}, session.stop};
  for (const auto& path : reviewed.config.verify_rw)
    sandboxed.writable.emplace_back(session.folder / path);
  return [sandboxed, &reviewed, &session](std::span<const FileContent> fixed) {
    return run_in_sandbox(sandboxed, reviewed.input.root, fixed, session.environment,
                          available_sandbox(session.environment));
  };
}

/// What --verify-cmd and --verify-rw say can be done. An empty command is a variable that was not
/// set, not a wish for none.
Result<void> check_verify_options(const Reviewed& reviewed, const Invocation& invocation,
                                  const Session& session) {
  const auto& command = reviewed.config.verify_cmd;
  if (invocation.has("verify-cmd") && trim(command).empty())
    return fail(ErrorKind::invalid_input, "--verify-cmd is empty: nothing would be verified");
  if (command.empty()) return {};
  if (!may_stand_in_work_tree(reviewed.input))
    return fail(ErrorKind::refused, "--verify-cmd needs fixes of a work tree");
  for (const auto& path : reviewed.config.verify_rw) {
    std::error_code error;
    if (!std::filesystem::exists(session.folder / path, error))
      return fail(
          ErrorKind::not_found,
          fmt::format("--verify-rw {}: there is no such file or folder", visible(path, false)));
  }
  return {};
}

Result<void> run_verify_command(std::vector<FixedFile>& files, ModelStage& models,
                                const Reviewed& reviewed, FixDelivery& delivery, Session& session) {
  const auto& command = reviewed.config.verify_cmd;
  if (command.empty()) return {};
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
  if (!outcome->passed) {
    delivery.check_failed();
    delivery.tell(fmt::format("{}: {}; nothing was written\n{}\n", command, outcome->detail,
                              visible(outcome->output)));
  }
  return {};
}

/// Tests that models suggest, the summary, and what it all cost.
std::string closing_words(const Report& report) {
  std::string text;
  for (const auto& fix : report.fixes) {
    if (!fix.suggested_test) continue;
    text += fmt::format("a test for {} in {}, as a model suggests it (nobody ran it):\n", fix.rule,
                        visible(fix.path, false));
    for (const auto row : split_lines(*fix.suggested_test))
      text += fmt::format("    {}\n", visible(row, false));
  }
  for (const auto& line : report.summary.value_or(std::vector<std::string>{}))
    text += visible(line, false) + "\n";
  return text + receipt_line(report.receipt) + "\n";
}

/// Whether fixes of models may be applied: what is committed with no human looking needs the user's
/// own check.
bool models_may_apply(const Reviewed& reviewed, const Invocation& invocation) {
  return !invocation.has("commit") || invocation.has("interactive") ||
         !reviewed.config.verify_cmd.empty();
}

int fix_all(const Invocation& invocation, Session& session) {
  if (auto one = check_one_way_out(invocation); !one) return complain(one.error(), session);
  auto reviewed = run_review(invocation, session, {.command = "fix-all"});
  if (!reviewed) return complain(reviewed.error(), session);
  if (auto sound = check_verify_options(*reviewed, invocation, session); !sound)
    return complain(sound.error(), session);
  FixDelivery delivery(*reviewed, invocation, session);
  auto targets = targets_of(*reviewed, findings_with_fix(reviewed->report, true));
  if (!targets) return complain(targets.error(), session);
  const auto policy = policy_of(*reviewed, invocation, session);
  const Examiner examiner(reviewed->config, session);
  const Examine examine = [&](const FileJob& job) {
    return examiner.examine(job, reviewed->config.examine, session.stop);
  };
  auto files = fix_files(*targets, examine, policy, session.stop);
  const bool interactive = invocation.has("interactive");
  if (interactive) files = ask_and_fix(std::move(*targets), files, examine, policy, session);
  ModelStage models(*reviewed, policy, examine, session);
  if (!reviewed->config.verify_cmd.empty() && may_stand_in_work_tree(reviewed->input))
    models.set_check(check_of(*reviewed, session));
  if (reviewed->config.ai.roster.mode != AiMode::local) {
    auto unfixed = targets_of(*reviewed, findings_with_fix(reviewed->report, false));
    if (!unfixed) return complain(unfixed.error(), session);
    const auto dialogue = dialogue_of(session);
    const auto done = models.run(files, *unfixed, models_may_apply(*reviewed, invocation),
                                 interactive ? &dialogue : nullptr);
    if (!done) return complain(done.error(), session);
  }
  if (auto checked = run_verify_command(files, models, *reviewed, delivery, session); !checked)
    return complain(checked.error(), session);
  if (!delivery.carry_out(files))
    return tell_github(delivery.exit_code(files), reviewed->report, invocation, session);
  for (const auto& file : files)
    reviewed->report.fixes.insert(reviewed->report.fixes.end(), file.fixes.begin(),
                                  file.fixes.end());
  models.close(invocation.has("suggest-tests"));
  const bool reported =
      !invocation.has("format") || write_reports(*reviewed, invocation, session) != kExitUsage;
  delivery.tell_outcome(files);
  if (models.asked() && !invocation.has("format")) delivery.tell(closing_words(reviewed->report));
  return tell_github(reported ? delivery.exit_code(files) : kExitUsage, reviewed->report,
                     invocation, session);
}

constexpr auto kFlags = std::to_array<std::string_view>({"preview",
                                                         "side-by-side",
                                                         "interactive",
                                                         "unsafe",
                                                         "rule",
                                                         "patch",
                                                         "commit",
                                                         "branch",
                                                         "message",
                                                         "verify-cmd",
                                                         "verify-rw",
                                                         "base",
                                                         "head",
                                                         "staged",
                                                         "diff-file",
                                                         "trust-owner",
                                                         "filter",
                                                         "exclude",
                                                         "generated",
                                                         "vendored",
                                                         "rules",
                                                         "only-rules",
                                                         "off",
                                                         "error",
                                                         "warning",
                                                         "info",
                                                         "hint",
                                                         "min-severity",
                                                         "min-confidence",
                                                         "baseline",
                                                         "no-baseline",
                                                         "import",
                                                         "fail-on",
                                                         "no-cache",
                                                         "jobs",
                                                         "isolate",
                                                         "format",
                                                         "ai",
                                                         "second-opinion",
                                                         "suggest-tests",
                                                         "max-cost",
                                                         "max-calls",
                                                         "llm-concurrency",
                                                         "offline"});

constexpr std::string_view kDetails =
    "Every fix is tried on a copy first: it must apply exactly, parse, clear its finding, bring no "
    "new one and\n"
    "change nothing when applied again. What fails a step is not written, and the step is named. "
    "Safe fixes are\n"
    "applied; --unsafe adds those that may change behaviour. With --ai models are asked about what "
    "no rule can\n"
    "fix: what they propose is proved the same way, applied from a confidence of 8 of 10 on, and "
    "else offered.\n"
    "\n"
    "  peer fix-all --preview              see what would change\n"
    "  peer fix-all --side-by-side         the same in two columns\n"
    "  peer fix-all --interactive          decide fix by fix\n"
    "  peer fix-all --patch fixes.diff     a patch for `git apply`\n"
    "  peer fix-all --commit -m 'Tidy up'  on a new branch, without touching anything else\n"
    "  peer fix-all --verify-cmd 'make test'";

}  // namespace

std::span<const Command> commands_fix_all() {
  static const std::array kCommands{
      Command{.name = "fix-all",
              .alias = {},
              .arguments = "[RANGE|PATH..]",
              .summary = "Review, prove fixes, and apply the safe ones.",
              .details = kDetails,
              .flags = kFlags,
              .run = fix_all},
  };
  return kCommands;
}

}  // namespace peer
