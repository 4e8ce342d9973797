#include "bot/commands/fix_delivery.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <set>

#include "analyzers/checks/secrets/scan.hpp"
#include "base/text.hpp"
#include "bot/commands/model_stage.hpp"
#include "bot/fixing/fix_key.hpp"
#include "bot/fixing/lock.hpp"
#include "bot/fixing/message.hpp"
#include "bot/fixing/patch.hpp"
#include "bot/fixing/write.hpp"
#include "bot/git/commit.hpp"
#include "reporters/render/diff.hpp"
#include "reporters/render/facts.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostLeft = 20;  // findings named one by one

struct Counts {
  std::size_t applied = 0, offered = 0, rejected = 0, changed = 0;
  bool unsafe_takes_some = false;  // never what a model wrote
};

Counts count(const std::vector<FixedFile>& files) {
  Counts counts;
  for (const auto& file : files) {
    counts.changed += file.changed() ? 1 : 0;
    for (const auto& fix : file.fixes) {
      if (fix.decision == Decision::apply)
        ++counts.applied;
      else if (fix.decision == Decision::reject)
        ++counts.rejected;
      else
        ++counts.offered, counts.unsafe_takes_some = counts.unsafe_takes_some || !by_model(fix);
    }
  }
  return counts;
}

std::string words_of_finding(const Finding& finding) {
  return fmt::format("{}:{}  {} {}: {}", visible(finding.path, false), finding.at.start.line,
                     to_string(finding.severity), visible(finding.rule, false),
                     visible(finding.message, false));
}

/// What a model proposed and did not prove has its own words.
bool rule_fix_failed(const ProvedFix& fix) {
  return fix.decision == Decision::reject && !by_model(fix);
}

std::string words_of_rejected(const FixedFile& file) {
  std::string text;
  for (std::size_t i = 0; i < file.fixes.size() && i < file.findings.size(); ++i) {
    const auto& fix = file.fixes[i];
    const auto& finding = file.findings[i];
    if (!rule_fix_failed(fix)) continue;
    const auto* failure = fix.proof.failure();
    const auto what =
        failure == nullptr
            ? fix.reasoning.empty() ? "could not be proved" : visible(fix.reasoning, false)
            : fmt::format("failed at \"{}\"", to_string(failure->step));
    text += fmt::format("not fixed: {}\n    {}{}\n", words_of_finding(finding), what,
                        failure == nullptr || failure->detail.empty()
                            ? ""
                            : ": " + visible(failure->detail, false));
  }
  return text;
}

/// The findings that no fix took away; those `named` before are only counted.
std::string words_of_left(const Report& rest, const std::set<FixKey>& named) {
  if (rest.findings.empty()) return {};
  std::vector<const Finding*> others;
  for (const auto& finding : rest.findings)
    if (!named.contains(key_of(finding))) others.push_back(&finding);
  const auto before = rest.findings.size() - others.size();
  auto text = fmt::format("left: {}", count_of(rest.findings.size(), "finding"));
  if (before > 0)
    text += others.empty() ? ", named above" : fmt::format(", {} of them named above", before);
  text += "\n";
  for (std::size_t i = 0; i < others.size() && i < kMostLeft; ++i)
    text += fmt::format("  {}\n", words_of_finding(*others[i]));
  if (others.size() > kMostLeft)
    text += fmt::format("  and {} more: `peer review` shows them\n", others.size() - kMostLeft);
  return text;
}

/// What is still there once the fixes are taken: findings, and what nobody looked at.
std::string words_of_rest(const Report& rest, const std::set<FixKey>& named) {
  auto text = words_of_left(rest, named);
  for (const auto& gap : gaps(rest))
    text += fmt::format("not examined: {}{}{}: {}\n", visible(gap.path, false),
                        gap.lines.empty() ? "" : " ", gap.lines, visible(gap.reason, false));
  if (rest.complete) return text;
  for (const auto& sentence : degraded_sentences(rest))
    text += visible(sentence, false) + "\n";
  return text + "incomplete: " + coverage_words(rest) + "\n";
}

/// The patch of a file with secrets masked, for the screen.
std::string shown_patch(const FixedFile& file) {
  auto shown = file;
  shown.before = secrets::redact_lines(file.before, {file.path});
  shown.after = secrets::redact_lines(file.after, {file.path});
  return make_patch(std::span(&shown, 1)).text;
}

/// Nothing of the file was applied after all.
void take_back(FixedFile& file, const std::string& why) {
  file.after = file.before;
  for (auto& fix : file.fixes)
    if (fix.decision == Decision::apply) {
      fix.decision = Decision::reject;
      fix.reasoning = why;
    }
}

}  // namespace

bool may_stand_in_work_tree(const Input& input) {
  if (input.on_work_tree) return true;
  if (!input.repository || !input.repository->work_tree())
    return !input.repository && input.change.head.empty();
  return input.change.head.empty() || input.repository->head() == input.change.head;
}

bool shows_only(const Invocation& invocation) {
  return invocation.has("preview") || invocation.has("side-by-side");
}

FixDelivery::FixDelivery(const Reviewed& reviewed, const Invocation& invocation, Session& session)
    : reviewed_(reviewed),
      invocation_(invocation),
      session_(session),
      way_(invocation.has("patch")    ? Way::patch
           : shows_only(invocation)   ? Way::preview
           : invocation.has("commit") ? Way::commit
                                      : Way::work_tree) {}

void FixDelivery::tell(std::string_view text) const {
  if (invocation_.value("patch") == "-")
    session_.err(text);
  else
    session_.out(text);
}

