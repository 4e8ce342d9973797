#include "bot/ai/review.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <set>

#include "analyzers/checks/secrets/scan.hpp"
#include "analyzers/complete.hpp"
#include "analyzers/fingerprint.hpp"
#include "analyzers/parse/parse.hpp"
#include "analyzers/rules/suppression.hpp"
#include "base/text.hpp"
#include "bot/ai/ask_progress.hpp"
#include "bot/ai/review_question.hpp"
#include "llm/ask/batch.hpp"
#include "llm/review/remarks.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostPieces = 1'000;
constexpr std::size_t kMostFileBytes = std::size_t{2} << 20U;
constexpr double kSameWords = 0.3;  // of two messages about one line, from which they say the same

/// The languages of a change differ: it goes by its size alone.
RouteRequest request_for(const Report& report) {
  std::uint32_t lines = 0;
  for (const auto& file : report.change.files)
    for (const auto& hunk : file.hunks)
      lines += hunk.new_lines.count;
  return {Task::review, "", lines, ""};
}

class Review {
 public:
  Review(Report& report, const ModelReviewPlan& plan, const std::stop_token& stop)
      : report_(report),
        plan_(plan),
        stop_(stop),
        routed_(plan.ai.route(request_for(report))),
        model_(routed_.targets.front().model),
        limits_(review_limits(model_, plan.config.ai.concurrency)),
        questions_(plan.ai, model_, limits_, plan.guidance) {
    limits_.batch.max_size = std::min<std::size_t>(limits_.batch.max_size,
                                                   std::max<std::uint64_t>(questions_.room(), 1));
  }

  ModelReviewCount run() {
    read();
    recall();
    ask();
    for (std::size_t i = 0; i < files_.size(); ++i)
      place(i);
    say();
    return count_;
  }

 private:
  void read();
  void recall();
  void ask();
  void tell(std::span<const std::size_t> pieces, const tl::expected<AiAnswer, CallFailure>& answer,
            std::chrono::steady_clock::duration took) const;
  [[nodiscard]] std::vector<Finding> found_in(std::size_t file);
  [[nodiscard]] bool wanted(const Finding& finding) const;
  void place(std::size_t index);
  void note_examined(const std::string& path, std::string_view by);
  void say();
  [[nodiscard]] std::optional<ReviewQuestion> question_for(
      std::span<const std::size_t> pieces) const;
  [[nodiscard]] std::optional<Question> smaller_than(std::span<const std::size_t> pieces) const;
  [[nodiscard]] CompletionKey key_of(const ReviewPiece& piece, const std::string& version) const;
  [[nodiscard]] bool merge(const Finding& finding);
  [[nodiscard]] std::optional<Finding> finding_of(const Remark& remark, const ReviewPiece& piece,
                                                  const std::string& model) const;

  Report& report_;
  const ModelReviewPlan& plan_;
  const std::stop_token& stop_;
  Ai::Routed routed_;
  const Model& model_;
  ReviewLimits limits_;
  ReviewQuestions questions_;
  std::vector<ReviewedFile> files_;
  std::vector<ReviewPiece> pieces_;
  std::vector<std::optional<AiAnswer>> answers_;  // by piece
  std::vector<CallFailure> failures_;
  ModelReviewCount count_;
  std::set<std::size_t> left_out_of_;  // files
  std::size_t left_out_ = 0;
  std::mutex lock_;
};

void Review::read() {
  for (const auto& file : report_.change.files) {
    if (!file.scope.in || !file.skipped.empty() || file.nature != Nature::text || !file.after)
      continue;
    if (file.after->size > kMostFileBytes) continue;
    auto after = plan_.read_blob(*file.after, file.path);
    if (!after || looks_binary(*after)) continue;
    std::string before;
    if (file.before && file.before->size <= kMostFileBytes)
      if (auto bytes = plan_.read_blob(*file.before, file.old_path))
        before = decode_text(*std::move(bytes)).text;
    files_.push_back({&file,
                      parse(file.path, *std::move(after), plan_.config.examine.checks.parse, stop_),
                      std::move(before)});
  }
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const auto& file = files_[i];
    const bool whole =
        report_.change.whole_files || file.change->status == ChangeStatus::unmodified;
    for (auto& piece : questions_.pieces_of(file, i, whole)) {
      if (pieces_.size() >= kMostPieces)
        ++left_out_, left_out_of_.insert(i);
      else
        pieces_.push_back(std::move(piece));
    }
  }
  answers_.resize(pieces_.size());
  count_.pieces = pieces_.size();
}

std::optional<ReviewQuestion> Review::question_for(std::span<const std::size_t> pieces) const {
  std::vector<const ReviewPiece*> wanted;
  for (const auto i : pieces)
    wanted.push_back(&pieces_[i]);
  return questions_.about(files_, wanted);
}

