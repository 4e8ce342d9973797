// Texts of every encoding and with every kind of line end, compared as Git compares them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

using testing::ElementsAre;
using Kind = RangeSpec::Kind;

std::string utf16(std::string_view ascii) {
  std::string bytes = "\xFF\xFE";
  for (const char c : ascii)
    bytes += std::string{c, '\0'};
  return bytes;
}

TEST(Encodings, Utf16IsComparedAsText) {
  GitFixture repository;
  repository.write("a.txt", utf16("one\ntwo\nthree\n"));
  repository.commit();
  repository.write("a.txt", utf16("one\n2\nthree\n"));
  repository.commit();
  const auto file = file_at(repository.read("HEAD"), "a.txt");
  EXPECT_EQ(file.nature, Nature::text);
  EXPECT_THAT(file.hunks.at(0).removed, ElementsAre(LineRange{2, 1}));
  EXPECT_EQ(repository.open().read(*file.after, "a.txt").value(), utf16("one\n2\nthree\n"));
}

/// Writes `before`, commits, writes `after`, commits; the hunks of that.
std::vector<Hunk> hunks_of(std::string_view before, std::string_view after) {
  GitFixture repository;
  repository.write("a.txt", before);
  repository.commit();
  repository.write("a.txt", after);
  const auto on_disk = repository.read(range_of(Kind::worktree));
  repository.commit();
  const auto committed = repository.read("HEAD");
  EXPECT_EQ(on_disk.files.at(0).hunks, committed.files.at(0).hunks);
  EXPECT_EQ(committed.files[0].nature, Nature::text);
  return committed.files[0].hunks;
}

TEST(Encodings, Latin1BomAndEmptyFilesAreText) {
  EXPECT_THAT(hunks_of("caf\xE9\nb\n", "caf\xE9\nc\n").at(0).added, ElementsAre(LineRange{2, 1}));
  EXPECT_THAT(hunks_of("a\n",
                       "\xEF\xBB\xBF"
                       "a\n")
                  .at(0)
                  .added,
              ElementsAre(LineRange{1, 1}));
  EXPECT_THAT(hunks_of("", "a\n").at(0).new_lines, (LineRange{1, 1}));
  EXPECT_THAT(hunks_of("a\nb", "").at(0).old_lines, (LineRange{1, 2}));
}

TEST(LineEnds, AreComparedByteForByte) {
  EXPECT_THAT(hunks_of("a\nb\n", "a\r\nb\n").at(0).added, ElementsAre(LineRange{1, 1}));
  EXPECT_THAT(hunks_of("a\r\nb\nc\r\n", "a\r\nb\nd\r\n").at(0).added, ElementsAre(LineRange{3, 1}));
  const auto last = hunks_of("a\nb\n", "a\nb");
  EXPECT_THAT(last.at(0).removed, ElementsAre(LineRange{2, 1}));
  EXPECT_THAT(last.at(0).added, ElementsAre(LineRange{2, 1}));
}

TEST(LineEnds, WhatGitConvertsIsNoChange) {
  GitFixture repository;
  repository.write("a.txt", "a\nb\n");
  repository.write("b.txt", "a\nb\n");
  repository.commit();
  repository.git({"config", "core.autocrlf", "true"});
  repository.write("a.txt", "a\r\nb\r\n");
  repository.write("b.txt", "a\r\nc\r\n");
  const auto change = repository.read(range_of(Kind::worktree));
  EXPECT_THAT(summary(change), ElementsAre("M b.txt"));
  EXPECT_THAT(change.files[0].hunks.at(0).added, ElementsAre(LineRange{2, 1}));
}

}  // namespace
}  // namespace peer
