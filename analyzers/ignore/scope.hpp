// Whether a path is looked at: the user's patterns, other tools' filters, .gitattributes and
// well-known names, put together. Pure; thread-safe.
#pragma once

#include <string_view>

#include "analyzers/change_set.hpp"
#include "analyzers/ignore/filters.hpp"
#include "base/glob.hpp"

namespace peer {

struct ScopeRules {
  GlobList exclude;  ///< the user's own, from wherever
  GlobList exclude_asked =
      {};  ///< those of them that this run was asked for, which the reason then says
  PathFilter semgrep, coderabbit, pr_agent;
  bool include_generated = false;
  bool include_vendored = false;
};

/// Why a name alone tells that a file is generated ("lock file", "minified"), or "".
[[nodiscard]] std::string_view generated_by_name(std::string_view path);

/// The folder of `path` that holds other people's code ("node_modules"), or "".
[[nodiscard]] std::string_view vendor_folder(std::string_view path);

/// The scope of `path`. What people exclude is out whatever else is said; .gitattributes outranks
/// names in both directions.
[[nodiscard]] Scope decide_scope(std::string_view path, const PathAttributes& attributes,
                                 const ScopeRules& rules);

}  // namespace peer
