// Tells values that someone was given from values that someone made up. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace peer::secrets {

/// Shannon entropy in bits per character; 0 for "".
[[nodiscard]] double entropy_of(std::string_view value);

/// A run of one character, an ascending or descending sequence, few different characters, or a
/// short piece repeated: what people type when they need a value that means nothing.
[[nodiscard]] bool is_patterned(std::string_view value);

/// Says of itself that it is none: "EXAMPLE", "your-token-here", "changeme", "dummy"... Case does
/// not count.
[[nodiscard]] bool names_itself_fake(std::string_view value);

/// Stands for a value that comes from elsewhere: `${VAR}`, `<token>`, `{{ x }}`, `%s`, `$VAR`.
[[nodiscard]] bool is_reference(std::string_view value);

/// 8-4-4-4-12 hexadecimal digits.
[[nodiscard]] bool is_uuid(std::string_view value);

/// The six base-62 digits (0-9, A-Z, a-z) of the CRC-32 of `text`: the checksum of GitHub's and
/// npm's tokens.
[[nodiscard]] std::string crc32_base62(std::string_view text);

/// What may be shown of a secret: its first four characters (fewer of a short one), then "****".
[[nodiscard]] std::string masked(std::string_view secret);

}  // namespace peer::secrets
