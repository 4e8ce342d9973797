// The words of one inline comment. All text of the repository in it is made harmless. Pure;
// thread-safe.
#pragma once

#include <string>

#include "analyzers/finding.hpp"
#include "llm/proved_fix.hpp"
#include "reporters/comment_sync/anchors.hpp"
#include "reporters/comment_sync/wanted.hpp"

namespace peer {

/// What is said of `finding`; `fix` is the proved one that answers it, or null. Where the fix can
/// be committed with one click, `at` of the result covers the lines that it replaces.
[[nodiscard]] WantedFinding say(const Finding& finding, const ProvedFix* fix,
                                const Anchors& anchors, const PublishOptions& options);

}  // namespace peer
