#include "cache/store/migrate.hpp"

#include <fmt/format.h>

namespace peer {
namespace {

Result<std::size_t> version_of(Database& database, std::size_t known) {
  const auto version = database.integer("PRAGMA user_version");
  if (!version) return fail(version.error());
  if (*version < 0 || static_cast<std::uint64_t>(*version) > known)
    return fail(ErrorKind::refused,
                fmt::format("{} was written by a newer Peer (schema {}, this one knows {}): update "
                            "Peer, or point it to another folder",
                            database.path().string(), *version, known),
                std::string(kStoreNewer));
  return static_cast<std::size_t>(*version);
}

Result<void> take_steps(Database& database, std::span<const std::string_view> steps,
                        std::size_t version) {
  for (const auto step : steps.subspan(version))
    if (auto done = database.run_script(std::string(step)); !done) return done;
  return database.run_script(fmt::format("PRAGMA user_version = {}", steps.size()));
}

}  // namespace

Result<void> migrate(Database& database, std::span<const std::string_view> steps, Backup backup) {
  const auto seen = version_of(database, steps.size());
  if (!seen) return fail(seen.error());
  if (*seen == steps.size()) return {};

  auto transaction = database.begin();
  if (!transaction) return fail(transaction.error());
  // another process may have been first while this one waited for the lock
  const auto version = version_of(database, steps.size());
  if (!version) return fail(version.error());
  if (*version == steps.size()) return {};
  if (*version > 0 && backup == Backup::first && !database.path().empty()) {
    auto target = database.path();
    target += fmt::format(".backup-v{}", *version);
    if (auto copied = database.back_up_to(target); !copied)
      return fail(copied.error().with_context("before changing its schema"));
  }
  if (auto done = take_steps(database, steps, *version); !done) return done;
  return transaction->commit();
}

}  // namespace peer
