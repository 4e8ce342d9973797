// A change cannot steer its own review: what it brings to configuration and ignore files does not
// count, and is reported.
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

constexpr std::string_view kEvil = "// \xE2\x80\xAE hidden\nlet a = 1;\n";
const std::string kBidi = "trojan-source-bidi evil.js:1";

struct Steering {
  const char* name;
  const char* path;
  const char* text;
};

std::ostream& operator<<(std::ostream& out, const Steering& steering) {
  return out << steering.name;
}

const Steering kAttempts[] = {
    {"rules_off", ".peer.yml", "rules_off: [trojan-source-bidi]\n"},
    {"exclude", ".peer.yml", "exclude: ['*.js']\n"},
    {"per_file_ignores", ".peer.yml", "per_file_ignores:\n  '*.js': ['*']\n"},
    {"min_severity", ".peer.yml", "min_confidence: 1.0\n"},
    {"broken_configuration", ".peer.yml", "nonsense: [\n"},
    {"semgrepignore", ".semgrepignore", "evil.js\n"},
    {"gitattributes_generated", ".gitattributes", "evil.js linguist-generated\n"},
    {"gitattributes_vendored", ".gitattributes", "evil.js linguist-vendored\n"},
    {"gitattributes_binary", ".gitattributes", "evil.js binary\n"},
    {"coderabbit", ".coderabbit.yaml", "reviews:\n  path_filters: ['!**/*.js']\n"},
    {"pr_agent", ".pr_agent.toml", "[ignore]\nglob = ['*.js']\n"},
};

class SteeringAttempt : public Story, public ::testing::WithParamInterface<Steering> {};

TEST_P(SteeringAttempt, InTheChangeDoesNotCountAndIsReported) {
  repo.write("readme.txt", "x\n");
  repo.commit("base");
  repo.write("evil.js", kEvil);
  repo.write(GetParam().path, GetParam().text);
  repo.commit("evil");
  const auto seen = found({"review", "HEAD~1..HEAD"});
  EXPECT_THAT(seen, Contains(kBidi));
  // what git shows as binary is examined all the same, so that line steers nothing
  if (std::string_view(GetParam().name) != "gitattributes_binary") {
    EXPECT_THAT(seen, Contains("steering-file " + std::string(GetParam().path) + ":1"));
  }
  EXPECT_EQ(peer({"review", "HEAD~1..HEAD"}).exit_code, 1);
  EXPECT_THAT(found({"check-security", "HEAD~1..HEAD"}), Contains(kBidi));
}

TEST_P(SteeringAttempt, InTheWorkTreeOfAJobDoesNotCountEither) {
  repo.write("readme.txt", "x\n");
  const auto base = repo.commit("base");
  repo.git({"checkout", "-q", "-b", "topic"});
  repo.write("evil.js", kEvil);
  repo.write(GetParam().path, GetParam().text);
  repo.commit("evil");
  RunOptions job;
  job.environment = {"CI=true"};
  EXPECT_THAT(found({"review"}, job), Contains(kBidi)) << "main..worktree";
  EXPECT_THAT(found({"review", "--base", base}, job), Contains(kBidi));
}

TEST_P(SteeringAttempt, InTheBaseCounts) {
  if (std::string_view(GetParam().name) == "broken_configuration") {
    repo.write(GetParam().path, GetParam().text);
    repo.commit("base");
    EXPECT_EQ(peer({"review"}).exit_code, 2);
    return;
  }
  repo.write(GetParam().path, GetParam().text);
  repo.commit("base");
  repo.write("evil.js", kEvil);
  repo.commit("evil");
  const auto seen = found({"review", "HEAD~1..HEAD"});
  if (std::string_view(GetParam().name) == "gitattributes_binary") {
    EXPECT_THAT(seen, Contains(kBidi)) << "what git shows as binary is examined all the same";
  } else {
    EXPECT_THAT(seen, Not(Contains(kBidi)));
  }
}

INSTANTIATE_TEST_SUITE_P(Files, SteeringAttempt, ::testing::ValuesIn(kAttempts),
                         [](const auto& attempt) { return std::string(attempt.param.name); });

class Trust : public Story {};

/// A program that looks for its libraries in the folder it is started in runs what a repository
/// brings.
TEST_F(Trust, ALibraryInTheRepositoryIsNotLoaded) {
  const auto made = shell(
      R"(for library in $(ldd "$PEER" | awk '$2 == "=>" {print $1}') libcurl.so.4; do echo evil > "$library"; done; ls)");
  ASSERT_THAT(made.out, ::testing::AllOf(HasSubstr("libgit2.so"), HasSubstr("libc.so.6"),
                                         HasSubstr("libcurl.so.4")));
  EXPECT_EQ(peer({"--version"}).out, "peer " PEER_VERSION "\n");
  make_small_change();
  EXPECT_THAT(found({"review", "HEAD~1..HEAD"}), Contains("unused-import a.py:1"));
  RunOptions job;
  job.environment = {"CI=1"};
  EXPECT_THAT(found({"review", "HEAD~1..HEAD"}, job), Contains("unused-import a.py:1"))
      << "with workers";
}

