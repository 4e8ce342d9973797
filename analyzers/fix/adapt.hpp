// Makes what a fix inserts look like the file it goes into: line ends, last newline, indentation.
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/fix/editorconfig.hpp"
#include "analyzers/fix/fix.hpp"
#include "analyzers/source_file.hpp"

namespace peer {

/// The line end in use around byte `at` of `text`: that of its line, else of the line before; ""
/// when it has none.
[[nodiscard]] std::string_view line_end_near(std::string_view text, const LineIndex& lines,
                                             std::uint32_t at);

/// `edits`, which must fit `text`, with their inserted text adapted: line feeds become the line end
/// of the surroundings (or of `settings`, or a line feed, where the file has none yet); a file that
/// ended in a line end still does, one that did not still does not; inserted lines lose trailing
/// blanks and take over tabs or spaces where `settings` ask for it and the lines around do not do
/// otherwise. `lines` are those of `text`; the cost is that of the edits, not of the text.
[[nodiscard]] std::vector<Edit> adapted(std::vector<Edit> edits, std::string_view text,
                                        const LineIndex& lines, const EditorSettings& settings);

}  // namespace peer
