// What exists and cannot be read is said to be damaged, never to be unknown, and never stands for
// something else.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using Kind = RangeSpec::Kind;

/// main: three commits; topic leaves it after the second.
struct ToDamage : GitFixture {
  std::string first, second, tip, topic;
  ToDamage() {
    write("a.txt", "1\n");
    first = commit("first");
    write("a.txt", "2\n");
    second = commit("second");
    git({"checkout", "-q", "-b", "topic"});
    write("t.txt", "t\n");
    topic = commit("topic");
    git({"tag", "-a", "-m", "x", "v1"});
    git({"checkout", "-q", "main"});
    write("a.txt", "3\n");
    tip = commit("third");
  }
  [[nodiscard]] fs::path object(const std::string& id) const {
    return folder() / ".git/objects" / id.substr(0, 2) / id.substr(2);
  }
  void lose(const std::string& id) const { fs::remove(object(id)); }
  void damage(const std::string& id) const {
    fs::permissions(object(id), fs::perms::owner_all);
    fs::resize_file(object(id), fs::file_size(object(id)) / 2);
  }
  void put(const std::string& path, std::string_view text) const { write(".git/" + path, text); }
};

Error failure(const GitFixture& repository, const RangeSpec& range) {
  auto opened = Repository::open(repository.folder());
  if (!opened) return opened.error();
  const auto change = opened->read_diff(range);
  return change ? Error{ErrorKind::internal, "no failure: " + change->description, ""}
                : change.error();
}

void expect_damaged(const Error& error, const std::string& what) {
  EXPECT_EQ(error.code, "PEER-E130") << error.message;
  EXPECT_THAT(error.message, AllOf(HasSubstr(what), HasSubstr("git fsck")));
}

TEST(DamagedRevision, ACommitThatIsGoneIsNamed) {
  const ToDamage repository;
  repository.lose(repository.tip);
  for (const auto* range :
       {"main", "main~1", "main..topic", "topic...main", "HEAD", "@", "@~1", "HEAD^", "main@{0}"})
    expect_damaged(failure(repository, parse_range(range)), repository.tip);
  expect_damaged(failure(repository, range_of(Kind::tree)), repository.tip);
  expect_damaged(failure(repository, range_of(Kind::worktree)), repository.tip);
  expect_damaged(failure(repository, range_of(Kind::staged)), repository.tip);
  expect_damaged(failure(repository, {}), repository.tip);
}

TEST(DamagedRevision, ACommitThatIsDamagedIsNamed) {
  const ToDamage repository;
  repository.damage(repository.tip);
  expect_damaged(failure(repository, parse_range("main")), repository.tip);
  expect_damaged(failure(repository, parse_range(repository.tip)), repository.tip);
  expect_damaged(failure(repository, parse_range(repository.tip.substr(0, 10))),
                 repository.tip.substr(0, 10));
  expect_damaged(failure(repository, range_of(Kind::tree)), repository.tip);
}

TEST(DamagedRevision, ACommitOnTheWayIsNamed) {
  const ToDamage repository;
  repository.lose(repository.second);
  for (const auto* range :
       {"main~1", "main~2", "main^", "main^1^1", "topic~1..topic", "v1~1", "main", "main...topic"})
    expect_damaged(failure(repository, parse_range(range)), repository.second);
  EXPECT_EQ(failure(repository, parse_range("main^2")).code, "PEER-E122") << "it is no merge";
}

TEST(DamagedRevision, WhatATagNamesIsNamed) {
  const ToDamage repository;
  repository.lose(repository.topic);
  expect_damaged(failure(repository, parse_range("v1")), repository.topic);
}

TEST(DamagedRevision, APackThatWasCutOffIsNoUnknownBranch) {
  const ToDamage repository;
  repository.git({"repack", "-q", "-a", "-d"});
  for (const auto& entry : fs::directory_iterator(repository.folder() / ".git/objects/pack")) {
    if (entry.path().extension() != ".pack") continue;
    fs::permissions(entry.path(), fs::perms::owner_all);
    fs::resize_file(entry.path(), 40);
  }
  expect_damaged(failure(repository, parse_range("main")), repository.tip);
  expect_damaged(failure(repository, parse_range("topic")), repository.topic);
  expect_damaged(failure(repository, range_of(Kind::tree)), repository.tip);
}

