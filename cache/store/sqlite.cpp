#include "cache/store/sqlite.hpp"

#include <fmt/format.h>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include <sqlite3.h>

#include "base/clock.hpp"
#include "cache/store/file_lock.hpp"
#include "cache/store/folder.hpp"
#include "cache/store/sqlite_error.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostIdleStatements = 64;
constexpr std::chrono::milliseconds kPause{5};

/// A path inside a `file:` address, in which what SQLite gives a meaning to must be escaped.
std::string escaped(const std::filesystem::path& path) {
  std::string out;
  for (const char c : path.string()) {
    if (c == '?' || c == '#' || c == '%' || c == '&')
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out;
}

std::string address_of(const std::filesystem::path& path) { return "file://" + escaped(path); }

std::filesystem::path beside(std::filesystem::path path, std::string_view suffix) {
  path += suffix;
  return path;
}

struct CloseHandle {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Handle = std::unique_ptr<sqlite3, CloseHandle>;

int bind(sqlite3_stmt* statement, int index, const SqlValue& value, bool keep_copy) {
  const auto lifetime = keep_copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
  return std::visit(
      [&](const auto& v) {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::nullptr_t>)
          return sqlite3_bind_null(statement, index);
        else if constexpr (std::is_same_v<T, std::int64_t>)
          return sqlite3_bind_int64(statement, index, v);
        else if constexpr (std::is_same_v<T, double>)
          return sqlite3_bind_double(statement, index, v);
        else if constexpr (std::is_same_v<T, Blob>)
          // an empty view may hold a null pointer, which SQLite would store as NULL
          return sqlite3_bind_blob64(statement, index, v.bytes.empty() ? "" : v.bytes.data(),
                                     v.bytes.size(), lifetime);
        else
          return sqlite3_bind_text64(statement, index, v.empty() ? "" : v.data(), v.size(),
                                     lifetime, SQLITE_UTF8);
      },
      value);
}

Result<Handle> connect(const std::string& address, const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(address.c_str(), &raw,
                                   flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  Handle handle(raw);
  if (code != SQLITE_OK) return fail(sqlite_error(code, raw, path, 0));
  sqlite3_extended_result_codes(raw, 1);
  return handle;
}

}  // namespace

/// The connection, and its statements that wait to be used again.
struct Rows::Owner {
  std::filesystem::path path;
  std::chrono::milliseconds patience{};
  Handle handle;
  std::unordered_multimap<std::string, sqlite3_stmt*> idle;

  Owner() = default;
  Owner(const Owner&) = delete;
  Owner& operator=(const Owner&) = delete;
  ~Owner() {
    for (const auto& entry : idle)
      sqlite3_finalize(entry.second);
  }

  [[nodiscard]] Error error(int code) const {
    const std::string name = path.empty() ? "the database in memory" : path.string();
    return sqlite_error(code, handle.get(), name, static_cast<long>(patience.count()));
  }
  [[nodiscard]] Result<sqlite3_stmt*> take(std::string_view sql) {
    if (const auto it = idle.find(std::string(sql)); it != idle.end()) {
      auto* statement = it->second;
      idle.erase(it);
      return statement;
    }
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return fail(error(code));
    return statement;
  }
};

void Rows::Returner::operator()(sqlite3_stmt* statement) const {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (to->idle.size() < kMostIdleStatements)
    to->idle.emplace(sqlite3_sql(statement), statement);
  else
    sqlite3_finalize(statement);
}

Result<bool> Rows::next() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return fail(statement_.get_deleter().to->error(code));
}

