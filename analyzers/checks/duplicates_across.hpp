// Code that a change adds to several files at once: the step after all files were examined, for a
// check sees only one. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "analyzers/checks/duplicate_code.hpp"
#include "analyzers/finding.hpp"

namespace peer {

/// The windows that examine() put into a file's review.
struct AddedCode {
  std::string_view path;
  std::span<const CodeWindow> windows;
};

/// A finding of rule "duplicate-code" in the file with index `file`.
struct AcrossDuplicate {
  std::size_t file = 0;
  Finding finding;  ///< to be completed by examine(), as FileJob::across
};

/// One finding per pair of files and stretch of code that both of them gain, on the later file.
/// Linear in the number of windows but for sorting; code that stands in very many files is reported
/// against the first.
[[nodiscard]] std::vector<AcrossDuplicate> duplicates_across(std::span<const AddedCode> files);

}  // namespace peer