bool FixDelivery::give_up(int code) {
  failure_ = worst_exit_code({failure_, code});
  return false;
}

bool FixDelivery::carry_out(std::vector<FixedFile>& files) {
  switch (way_) {
    case Way::patch:
      return write_patch(files);
    case Way::preview:
      return show(files), true;
    case Way::commit:
      return commit(files);
    case Way::work_tree:
      return write(files);
  }
  return true;
}

void FixDelivery::show(const std::vector<FixedFile>& files) const {
  const auto wanted = reviewed_.config.color;
  const bool color =
      wanted == Switch::always || (wanted == Switch::automatic && session_.out_is_terminal);
  for (const auto& file : files) {
    if (!file.changed()) continue;
    const auto patch = shown_patch(file);
    session_.out(invocation_.has("side-by-side") ? render_side_by_side(patch, color, session_.width)
                                                 : render_patch(patch, color));
  }
}

bool FixDelivery::write(std::vector<FixedFile>& files) {
  const auto& input = reviewed_.input;
  if (!may_stand_in_work_tree(input)) {
    session_.complain(
        "these fixes are of a commit that is not checked out: use --preview, --patch FILE or "
        "--commit");
    return give_up(kExitUsage);
  }
  if (std::none_of(files.begin(), files.end(),
                   [](const FixedFile& file) { return file.changed(); }))
    return true;
  auto lock =
      TreeLock::take(input.repository ? input.repository->git_dir() : input.root, input.root);
  if (!lock) return give_up(complain(lock.error(), session_));
  for (auto& file : files) {
    if (!file.changed()) continue;
    if (session_.stop.stop_requested()) {
      session_.complain(
          "stopped; what is named below as applied is written, the rest is untouched");
      take_back(file, "stopped before it was written");
      failure_ = kExitIncomplete;
    } else if (const auto done = write_file(*lock, {file.path, file.before, file.after}); !done) {
      session_.complain(done.error());
      take_back(file, "the file was not written: " + done.error().message);
      failure_ = kExitIncomplete;
    }
  }
  return true;
}

bool FixDelivery::commit(const std::vector<FixedFile>& files) {
  if (!reviewed_.input.repository) {
    session_.complain("--commit needs a repository");
    return give_up(kExitUsage);
  }
  CommitRequest request;
  request.branch = invocation_.value("branch");
  request.parent = reviewed_.input.on_work_tree ? "" : reviewed_.report.change.head;
  request.message = commit_message(files, invocation_.value("message"));
  for (const auto& file : files)
    if (file.changed()) request.files.push_back({file.path, file.before, file.after});
  if (request.files.empty()) {
    done_ = "nothing to commit\n";
    return true;
  }
  const auto committed = commit_files(*reviewed_.input.repository, request, *session_.clock);
  if (!committed) return give_up(complain(committed.error(), session_));
  done_ = fmt::format("committed {} on {}; work tree, index and HEAD are as they were\n",
                      committed->id.substr(0, 10), committed->branch);
  return true;
}

bool FixDelivery::write_patch(const std::vector<FixedFile>& files) {
  const auto patch = make_patch(files);
  for (const auto& note : patch.left_out)
    session_.complain(note);
  const auto name = invocation_.value("patch");
  no_patch_ = patch.text.empty();
  if (no_patch_) {
    // git apply refuses an empty one
    if (name != "-")
      done_ = fmt::format("{} was not written: there is nothing to put into it\n",
                          visible(name, false));
    return true;
  }
  if (name == "-") {
    session_.out(patch.text);
    return true;
  }
  std::ofstream out(session_.folder / name, std::ios::binary | std::ios::trunc);
  out << patch.text;
  if (out.flush()) return true;
  session_.complain(fmt::format("{} cannot be written", name));
  return give_up(kExitUsage);
}

Report FixDelivery::rest(const std::vector<FixedFile>& files) const {
  std::set<FixKey> fixed;
  for (const auto& file : files)
    for (const auto& fix : file.fixes)
      if (fix.decision == Decision::apply) fixed.insert(key_of(fix));
  Report rest = reviewed_.report;
  std::erase_if(rest.findings,
                [&](const Finding& finding) { return fixed.contains(key_of(finding)); });
  decide(rest);
  return rest;
}

void FixDelivery::tell_outcome(const std::vector<FixedFile>& files) const {
  std::string text;
  std::set<FixKey> named;
  for (const auto& file : files) {
    text += model_words(file) + words_of_rejected(file);
    for (const auto& fix : file.fixes)
      if (rule_fix_failed(fix)) named.insert(key_of(fix));
  }
  const auto counts = count(files);
  text += no_patch_ ? "wrote no patch"
                    : fmt::format("{} {} in {}",
                                  way_ == Way::preview ? "would apply"
                                  : way_ == Way::patch ? "wrote a patch of"
                                                       : "applied",
                                  count_of(counts.applied, "fix", "fixes"),
                                  count_of(counts.changed, "file"));
  if (counts.offered > 0)
    text += fmt::format(", {} offered ({}--interactive)", counts.offered,
                        counts.unsafe_takes_some ? "--unsafe or " : "");
  if (counts.rejected > 0) text += fmt::format(", {} not proved", counts.rejected);
  tell(text + "\n" + done_ + words_of_rest(rest(files), named));
}

int FixDelivery::exit_code(const std::vector<FixedFile>& files) const {
  return worst_exit_code(
      {failure_, check_failed_ ? kExitIncomplete : kExitClean, peer::exit_code(rest(files))});
}

}  // namespace peer
