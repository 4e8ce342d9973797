// From the places that tools tell (lines and columns of several kinds, offsets, snippets) to spans
// of the file as it stands. Pure; one index per thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/import/imported.hpp"
#include "analyzers/source_file.hpp"

namespace peer {

/// A text that many places are looked up in: each in time that does not grow with the text.
class PlaceIndex {
 public:
  /// `file` must outlive the index.
  explicit PlaceIndex(const SourceFile& file);

  struct Found {
    Span span;
    bool exact = true;  ///< false: it does not fit the text, and `span` is the nearest that does
  };
  /// What a finding at `place` marks: a place without columns is its lines without indentation, one
  /// without an end the word that stands there. A snippet that does not stand there is looked for
  /// elsewhere in the file.
  [[nodiscard]] Found mark(const ToolPlace& place);
  /// Exactly the bytes of `place`, for edits; nullopt when it does not fit the text.
  [[nodiscard]] std::optional<Span> exactly(const ToolPlace& place) const;

 private:
  /// What stands before the character at byte `offset`.
  struct Mark {
    std::uint32_t offset = 0, utf16 = 0, code_points = 0;
    [[nodiscard]] std::uint32_t units(Unit unit) const;
  };
  [[nodiscard]] Mark mark_at(std::uint32_t offset) const;
  [[nodiscard]] std::optional<std::uint32_t> offset_of(std::uint64_t units, Unit unit) const;
  [[nodiscard]] std::optional<std::uint32_t> column(std::uint32_t line, std::uint32_t column,
                                                    Unit unit) const;
  [[nodiscard]] std::optional<Span> span_of(const ToolPlace& place) const;
  [[nodiscard]] Span line_marked(std::uint32_t line, std::uint32_t end_line) const;
  [[nodiscard]] Span word_at(std::uint32_t offset) const;
  [[nodiscard]] Span nearest(const ToolPlace& place) const;
  [[nodiscard]] std::optional<Span> only_place_of(const std::string& snippet);
  [[nodiscard]] bool shows(const std::string& snippet, Span span) const;

  const SourceFile& file_;
  std::string_view text_;
  std::uint32_t begin_ = 0;  ///< past a byte order mark, which no tool counts
  std::vector<Mark> marks_;  ///< one in every kStep bytes
  int searches_left_ = 200;  ///< through the whole text
};

/// The findings of one file, placed: spans of `file`'s text, path, rule and tools set. `find` gives
/// the repository's path of another tool's path, for related places. `inexact` counts those that do
/// not fit the text: they stand at the nearest place and have lost their fix.
struct PlacedFindings {
  std::vector<Finding> findings;
  std::size_t inexact = 0;
};
[[nodiscard]] PlacedFindings place_findings(
    const SourceFile& file, const std::vector<const ImportedFinding*>& findings,
    const std::function<std::optional<std::string>(const std::string&)>& find);

}  // namespace peer
