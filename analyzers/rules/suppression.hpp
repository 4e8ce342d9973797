// Comments by which people silence findings: `peer-ignore: id, id2 -- reason` on the line of a finding or alone on the
// line above it; `peer-ignore-file: id -- reason` within the first ten lines for a whole file; without ids it silences
// every rule. `ast-grep-ignore`, `nosemgrep: id`, `NOLINT(id)`, `eslint-disable-next-line id` and `# noqa` forms are honoured
// where they name one of our rules. Pure; thread-safe.
#pragma once

#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/source_file.hpp"

namespace peer {

/// Marks the findings of `file` that a comment silences, and appends a hint (rule "unused-suppression") for each
/// peer-ignore that silences nothing.
void apply_suppressions(std::vector<Finding>& findings, const SourceFile& file);

}  // namespace peer
