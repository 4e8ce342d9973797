// Cuts a change that is too large for one digest into parts that fit, between statements where it
// can. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "analyzers/compress/tokens.hpp"
#include "analyzers/source_file.hpp"
#include "analyzers/span.hpp"

namespace peer::compress {

/// The spans of each part: together all of `must`, each at most `most` tokens as its lines are
/// counted one by one. A line that is longer than that is cut between characters.
[[nodiscard]] std::vector<std::vector<Span>> parts_of(const SourceFile& file,
                                                      const std::vector<Span>& must,
                                                      std::uint64_t most, Vocabulary vocabulary);

}  // namespace peer::compress
