// The steps that made state.db what it is. Inside cache only: every class that opens the file takes
// all of them. A step that was released is never changed.
#pragma once

#include <array>
#include <filesystem>
#include <string_view>

#include "base/result.hpp"

namespace peer {

inline constexpr std::array<std::string_view, 3> kStateSteps{
    R"sql(
CREATE TABLE reports (
  repository TEXT PRIMARY KEY,
  time INTEGER NOT NULL,
  checksum TEXT NOT NULL,
  json TEXT NOT NULL
);
CREATE INDEX reports_by_time ON reports (time);
CREATE TABLE audits (
  id INTEGER PRIMARY KEY,
  repository TEXT NOT NULL,
  time INTEGER NOT NULL,
  commit_id TEXT NOT NULL,
  totals TEXT NOT NULL,
  checksum TEXT NOT NULL
);
CREATE INDEX audits_by_repository ON audits (repository, time);
CREATE TABLE audit_fingerprints (
  audit INTEGER PRIMARY KEY REFERENCES audits (id) ON DELETE CASCADE,
  prints TEXT NOT NULL,
  checksum TEXT NOT NULL
);
)sql",
    R"sql(
CREATE TABLE calls (
  id INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  model TEXT NOT NULL,
  task TEXT NOT NULL,
  file TEXT NOT NULL,
  rule TEXT NOT NULL,
  milliseconds INTEGER NOT NULL,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  cost REAL NOT NULL,
  cached INTEGER NOT NULL,
  complex INTEGER NOT NULL,
  success INTEGER NOT NULL,
  verified INTEGER,
  failure TEXT NOT NULL
);
CREATE INDEX calls_by_time ON calls (time);
CREATE TABLE spending (
  ticket TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  time INTEGER NOT NULL,
  cost REAL NOT NULL,
  settled INTEGER NOT NULL
);
CREATE INDEX spending_by_day ON spending (day);
CREATE TABLE route_scores (
  class TEXT NOT NULL,
  model TEXT NOT NULL,
  good REAL NOT NULL,
  bad REAL NOT NULL,
  milliseconds REAL NOT NULL,
  cost REAL NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (class, model)
);
CREATE TABLE own_scores (
  model TEXT NOT NULL,
  family TEXT NOT NULL,
  score INTEGER NOT NULL,
  good INTEGER NOT NULL,
  bad INTEGER NOT NULL,
  PRIMARY KEY (model, family, score)
);
CREATE TABLE lookups (
  name TEXT NOT NULL,
  day TEXT NOT NULL,
  hits INTEGER NOT NULL,
  misses INTEGER NOT NULL,
  PRIMARY KEY (name, day)
);
)sql",
    R"sql(
CREATE TABLE token_ratios (
  id INTEGER PRIMARY KEY,
  model TEXT NOT NULL,
  ratio REAL NOT NULL
);
CREATE INDEX token_ratios_by_model ON token_ratios (model, id);
)sql"};

/// A damaged state.db is the user's to decide about: `error` with the words that recover it.
[[nodiscard]] Error with_recovery(Error error, const std::filesystem::path& path);

}  // namespace peer
