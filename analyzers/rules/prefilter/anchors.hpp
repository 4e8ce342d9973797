// The plainest form of what a rule requires of a file: texts to look for before the rule is even compiled. Made of built-in
// rules when Peer is built, so that examining one small file compiles only the rules that it could match. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "analyzers/rules/prefilter/literals.hpp"

namespace peer::rules {

/// Lines, each of texts parted by tabs: of every line one text stands in any file that the rule matches. "" where nothing is
/// known. Weaker than `requirement`: words may stand within others.
[[nodiscard]] std::string anchors_of(const Requirement& requirement);

/// Whether a rule with `anchors` may match `text`.
[[nodiscard]] bool anchors_hold(std::string_view anchors, std::string_view text);

}  // namespace peer::rules
