// The rule "unused-import" with its documentation and examples. A constant; thread-safe.
#pragma once

#include "analyzers/checks/check.hpp"

namespace peer::imports {

[[nodiscard]] const RuleInfo& unused_import_rule();

}  // namespace peer::imports
