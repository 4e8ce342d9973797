// Credentials that stand inside addresses: redis://user:password@host, http://user:password@proxy.
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// The passwords of every address in the value of the variable or setting `name`, and what stands
/// for a user where there is no password, as they are and percent-decoded. A word that could be any
/// is none: under `least` characters a letter and a digit must be in it, and four characters.
[[nodiscard]] std::vector<std::string> passwords_in(std::string_view name, std::string_view value,
                                                    std::size_t least);

}  // namespace peer
