// Base64 (RFC 4648, with padding): how bytes that are not text travel in JSON. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace peer {

[[nodiscard]] std::string base64_encode(std::string_view bytes);

/// nullopt where `text` is not strict Base64: wrong length, a foreign character, bits that are left
/// over.
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text);

}  // namespace peer