std::optional<Question> Review::smaller_than(std::span<const std::size_t> pieces) const {
  std::vector<const ReviewPiece*> wanted;
  for (const auto i : pieces)
    wanted.push_back(&pieces_[i]);
  auto smaller = questions_.smaller(wanted);
  if (!smaller) return std::nullopt;
  return std::move(smaller->question);
}

CompletionKey Review::key_of(const ReviewPiece& piece, const std::string& version) const {
  CompletionKey key;
  key.prompt_version = version;
  key.rules_version = PEER_VERSION;
  key.content = files_[piece.file].change->path;
  return key;
}

void Review::recall() {
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const auto asked = question_for(std::span(&i, 1));
    if (!asked) continue;
    answers_[i] = plan_.ai.recall(asked->question, key_of(pieces_[i], asked->version));
    count_.remembered += answers_[i] ? 1 : 0;
  }
  if (plan_.progress && count_.remembered > 0)
    plan_.progress(
        fmt::format("{} of {} HIT", count_.remembered, count_of(pieces_.size(), "piece")));
}

void Review::tell(std::span<const std::size_t> pieces,
                  const tl::expected<AiAnswer, CallFailure>& answer,
                  std::chrono::steady_clock::duration took) const {
  if (!plan_.progress) return;
  auto place = files_[pieces_[pieces.front()].file].change->path;
  if (pieces.size() > 1) place += fmt::format(" and {} more", pieces.size() - 1);
  AskedLine line;
  const auto model = answer ? answer->model : full_name(model_);
  line.place = place;
  line.model = model;
  line.status = answer ? "answered" : to_string(answer.error().kind);
  line.took = std::chrono::duration_cast<std::chrono::milliseconds>(took);
  plan_.progress(progress_line(line));
}

void Review::ask() {
  std::vector<std::size_t> open, sizes;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    if (answers_[i]) continue;
    open.push_back(i);
    sizes.push_back(pieces_[i].tokens);
  }
  if (open.empty()) return;
  std::map<std::size_t, std::string> asked;  // who answered for a piece
  const auto batched = ask_in_batches(
      sizes, limits_.batch,
      [&](std::span<const std::size_t> batch) -> tl::expected<std::string, CallFailure> {
        std::vector<std::size_t> wanted;
        for (const auto i : batch)
          wanted.push_back(open[i]);
        const auto question = question_for(wanted);
        if (!question) return tl::unexpected(CallFailure{FailureClass::bad_request, "no prompt"});
        const auto began = plan_.clock.steady();
        auto answer =
            plan_.ai.ask_anew(routed_.targets, question->question, stop_,
                              {files_[pieces_[wanted.front()].file].change->path, "",
                               wanted.size() > 1, question->file_tokens, question->shown_tokens},
                              [&] { return smaller_than(wanted); });
        tell(wanted, answer, plan_.clock.steady() - began);
        if (!answer) return tl::unexpected(answer.error());
        const std::lock_guard guard(lock_);
        for (const auto i : wanted)
          asked[i] = answer->model;
        return answer->text;
      },
      stop_);
  failures_ = batched.failures;
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (!batched.answers[i]) continue;
    const auto piece = open[i];
    answers_[piece] = AiAnswer{*batched.answers[i], asked[piece], 0, CacheTier::none};
    if (const auto alone = question_for(std::span(&piece, 1));
        alone && parse_remarks(*batched.answers[i]))
      plan_.ai.keep(alone->question, key_of(pieces_[piece], alone->version), asked[piece],
                    *batched.answers[i]);
  }
}

std::optional<Finding> Review::finding_of(const Remark& remark, const ReviewPiece& piece,
                                          const std::string& model) const {
  const auto place = locate_quote(piece.item.lines, remark.quote);
  if (!place) return std::nullopt;
  const auto& file = files_[piece.file].after;
  const auto first = file.lines().line_span(place->first),
             last = file.lines().line_span(place->last);
  const auto text = file.text(first);
  const auto indent =
      static_cast<std::uint32_t>(std::min(text.find_first_not_of(" \t"), text.size()));
  Finding out;
  out.rule = kModelRule;
  out.category = remark.category;
  out.severity = remark.severity;
  out.confidence = remark.confidence;
  out.path = files_[piece.file].change->path;
  out.at = file.locate({first.begin + indent, last.end});
  out.message = secrets::redact_secrets(remark.message);
  out.why = secrets::redact_secrets(remark.why);
  out.help = secrets::redact_secrets(remark.help);
  out.tools = {"model:" + model};
  return out;
}

/// True where a rule says the same of the same line: that finding then names the model too.
bool Review::merge(const Finding& finding) {
  for (auto& other : report_.findings) {
    if (other.path != finding.path || other.side != Side::new_side || other.rule == kModelRule)
      continue;
    if (other.at.end.line < finding.at.start.line || finding.at.end.line < other.at.start.line)
      continue;
    if (other.category != finding.category &&
        token_similarity(other.message, finding.message) < kSameWords)
      continue;
    if (other.tools.empty()) other.tools.emplace_back("peer");
    if (std::find(other.tools.begin(), other.tools.end(), finding.tools.front()) ==
        other.tools.end())
      other.tools.push_back(finding.tools.front());
    return true;
  }
  return false;
}

