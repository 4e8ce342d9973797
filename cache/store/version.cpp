#include "cache/store/version.hpp"

#include <fmt/format.h>

#include <hiredis/hiredis.h>
#include <sqlite3.h>

namespace peer {

std::string sqlite_version() { return sqlite3_libversion(); }

std::string hiredis_version() {
  return fmt::format("{}.{}.{}", HIREDIS_MAJOR, HIREDIS_MINOR, HIREDIS_PATCH);
}

}  // namespace peer
