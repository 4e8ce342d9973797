// `transform`: new variables computed from the text of others. Parsing (both spellings) and the
// operations that need text only; `rewrite`, which needs a tree, stands in rewrite.hpp. Values;
// thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analyzers/rules/load/problem.hpp"
#include "analyzers/rules/rewrite/string_case.hpp"
#include "analyzers/rules/rewrite/template.hpp"
#include "base/result.hpp"
#include "base/yaml.hpp"

namespace re2 {
class RE2;
}

namespace peer::rules {

/// Replaces what a regular expression finds.
struct ReplaceText {
  std::shared_ptr<const re2::RE2> pattern;
  std::string by;
};

/// Takes characters [start, end); negative ones count from the end, and what lies outside is cut
/// off.
struct TakeSubstring {
  std::optional<std::int32_t> start;
  std::optional<std::int32_t> end;
};

struct ConvertCase {
  StringCase to = StringCase::lower;
  std::optional<std::vector<Separator>> separators;  ///< nullopt: all of them
};

/// Applies rewriters below the nodes of a variable.
struct RewriteNodes {
  std::vector<std::string> rewriters;  ///< ids, the first that matches a node counts
  /// Only the replacements, joined; nullopt: in their surroundings.
  std::optional<std::string> join_by;
};

struct Transform {
  std::string name;  ///< of the new variable
  TemplateVariable source;
  std::variant<ReplaceText, TakeSubstring, ConvertCase, RewriteNodes> operation;
};

/// Compiles a pattern in the rule language's syntax.
using CompileRegex =
    std::function<Result<std::shared_ptr<const re2::RE2>>(std::string_view pattern)>;

/// Parses the map `transform`, and orders it so that each variable stands after the one it is made
/// from. What is wrong (a misspelt operation or argument, a missing one, a source that is no
/// variable, a circle) goes to `problems` with line and variable.
[[nodiscard]] std::vector<Transform> parse_transforms(const YamlNode& map,
                                                      const CompileRegex& compile,
                                                      std::vector<Problem>& problems);

/// The most bytes that a transform may make: each may make several of one.
inline constexpr std::size_t kMostTransformed = std::size_t{1} << 20U;

/// What the operation makes of `text`; nullopt for RewriteNodes, and beyond kMostTransformed where
/// it replaces.
[[nodiscard]] std::optional<std::string> transformed(const Transform& transform,
                                                     std::string_view text);

}  // namespace peer::rules
