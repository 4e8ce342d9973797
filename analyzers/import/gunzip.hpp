// Unpacks gzip within bounds, and packs. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace peer {

[[nodiscard]] bool is_gzip(std::string_view bytes);

/// What `bytes` (one gzip member or several) unpack to. Fails with invalid_input when they are
/// damaged or cut short, with refused when they would be more than `most` bytes or, past the first
/// megabyte, more than 200 times their own size.
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, std::size_t most);

/// `bytes` as one gzip member; "" in the unlikely case that zlib cannot work.
[[nodiscard]] std::string gzip(std::string_view bytes);

/// Of the zlib that is linked: "1.2.13".
[[nodiscard]] std::string linked_zlib();

}  // namespace peer
