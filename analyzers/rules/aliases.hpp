// What other tools call our rules. Pure; thread-safe.
#pragma once

#include <string_view>

namespace peer {

/// Our rule for another tool's code ("F401" -> "unused-import"), whatever its prefix
/// ("@typescript-eslint/no-unused-vars", "lang.security.unused-import"); the name itself without
/// prefix where it is not in the table.
[[nodiscard]] std::string_view our_name(std::string_view foreign);

/// The same for naming a finding: "" where the other tool's rule says more than ours
/// ("no-unused-vars" is about imports only now and then).
[[nodiscard]] std::string_view our_rule(std::string_view foreign);

}  // namespace peer
