// Which libgit2 is linked. Thread-safe.
#pragma once

#include <string>

namespace peer {

[[nodiscard]] std::string libgit2_version();  ///< "1.5.1"

}  // namespace peer
