// Which SQLite is linked. Thread-safe.
#pragma once

#include <string>

namespace peer {

[[nodiscard]] std::string sqlite_version();  ///< "3.40.1"

}  // namespace peer
