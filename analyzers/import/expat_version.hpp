// Which expat is linked. Thread-safe.
#pragma once

#include <string>

namespace peer {

[[nodiscard]] std::string expat_version();  ///< "2.5.0"

}  // namespace peer
