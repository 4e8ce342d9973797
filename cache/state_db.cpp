#include "cache/state_db.hpp"

#include <fmt/format.h>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cache/guarded_database.hpp"
#include "cache/store/migrate.hpp"

namespace peer {
namespace {

std::string quoted(const std::filesystem::path& path) {
  return "'" + replace_all(path.string(), "'", "'\\''") + "'";
}

}  // namespace

Error with_recovery(Error error, const std::filesystem::path& path) {
  if (error.code != kStoreCorrupt) return error;
  auto moved = path;
  moved += ".damaged";
  return {
      ErrorKind::refused,
      fmt::format("{}. Peer does not delete it. To begin anew: mv {} {}; then, to save what can "
                  "be read: sqlite3 {} .recover | sqlite3 {}",
                  error.message, quoted(path), quoted(moved), quoted(moved), quoted(path)),
      error.code};
}

namespace {

tl::unexpected<Error> damaged(const Database& database, std::string_view what) {
  return fail(
      ErrorKind::unavailable,
      fmt::format("{} is damaged: the checksum of {} is wrong", database.path().string(), what),
      std::string(kStoreCorrupt));
}

std::string checksum_of(std::initializer_list<std::string_view> parts) {
  constexpr std::size_t kDigits = 32;
  return sha256_of_parts(parts).substr(0, kDigits);
}

std::string to_text(const std::vector<RuleTotal>& totals) {
  auto json = Json::array();
  for (const auto& total : totals)
    json.push_back({total.rule, total.severity, total.count});
  return dump_json(json);
}

/// The inverse of to_text, for text whose checksum was right.
std::vector<RuleTotal> totals_in(std::string_view text) {
  std::vector<RuleTotal> out;
  const auto json = parse_json(text);
  if (!json) return out;
  for (const auto& row : *json)
    out.push_back({row.at(0).get<std::string>(), row.at(1).get<std::string>(),
                   row.at(2).get<std::uint64_t>()});
  return out;
}

Result<void> insert(Database& database, std::string_view repository, const AuditRecord& audit,
                    std::int64_t time) {
  const auto totals = to_text(audit.totals);
  if (auto done =
          database.run("INSERT INTO audits (repository, time, commit_id, totals, checksum) VALUES "
                       "(?, ?, ?, ?, ?)",
                       {repository, time, audit.commit, totals,
                        checksum_of({repository, std::to_string(time), audit.commit, totals})});
      !done)
    return done;
  std::string prints;
  for (const auto print : audit.fingerprints)
    prints.append(prints.empty() ? 0 : 1, '\n').append(print);
  return database.run(
      "INSERT INTO audit_fingerprints (audit, prints, checksum) VALUES (last_insert_rowid(), ?, ?)",
      {prints, checksum_of({prints})});
}

Result<void> add(Database& database, std::string_view repository, const AuditRecord& audit,
                 std::int64_t now) {
  constexpr std::int64_t kFingerprintsKept = 30;
  auto transaction = database.begin();
  if (!transaction) return fail(transaction.error());
  if (auto done = insert(database, repository, audit, audit.time == 0 ? now : audit.time); !done)
    return done;
  if (auto done =
          database.run("DELETE FROM audit_fingerprints WHERE audit IN (SELECT id FROM audits "
                       "WHERE repository = ? ORDER BY time DESC, id DESC LIMIT -1 OFFSET ?)",
                       {repository, kFingerprintsKept});
      !done)
    return done;
  return transaction->commit();
}

/// The audit in the current row of read_audits' statement.
Result<AuditRecord> audit_in(const Rows& rows, const Database& database,
                             std::string_view repository) {
  const auto totals = rows.text(2);
  AuditRecord audit{rows.integer(0), rows.text(1), {}, {}};
  if (checksum_of({repository, std::to_string(audit.time), audit.commit, totals}) != rows.text(3))
    return damaged(database, "an audit");
  audit.totals = totals_in(totals);
  if (rows.is_null(4)) return audit;
  const auto prints = rows.text(4);
  if (checksum_of({prints}) != rows.text(5)) return damaged(database, "an audit's findings");
  for (const auto line : split_lines(prints))
    audit.fingerprints.push_back(line);
  return audit;
}

Result<void> read_audits(Database& database, std::string_view repository, std::uint32_t limit,
                         const std::function<void(AuditRecord)>& visit) {
  auto rows = database.query(
      "SELECT time, commit_id, totals, audits.checksum, prints, audit_fingerprints.checksum "
      "FROM audits LEFT JOIN audit_fingerprints ON audit = audits.id WHERE repository = ? "
      "ORDER BY time DESC, audits.id DESC LIMIT ?",
      {repository, std::int64_t{limit}});
  if (!rows) return fail(rows.error());
  for (;;) {
    const auto found = rows->next();
    if (!found) return fail(found.error());
    if (!*found) return {};
    auto audit = audit_in(*rows, database, repository);
    if (!audit) return fail(audit.error());
    visit(*std::move(audit));
  }
}

}  // namespace

struct StateDb::State : GuardedDatabase {
  using GuardedDatabase::GuardedDatabase;
};

StateDb::StateDb(std::unique_ptr<State> state) : state_(std::move(state)) {}
StateDb::StateDb(StateDb&&) noexcept = default;
StateDb& StateDb::operator=(StateDb&&) noexcept = default;
StateDb::~StateDb() = default;

Result<StateDb> StateDb::open(const std::filesystem::path& path, const Clock& clock) {
  auto database = Database::open(path, {.durable = true});
  if (!database) return fail(with_recovery(database.error(), path));
  if (auto done = migrate(*database, kStateSteps, Backup::first); !done)
    return fail(with_recovery(done.error(), path));
  return StateDb(std::make_unique<State>(*std::move(database), clock));
}

Result<void> StateDb::save_report(std::string_view repository, std::string_view json) {
  constexpr std::int64_t kReportsKept = 200;
  return state_->guarded([&]() -> Result<void> {
    auto& database = state_->database;
    auto transaction = database.begin();
    if (!transaction) return fail(transaction.error());
    if (auto done = database.run(
            "INSERT INTO reports (repository, time, checksum, json) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (repository) DO UPDATE SET time = excluded.time, "
            "checksum = excluded.checksum, json = excluded.json",
            {repository, state_->clock->unix_seconds(), checksum_of({repository, json}), json});
        !done)
      return done;
    if (auto done =
            database.run("DELETE FROM reports WHERE repository IN "
                         "(SELECT repository FROM reports ORDER BY time DESC LIMIT -1 OFFSET ?)",
                         {kReportsKept});
        !done)
      return done;
    return transaction->commit();
  });
}

Result<std::optional<StoredReport>> StateDb::last_report(std::string_view repository) {
  return state_->guarded([&]() -> Result<std::optional<StoredReport>> {
    auto rows = state_->database.query(
        "SELECT time, json, checksum FROM reports WHERE repository = ?", {repository});
    if (!rows) return fail(rows.error());
    const auto found = rows->next();
    if (!found) return fail(found.error());
    if (!*found) return std::nullopt;
    StoredReport report{rows->integer(0), rows->text(1)};
    if (checksum_of({repository, report.json}) == rows->text(2)) return report;
    return damaged(state_->database, "a report");
  });
}

Result<void> StateDb::add_audit(std::string_view repository, const AuditRecord& audit) {
  return state_->guarded(
      [&] { return add(state_->database, repository, audit, state_->clock->unix_seconds()); });
}

Result<std::vector<AuditRecord>> StateDb::audits(std::string_view repository, std::uint32_t limit) {
  std::vector<AuditRecord> out;
  if (auto read = each_audit(repository, limit,
                             [&](AuditRecord audit) { out.push_back(std::move(audit)); });
      !read)
    return fail(read.error());
  return out;
}

Result<void> StateDb::each_audit(std::string_view repository, std::uint32_t limit,
                                 const std::function<void(AuditRecord)>& visit) {
  return state_->guarded([&] { return read_audits(state_->database, repository, limit, visit); });
}

Result<void> StateDb::check() {
  return state_->guarded([&] { return state_->database.quick_check(); });
}

}  // namespace peer
