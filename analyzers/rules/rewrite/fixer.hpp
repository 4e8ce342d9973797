// `fix` of a rule or rewriter: a template, and how far beyond the match its place reaches. Inside
// analyzers/rules/rewrite only. Immutable; thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyzers/fix/fix.hpp"
#include "analyzers/rules/match/matcher.hpp"
#include "analyzers/rules/rewrite/template.hpp"

namespace peer::rules {

struct Fixer {
  Template text;
  std::optional<Matcher> expand_start;  ///< the sibling before the match that is replaced too
  std::optional<Matcher> expand_end;    ///< the sibling after it
  std::string title;
};

/// Compiles rule objects in the scope of the rule that a fix belongs to.
struct FixScope {
  const Language* language = nullptr;
  const YamlNode* utils = nullptr;
  const GlobalUtils* globals = nullptr;
  std::span<const std::string> transformed;  ///< names that transforms make
};

/// Reads `fix`: text, {template, expandStart, expandEnd, title}, or a list of such with titles.
[[nodiscard]] std::vector<Fixer> parse_fix(const YamlNode& node, const FixScope& scope,
                                           std::vector<Problem>& problems);

/// What `fixer` puts where.
[[nodiscard]] Edit make_edit(const Fixer& fixer, Subject& subject, Node match,
                             const Captures& captures);

}  // namespace peer::rules
