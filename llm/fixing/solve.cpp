#include "llm/fixing/solve.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "analyzers/fix/unified.hpp"
#include "base/text.hpp"
#include "llm/answer/opinion.hpp"
#include "llm/ask/adapt.hpp"
#include "llm/fixing/proposal.hpp"
#include "llm/guard/placeholders.hpp"
#include "llm/prompt/prompt.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostWords = 400;    // of a finding's message
constexpr std::size_t kLeastRegion = 200;  // bytes
constexpr int kMostProposals = 3;          // of one model, with a second opinion
constexpr std::size_t kMostModelEdit = std::size_t{16} << 10U;

struct Size {
  std::size_t region_bytes;
  std::uint32_t output_tokens;
  bool whole;
  std::uint64_t context_tokens;  // of what else the file holds
};

Size size_for(const Model& model) {
  switch (profile_of(model.window)) {
    case PromptProfile::tiny4k:
      return {3'000, 768, true, 256};
    case PromptProfile::small8k:
      return {6'000, 1'024, true, 512};
    case PromptProfile::mid32k:
      return {24'000, 2'048, false, 1'000};
    case PromptProfile::large:
      break;
  }
  return {48'000, 2'048, false, 2'000};
}

std::string one_line(std::string_view text) {
  return visible(trim(text).substr(0, kMostWords), false);
}

class Solver {
 public:
  Solver(const Draft& draft, std::size_t finding, const FixTools& tools)
      : draft_(draft), index_(finding), finding_(draft.review.findings[finding]), tools_(tools) {}

  Solved run();

 private:
  /// All models, with questions of one size.
  Solved attempt();
  /// What a model is shown, and how it is to answer.
  struct Shown {
    FixRegion region;
    FixQuestion question;
    bool whole = false;
  };

  std::optional<Shown> shown_to(std::uint32_t model);
  std::optional<Shown> shown_to(std::uint32_t model, std::size_t bytes, std::uint64_t context);
  std::string surroundings(const FixRegion& region, std::uint64_t tokens, FixQuestion& question);
  AttemptEvent ask(const AskModel& action);
  AttemptEvent check(const std::string& proposal);
  AttemptEvent judged(const Proposal& proposal);
  std::optional<Proposal> read(const std::string& text, std::string& why);
  [[nodiscard]] Fix fix_of(const Proposal& proposal) const;
  [[nodiscard]] Evidence evidence_for(const Proposal& proposal, const Fix& fix) const;
  std::pair<int, double> weight_of(const std::string& text);
  FixAnswer best_of(FixAnswer first, const FixQuestion& question);
  std::optional<bool> opinion_on(const Fix& fix);
  std::string hidden(std::string_view text) { return secrets_.hide(text, draft_.job.file.path); }
  std::string fence(std::string_view text) {
    // what parts lines is no matter of the model's: the file's own ends are kept when a fix is
    // applied
    const auto clean = replace_all(hidden(text), "\r\n", "\n");
    return fenced(clean);
  }

  const Draft& draft_;
  std::size_t index_;
  const Finding& finding_;
  const FixTools& tools_;
  Placeholders secrets_;
  Solved out_;
  std::optional<Shown> shown_;  // to the model that is asked
  bool call_failed_ = false;    // the last one
  bool smaller_ = false;        // what is shown, because nobody answered
};

/// The largest part of the file that fits; what stands around it gives way first.
std::optional<Solver::Shown> Solver::shown_to(std::uint32_t model) {
  const auto& target = tools_.models[model];
  const auto size = size_for(target);
  const auto most = smaller_ ? size.region_bytes / 2 : size.region_bytes;
  const auto around = smaller_ ? 0 : size.context_tokens;
  for (auto bytes = most; bytes >= kLeastRegion; bytes = bytes * 2 / 3)
    for (const auto context : {around, around / 4, std::uint64_t{0}}) {
      auto shown = shown_to(model, bytes, context);
      if (!shown || fits(shown->question.question, target)) return shown;
    }
  return std::nullopt;
}

/// The imports of the file, and in short what else it holds.
std::string Solver::surroundings(const FixRegion& region, std::uint64_t tokens,
                                 FixQuestion& question) {
  const auto text = draft_.file.text();
  const auto lines_of = [&](Span span) {
    const auto first = draft_.file.lines().line_of(span.begin);
    return LineRange{first, draft_.file.lines().line_of(std::max(span.end, 1U) - 1) - first + 1};
  };
  std::string imports, out;
  std::vector<LineRange> hidden;
  for (const auto span : region.imports) {
    imports += text.substr(span.begin, span.size());
    hidden.push_back(lines_of(span));
  }
  if (!imports.empty() && tokens > 0) out = "Imports of the file:\n" + fence(imports) + "\n";
  const auto context = context_around(draft_.file, {lines_of(region.lines)}, hidden,
                                      {tokens, DigestLevel::focus}, tools_.digests);
  if (!context.text.empty())
    out += "Elsewhere in the file, shortened; nothing of it is to be changed:\n" +
           fence(context.text) + "\n";
  question.file_tokens = context.file_tokens;
  question.shown_tokens =
      count_tokens(text.substr(region.lines.begin, region.lines.size())) + count_tokens(out);
  return out;
}

std::optional<Solver::Shown> Solver::shown_to(std::uint32_t model, std::size_t bytes,
                                              std::uint64_t context) {
  const auto& target = tools_.models[model];
  const auto size = size_for(target);
  auto region = region_around(draft_.file, finding_, bytes);
  if (!region) return std::nullopt;
  const auto text = draft_.file.text();
  FixQuestion asked;
  const auto around = surroundings(*region, context, asked);
  const auto code = fence(text.substr(region->lines.begin, region->lines.size()));
  const auto line_span = draft_.file.lines().line_span(finding_.at.start.line);
  const auto line =
      fence(text.substr(line_span.begin, std::min<std::size_t>(line_span.size(), bytes)));
  const auto path = one_line(finding_.path), message = hidden(one_line(finding_.message));
  const auto prompt =
      make_prompt("fix", profile_of(target.window),
                  {{"rule", finding_.rule},
                   {"severity", to_string(finding_.severity)},
                   {"path", path},
                   {"message", message},
                   {"why", finding_.why},
                   {"help", finding_.help},
                   {"guidance", smaller_ ? std::string_view() : std::string_view(tools_.guidance)},
                   {"context", around},
                   {"code", code},
                   {"line", line}});
  if (!prompt) return std::nullopt;
  Shown shown{*std::move(region), std::move(asked), size.whole};
  shown.question.model = model;
  shown.question.prompt_version = prompt->version;
  auto& question = shown.question.question;
  question = question_of(Task::fix, *prompt);
  question.max_output_tokens = std::min(size.output_tokens, std::max(target.window / 4, 128U));
  question.temperature = 0.3;
  return shown;
}

AttemptEvent Solver::ask(const AskModel& action) {
  if (tools_.stop.stop_requested()) return CallFailed{"the run was stopped"};
  out_.model = action.model;
  out_.model_name = full_name(tools_.models[action.model]);
  shown_ = shown_to(action.model);
  if (!shown_) return CallFailed{"the code around the finding does not fit the model's window"};
  auto question = shown_->question;
  if (!action.reason.empty() && !call_failed_) {
    // why a server did not answer is nothing that a model could do better
    auto told = with_repair(question.question, one_line(action.reason));
    if (fits(told, tools_.models[action.model])) question.question = std::move(told);
  }
  ++out_.asked;
  auto answer = tools_.ask(question);
  call_failed_ = !answer;
  if (!answer) {
    out_.refused = out_.refused || answer.error().kind == FailureClass::refused;
    return CallFailed{
        fmt::format("{} ({})", answer.error().message, to_string(answer.error().kind))};
  }
  if (tools_.second_opinion && action.model == 0 && action.reason.empty())
    *answer = best_of(std::move(*answer), question);
  out_.cached = answer->cached;
  return Answered{std::move(answer->text)};
}

std::optional<Proposal> Solver::read(const std::string& text, std::string& why) {
  const auto restored = secrets_.restore(text, draft_.job.file.path);
  auto proposal = read_proposal(restored, {draft_.file.text(), draft_.job.file.path, shown_->region,
                                           finding_.at.start.line, shown_->whole});
  if (!proposal) {
    why = proposal.error().reason;
    return std::nullopt;
  }
  return *std::move(proposal);
}

AttemptEvent Solver::check(const std::string& proposal) {
  if (!shown_) shown_ = shown_to(out_.model);
  if (!shown_) return NotUsable{"the code around the finding does not fit"};
  std::string why;
  const auto usable = read(proposal, why);
  if (!usable) {
    out_.proposals.push_back({out_.model, std::nullopt, false});
    return NotUsable{why};
  }
  return judged(*usable);
}

Fix Solver::fix_of(const Proposal& proposal) const {
  Fix fix;
  fix.title = "repair " + finding_.rule;
  fix.edits = proposal.applied.edits;
  fix.safety = Safety::unsafe;
  fix.origin = "model:" + full_name(tools_.models[out_.model]);
  for (const auto& edit : fix.edits)
    fix.edit_locations.push_back(draft_.file.locate(edit.span));
  return fix;
}

Evidence Solver::evidence_for(const Proposal& proposal, const Fix& fix) const {
  auto verify_options = tools_.verify;
  verify_options.max_changed_bytes = std::min(verify_options.max_changed_bytes, kMostModelEdit);
  Evidence evidence;
  evidence.own_score = proposal.own_score;
  evidence.proof = verify(draft_, {index_, fix}, tools_.examine, verify_options);
  evidence.match = proposal.applied.tier;
  evidence.chosen_by_distance = proposal.applied.chosen_by_distance > 0;
  // nobody runs another tool again, so nothing shows that what it found is gone
  evidence.only_model_saw =
      !finding_.tools.empty() &&
      std::find(finding_.tools.begin(), finding_.tools.end(), "peer") == finding_.tools.end();
  if (!evidence.own_score) return evidence;
  evidence.calibrated = {*evidence.own_score, 0, "own"};
  if (tools_.calibration != nullptr)
    evidence.calibrated = tools_.calibration->worth(full_name(tools_.models[out_.model]),
                                                    finding_.category, *evidence.own_score);
  return evidence;
}

/// How good a proposal is before anybody else is asked: first whether it would be applied, then
/// what it is worth.
std::pair<int, double> Solver::weight_of(const std::string& text) {
  std::string why;
  const auto proposal = read(text, why);
  if (!proposal) return {-1, 0};
  const auto judgement = judge(evidence_for(*proposal, fix_of(*proposal)));
  return {2 - static_cast<int>(judgement.decision), judgement.confidence};
}

/// The best of up to three answers of one model; the first that would be applied ends the search.
FixAnswer Solver::best_of(FixAnswer first, const FixQuestion& question) {
  auto best = weight_of(first.text);
  for (int i = 1; i < kMostProposals && best.first < 2; ++i) {
    auto again = question;
    again.question.temperature = 0.3 + 0.2 * i;
    again.question.seed = i;
    ++out_.asked;
    auto answer = tools_.ask(again);
    if (!answer) break;
    if (const auto weight = weight_of(answer->text); weight > best) {
      best = weight;
      first = *std::move(answer);
    }
  }
  return first;
}

AttemptEvent Solver::judged(const Proposal& proposal) {
  out_.fix = fix_of(proposal);
  auto evidence = evidence_for(proposal, out_.fix);
  out_.judgement = judge(evidence);
  if (evidence.only_model_saw && out_.judgement.decision == Decision::offer && tools_.user_check) {
    evidence.user_check = tools_.user_check(out_.fix);
    out_.judgement = judge(evidence);
  }
  if (tools_.second_opinion && out_.judgement.decision == Decision::apply) {
    evidence.second_opinion = opinion_on(out_.fix);
    out_.judgement = judge(evidence);
  }
  out_.proof = evidence.proof;
  out_.own_score = proposal.own_score;
  out_.reasoning = one_line(proposal.reasoning);
  out_.proposals.push_back({out_.model, proposal.own_score, evidence.proof.holds()});
  const bool failed = evidence.proof.failure() != nullptr;
  return Judged{out_.judgement.confidence, failed || out_.judgement.decision == Decision::reject,
                out_.judgement.ask_next,
                out_.judgement.reasons.empty() ? "" : out_.judgement.reasons.front()};
}

/// What another model than the one that proposed it says; nullopt where there is none, or it says
/// neither.
std::optional<bool> Solver::opinion_on(const Fix& fix) {
  const auto count = static_cast<std::uint32_t>(tools_.models.size());
  if (count < 2) return std::nullopt;
  const auto other = (out_.model + 1) % count;
  const auto& target = tools_.models[other];
  const auto text = draft_.file.text();
  const auto code = fence(diff_of_edits(finding_.path, text, LineFeeds(text), fix.edits));
  const auto message = hidden(one_line(finding_.message));
  const auto prompt = make_prompt(
      "verify", profile_of(target.window),
      {{"rule", finding_.rule}, {"message", message}, {"why", finding_.why}, {"code", code}});
  if (!prompt) return std::nullopt;
  FixQuestion asked;
  asked.model = other;
  asked.prompt_version = prompt->version;
  asked.question = question_of(Task::verify, *prompt);
  asked.question.max_output_tokens = 256;
  asked.question.temperature = 0;
  if (!fits(asked.question, target)) return std::nullopt;
  ++out_.asked;
  const auto answer = tools_.ask(asked);
  return answer ? read_opinion(answer->text) : std::nullopt;
}

Solved Solver::run() {
  auto solved = attempt();
  const bool nobody = solved.kind == Solved::Kind::nothing && solved.proposals.empty();
  if (!nobody || solved.refused || tools_.models.empty() || tools_.stop.stop_requested())
    return solved;
  smaller_ = true;
  out_ = {};
  out_.asked = solved.asked;
  return attempt();
}

Solved Solver::attempt() {
  Attempt attempt;
  attempt.finding = finding_.fingerprint;
  attempt.models = static_cast<std::uint32_t>(tools_.models.size());
  auto now = step(std::move(attempt), Began{});
  for (;;) {
    if (const auto* question = std::get_if<AskModel>(&now.action)) {
      const auto event = ask(*question);
      now = step(std::move(now.next), event);
    } else if (const auto* proposal = std::get_if<Verify>(&now.action)) {
      const auto event = check(proposal->proposal);
      now = step(std::move(now.next), event);
    } else if (std::holds_alternative<Accept>(now.action)) {
      out_.kind = Solved::Kind::proved;
      return std::move(out_);
    } else if (auto* text = std::get_if<OfferUnverified>(&now.action)) {
      out_.kind = Solved::Kind::unverified;
      out_.proposal = std::move(text->proposal);
      return std::move(out_);
    } else {
      out_.reason = std::get<GiveUp>(now.action).reason;
      return std::move(out_);
    }
  }
}

}  // namespace

Solved solve(const Draft& draft, std::size_t finding, const FixTools& tools) {
  return Solver(draft, finding, tools).run();
}

}  // namespace peer