void Review::note_examined(const std::string& path, std::string_view by) {
  for (auto& file : report_.coverage.files)
    if (file.path == path && file.by) file.by->push_back(by);
}

/// What the models found in a file; what a rule says too is merged into its finding instead.
std::vector<Finding> Review::found_in(std::size_t file) {
  std::vector<Finding> found;
  std::size_t answered = 0, open = left_out_of_.count(file);
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    if (pieces_[i].file != file) continue;
    ++open;
    if (!answers_[i]) continue;
    const auto remarks = parse_remarks(answers_[i]->text);
    if (!remarks) {
      failures_.push_back({FailureClass::bad_output, "the answer is not in the form asked for"});
      continue;
    }
    ++answered, --open;
    count_.misplaced += remarks->unusable;
    for (const auto& remark : remarks->remarks) {
      ++count_.remarks;
      auto finding = finding_of(remark, pieces_[i], answers_[i]->model);
      if (!finding)
        ++count_.misplaced;
      else if (merge(*finding))
        ++count_.merged;
      else
        found.push_back(*std::move(finding));
    }
  }
  count_.answered += answered;
  if (answered > 0)
    note_examined(files_[file].change->path, open == 0 ? "models" : "models in part");
  return found;
}

/// What several pieces say of one place stays once.
void drop_repeated(std::vector<Finding>& found) {
  std::stable_sort(found.begin(), found.end(),
                   [](const Finding& a, const Finding& b) { return a.at.span < b.at.span; });
  const auto same = [](const Finding& a, const Finding& b) {
    return a.at == b.at && token_similarity(a.message, b.message) >= kSameWords;
  };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
}

bool Review::wanted(const Finding& finding) const {
  const auto& config = plan_.config;
  return finding.severity >= config.min_severity && finding.confidence >= config.min_confidence &&
         (finding.in_change || config.filter != Filter::added);
}

void Review::place(std::size_t index) {
  auto found = found_in(index);
  if (found.empty()) return;
  drop_repeated(found);
  const auto& file = files_[index];
  const bool whole = report_.change.whole_files || file.change->status == ChangeStatus::unmodified;
  FileExam exam(*file.change, file.after, file.before.empty() ? nullptr : &file.before,
                plan_.config.examine.checks, whole, stop_);
  complete(found, exam);
  set_fingerprints(found, file.after);
  (void)apply_suppressions(found, file.after, Side::new_side, nullptr);
  for (auto& finding : found)
    if (wanted(finding)) report_.findings.push_back(std::move(finding));
}

void Review::say() {
  std::stable_sort(report_.findings.begin(), report_.findings.end(),
                   [](const Finding& a, const Finding& b) {
                     return std::tie(a.path, a.at.span) < std::tie(b.path, b.at.span);
                   });
  auto& notes = report_.degraded;
  const auto open = count_.pieces - std::min(count_.pieces, count_.answered);
  if (open > 0) {
    const auto why =
        failures_.empty() ? std::string("the run was stopped") : failures_.front().message;
    notes.push_back(fmt::format("{} of {} of the change got no review by a model: {}", open,
                                count_of(count_.pieces, "piece"), why));
  }
  if (left_out_ > 0)
    notes.push_back(
        fmt::format("a model reviewed the first {} pieces of the change and not {} more",
                    kMostPieces, left_out_));
  if (count_.misplaced > 0)
    notes.push_back(fmt::format("{} of models dropped: they quote no line of the change",
                                count_of(count_.misplaced, "remark")));
  const bool refused =
      std::any_of(failures_.begin(), failures_.end(), [](const CallFailure& failure) {
        return failure.kind == FailureClass::refused || failure.kind == FailureClass::content ||
               failure.kind == FailureClass::bad_output;
      });
  if ((open > 0 && refused) || left_out_ > 0) report_.change.incomplete = true;
}

}  // namespace

ReportedRule model_rule() {
  return {std::string(kModelRule),
          "correctness",
          "defect that a model sees",
          "A model that reviewed the change takes this for a defect. No rule of Peer says so, and "
          "none can show that a repair "
          "removes it.",
          "Look at the line, and set the finding aside with `peer-ignore: model-review -- reason` "
          "where the model is wrong.",
          Severity::warning,
          0.5,
          {},
          {},
          {}};
}

ModelReviewCount review_with_models(Report& report, const ModelReviewPlan& plan,
                                    const std::stop_token& stop) {
  if (plan.ai.roster().empty()) return {};
  return Review(report, plan, stop).run();
}

}  // namespace peer
