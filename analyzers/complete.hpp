// The last step of every finding, whoever found it: what people are shown around it, and whether
// the change has to do with it. Used by one thread per exam.
#pragma once

#include <span>

#include "analyzers/checks/check.hpp"
#include "analyzers/finding.hpp"

namespace peer {

/// Fills in the enclosing symbol, the code frames (secrets masked), where the edits of its fix
/// stand, and in_change where it stands on an added or a removed line. Each finding must fit the
/// text of its side of `exam`; one of a side that is not there stays as it is. Fingerprints come
/// after it, from set_fingerprints(), because they hold the symbol. Cheapest for all findings at
/// once.
void complete(std::span<Finding> findings, FileExam& exam);

}  // namespace peer
