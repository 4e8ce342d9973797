// JSON of any size, of which only small parts are wanted: each is built, handed over and forgotten.
// Pure; thread-safe; the memory it needs does not grow with the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/json.hpp"

namespace peer {

/// Bounds of one wanted value. What is over them is left out of it.
struct StreamLimits {
  std::size_t max_values = 20'000;
  std::size_t max_keys = 256;  ///< of one object
  std::size_t max_depth = 40;
  std::size_t max_bytes = std::size_t{1} << 20U;  ///< of all its strings
};

/// A wanted value.
struct StreamedValue {
  std::size_t wanted = 0;                ///< index of the pattern it stands at
  std::span<const std::size_t> indices;  ///< of each array on the way, outermost first
  const Json& value;
  bool cut = false;  ///< something was over the limits
};

/// Gives each value of `text` that stands at one of `wanted` (at most 32; "runs/*/tool/driver":
/// keys, `*` for each element of an array), in the order of the text. Ends early when `take` gives
/// false. Fails with invalid_input and the byte where `text` is no JSON any more; what came before
/// has been given by then.
[[nodiscard]] Result<void> stream_json(std::string_view text,
                                       std::span<const std::string_view> wanted,
                                       const std::function<bool(const StreamedValue&)>& take,
                                       const StreamLimits& limits = {});

// Reading values that may be anything: what is not there or of another type is the default.
[[nodiscard]] const Json& member(const Json& object, std::string_view key);  ///< null if absent
[[nodiscard]] std::string string_in(const Json& object, std::string_view key);
/// A whole number from 0 to 2^53; nullopt for anything else.
[[nodiscard]] std::optional<std::uint64_t> number_in(const Json& object, std::string_view key);
/// A number that is a line or a column: 0 when absent, negative or no number, at most 2^31.
[[nodiscard]] std::uint32_t position_in(const Json& object, std::string_view key);

}  // namespace peer
