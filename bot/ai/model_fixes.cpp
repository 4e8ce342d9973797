#include "bot/ai/model_fixes.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "analyzers/fix/apply.hpp"
#include "analyzers/fix/protected.hpp"
#include "analyzers/fix/unified.hpp"
#include "analyzers/import/join.hpp"
#include "analyzers/languages/language.hpp"
#include "analyzers/parse/parse.hpp"
#include "base/text.hpp"
#include "base/workers.hpp"
#include "bot/ai/ask_progress.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostFindings = 200;    // that models are asked about in one run
constexpr std::size_t kMostProposal = 2'000;  // bytes of an answer that is shown as text
// what no edit of one place repairs
constexpr std::array<std::string_view, 4> kBeyondModels{"merge-conflict-marker", "duplicate-code",
                                                        "steering-file", "executable-added"};

/// The row of `path`, made where there is none.
std::size_t row_for(std::vector<FixedFile>& files, const FixTarget& target) {
  const auto& path = target.job.file.path;
  const auto it = std::find_if(files.begin(), files.end(),
                               [&](const FixedFile& file) { return file.path == path; });
  if (it != files.end()) return static_cast<std::size_t>(it - files.begin());
  FixedFile file;
  file.path = path;
  file.before = file.after = target.job.after.value_or("");
  files.push_back(std::move(file));
  return files.size() - 1;
}

/// The file as rule fixes left it, examined.
Draft draft_after(const FixTarget& target, const FixedFile& fixed, const ModelFixPlan& plan) {
  const auto& parse = plan.policy.rounds.verify.parse;
  auto draft = make_draft(target.job, plan.examine, parse);
  if (!fixed.changed()) return draft;
  const auto text = decode_text(fixed.after).text;
  const Edit all{{0, static_cast<std::uint32_t>(draft.file.text().size())}, text};
  const auto edits = refined(draft.file.text(), all);
  auto job = edited_job(draft, edits, text);
  job.imported = carry_over(draft.job.imported, draft.review.findings, {}, EditMap(edits));
  return make_draft(std::move(job), plan.examine, parse);
}

bool is_asked_about(const Finding& finding, const FixTarget& target, const FixPolicy& policy) {
  if (finding.fix || finding.suppressed || !target.wanted.contains(finding.fingerprint))
    return false;
  if (!policy.rules.empty() && !policy.rules.contains(finding.rule)) return false;
  return std::find(kBeyondModels.begin(), kBeyondModels.end(), finding.rule) == kBeyondModels.end();
}

/// Whom to ask about a finding, in which order, and how.
struct Asking {
  FixTools tools;
  std::string question_class;
};

Asking asking_for(const Draft& draft, const Finding& finding, const ModelFixPlan& plan,
                  const std::stop_token& stop) {
  RouteRequest request;
  request.task = Task::fix;
  if (const auto* language = draft.file.language()) request.language = language->name;
  request.lines = draft.file.lines().line_count();
  request.category = finding.rule == "syntax-error" ? "syntax" : finding.category;
  const auto routed = plan.ai.route(request);
  Asking out;
  out.question_class = routed.route.question_class;
  auto& tools = out.tools;
  for (const auto& target : routed.targets)
    tools.models.push_back(target.model);
  tools.ask = [&plan, stop, targets = routed.targets, file = finding.path, rule = finding.rule](
                  const FixQuestion& asked) -> tl::expected<FixAnswer, CallFailure> {
    CompletionKey key;
    key.prompt_version = asked.prompt_version;
    key.rules_version = PEER_VERSION;
    auto answer = plan.ai.ask_one(targets[asked.model], asked.question, key, stop,
                                  {file, rule, false, asked.file_tokens, asked.shown_tokens});
    if (!answer) return tl::unexpected(answer.error());
    return FixAnswer{std::move(answer->text), answer->from != CacheTier::none};
  };
  tools.digests = [&plan](const SourceFile& text, const DigestRequest& asked) {
    return plan.ai.digests(text, asked);
  };
  tools.examine = plan.examine;
  tools.verify = plan.policy.rounds.verify;
  tools.calibration = &plan.ai.ledger().calibration();
  if (plan.guidance) tools.guidance = plan.guidance(finding.path);
  tools.second_opinion = plan.second_opinion == SecondOpinion::always ||
                         (plan.second_opinion == SecondOpinion::security &&
                          finding.category == "security" && finding.severity == Severity::error);
  if (plan.user_check)
    tools.user_check = [&plan, &draft, path = finding.path](const Fix& fix) -> std::optional<bool> {
      const auto text = apply_edits(draft.file.text(), fix.edits);
      if (!text) return std::nullopt;
      const auto job = edited_job(draft, fix.edits, *text);
      return plan.user_check(path, draft.job.after.value_or(""), job.after.value_or(""));
    };
  tools.stop = stop;
  return out;
}