TEST_F(Trust, DeletingASteeringFileIsReported) {
  repo.write(".peer.yml", "fail_on: error\n");
  repo.commit("base");
  repo.remove(".peer.yml");
  repo.commit("gone");
  EXPECT_THAT(found({"review", "HEAD~1..HEAD"}), Contains(HasSubstr("steering-file .peer.yml")));
}

TEST_F(Trust, WhatTheBaseExcludesDoesNotHideAChangeOfASteeringFile) {
  repo.write(".peer.yml", "exclude: ['.*', '*.md']\n");
  repo.write(".gitattributes", ".peer.yml linguist-generated\nAGENTS.md linguist-vendored\n");
  repo.write("sub/.gitattributes", "* text\n");
  repo.write("AGENTS.md", "Read with care.\n");
  repo.write("CLAUDE.md", "Read with care.\n");
  repo.commit("base");
  repo.write(".peer.yml", "exclude: ['*']\n");
  repo.write(".gitattributes", "* linguist-generated\n");
  repo.write("sub/.gitattributes", "* linguist-generated\n");
  repo.write(".semgrepignore", std::string("*\n\0", 3));
  repo.git({"mv", "AGENTS.md", "notes.txt"});
  repo.remove("CLAUDE.md");
  std::filesystem::create_symlink("notes.txt", repo.folder() / "CLAUDE.md");
  repo.commit("evil");
  RunOptions job;
  job.environment = {"CI=1"};
  for (const auto& options : {RunOptions{}, job})
    EXPECT_THAT(
        found({"review", "HEAD~1..HEAD"}, options),
        IsSupersetOf({"steering-file .peer.yml:1", "steering-file .gitattributes:1",
                      "steering-file sub/.gitattributes:1", "steering-file .semgrepignore:1",
                      "steering-file notes.txt:1", "steering-file CLAUDE.md:1"}));
}

TEST_F(Trust, ABaselineThatTheChangeBringsDoesNotCount) {
  make_small_change();
  ASSERT_EQ(peer({"baseline", "create"}).exit_code, 0);
  repo.git({"add", "-A"});
  repo.git({"commit", "-q", "--amend", "--no-edit"});
  EXPECT_THAT(found({"review", "HEAD~1..HEAD"}), Contains("unused-import a.py:1"));
  EXPECT_THAT(found({"review", "HEAD~1..HEAD"}),
              Contains(HasSubstr("steering-file .peer/baseline.json")));
}

TEST_F(Trust, OnTheUsersOwnWorkTreeTheirFilesCount) {
  repo.write("readme.txt", "x\n");
  repo.commit("base");
  repo.write("a.py", kUnused);
  repo.write(".peer.yml", "rules_off: [unused-import]\n");
  EXPECT_THAT(found({"review"}), Not(Contains("unused-import a.py:1")));
}

TEST_F(Trust, AnAuditUsesTheConfigurationOfItsCommit) {
  repo.write("a.py", kUnused);
  repo.write(".peer.yml", "rules_off: [unused-import]\n");
  repo.commit("all");
  repo.write(".peer.yml", "rules_off: []\n");
  EXPECT_EQ(found({"audit"}), Strings{});
}

TEST_F(Trust, ARepositoryMayNotSayWhereDataGoesOrWhatRuns) {
  repo.write("readme.txt", "x\n");
  repo.commit("base");
  for (const auto* line : {"verify_cmd: touch /tmp/x", "state_dir: /tmp", "cache_dir: /tmp",
                           "verify_rw: [/]", "isolate: never"}) {
    repo.write(".peer.yml", std::string(line) + "\n");
    const auto ran = peer({"review"});
    EXPECT_EQ(ran.exit_code, 2) << line;
    EXPECT_THAT(ran.out, HasSubstr("may not be set by a repository")) << line;
  }
}

TEST_F(Trust, ARepositoryMayNotSendTheBaselineElsewhere) {
  repo.write("a.py", kUnused);
  repo.commit("all");
  for (const auto* line : {"baseline: ../outside.json", "baseline: /tmp/peer-outside.json",
                           "baseline: a/../../outside.json", "baseline: .git/config"}) {
    repo.write(".peer.yml", std::string(line) + "\n");
    repo.commit("steer");
    const auto ran = peer({"baseline", "create"});
    EXPECT_EQ(ran.exit_code, 2) << line << ran.out;
  }
  EXPECT_FALSE(std::filesystem::exists(repo.scratch() / "outside.json"));
  EXPECT_FALSE(std::filesystem::exists("/tmp/peer-outside.json"));
}

TEST_F(Trust, ASymbolicLinkInPlaceOfTheBaselineIsNotWrittenThrough) {
  repo.write("a.py", kUnused);
  repo.commit("all");
  std::filesystem::create_directories(repo.scratch() / "outside");
  std::filesystem::create_symlink(repo.scratch() / "outside", repo.folder() / ".peer");
  const auto ran = peer({"baseline", "create"});
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_TRUE(std::filesystem::is_empty(repo.scratch() / "outside"));
}

}  // namespace
}  // namespace peer::testing
