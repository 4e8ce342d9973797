// What a digest is cut from: the elements of a file (functions, types, imports) with their heads
// and bodies, from the tree where there is one, else from lines that look like definitions, else
// from indentation. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzers/compress/digest.hpp"
#include "analyzers/span.hpp"

namespace peer::compress {

enum class ElementKind { callable, type, import, other };

struct Element {
  ElementKind kind = ElementKind::other;
  std::string_view word;      ///< "function", "class": shown before the name
  std::string_view name;      ///< a view of the file's text
  Span span;                  ///< all of it, from the start of its line where nothing stands before
  std::uint32_t name_at = 0;  ///< a byte of the line with the name
  std::uint32_t body = 0;     ///< where the body begins; span.end without one
  std::uint32_t body_end = 0;           ///< likewise where it ends
  std::optional<std::uint32_t> parent;  ///< index of the innermost element around it
};

/// What a stretch of the text is to the element it belongs to.
enum class Role {
  head,  ///< all of it but the body
  body,  ///< between its braces, without what belongs to elements in there
};

/// Stretches cover the text without gaps, in order.
struct Stretch {
  Span span;
  Role role = Role::body;
  std::optional<std::uint32_t> element;  ///< none: outside of all
};

struct Shape {
  DigestTier tier = DigestTier::syntax;
  std::vector<Element> elements;  ///< in order, parents before their children, nested or apart
  std::vector<Stretch> stretches;
};

[[nodiscard]] Shape shape_of(const SourceFile& file);

/// As shape_of for text without a usable tree.
[[nodiscard]] Shape shape_by_lines(std::string_view text);

/// What in `text` looks like a definition or an import, line by line; nested as it is indented.
[[nodiscard]] std::vector<Element> elements_by_pattern(std::string_view text);

/// `sure` and those of `guessed` that stand in `broken` (in order, apart) or outside of all
/// functions of `sure`, on lines where `sure` has nothing; cut so that all are nested or apart.
[[nodiscard]] std::vector<Element> mended(const std::vector<Element>& sure,
                                          const std::vector<Element>& guessed,
                                          const std::vector<Span>& broken, const LineIndex& lines);

/// Cuts a text of `size` bytes into the stretches of `elements`.
[[nodiscard]] std::vector<Stretch> stretches_of(const std::vector<Element>& elements,
                                                std::uint32_t size);

}  // namespace peer::compress
