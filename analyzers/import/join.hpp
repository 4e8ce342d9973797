// Other tools' findings among our own. Used by one thread per exam.
#pragma once

#include <span>
#include <vector>

#include "analyzers/checks/check.hpp"
#include "analyzers/examine.hpp"
#include "analyzers/finding.hpp"
#include "analyzers/fix/edit_map.hpp"

namespace peer {

/// Adds `imported` (placed in the text of exam.after(); what does not fit it is left out) to
/// `findings`, completed like them and with fingerprints that no other has. One that says the same
/// as another tool's, or as ours, becomes part of that: both stand in its `tools`. The same one
/// twice from one tool counts once. Rules that `options` switch off, and with security_only all
/// that is neither security nor secrets, are left out.
void join_imported(std::vector<Finding>& findings, std::vector<Finding> imported, FileExam& exam,
                   const ExamineOptions& options);

/// `imported` of a text after `edits`: their spans moved along. Gone are those that a fix answered
/// (`answered`, findings of the old text: nobody runs the tool again, so its word is taken for it),
/// those whose text was wholly replaced, and those that were part of a finding of ours (`known`),
/// because our own rule will tell.
[[nodiscard]] std::vector<Finding> carry_over(std::span<const Finding> imported,
                                              std::span<const Finding> known,
                                              std::span<const Finding* const> answered,
                                              const EditMap& edits);

}  // namespace peer