/// What was shown about each proposal, for the next run.
void remember(const Asking& asking, const Finding& finding, const Solved& solved, Ai& ai) {
  for (const auto& proposal : solved.proposals) {
    CallMetric about;
    about.model = full_name(asking.tools.models[proposal.model]);
    about.task = to_string(Task::fix);
    about.file = finding.path;
    about.rule = finding.rule;
    ai.ledger().outcome(about, asking.question_class, proposal.proved ? 1 : 0, proposal.own_score,
                        finding.category);
  }
}

std::string_view outcome_word(const Solved& solved) {
  switch (solved.kind) {
    case Solved::Kind::proved:
      return "proved";
    case Solved::Kind::unverified:
      return "not verified";
    case Solved::Kind::nothing:
      break;
  }
  return "no fix";
}

void tell(const ModelFixPlan& plan, const Finding& finding, const Solved& solved,
          std::chrono::steady_clock::duration took) {
  if (!plan.progress) return;
  AskedLine line;
  const auto place = fmt::format("{}:{}", finding.path, finding.at.start.line);
  line.place = place;
  line.what = finding.rule;
  line.model = solved.model_name;
  line.status = outcome_word(solved);
  line.took = std::chrono::duration_cast<std::chrono::milliseconds>(took);
  if (solved.kind == Solved::Kind::proved) line.confidence = solved.judgement.confidence;
  line.cached = solved.cached;
  plan.progress(progress_line(line));
}

bool overlaps_any(const Fix& fix, std::span<const Candidate> others) {
  for (const auto& other : others)
    for (const auto& theirs : other.fix.edits)
      for (const auto& ours : fix.edits)
        if (ours.span.overlaps(theirs.span) || ours.span.begin == theirs.span.begin) return true;
  return false;
}

/// Of `wanted` (indices in file.findings) those that hold together, with the file they make.
std::vector<std::size_t> hold_together(const SolvedFile& file,
                                       const std::vector<std::size_t>& wanted,
                                       const ModelFixPlan& plan, std::optional<Draft>& after) {
  std::vector<Candidate> candidates;
  std::vector<std::size_t> taken;
  for (const auto i : wanted) {
    const auto& one = file.findings[i];
    if (overlaps_any(one.solved.fix, candidates)) continue;
    candidates.push_back({one.finding, one.solved.fix});
    auto trial = try_fixes(file.draft, candidates, plan.examine, plan.policy.rounds.verify);
    if (!trial.holds()) {
      candidates.pop_back();
      continue;
    }
    taken.push_back(i);
    after = std::move(trial.after);
  }
  return taken;
}

void take_file(FixedFile& fixed, const SolvedFile& file, const ModelFixPlan& plan,
               const std::function<bool(const ProvedFix&)>& accept) {
  std::vector<ProvedFix> fixes;
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < file.findings.size(); ++i) {
    fixes.push_back(proved_fix_of(file, file.findings[i]));
    if (accept(fixes[i])) wanted.push_back(i);
  }
  std::optional<Draft> after;
  const auto taken = hold_together(file, wanted, plan, after);
  for (std::size_t i = 0; i < fixes.size(); ++i) {
    auto& fix = fixes[i];
    const bool asked = std::find(wanted.begin(), wanted.end(), i) != wanted.end();
    if (std::find(taken.begin(), taken.end(), i) != taken.end())
      fix.decision = Decision::apply;
    else if (fix.decision == Decision::apply)
      fix.decision = Decision::offer;
    if (asked && fix.decision != Decision::apply)
      fix.reasoning += " It does not go together with another fix of this run: run Peer again.";
    fixed.findings.push_back(file.draft.review.findings[file.findings[i].finding]);
    fixed.fixes.push_back(std::move(fix));
  }
  if (!after) return;
  fixed.after = after->job.after.value_or(fixed.after);
  fixed.review = std::move(after->review);
}

