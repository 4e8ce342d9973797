// The part of a file that a model is shown about a finding, and outside of which it may change
// nothing: the function around it where that fits, else the lines around it. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/source_file.hpp"

namespace peer {

struct FixRegion {
  Span lines;                 ///< whole lines of the text
  bool function = false;      ///< they are one function or type, whole
  std::string name;           ///< of that function: "Basket.add", or ""
  std::vector<Span> imports;  ///< whole lines elsewhere that import something, in order
};

/// At most `max_bytes` of lines, imports not counted (they have a quarter of that besides). nullopt
/// where not even the line of the finding fits.
[[nodiscard]] std::optional<FixRegion> region_around(const SourceFile& file, const Finding& finding,
                                                     std::size_t max_bytes);

/// Whether `span` lies in what was shown.
[[nodiscard]] bool in_region(const FixRegion& region, Span span);

}  // namespace peer
