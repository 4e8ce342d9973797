// The readers of each format. Each gives what it could read and says in `problem` why it could not
// go on, if it could not. Pure; thread-safe; linear in the text.
#pragma once

#include <cstddef>
#include <string_view>

#include "analyzers/import/imported.hpp"

namespace peer {

/// Findings of one file of another tool that are kept; the rest is counted.
inline constexpr std::size_t kMostImported = 200'000;

[[nodiscard]] ToolFindings read_sarif(std::string_view json);
[[nodiscard]] ToolFindings read_checkstyle(std::string_view xml);
[[nodiscard]] ToolFindings read_eslint(std::string_view json);
/// reviewdog's format: one object with `diagnostics`, or one diagnostic to a line.
[[nodiscard]] ToolFindings read_rdjson(std::string_view json);
[[nodiscard]] ToolFindings read_rdjsonl(std::string_view lines);
/// What compilers and linters print for people: gcc and clang with notes and fix-its, and whatever
/// read_tool_output() knows.
[[nodiscard]] ToolFindings read_compiler_text(std::string_view text);

}  // namespace peer
