#include "cache/store/sqlite.hpp"

#include <array>
#include <chrono>
#include <string>
#include <sys/stat.h>
#include <vector>

#include <gtest/gtest.h>

#include "cache/store/migrate.hpp"
#include "tests/cache/temporary.hpp"

namespace peer {
namespace {

Database opened(const std::filesystem::path& path, const DatabaseOptions& options = {}) {
  auto database = Database::open(path, options);
  EXPECT_TRUE(database.has_value()) << (database ? "" : database.error().message);
  return *std::move(database);
}

unsigned mode_of(const std::filesystem::path& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 ? info.st_mode & 07777U : 0U;
}

TEST(Database, GivesBackWhatWasBound) {
  auto database = Database::in_memory();
  ASSERT_TRUE(database.has_value());
  using namespace std::string_view_literals;
  ASSERT_TRUE(database->run("CREATE TABLE t (a, b, c, d, e, f)").has_value());
  ASSERT_TRUE(database
                  ->run("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)",
                        {std::int64_t{-5}, 2.5, "te\0xt"sv, Blob{"\x00\xff"sv}, nullptr, Blob{}})
                  .has_value());
  auto rows = database->query("SELECT * FROM t");
  ASSERT_TRUE(rows && rows->next() == true);
  EXPECT_EQ(rows->integer(0), -5);
  EXPECT_EQ(rows->number(1), 2.5);
  EXPECT_EQ(rows->text(2), "te\0xt"sv);
  EXPECT_EQ(rows->text(3), "\x00\xff"sv);
  EXPECT_TRUE(rows->is_null(4));
  EXPECT_FALSE(rows->is_null(5));
  EXPECT_EQ(rows->next(), false);
}

TEST(Database, RunsOneStatementWithinItself) {
  auto database = Database::in_memory();
  ASSERT_TRUE(database->run_script("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)"));
  auto outer = database->query("SELECT a FROM t ORDER BY a");
  ASSERT_TRUE(outer->next() == true);
  {
    auto inner = database->query("SELECT a FROM t ORDER BY a");
    ASSERT_TRUE(inner->next() == true);
    EXPECT_EQ(inner->integer(0), 1);
  }
  ASSERT_TRUE(outer->next() == true);
  EXPECT_EQ(outer->integer(0), 2);
}

TEST(Database, ATransactionThatIsNotCommittedNeverWas) {
  auto database = Database::in_memory();
  ASSERT_TRUE(database->run("CREATE TABLE t (a)"));
  {
    auto transaction = database->begin();
    ASSERT_TRUE(transaction && database->run("INSERT INTO t VALUES (1)"));
  }
  EXPECT_EQ(database->integer("SELECT count(*) FROM t"), 0);
  {
    auto transaction = database->begin();
    ASSERT_TRUE(transaction && database->run("INSERT INTO t VALUES (1)"));
    ASSERT_TRUE(transaction->commit());
  }
  EXPECT_EQ(database->integer("SELECT count(*) FROM t"), 1);
}

TEST(Database, ItsFilesAreItsOwnersAlone) {
  for (const mode_t umask_now : {000U, 077U, 022U}) {
    const TemporaryFolder folder;
    const auto old = umask(umask_now);
    const auto path = folder / "a" / "b ?#%&" / "x.db";
    auto database = opened(path);
    ASSERT_TRUE(database.run("CREATE TABLE t (a)"));
    umask(old);
    EXPECT_EQ(mode_of(path), 0600U);
    EXPECT_EQ(mode_of(path.string() + "-wal"), 0600U);
    EXPECT_EQ(mode_of(path.parent_path()), 0700U);
    EXPECT_EQ(mode_of(folder / "a"), 0700U);
  }
}

TEST(Database, NarrowsAFileThatOthersMayRead) {
  const TemporaryFolder folder;
  const auto path = folder / "x.db";
  opened(path);
  ASSERT_EQ(chmod(path.c_str(), 0644), 0);
  opened(path);
  EXPECT_EQ(mode_of(path), 0600U);
}

TEST(Database, UsesTheWriteAheadLog) {
  const TemporaryFolder folder;
  auto database = opened(folder / "x.db", {.durable = true});
  auto mode = database.query("PRAGMA journal_mode");
  ASSERT_TRUE(mode && mode->next() == true);
  EXPECT_EQ(mode->text(0), "wal");
  EXPECT_EQ(database.integer("PRAGMA synchronous"), 2);
  EXPECT_EQ(database.integer("PRAGMA secure_delete"), 0);
  EXPECT_EQ(opened(folder / "y.db").integer("PRAGMA synchronous"), 1);
}

TEST(Database, SaysWhichFileIsLocked) {
  const TemporaryFolder folder;
  const auto path = folder / "x.db";
  auto holder = opened(path);
  auto held = holder.begin();
  ASSERT_TRUE(held.has_value());
  auto other = opened(path, {.patience = std::chrono::milliseconds(50)});
  const auto refused = other.begin();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::timeout);
  EXPECT_EQ(refused.error().code, "PEER-E160");
  EXPECT_NE(refused.error().message.find(path.string()), std::string::npos);
}

TEST(Database, AFullDiskIsUnavailable) {
  const TemporaryFolder folder;
  auto database = opened(folder / "x.db");
  ASSERT_TRUE(database.run_script("CREATE TABLE t (a); PRAGMA max_page_count = 20"));
  const std::string big(200'000, 'x');
  const auto full = database.run("INSERT INTO t VALUES (?)", {Blob{big}});
  ASSERT_FALSE(full.has_value());
  EXPECT_EQ(full.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(full.error().code, "PEER-E162");
  EXPECT_TRUE(database.run("INSERT INTO t VALUES (1)").has_value());
}

TEST(Database, RefusesAPathThatIsNotAbsolute) {
  EXPECT_EQ(Database::open("x.db").error().kind, ErrorKind::invalid_input);
}

TEST(Database, WhatIsNoDatabaseIsDamaged) {
  const TemporaryFolder folder;
  write_bytes(folder / "x.db", std::string(9000, 'z'));
  const auto database = Database::open(folder / "x.db");
  ASSERT_FALSE(database.has_value());
  EXPECT_EQ(database.error().code, "PEER-E161");
}

constexpr std::array<std::string_view, 2> kTwoSteps{"CREATE TABLE t (a); INSERT INTO t VALUES (7);",
                                                    "ALTER TABLE t ADD COLUMN b DEFAULT 3;"};

TEST(Migrate, TakesTheMissingStepsAndKeepsACopy) {
  const TemporaryFolder folder;
  const auto path = folder / "x.db";
  {
    auto database = opened(path);
    ASSERT_TRUE(migrate(database, std::span(kTwoSteps).first(1), Backup::first));
    EXPECT_EQ(database.integer("PRAGMA user_version"), 1);
  }
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".backup-v0"));
  auto database = opened(path);
  ASSERT_TRUE(migrate(database, kTwoSteps, Backup::first));
  EXPECT_EQ(database.integer("SELECT a + b FROM t"), 10);
  const auto copy = path.string() + ".backup-v1";
  ASSERT_TRUE(std::filesystem::exists(copy));
  EXPECT_EQ(mode_of(copy), 0600U);
  auto old = opened(copy);
  EXPECT_EQ(old.integer("PRAGMA user_version"), 1);
  EXPECT_EQ(old.integer("SELECT a FROM t"), 7);
  EXPECT_FALSE(old.integer("SELECT b FROM t").has_value());
}

TEST(Migrate, AStepThatFailsChangesNothing) {
  const TemporaryFolder folder;
  auto database = opened(folder / "x.db");
  constexpr std::array<std::string_view, 2> kBroken{"CREATE TABLE t (a);", "CREATE nonsense;"};
  EXPECT_FALSE(migrate(database, kBroken, Backup::first).has_value());
  EXPECT_EQ(database.integer("PRAGMA user_version"), 0);
  EXPECT_FALSE(database.integer("SELECT count(*) FROM t").has_value());
}

TEST(Migrate, RefusesANewerSchemaAndSaysSo) {
  const TemporaryFolder folder;
  auto database = opened(folder / "x.db");
  ASSERT_TRUE(database.run_script("PRAGMA user_version = 9"));
  const auto refused = migrate(database, kTwoSteps, Backup::first);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::refused);
  EXPECT_EQ(refused.error().code, "PEER-E163");
  EXPECT_NE(refused.error().message.find("newer Peer (schema 9, this one knows 2)"),
            std::string::npos);
}

TEST(Migrate, ManyProcessesMayDoItAtOnce) {
  const TemporaryFolder folder;
  const auto path = folder / "x.db";
  {
    auto database = opened(path);
    ASSERT_TRUE(migrate(database, std::span(kTwoSteps).first(1), Backup::first));
  }
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i)
    children.push_back(in_child([&] {
      auto database = Database::open(path);
      return database && migrate(*database, kTwoSteps, Backup::first) ? 0 : 1;
    }));
  for (const auto child : children)
    EXPECT_EQ(status_of(child), 0);
  EXPECT_EQ(opened(path.string() + ".backup-v1").integer("PRAGMA user_version"), 1);
  EXPECT_EQ(opened(path).integer("SELECT a + b FROM t"), 10);
}

}  // namespace
}  // namespace peer
