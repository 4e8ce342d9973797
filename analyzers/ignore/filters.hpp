// Path filters that are in users' repositories already, written for other tools: .semgrepignore,
// .coderabbit.yaml, .pr_agent.toml. Text in, rules out. Pure; thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.hpp"
#include "base/result.hpp"

namespace peer {

/// Regular expressions on paths, each matched from the path's beginning.
class PathRegexes {
 public:
  PathRegexes();
  PathRegexes(PathRegexes&&) noexcept;
  PathRegexes& operator=(PathRegexes&&) noexcept;
  ~PathRegexes();
  /// False where `pattern` is none, or one that only a backtracking engine could match.
  [[nodiscard]] bool add(const std::string& pattern);
  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Which paths another tool's settings leave out.
struct PathFilter {
  GlobList include;  ///< where there are any, only these paths are in
  GlobList exclude;
  PathRegexes exclude_regexes;
  std::vector<std::string> problems;  ///< what could not be read, one sentence each

  [[nodiscard]] bool excludes(std::string_view path) const;
};

/// .semgrepignore: .gitignore's syntax, and `:include .gitignore`, which takes in `gitignore`.
[[nodiscard]] PathFilter read_semgrepignore(std::string_view text, std::string_view gitignore);

/// `reviews.path_filters` of .coderabbit.yaml: a list of patterns, with `!` before those to leave
/// out. Fails with invalid_input where the file is not YAML (see base/yaml.hpp).
[[nodiscard]] Result<PathFilter> read_coderabbit(std::string_view text);

/// `glob` and `regex` of the table [ignore] of .pr_agent.toml: lists of strings, or one. Reads
/// these two keys and nothing else of TOML.
[[nodiscard]] PathFilter read_pr_agent(std::string_view text);

}  // namespace peer