TEST(DamagedRevision, AReferenceThatIsNoneIsNamed) {
  const ToDamage repository;
  for (const auto* text : {"garbage\n", "", "1234\n"}) {
    repository.put("refs/heads/bad", text);
    expect_damaged(failure(repository, parse_range("bad")), "refs/heads/bad");
    expect_damaged(failure(repository, parse_range("main...bad")), "refs/heads/bad");
  }
  repository.put("refs/heads/bad", std::string(40, '0') + "\n");
  expect_damaged(failure(repository, parse_range("bad")), "refs/heads/bad");
  EXPECT_EQ(failure(repository, parse_range("worse")).code, "PEER-E122");
}

TEST(DamagedRevision, AHeadThatIsNoneIsNamed) {
  const ToDamage repository;
  repository.put("HEAD", "garbage\n");
  for (const auto& range :
       {range_of(Kind::tree), range_of(Kind::worktree), parse_range("HEAD"), RangeSpec{}})
    expect_damaged(failure(repository, range), "HEAD");
}

TEST(DamagedRevision, ADamagedDefaultBranchIsNotReplacedByAnother) {
  const ToDamage repository;
  repository.git({"branch", "master", "main~1"});
  repository.git({"checkout", "-q", "topic"});
  repository.put("refs/heads/main", "garbage\n");
  expect_damaged(failure(repository, {}), "refs/heads/main");
  repository.put("refs/heads/main", std::string(40, 'a') + "\n");
  expect_damaged(failure(repository, {}), std::string(40, 'a'));
}

TEST(DamagedRevision, AnUnbornBranchIsStillUnborn) {
  const GitFixture repository;
  EXPECT_EQ(failure(repository, {}).code, "PEER-E121");
  EXPECT_EQ(failure(repository, range_of(Kind::tree)).code, "PEER-E121");
}

TEST(DamagedRevision, BeyondTheEdgeOfAShallowCloneNothingIsDamaged) {
  const ToDamage repository;
  const auto clone = repository.clone({"--depth=1", "--no-single-branch"});
  auto opened = open_or_throw(clone);
  const auto change = opened.read_diff(parse_range("HEAD~1..HEAD"));
  ASSERT_FALSE(change);
  EXPECT_EQ(change.error().code, "PEER-E122");
  EXPECT_THAT(change.error().message, HasSubstr("shallow"));
}

TEST(UnknownRevision, IsToldInSentences) {
  const ToDamage repository;
  run_git(repository.folder(), {"update-ref", "refs/remotes/origin/main", "HEAD"});
  const auto clone = repository.clone({"--depth=1", "--no-single-branch"});
  auto opened = open_or_throw(clone);
  const auto words = [&](const auto& name) {
    return opened.read_diff(parse_range(name)).error().message;
  };
  EXPECT_THAT(words("origin/mian"),
              HasSubstr("did you mean 'origin/main'? The clone is shallow: "));
  EXPECT_THAT(words("quite-another"), HasSubstr("in this repository. The clone is shallow: "));
  EXPECT_THAT(failure(repository, parse_range("quite-another")).message,
              HasSubstr("in this repository. `git branch -a`"));
  EXPECT_THAT(failure(repository, parse_range("topik")).message,
              testing::EndsWith("did you mean 'topic'?"));
}

TEST(DamagedIndex, IsNamedWithWhatToDo) {
  const ToDamage repository;
  const auto index = (repository.folder() / ".git/index").native();
  auto garbage = std::string("DIRC\0\0\0\2\0\0\0\5", 12) + std::string(100, 'x');
  for (const auto& text : {std::string("DIRC"), std::string(), garbage}) {
    repository.put("index", text);
    for (const auto kind : {Kind::staged, Kind::worktree, Kind::standard}) {
      const auto error = failure(repository, range_of(kind));
      if (text.empty() && error.code.empty()) continue;  // libgit2 takes an empty one for none
      EXPECT_EQ(error.code, "PEER-E136") << error.message;
      EXPECT_THAT(error.message,
                  AllOf(HasSubstr("is damaged"), HasSubstr("`rm " + index + " && git reset`")));
    }
  }
  fs::remove(index);
  repository.git({"reset", "-q"});
  EXPECT_EQ(failure(repository, range_of(Kind::staged)).message, "no failure: HEAD..index");
}

}  // namespace
}  // namespace peer
