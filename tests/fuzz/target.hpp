// What a fuzz target gives: one function over bytes, and texts to begin with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace peer::fuzz {

/// Inputs that the target takes in full: where mutations begin.
[[nodiscard]] std::span<const std::string_view> seeds();

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace peer::fuzz
