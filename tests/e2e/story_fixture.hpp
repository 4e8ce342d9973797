// What every story needs: a small real repository, a HOME of its own, and the built program.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "tests/bot/git/git_fixture.hpp"
#include "tests/support/run_peer.hpp"

namespace peer::testing {

using Strings = std::vector<std::string>;

/// A Python file with a removable import on line 1: warning unused-import, a safe fix.
inline constexpr std::string_view kUnused = "import json\n\nprint(1)\n";
/// The same without it.
inline constexpr std::string_view kTidy = "print(1)\n";

class Story : public ::testing::Test {
 protected:
  GitFixture repo;
  ScratchFolder home;

  /// Runs peer in the repository, with `home` as HOME.
  Ran peer(const Strings& words, RunOptions options = {}) const;
  /// Runs a bash script in the repository; $PEER is the program, `$HELD COMMAND` runs one that file
  /// permissions hold even for root, and `$MEMORY KILOBYTES` holds what comes after it to so much
  /// address space, but where a sanitizer maps terabytes before the program begins.
  Ran shell(const std::string& script, RunOptions options = {}) const;
  /// The JSON report of a command, which must have written one.
  Json report(const Strings& words, RunOptions options = {}) const;
  /// "rule path:line" of every finding of a command.
  Strings found(const Strings& words, RunOptions options = {}) const;
  [[nodiscard]] std::string read(std::string_view path) const;
  /// Two commits: one with `kTidy` in a.py, then one with `kUnused`.
  void make_small_change();
  /// The same in two branches: main, and topic, which is checked out.
  struct Topic {
    std::string base, head;
  };
  Topic make_topic();
};

[[nodiscard]] std::string slurp(const std::filesystem::path& path);
/// Who examined a file of a manifest, without the small model that a whole suite may run with.
[[nodiscard]] Strings examined_by(const Json& file);
/// "rule path:line" of every finding of a report.
[[nodiscard]] Strings found_in(const Json& report);
/// The files below `folder` whose names are Peer's temporary ones.
[[nodiscard]] Strings leftovers(const std::filesystem::path& folder);
/// With times and commit ids replaced: what is the same in every run.
[[nodiscard]] std::string normalised(std::string text);

}  // namespace peer::testing
