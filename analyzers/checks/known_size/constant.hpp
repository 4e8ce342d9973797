// Integer constant expressions of C and C++: `2 * SIZE + 1`, `sizeof buf - 1`, `0x10UL`.
// Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace peer::known_size {

/// What the names in an expression stand for; none where nobody knows.
struct Constants {
  std::function<std::optional<std::int64_t>(std::string_view name)> value;
  /// Bytes of what is given to `sizeof`: a type, a variable, `*p`, `a[0]`.
  std::function<std::optional<std::int64_t>(std::string_view operand)> size;
};

/// What `text` is worth (ISO C 6.6, all types taken for 64 bits); none where something in it is not
/// known, or is no constant expression.
[[nodiscard]] std::optional<std::int64_t> fold_constant(std::string_view text,
                                                        const Constants& known);

/// Bytes of one `type` on the 64-bit systems that most code is built for; none of types that only
/// the program knows.
[[nodiscard]] std::optional<std::int64_t> size_of_type(std::string_view type);

}  // namespace peer::known_size
