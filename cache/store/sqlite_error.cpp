#include "cache/store/sqlite_error.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <sqlite3.h>

#include "cache/store/sqlite.hpp"

namespace peer {
namespace {

enum class Trouble { locked, corrupt, unusable, bug };

Trouble trouble_of(int code, const std::string& path) {
  constexpr int kPrimary = 0xFF;  // extended codes hold the primary one in their low byte
  switch (code & kPrimary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Trouble::locked;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_TOOBIG:
      return Trouble::corrupt;
    case SQLITE_READONLY:
      // a file that may be written but says of itself that it may not has a damaged header
      return code == SQLITE_READONLY && access(path.c_str(), W_OK) == 0 ? Trouble::corrupt
                                                                        : Trouble::unusable;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOLFS:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
      return Trouble::unusable;
    default:
      return Trouble::bug;
  }
}

}  // namespace

Error sqlite_error(int code, sqlite3* db, const std::string& path, long waited_ms) {
  const std::string said =
      db != nullptr && sqlite3_errcode(db) != SQLITE_OK ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  switch (trouble_of(code, path)) {
    case Trouble::locked:
      return {ErrorKind::timeout,
              fmt::format("{} is locked by another process (waited {:.1f} s)", path,
                          static_cast<double>(waited_ms) / 1000.0),
              std::string(kStoreLocked)};
    case Trouble::corrupt:
      return {ErrorKind::unavailable, fmt::format("{} is damaged: {}", path, said),
              std::string(kStoreCorrupt)};
    case Trouble::unusable:
      return {ErrorKind::unavailable, fmt::format("{} can't be used: {}", path, said),
              std::string(kStoreUnusable)};
    case Trouble::bug:
      break;
  }
  return {ErrorKind::internal, fmt::format("{}: {} (SQLite error {})", path, said, code), {}};
}

}  // namespace peer
