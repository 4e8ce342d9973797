// Which parts of a file a digest shows, and the text that comes of it. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analyzers/compress/focus.hpp"
#include "analyzers/compress/shape.hpp"

namespace peer::compress {

/// How much of an element is shown.
enum class Show : std::uint8_t { nothing, name, head, whole };

struct Plan {
  DigestLevel level = DigestLevel::full;
  std::vector<Show> show;  ///< by element
  std::vector<Span> keep;  ///< shown whatever `show` says; in order, apart
  bool loose = false;      ///< what belongs to no function is shown: statements, fields, comments
  bool bodies = false;     ///< bodies of functions are
};

struct Composed {
  std::string text;
  std::vector<std::uint32_t> line_map;
};

[[nodiscard]] Composed compose(const Plan& plan, const Shape& shape, const SourceFile& file);

/// The bytes of an element's head that are shown at most.
[[nodiscard]] Span shown_head(const Element& element, std::string_view text);

}  // namespace peer::compress
