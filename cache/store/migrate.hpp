// Brings a database from the schema it has to the one this Peer knows. The schema's number is
// SQLite's user_version: how many steps were taken.
#pragma once

#include <span>
#include <string_view>

#include "cache/store/sqlite.hpp"

namespace peer {

enum class Backup {
  first,  ///< an existing database is copied to "<path>.backup-v<N>" before it is changed
  none,   ///< for what may be lost
};

/// Takes the steps that are missing, all in one transaction; `steps` are SQL scripts, in order,
/// never changed once released. Safe when many processes do it at once. A schema with more steps
/// than these is refused with PEER-E163.
[[nodiscard]] Result<void> migrate(Database& database, std::span<const std::string_view> steps,
                                   Backup backup);

}  // namespace peer
