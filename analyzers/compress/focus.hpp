// What of a file a digest is about: the change, which every digest or several of them together must
// show, and what the change uses, which shrinks last. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "analyzers/compress/shape.hpp"

namespace peer::compress {

struct Focus {
  /// Functions that changed and changed lines outside of any; in order, apart.
  std::vector<Span> must;
  std::vector<bool> used;       ///< by element: named in `must`
  std::vector<Span> used_text;  ///< statements outside of functions that define what `must` names
  std::vector<std::uint32_t> order;  ///< all elements, what matters most first
};

[[nodiscard]] Focus focus_of(const Shape& shape, const SourceFile& file,
                             const DigestRequest& request);

/// Sorted, with what overlaps or touches made one.
[[nodiscard]] std::vector<Span> united(std::vector<Span> spans);

/// Whether one of `spans` (in order, apart) holds all of `span`.
[[nodiscard]] bool is_within(const std::vector<Span>& spans, Span span);

}  // namespace peer::compress