std::int64_t Rows::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Rows::number(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::string Rows::text(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

bool Rows::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

struct Database::State {
  FileLock in_use;  // shared: nobody may move the file away meanwhile
  Rows::Owner owner;
};

namespace {

Result<void> script(Rows::Owner& owner, const char* sql) {
  const int code = sqlite3_exec(owner.handle.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(owner.error(code));
  return {};
}

/// Several processes that open a new file at once may get "busy" without SQLite having waited.
template <class Try>
Result<void> until_free(std::chrono::milliseconds patience, Try attempt) {
  const Clock clock;
  const auto deadline = clock.steady() + patience;
  for (;;) {
    auto done = attempt();
    if (done || done.error().code != kStoreLocked || clock.steady() >= deadline) return done;
    std::this_thread::sleep_for(kPause);
  }
}

Result<void> configure(Rows::Owner& owner, bool durable) {
  // limits what a damaged or forged file can do
  sqlite3_db_config(owner.handle.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  const std::string settings = fmt::format(
      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA journal_mode = WAL;"
      "PRAGMA synchronous = {}; PRAGMA journal_size_limit = 16777216; PRAGMA secure_delete = OFF;"
      "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON",
      durable ? "FULL" : "NORMAL");
  return script(owner, settings.c_str());
}

/// Narrows a file that an earlier umask left open to others. By name: opening and closing a second
/// descriptor would drop the locks that SQLite holds on the file in this process.
void narrow(const std::filesystem::path& path) {
  constexpr mode_t kOthers = 077;
  constexpr mode_t kOwnerOnly = 0600;
  struct stat info {};
  if (stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & kOthers) != 0)
    (void)chmod(path.c_str(), kOwnerOnly);
}

}  // namespace

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& path, const DatabaseOptions& options) {
  if (!path.is_absolute())
    return fail(ErrorKind::invalid_input, fmt::format("{} is not an absolute path", path.string()));
  if (auto made = make_private_folder(path.parent_path()); !made) return fail(made.error());
  auto state = std::make_unique<State>();
  auto lock = FileLock::shared(beside(path, ".lock"), options.patience);
  if (!lock) return fail(lock.error());
  state->in_use = std::move(*lock);
  auto& owner = state->owner;
  owner.path = path;
  owner.patience = options.patience;
  // a new file takes the mode of the lock file, whatever the umask
  const auto address = address_of(path) + "?modeof=" + escaped(beside(path, ".lock"));
  auto handle = connect(address, path.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!handle) return fail(handle.error());
  owner.handle = std::move(*handle);
  sqlite3_busy_timeout(owner.handle.get(), static_cast<int>(options.patience.count()));
  narrow(path);
  if (auto done = until_free(options.patience, [&] { return configure(owner, options.durable); });
      !done)
    return fail(done.error());
  return Database(std::move(state));
}

Result<Database> Database::in_memory() {
  auto state = std::make_unique<State>();
  auto handle = connect(":memory:", "the database in memory", SQLITE_OPEN_READWRITE);
  if (!handle) return fail(handle.error());
  state->owner.handle = std::move(*handle);
  return Database(std::move(state));
}

Result<Rows> Database::query(std::string_view sql, std::initializer_list<SqlValue> values) {
  auto& owner = state_->owner;
  const auto statement = owner.take(sql);
  if (!statement) return fail(statement.error());
  Rows rows(std::unique_ptr<sqlite3_stmt, Rows::Returner>(*statement, Rows::Returner{&owner}));
  int index = 0;
  for (const auto& value : values)
    if (const int code = bind(*statement, ++index, value, true); code != SQLITE_OK)
      return fail(owner.error(code));
  return rows;
}

Result<void> Database::run(std::string_view sql, std::initializer_list<SqlValue> values) {
  auto rows = query(sql, values);
  if (!rows) return fail(rows.error());
  for (;;) {
    const auto more = rows->next();
    if (!more) return fail(more.error());
    if (!*more) return {};
  }
}

Result<void> Database::run_script(const std::string& sql) {
  return script(state_->owner, sql.c_str());
}

Result<std::int64_t> Database::integer(std::string_view sql,
                                       std::initializer_list<SqlValue> values) {
  auto rows = query(sql, values);
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  return *found ? rows->integer(0) : 0;
}

std::int64_t Database::changes() const { return sqlite3_changes64(state_->owner.handle.get()); }

Result<Transaction> Database::begin() {
  if (auto begun = run("BEGIN IMMEDIATE"); !begun) return fail(begun.error());
  return Transaction(*state_);
}

void Database::set_patience(std::chrono::milliseconds patience) {
  state_->owner.patience = patience;
  sqlite3_busy_timeout(state_->owner.handle.get(), static_cast<int>(patience.count()));
}

Result<void> Database::quick_check() {
  auto rows = query("PRAGMA quick_check(1)");
  if (!rows) return fail(rows.error());
  const auto found = rows->next();
  if (!found) return fail(found.error());
  const std::string said = *found ? rows->text(0) : "no answer";
  if (said == "ok") return {};
  return fail(ErrorKind::unavailable, fmt::format("{} is damaged: {}", path().string(), said),
              std::string(kStoreCorrupt));
}

Result<void> Database::back_up_to(const std::filesystem::path& target) const {
  const auto partial = beside(target, ".partial");
  std::error_code ignored;
  std::filesystem::remove(partial, ignored);
  const auto name = path().string();
  // a connection of its own: SQLite does not copy from one that holds a write transaction
  auto source = connect(address_of(path()), name, SQLITE_OPEN_READONLY);
  if (!source) return fail(source.error());
  const auto mode = "?modeof=" + escaped(beside(path(), ".lock"));
  auto copy = connect(address_of(partial) + mode, partial.string(),
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!copy) return fail(copy.error());
  auto* backup = sqlite3_backup_init(copy->get(), "main", source->get(), "main");
  if (backup == nullptr)
    return fail(sqlite_error(sqlite3_errcode(copy->get()), copy->get(), partial.string(), 0));
  sqlite3_backup_step(backup, -1);
  if (const int code = sqlite3_backup_finish(backup); code != SQLITE_OK)
    return fail(sqlite_error(code, copy->get(), partial.string(), 0));
  copy->reset();
  std::error_code failed;
  std::filesystem::rename(partial, target, failed);
  if (!failed) return {};
  return fail(ErrorKind::unavailable,
              fmt::format("{} can't be written: {}", target.string(), failed.message()),
              std::string(kStoreUnusable));
}

const std::filesystem::path& Database::path() const { return state_->owner.path; }

Transaction::Transaction(Transaction&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)) {}

Transaction::~Transaction() {
  if (state_ == nullptr) return;
  auto* db = state_->owner.handle.get();
  // some failures have rolled back already
  if (sqlite3_get_autocommit(db) == 0) sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<void> Transaction::commit() {
  auto* db = state_->owner.handle.get();
  const int code = sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(state_->owner.error(code));
  state_ = nullptr;
  return {};
}

}  // namespace peer
