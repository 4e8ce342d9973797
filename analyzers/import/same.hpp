// When two findings of different tools are about one thing. Pure; an index is for one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzers/finding.hpp"

namespace peer {

/// "eslint" of "eslint 9.1".
[[nodiscard]] std::string_view tool_name(std::string_view words);

/// Both say the same: one rule (by aliases), or weaknesses of one CWE class; and they stand on the
/// same side of the same file at overlapping places, or begin on one line.
[[nodiscard]] bool same_thing(const Finding& a, const Finding& b);

/// Findings by the lines they stand on, to find those that may be the same as another. Bounded: of
/// a long finding the first lines count, and of a crowded line the first findings.
class LineBuckets {
 public:
  void add(const Finding& finding, std::size_t index);
  /// Indices of added findings that share a line with `finding`, each once, in order.
  [[nodiscard]] std::vector<std::size_t> near(const Finding& finding) const;

 private:
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_line_;
};

}  // namespace peer
