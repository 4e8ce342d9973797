// What the name of a function says of whether it looks at what it is given. Letter case and `_` do
// not matter. Pure; thread-safe.
#pragma once

#include <string_view>

namespace peer::taint {

/// It is named after what was checked: isValid, allowed_file, isalnum.
[[nodiscard]] bool validates(std::string_view name);
/// It comes back only with what is fine: ensureInside, check_host, validate.
[[nodiscard]] bool checks(std::string_view name);
/// Its answer is yes or no: isLocal, has_role, known_host, and whatever validates() or checks().
[[nodiscard]] bool asks(std::string_view name);

}  // namespace peer::taint
