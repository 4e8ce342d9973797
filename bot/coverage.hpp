// Rows of the coverage manifest: every changed file and hunk, as examined by what or skipped why.
// Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>

#include "analyzers/change_set.hpp"
#include "analyzers/examine.hpp"
#include "reporters/report.hpp"

namespace peer {

/// Larger contents are not read at all: they could not be examined within bounded memory.
inline constexpr std::uint64_t kMostReadBytes = std::uint64_t{64} << 20U;

/// Out of scope where there is no text of this repository to examine: binaries, LFS pointers,
/// submodules.
[[nodiscard]] Scope scope_by_nature(const ChangedFile& file);
[[nodiscard]] std::uint64_t largest_side(const ChangedFile& file);
[[nodiscard]] std::string too_large_to_read(std::uint64_t bytes);

[[nodiscard]] FileCoverage out_of_scope(const ChangedFile& file, const Scope& scope);
[[nodiscard]] FileCoverage skipped(const ChangedFile& file, std::string reason);
/// With what `review` came from: `options`, and, where `imported`, what other tools found.
[[nodiscard]] FileCoverage covered(const ChangedFile& file, const FileReview& review,
                                   const ExamineOptions& options, bool imported = false);

/// Names the hunks of `coverage` by what they say: from the two sides of `file`.
void name_hunks(FileCoverage& coverage, const ChangedFile& file, std::string_view before,
                std::string_view after);

}  // namespace peer
