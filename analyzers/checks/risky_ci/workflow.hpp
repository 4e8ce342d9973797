// A CI definition as the check reads it: lines with their keys, which of them are commands, and
// what starts the run. Works on text, so that a file that is no valid YAML is still looked at.
// Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/source_file.hpp"

namespace peer::ci {

enum class System {
  none,
  github_workflow,
  github_action,  ///< action.yml
  gitlab,
  dockerfile,
};

[[nodiscard]] System system_of(std::string_view path);

struct Line {
  Span span;                 ///< without indentation
  std::string_view text;     ///< the same
  std::string_view key;      ///< "uses" of `- uses: x`; "" if there is none
  std::string_view value;    ///< what follows the key, without quotes and comment
  std::uint32_t indent = 0;  ///< column of the key, counted from 0
  bool script = false;       ///< a command, or part of one
};

/// The lines that are neither blank nor comments. Commands that go on over several lines (`\` at
/// the end, `|` at the beginning of the next) count as one line.
[[nodiscard]] std::vector<Line> read_lines(const SourceFile& file, System system);

/// What a GitHub workflow is started by.
struct Triggers {
  bool privileged = false;    ///< runs with secrets on what a stranger wrote: pull_request_target,
                              ///< workflow_run, issue_comment
  bool pull_request = false;  ///< any pull request
};
[[nodiscard]] Triggers triggers_of(const std::vector<Line>& lines);

}  // namespace peer::ci
