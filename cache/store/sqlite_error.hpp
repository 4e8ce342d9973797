// From SQLite's result codes to errors by what the caller can do. Inside cache/store only.
#pragma once

#include <string>

#include "base/result.hpp"

struct sqlite3;

namespace peer {

/// The error behind result code `code` of `db`, a database that stands at `path`; `waited` is said
/// of locks.
[[nodiscard]] Error sqlite_error(int code, sqlite3* db, const std::string& path, long waited_ms);

}  // namespace peer
