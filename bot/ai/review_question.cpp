#include "bot/ai/review_question.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "base/text.hpp"
#include "llm/ask/adapt.hpp"
#include "llm/guard/placeholders.hpp"
#include "llm/prompt/context.hpp"
#include "llm/prompt/prompt.hpp"

namespace peer {
namespace {

constexpr std::size_t kLeastPiece = 96;  // bytes; smaller ones are not tried
constexpr std::size_t kFewPieces = 3;
constexpr std::uint64_t kNumberTokens = 12;  // of "Piece 12. " and what joins pieces

constexpr std::string_view kShape =
    R"({"type":"object","properties":{"results":{"type":"array","items":{"type":"object","properties":{"idx":{"type":"integer"},"findings":{"type":"array","items":{"type":"object","properties":{"why":{"type":"string"},"quote":{"type":"string"},"message":{"type":"string"},"help":{"type":"string"},"category":{"type":"string"},"severity":{"type":"string"},"confidence":{"type":"integer"}},"required":["why","quote","message","help","category","severity","confidence"],"additionalProperties":false}}},"required":["idx","findings"],"additionalProperties":false}}},"required":["results"],"additionalProperties":false})";

std::vector<LineRange> ranges_of(const ReviewItem& item) {
  std::vector<LineRange> out;
  for (const auto& line : item.lines) {
    if (!out.empty() && line.number < out.back().end()) continue;  // another part of a long line
    if (!out.empty() && line.number == out.back().end())
      ++out.back().count;
    else
      out.push_back({line.number, 1});
  }
  return out;
}

std::vector<LineRange> together(std::vector<LineRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<LineRange> out;
  for (const auto& range : ranges)
    if (!out.empty() && range.first <= out.back().end())
      out.back().count = std::max(out.back().end(), range.end()) - out.back().first;
    else
      out.push_back(range);
  return out;
}

}  // namespace

ReviewQuestions::ReviewQuestions(Ai& ai, const Model& model, const ReviewLimits& limits,
                                 const std::function<std::string(std::string_view)>& guidance)
    : ai_(ai), model_(model), limits_(limits), guidance_(guidance) {
  const auto empty = make({}, {});
  if (!empty) return;
  const auto taken = most_tokens(empty->question, model_) +
                     std::min(empty->question.max_output_tokens, model_.max_output);
  room_ = model_.window - std::min<std::uint64_t>(taken, model_.window);
}

std::vector<ReviewPiece> ReviewQuestions::pieces_of(const ReviewedFile& file, std::size_t index,
                                                    bool whole) const {
  const auto& path = file.change->path;
  auto limits = limits_.item;
  for (;; limits.max_bytes /= 2) {
    std::vector<ReviewPiece> out;
    bool fit = true;
    for (auto& item : review_items(*file.change, file.after, file.before, whole, limits)) {
      ReviewPiece piece;
      piece.file = index;
      piece.text = fmt::format("File: {}\n{}\n", visible(path, false),
                               fenced_without_secrets(item.text, path));
      piece.tokens = most_tokens(piece.text, model_.token_factor) + kNumberTokens;
      piece.lines = ranges_of(item);
      piece.item = std::move(item);
      fit = fit && piece.tokens <= room_;
      out.push_back(std::move(piece));
    }
    if (fit || limits.max_bytes / 2 < kLeastPiece) return out;
  }
}

ReviewQuestions::Extras ReviewQuestions::extras_for(
    const std::vector<ReviewedFile>& files, std::span<const ReviewPiece* const> pieces) const {
  Extras out;
  std::set<std::string> words;
  std::set<std::size_t> seen;
  for (const auto* piece : pieces) {
    out.shown_tokens += count_tokens(piece->text);
    if (!seen.insert(piece->file).second) continue;
    const auto& file = files[piece->file];
    std::vector<LineRange> lines;
    for (const auto* other : pieces)
      if (other->file == piece->file)
        lines.insert(lines.end(), other->lines.begin(), other->lines.end());
    const auto& path = file.change->path;
    auto context = context_around(file.after, together(std::move(lines)), {},
                                  {limits_.context_tokens, DigestLevel::signatures},
                                  [this](const SourceFile& text, const DigestRequest& asked) {
                                    return ai_.digests(text, asked);
                                  });
    out.file_tokens += context.file_tokens;
    if (!context.text.empty()) {
      auto text = fmt::format("Elsewhere in {}, shortened, to understand the pieces by:\n{}\n",
                              visible(path, false), fenced_without_secrets(context.text, path));
      out.shown_tokens += count_tokens(text);
      out.contexts.emplace_back(piece, std::move(text));
    }
    if (guidance_)
      if (auto guided = guidance_(path); !guided.empty()) words.insert(std::move(guided));
  }
  for (const auto& each : words)
    out.guidance += each;
  return out;
}

std::optional<ReviewQuestion> ReviewQuestions::make(std::span<const ReviewPiece* const> pieces,
                                                    const Extras& extras) const {
  std::string items;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (const auto& [before, context] : extras.contexts)
      if (before == pieces[i]) items += context;
    items += fmt::format("Piece {}. {}", i, pieces[i]->text);
  }
  const auto profile = profile_of(model_.window);
  const auto prompt =
      make_prompt("review", profile, {{"items", items}, {"guidance", extras.guidance}});
  if (!prompt) return std::nullopt;
  ReviewQuestion out;
  out.version = prompt->version;
  auto& question = out.question;
  question = question_of(Task::review, *prompt);
  question.max_output_tokens = limits_.output_tokens;
  question.temperature = 0.1;
  if (profile >= PromptProfile::mid32k) question.shape = AnswerShape{"review", std::string(kShape)};
  out.file_tokens = extras.file_tokens;
  out.shown_tokens = extras.shown_tokens;
  return out;
}

std::optional<ReviewQuestion> ReviewQuestions::about(
    const std::vector<ReviewedFile>& files, std::span<const ReviewPiece* const> pieces) const {
  auto extras = extras_for(files, pieces);
  auto out = make(pieces, extras);
  if (!out || fits(out->question, model_)) return out;
  extras.contexts.clear();
  out = make(pieces, extras);
  if (!out || fits(out->question, model_)) return out;
  extras.guidance.clear();
  return make(pieces, extras);
}

std::optional<ReviewQuestion> ReviewQuestions::smaller(
    std::span<const ReviewPiece* const> pieces) const {
  return make(pieces.first(std::min(pieces.size(), kFewPieces)), {});
}

}  // namespace peer
