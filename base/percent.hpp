// The escapes of addresses: "%20". Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace peer {

/// `text` with each escape replaced by the byte it stands for; what is no whole escape stays.
[[nodiscard]] std::string percent_decoded(std::string_view text);

}  // namespace peer
