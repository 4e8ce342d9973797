// Which SQLite and hiredis are used. Thread-safe.
#pragma once

#include <string>

namespace peer {

[[nodiscard]] std::string sqlite_version();  ///< "3.40.1"
/// "0.14.1": that of the headers, as the library tells none; its file name holds the same one.
[[nodiscard]] std::string hiredis_version();

}  // namespace peer
