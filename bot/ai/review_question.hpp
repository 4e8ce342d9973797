// Pieces of a change as a question for a model: fenced, secrets hidden, with the digest of what
// else their files hold, and never more than the model's window. For one thread each; several may
// share what it is given.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/change_set.hpp"
#include "analyzers/source_file.hpp"
#include "bot/ai/ai.hpp"
#include "bot/ai/review_limits.hpp"

namespace peer {

/// A file of the change, read once.
struct ReviewedFile {
  const ChangedFile* change;
  SourceFile after;
  std::string before;
};

struct ReviewPiece {
  std::size_t file = 0;
  ReviewItem item;
  std::vector<LineRange> lines;  ///< of the new file
  std::string text;              ///< as it is sent
  std::uint64_t tokens = 0;      ///< of that, for the model
};

struct ReviewQuestion {
  Question question;
  std::string version;  ///< of the prompt
  std::uint64_t file_tokens = 0, shown_tokens = 0;
};

class ReviewQuestions {
 public:
  /// All must outlive it; `guidance` may be empty.
  ReviewQuestions(Ai& ai, const Model& model, const ReviewLimits& limits,
                  const std::function<std::string(std::string_view path)>& guidance);

  /// The pieces of `file`, small enough to be asked about alone.
  [[nodiscard]] std::vector<ReviewPiece> pieces_of(const ReviewedFile& file, std::size_t index,
                                                   bool whole) const;
  /// One question about `pieces`; guidance and context give way where they do not fit. nullopt
  /// only for a mistake in the prompt's file.
  [[nodiscard]] std::optional<ReviewQuestion> about(
      const std::vector<ReviewedFile>& files, std::span<const ReviewPiece* const> pieces) const;
  /// The same about the first three pieces at most, without guidance and context.
  [[nodiscard]] std::optional<ReviewQuestion> smaller(
      std::span<const ReviewPiece* const> pieces) const;
  /// Tokens that the pieces of one question may have together.
  [[nodiscard]] std::uint64_t room() const { return room_; }

 private:
  struct Extras {
    std::string guidance;
    std::vector<std::pair<const ReviewPiece*, std::string>> contexts;  ///< before which piece
    std::uint64_t file_tokens = 0, shown_tokens = 0;
  };
  [[nodiscard]] Extras extras_for(const std::vector<ReviewedFile>& files,
                                  std::span<const ReviewPiece* const> pieces) const;
  [[nodiscard]] std::optional<ReviewQuestion> make(std::span<const ReviewPiece* const> pieces,
                                                   const Extras& extras) const;

  Ai& ai_;
  const Model& model_;
  const ReviewLimits& limits_;
  const std::function<std::string(std::string_view path)>& guidance_;
  std::uint64_t room_ = 0;
};

}  // namespace peer
