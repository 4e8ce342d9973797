// What --repos lists, who is asked for it, and with which token.
#include "bot/audits/list.hpp"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/audits/clone_apart.hpp"
#include "bot/audits/fleet.hpp"
#include "bot/git/clone.hpp"
#include "bot/git/since.hpp"
#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(AuditList, TakesPathsAndAddressesAndSaysWhatRepeats) {
  const auto list = read_audit_list(
      "# ours\n/a/b\r\n\n  https://h/o/r.git  \nhttps://user:pw@h/o/r\n/a/b/\ngit@h:o/r\n./c d\n");
  ASSERT_TRUE(list.has_value());
  std::vector<std::string> names;
  for (const auto& each : list->targets)
    names.push_back((each.url ? "url " : "path ") + each.name());
  EXPECT_THAT(names,
              ElementsAre("path /a/b", "url https://h/o/r.git", "url git@h:o/r", "path ./c d"));
  EXPECT_THAT(list->notes, ElementsAre("line 5 repeats line 4: https://h/o/r is audited once",
                                       "line 6 repeats line 2: /a/b/ is audited once"));
}

TEST(AuditList, WhatIsNoListIsRefused) {
  EXPECT_FALSE(read_audit_list(std::string("a\0b", 3)).has_value());
  EXPECT_FALSE(read_audit_list(std::string(5000, 'x')).has_value());
  std::string many;
  for (int i = 0; i < 10'001; ++i)
    many += "r" + std::to_string(i) + "\n";
  EXPECT_FALSE(read_audit_list(many).has_value());
}

TEST(AuditList, FilesOfDifferentRepositoriesHaveDifferentNames) {
  const AuditTarget one{"https://h/o/r", true}, other{"https://h/o-r", true}, odd{"../..", false};
  EXPECT_NE(file_name_of(one), file_name_of(other));
  EXPECT_THAT(file_name_of(one), HasSubstr("h-o-r-"));
  EXPECT_EQ(file_name_of(odd).find_first_of("./"), std::string::npos);
}

TEST(CloneAccess, ATokenGoesToItsOwnServerOnly) {
  std::map<std::string, std::string, std::less<>> set{
      {"GITHUB_TOKEN", "gh"},
      {"PEER_GITLAB_TOKEN", "gl"},
      {"CI_SERVER_URL", "https://git.example:8443"}};
  const Environment environment = [&](std::string_view name) -> std::optional<std::string> {
    const auto it = set.find(name);
    return it == set.end() ? std::nullopt : std::optional(it->second);
  };
  EXPECT_EQ(access_for("https://github.com/o/r", environment).secret, "gh");
  EXPECT_EQ(access_for("https://git.example:8443/o/r", environment).secret, "gl");
  for (const auto* other :
       {"https://git.example/o/r", "http://github.com/o/r", "https://github.com.evil/o/r",
        "https://gitlab.com/o/r", "https://github.com@evil/o/r", "https://x:y@github.com/o/r",
        "file:///github.com", "git@github.com:o/r"})
    EXPECT_EQ(access_for(other, environment).secret, "") << other;
  set["GITHUB_SERVER_URL"] = "https://ghe.example";
  EXPECT_EQ(access_for("https://github.com/o/r", environment).secret, "")
      << "the job's token is of another server";
  EXPECT_EQ(access_for("https://ghe.example/o/r", environment).user, "x-access-token");
}

TEST(CloneAccess, AuthoritiesAreWhatGitAndTheJobNameThem) {
  std::map<std::string, std::string, std::less<>> set{{"SSL_CERT_FILE", "machine.pem"},
                                                      {"CI_SERVER_URL", "https://git.example"},
                                                      {"CI_SERVER_TLS_CA_FILE", "job.pem"}};
  const Environment environment = [&](std::string_view name) -> std::optional<std::string> {
    const auto it = set.find(name);
    return it == set.end() ? std::nullopt : std::optional(it->second);
  };
  EXPECT_EQ(access_for("https://git.example/o/r", environment).ca_file, "job.pem");
  EXPECT_EQ(access_for("https://user:x@github.com/o/r", environment).ca_file, "machine.pem");
  set["GIT_SSL_CAINFO"] = "git.pem";
  EXPECT_EQ(access_for("https://git.example/o/r", environment).ca_file, "git.pem");
}

TEST(Clone, CredentialsInAddressesAreShownToNobody) {
  EXPECT_EQ(without_credentials("https://user:pw@h/o/r"), "https://h/o/r");
  EXPECT_EQ(without_credentials("https://a@b@h/o@r"), "https://h/o@r");
  EXPECT_EQ(without_credentials("/plain/p@th"), "/plain/p@th");
  const auto done = clone_bare("http://user:s3cretword@127.0.0.1:1/x", "/nowhere/at/all", {}, {});
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, "PEER-E134") << "no credential over http";
  EXPECT_EQ(done.error().message.find("s3cretword"), std::string::npos);
  EXPECT_EQ(clone_bare("ext::sh -c id", "/nowhere", {}, {}).error().code, "PEER-E134");
  EXPECT_EQ(clone_bare("git://h/o/r", "/nowhere", {}, {}).error().code, "PEER-E134");
}

TEST(Clone, IsBareAndHoldsEverything) {
  GitFixture repo;
  repo.write("a.txt", "one\n");
  const auto head = repo.commit();
  const auto folder = repo.scratch() / "clone.git";
  const auto done = clone_bare("file://" + repo.folder().string(), folder, {}, {});
  ASSERT_TRUE(done.has_value()) << done.error().message;
  const auto clone = open_or_throw(folder);
  EXPECT_FALSE(clone.work_tree().has_value());
  EXPECT_EQ(clone.head(), head);
}

TEST(Since, DatesAreReadStrictly) {
  EXPECT_EQ(parse_date("1970-01-02"), 86'400);
  EXPECT_EQ(parse_date("1970-01-01 00:01"), 60);
  EXPECT_EQ(parse_date("1970-01-01T00:00:05Z"), 5);
  for (const auto* no : {"", "2026", "2026-13-01", "2026-02-30", "2026-1-1", "2026-01-01x",
                         "2026-01-01 10", "main", "-026-01-01", "2026-01-01Z"})
    EXPECT_FALSE(parse_date(no).has_value()) << no;
}

TEST(Since, ADateIsTheCommitWhereTheBranchStoodThen) {
  GitFixture repo;
  repo.write("a.txt", "1");
  const auto first = repo.commit();
  repo.write("a.txt", "2");
  const auto second = repo.commit();
  const auto open = repo.open();
  const auto time = std::stoll(repo.git({"log", "-1", "--format=%ct", second}));
  EXPECT_EQ(commit_at(open, time).value(), second);
  EXPECT_EQ(commit_at(open, time - 1).value(), first);
  EXPECT_EQ(commit_at(open, 0).value(), std::nullopt);
}

}  // namespace
}  // namespace peer
