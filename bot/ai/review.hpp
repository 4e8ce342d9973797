// The review of a change by a model, beside what rules find: pieces of the change are asked about,
// what comes back is placed by the line it quotes, and nothing of it can make a run green. One per
// run; used by one thread, which asks on several.
#pragma once

#include <functional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "bot/ai/ai.hpp"
#include "reporters/report.hpp"

namespace peer {

struct ModelReviewPlan {
  Ai& ai;
  const Config& config;
  std::function<Result<std::string>(const BlobRef&, std::string_view path)> read_blob;
  const Clock& clock;
  /// What the repository asks of reviewers of this path, quoted, or ""; may be null.
  std::function<std::string(std::string_view path)> guidance = {};
  /// Hears one line per call; called from several threads. May be null.
  std::function<void(std::string_view)> progress = {};
};

/// What became of it, for people and tests.
struct ModelReviewCount {
  std::size_t pieces = 0, answered = 0, remembered = 0;
  std::size_t remarks = 0;    ///< that models made
  std::size_t misplaced = 0;  ///< that quote no line of the change, or cannot be read: dropped
  std::size_t merged = 0;     ///< that say what a rule says
};

/// The rule that findings of models carry, for reports.
[[nodiscard]] ReportedRule model_rule();

/// Adds findings of the rule "model-review" to `report`, in order of path and place, and says in
/// report.degraded what was dropped or not answered. Pieces that a model refused or that a budget
/// stopped make the report incomplete.
ModelReviewCount review_with_models(Report& report, const ModelReviewPlan& plan,
                                    const std::stop_token& stop);

}  // namespace peer
