// From findings to proved fixes and fixed bytes, file by file: what `fix-all` and the offers of
// `review` are made of. Nothing is written here. Thread-safe.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/fix/rounds.hpp"
#include "llm/proved_fix.hpp"

namespace peer {

/// A file and which of its findings are to be fixed.
struct FixTarget {
  FileJob job;                   ///< both sides, as it was examined
  std::set<std::string> wanted;  ///< fingerprints; the fixes of others are not looked at
};

struct FixPolicy {
  bool unsafe = false;  ///< apply fixes that may change behaviour too; else they are only proved
  std::set<std::string> rules;  ///< only fixes of these rules; empty: of all
  RoundsOptions rounds;         ///< its editor settings are replaced by `editor`
  std::function<EditorSettings(std::string_view path)> editor;  ///< may be null
  unsigned threads = 0;                                         ///< 0: one per core
};

struct FixedFile {
  std::string path;
  std::string before;             ///< bytes
  std::string after;              ///< bytes; equal to `before` when nothing was applied
  std::vector<ProvedFix> fixes;   ///< by place; those that another one made needless are left out
  std::vector<Finding> findings;  ///< that `fixes` answer, one each, as they stood before
  FileReview review;              ///< of `after`
  [[nodiscard]] bool changed() const { return before != after; }
};

/// Proves the wanted fixes of one file and applies those that may be: decision `apply` for what is
/// in `after`, `offer` for what a human may take (unsafe, or not shown in full), `reject` for what
/// failed a step, which the proof names.
[[nodiscard]] FixedFile fix_file(const FixTarget& target, const Examine& examine,
                                 const FixPolicy& policy, const std::stop_token& stop = {});

/// fix_file for all, in their order, on several threads.
[[nodiscard]] std::vector<FixedFile> fix_files(std::span<const FixTarget> targets,
                                               const Examine& examine, const FixPolicy& policy,
                                               const std::stop_token& stop = {});

/// The `.editorconfig` settings for `path`; `read` gives a file of the repository, or nothing where
/// there is none.
[[nodiscard]] EditorSettings load_editor_settings(
    std::string_view path,
    const std::function<std::optional<std::string>(std::string_view path)>& read);

}  // namespace peer
