// Where a file is broken: a parser often notices far from the place, a change says where to look.
// Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "analyzers/checks/check.hpp"

namespace peer {

/// The exact place of an error and what to say about it.
struct ErrorPlace {
  Span at;
  std::string message;
};

/// The outermost ERROR and MISSING nodes of `file`, in order; the first 1,000.
[[nodiscard]] std::vector<Node> error_nodes(const SourceFile& file);

/// The lines of the new file, those a hunk made, without which it would have no error; the nearest
/// hunk above the first error where that cannot be told. The exam must have a base and hunks.
[[nodiscard]] LineRange guilty_lines(FileExam& exam);

/// The place to point at, in or near `lines`: a bracket that does not pair, a token that is
/// missing, the first one that cannot stand where it does.
[[nodiscard]] ErrorPlace place_error(FileExam& exam, LineRange lines);

/// The last letter before a token that is missing.
[[nodiscard]] Span before_gap(Node missing, const SourceFile& file);

/// A comment, or something else than strings, numbers, true, false and null, stands in a JSON file.
[[nodiscard]] bool has_comment_or_odd_value(const SourceFile& file);

}  // namespace peer
