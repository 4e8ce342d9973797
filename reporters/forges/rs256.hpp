// RS256, the signature of the tokens that a GitHub App introduces itself with (RFC 7518), by
// nettle's public-key library. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace peer {

/// A JSON Web Token of `claims` (JSON), signed with an RSA key in PEM (PKCS#1 or PKCS#8, not
/// encrypted). Fails with invalid_input where it is no such key; the message holds nothing of it.
[[nodiscard]] Result<std::string> sign_jwt(std::string_view claims, std::string_view pem);

}  // namespace peer
