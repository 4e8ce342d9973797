// Fixes by models for findings that no rule can fix, on top of what rules fixed. Nothing is written
// here: as with rule fixes, what may be applied stands in FixedFile::after. For one thread, which
// asks on several.
#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "bot/ai/ai.hpp"
#include "bot/fixing/fix_files.hpp"
#include "llm/fixing/solve.hpp"
#include "llm/options.hpp"

namespace peer {

struct ModelFixPlan {
  Ai& ai;
  const Examine& examine;
  const FixPolicy& policy;
  unsigned concurrency = 3;
  /// Fixes may be applied that no human sees before they count; false: they are offered at most.
  bool may_apply = true;
  /// Hears one line for each finding that is done; called from several threads. May be null.
  std::function<void(std::string_view)> progress;
  const Clock& clock;
  /// What the repository asks of who edits this path, quoted, or ""; may be null.
  std::function<std::string(std::string_view path)> guidance = {};
  /// On which findings several fixes are asked for, and another model about the best.
  SecondOpinion second_opinion = SecondOpinion::never;
  /// Whether the user's check fails with `before` as the file's bytes and passes with `after`;
  /// nullopt where that shows nothing. Called from several threads. May be null.
  std::function<std::optional<bool>(const std::string& path, const std::string& before,
                                    const std::string& after)>
      user_check = {};
};

/// A finding, and what models made of it.
struct SolvedFinding {
  std::size_t finding = 0;  ///< index in the draft's review
  Solved solved;
};

/// A file as it stands after rule fixes, with what models propose for it.
struct SolvedFile {
  Draft draft;
  std::size_t file = 0;  ///< index in the list of fixed files
  std::vector<SolvedFinding> findings;
};

struct SolvedFiles {
  std::vector<SolvedFile> files;
  std::vector<std::string> notes;  ///< what was not asked, and why; one sentence each
  bool refused = false;  ///< a call was not made because of a budget or a rule of Peer's own
};

/// Asks models about the wanted findings of `targets` that have no fix and still stand in `files`
/// (which gets a row for each target that has none). Questions are asked side by side.
[[nodiscard]] SolvedFiles solve_with_models(std::vector<FixedFile>& files,
                                            std::span<const FixTarget> targets,
                                            const ModelFixPlan& plan, const std::stop_token& stop);

/// What a model proposes, as every report shows it: its words, both numbers and the reasons.
[[nodiscard]] ProvedFix proved_fix_of(const SolvedFile& file, const SolvedFinding& one);

/// Puts the fixes into `files`: those for which `accept` says so are applied if they hold together,
/// the rest stand beside them as offered or rejected.
void take_model_fixes(std::vector<FixedFile>& files, const SolvedFiles& solved,
                      const ModelFixPlan& plan,
                      const std::function<bool(const ProvedFix&)>& accept);

/// Whether a fix was proposed by a model.
[[nodiscard]] bool by_model(const ProvedFix& fix);

}  // namespace peer
