// Which libseccomp is linked. Thread-safe.
#pragma once

#include <string>

namespace peer {

[[nodiscard]] std::string seccomp_library_version();  ///< "2.5.4"

}  // namespace peer
