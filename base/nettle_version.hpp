// Which nettle is linked. Thread-safe.
#pragma once

#include <string>

namespace peer {

[[nodiscard]] std::string nettle_version();  ///< "3.8"

}  // namespace peer
