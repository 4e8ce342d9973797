// A file under repair: its bytes, its text and what was found in it, at one stage of the work.
// Move-only.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "analyzers/examine.hpp"
#include "analyzers/fix/fix.hpp"
#include "analyzers/source_file.hpp"

namespace peer {

/// Examines a file; examine() with its options bound, or a worker process, or a test's own idea of
/// what is wrong.
using Examine = std::function<FileReview(const FileJob&)>;

/// Where the parser could not go on.
struct SyntaxErrors {
  std::vector<Span> places;  ///< of ERROR and MISSING nodes, in order of their beginning
  std::size_t bytes = 0;     ///< that ERROR nodes cover, inner ones counted again
};

struct Draft {
  FileJob job;      ///< `after` holds the bytes of this draft; hunks fit them
  SourceFile file;  ///< the same, parsed
  FileReview review;
  SyntaxErrors errors;
  bool conflicted = false;  ///< holds the markers of an unresolved merge
};

/// Reads `job`, whose `after` must be there, examines it and counts its syntax errors.
[[nodiscard]] Draft make_draft(FileJob job, const Examine& examine, const ParseOptions& options);

/// Errors of `file`'s tree; none without a tree.
[[nodiscard]] SyntaxErrors syntax_errors_of(const SourceFile& file);

/// The job of `draft` with `text` in the place of its text, made by `edits`: the same encoding, and
/// hunks whose added lines moved along and hold what was edited.
[[nodiscard]] FileJob edited_job(const Draft& draft, std::span<const Edit> edits,
                                 const std::string& text);

}  // namespace peer
