// What a YAML rule says about itself: what `rules show` prints and what its findings take over.
// Keys of ours stand under `metadata.peer`; what public rule sets write under `metadata` is read
// too. Pure; values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

struct RuleFacts {
  std::string id;
  std::string category;  ///< "security", "correctness", ...; "custom" where the rule does not say
  std::string topic;     ///< "sql-injection", or ""
  std::string owasp;     ///< "A03:2021", or ""
  std::string title;     ///< one phrase
  std::string why, help;
  Severity severity = Severity::hint;  ///< of a rule that is off, as written
  double confidence = 0.9;
  std::vector<int> cwe;
  std::vector<std::string> references;
  bool safe = false;      ///< its fix may be applied without a human looking
  bool security = false;  ///< runs in check-security
};

/// A piece of code that shows a rule at work, and is its test.
struct RuleExample {
  std::string path;  ///< decides the language
  std::string code;
  std::vector<std::uint32_t> lines;  ///< where findings begin; none for a good example
  std::string fixed;                 ///< what the fix must make of it, or ""
};

struct RuleExamples {
  std::vector<RuleExample> bad, good;
};

[[nodiscard]] RuleFacts facts_of(const Rule& rule);

/// `metadata.peer.bad` and `good` of a rule's document; `path` where an example names none. A line
/// with a finding ends in a comment that holds the one word `finding`; an example of one line needs
/// none.
[[nodiscard]] RuleExamples examples_of(const YamlNode& document, const std::string& path);

/// "example.py" for a rule of Python.
[[nodiscard]] std::string example_path(const Rule& rule);

}  // namespace peer::rules
