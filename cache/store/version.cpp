#include "cache/store/version.hpp"

#include <sqlite3.h>

namespace peer {

std::string sqlite_version() { return sqlite3_libversion(); }

}  // namespace peer
