// A CI definition as the check reads it: keys with what they say, which of it is a command, and
// what starts the run. Read from the tree of the YAML; where that has errors, also from the lines
// of the text, so that a file that is no valid YAML is still looked at.
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
  Span span;         ///< without indentation
  std::string text;  ///< what is said: a command, a value; of a line that is read as text all of it
  std::string key = {};      ///< under which it stands, "uses" of `- uses: x`; "" if there is none
  std::string value = {};    ///< what follows the key, without quotes and comment
  std::uint32_t indent = 0;  ///< 0: at the top level; more: below it
  bool script = false;       ///< a command, or part of one
  bool runner = false;       ///< says where a job runs
};

/// What the definition says, in order: a pair of a key and a value is one line whatever way it is
/// written, a text of several lines is one for each. Commands that go on over several lines (`\` or
/// `|` at the end, `|` at the beginning of the next) count as one line.
[[nodiscard]] std::vector<Line> read_lines(const SourceFile& file, System system);

/// What a GitHub workflow is started by.
struct Triggers {
  bool privileged = false;    ///< runs with secrets on what a stranger wrote: pull_request_target,
                              ///< workflow_run, issue_comment
  bool pull_request = false;  ///< any pull request
};
[[nodiscard]] Triggers triggers_of(const std::vector<Line>& lines);

}  // namespace peer::ci
