// Whether a `.h` file is C or C++. Pure; thread-safe.
#pragma once

#include <string_view>

namespace peer {

/// Something in the first 64 KiB of `text` is C++ and not C. Comments, literals and what stands
/// under `#ifdef __cplusplus` say nothing: C headers have it too.
[[nodiscard]] bool header_is_cpp(std::string_view text);

}  // namespace peer