/// Chooses what is asked about in `file`: at most `room` findings. Gives how many that leaves out.
std::size_t choose_findings(SolvedFile& file, const FixTarget& target, const ModelFixPlan& plan,
                            std::size_t room) {
  if (file.draft.conflicted) return 0;
  std::size_t left_out = 0;
  const auto& findings = file.draft.review.findings;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!is_asked_about(findings[i], target, plan.policy)) continue;
    if (file.findings.size() < room)
      file.findings.push_back({i, {}});
    else
      ++left_out;
  }
  return left_out;
}

}  // namespace

bool by_model(const ProvedFix& fix) { return fix.fix.origin.starts_with("model:"); }

SolvedFiles solve_with_models(std::vector<FixedFile>& files, std::span<const FixTarget> targets,
                              const ModelFixPlan& plan, const std::stop_token& stop) {
  SolvedFiles out;
  std::vector<std::pair<std::size_t, std::size_t>> tasks;  // file, finding of it
  std::size_t left_out = 0;
  for (const auto& target : targets) {
    if (const auto why = protected_path(target.job.file.path)) {
      out.notes.push_back(fmt::format("no model was asked about {}: it {}",
                                      visible(target.job.file.path, false), *why));
      continue;
    }
    const auto row = row_for(files, target);
    SolvedFile file{draft_after(target, files[row], plan), row, {}};
    left_out += choose_findings(file, target, plan, kMostFindings - tasks.size());
    if (file.findings.empty()) continue;
    for (std::size_t i = 0; i < file.findings.size(); ++i)
      tasks.emplace_back(out.files.size(), i);
    out.files.push_back(std::move(file));
  }
  if (left_out > 0)
    out.notes.push_back(
        fmt::format("models were asked about the first {} findings, not about {} more",
                    kMostFindings, left_out));
  for_each_index(tasks.size(), plan.concurrency, {}, [&](std::size_t i) {
    auto& file = out.files[tasks[i].first];
    auto& one = file.findings[tasks[i].second];
    const auto began = plan.clock.steady();
    const auto& finding = file.draft.review.findings[one.finding];
    const auto asking = asking_for(file.draft, finding, plan, stop);
    one.solved = solve(file.draft, one.finding, asking.tools);
    remember(asking, finding, one.solved, plan.ai);
    tell(plan, finding, one.solved, plan.clock.steady() - began);
  });
  for (const auto& file : out.files)
    for (const auto& one : file.findings)
      out.refused = out.refused || one.solved.refused;
  return out;
}

ProvedFix proved_fix_of(const SolvedFile& file, const SolvedFinding& one) {
  const auto& finding = file.draft.review.findings[one.finding];
  const auto& solved = one.solved;
  ProvedFix fix;
  fix.fingerprint = finding.fingerprint;
  fix.rule = finding.rule;
  fix.path = finding.path;
  fix.fix.origin = "model:" + solved.model_name;
  fix.decision = Decision::reject;
  if (solved.kind == Solved::Kind::nothing) {
    fix.reasoning = "No model has a fix: " + solved.reason;
    return fix;
  }
  if (solved.kind == Solved::Kind::unverified) {
    fix.reasoning = "A model proposes this, and Peer could not verify it:\n" +
                    visible(solved.proposal.substr(0, kMostProposal));
    return fix;
  }
  fix.fix = solved.fix;
  fix.proof = solved.proof;
  fix.confidence = solved.judgement.confidence;
  fix.decision = solved.judgement.decision;
  if (!solved.reasoning.empty()) fix.reasoning = solved.reasoning + " ";
  fix.reasoning += fmt::format("({}.) ", fix.fix.origin);
  for (const auto& reason : solved.judgement.reasons)
    fix.reasoning += reason + " ";
  fix.reasoning.resize(trim_end(fix.reasoning).size());
  fix.diff = diff_of_edits(finding.path, file.draft.file.text(), LineFeeds(file.draft.file.text()),
                           fix.fix.edits);
  return fix;
}

void take_model_fixes(std::vector<FixedFile>& files, const SolvedFiles& solved,
                      const ModelFixPlan& plan,
                      const std::function<bool(const ProvedFix&)>& accept) {
  for (const auto& file : solved.files)
    take_file(files[file.file], file, plan, accept);
}

}  // namespace peer
