// SQLite as the rest of Peer sees it: a database that closes itself, statements that are prepared
// once, transactions that roll back unless committed, and errors by what the caller can do. The
// only folder that names sqlite3. A Database and what it gives out belong to one thread at a time;
// any number of processes may open the same file.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"

struct sqlite3_stmt;

namespace peer {

/// Codes of the errors that this folder gives.
inline constexpr std::string_view kStoreLocked =
    "PEER-E160";  ///< timeout: another process holds it
inline constexpr std::string_view kStoreCorrupt =
    "PEER-E161";  ///< unavailable: the file is damaged
inline constexpr std::string_view kStoreUnusable =
    "PEER-E162";  ///< unavailable: read-only, disk full, no folder
inline constexpr std::string_view kStoreNewer = "PEER-E163";  ///< refused: written by a newer Peer

/// Bytes to bind as a BLOB; text is bound as TEXT.
struct Blob {
  std::string_view bytes;
};

/// What stands for a `?` of a statement. Views must live until the statement was run.
using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

struct DatabaseOptions {
  /// FULL: a commit survives a power cut (about 4 ms each). Otherwise it survives the death of the
  /// process.
  bool durable = false;
  std::chrono::milliseconds patience{10'000};  ///< how long to wait for other processes' locks
};

/// The rows of a running statement. Gives the prepared statement back for reuse when it goes; must
/// not outlive its Database.
class Rows {
 public:
  struct Owner;  ///< the connection; of cache/store/sqlite.cpp alone
  /// Goes to the next row; false after the last.
  [[nodiscard]] Result<bool> next();
  /// Of the current row; columns count from 0. Another type is converted as SQLite does.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double number(int column) const;
  [[nodiscard]] std::string text(int column) const;  ///< also a BLOB's bytes
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class Database;
  struct Returner {
    Owner* to = nullptr;
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Rows(std::unique_ptr<sqlite3_stmt, Returner> statement)
      : statement_(std::move(statement)) {}
  std::unique_ptr<sqlite3_stmt, Returner> statement_;
};

class Transaction;

class Database {
 public:
  /// Opens or makes the file at `path` (absolute) in WAL mode, mode 0600, its folders 0700 where
  /// they are missing.
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& path,
                                             const DatabaseOptions& options = {});
  /// A database that lives in memory and dies with the value.
  [[nodiscard]] static Result<Database> in_memory();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Runs one statement to its end.
  [[nodiscard]] Result<void> run(std::string_view sql, std::initializer_list<SqlValue> values = {});
  /// Runs several statements, separated by ';', without values.
  [[nodiscard]] Result<void> run_script(const std::string& sql);
  /// Begins a statement that gives rows.
  [[nodiscard]] Result<Rows> query(std::string_view sql,
                                   std::initializer_list<SqlValue> values = {});
  /// The first column of the first row; 0 without one.
  [[nodiscard]] Result<std::int64_t> integer(std::string_view sql,
                                             std::initializer_list<SqlValue> values = {});
  /// Rows that the last statement changed.
  [[nodiscard]] std::int64_t changes() const;

  /// Takes the write lock at once (BEGIN IMMEDIATE): a transaction that reads first and writes
  /// later would fail under contention, however long it waited.
  [[nodiscard]] Result<Transaction> begin();

  /// How long later statements wait for other processes.
  void set_patience(std::chrono::milliseconds patience);
  /// Reads the whole file; fails with PEER-E161 where its structure is damaged.
  [[nodiscard]] Result<void> quick_check();
  /// Copies the database as it stands to `target` (mode 0600), which appears whole or not at all.
  [[nodiscard]] Result<void> back_up_to(const std::filesystem::path& target) const;

  [[nodiscard]] const std::filesystem::path& path() const;  ///< "" in memory

 private:
  friend class Transaction;
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Rolls back when it goes, unless it was committed. Must not outlive its Database.
class Transaction {
 public:
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  [[nodiscard]] Result<void> commit();

 private:
  friend class Database;
  explicit Transaction(Database::State& state) : state_(&state) {}
  Database::State* state_;
};

}  // namespace peer
