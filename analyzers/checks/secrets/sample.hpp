// Makes up secrets that look like real ones, checksum included, for examples and tests: none is
// ever written down. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "analyzers/checks/secrets/format.hpp"

namespace peer::secrets {

/// A value by `recipe`, the same for the same `seed`. `{w20}` stands for 20 random characters of a
/// class: w letters and digits, l lower-case letters and digits, u upper-case letters and digits, b
/// letters, digits, - and _, s base64, h and H hexadecimal, d digits, A base32, B bech32; `{g}` a
/// UUID; `{crc}` the checksum of the random characters so far.
[[nodiscard]] std::string make_sample(std::string_view recipe, std::uint64_t seed);

/// What people write in documentation where a secret by `recipe` belongs: its fixed parts, and x
/// for the others.
[[nodiscard]] std::string make_placeholder(std::string_view recipe);

/// A line of YAML that assigns `value` to a name, which says what it is where the format asks for
/// that.
[[nodiscard]] std::string in_line(const Format& format, std::string_view value);

}  // namespace peer::secrets
