// A problem of the rule author, at a place of the rule file. Inside analyzers/rules/rewrite only.
#pragma once

#include <string>
#include <utility>

#include "analyzers/rules/load/problem.hpp"
#include "base/yaml.hpp"

namespace peer::rules {

/// An error at the key of `node`, or at itself where it has none.
[[nodiscard]] inline Problem problem_at(const YamlNode& node, std::string message) {
  Problem problem;
  problem.line = node.key_line == 0 ? node.line : node.key_line;
  problem.column = node.key_column == 0 ? node.column : node.key_column;
  problem.message = std::move(message);
  return problem;
}

}  // namespace peer::rules
