// SHA-1, by nettle: only for names that others make of it (git objects, GitLab's line codes), never
// for what must not be forged. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace peer {

/// Lower-case hexadecimal SHA-1 of `bytes` (40 characters).
[[nodiscard]] std::string sha1(std::string_view bytes);

}  // namespace peer
