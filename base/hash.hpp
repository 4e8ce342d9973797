// Content hashes: what gives findings their identity and caches their keys. SHA-256 by nettle.
// Pure functions; safe from any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace peer {

/// Lower-case hexadecimal SHA-256 of `bytes` (64 characters).
[[nodiscard]] std::string sha256(std::string_view bytes);

/// SHA-256 over parts that cannot run into each other: each is preceded by its length.
[[nodiscard]] std::string sha256_of_parts(std::initializer_list<std::string_view> parts);

}  // namespace peer
