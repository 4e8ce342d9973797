#include "bot/fixing/patch.hpp"

#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "analyzers/fix/unified.hpp"
#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

FixedFile file_of(std::string path, std::string before, std::string after) {
  FixedFile file;
  file.path = std::move(path);
  file.before = std::move(before);
  file.after = std::move(after);
  return file;
}

/// Writes the old bytes, lets `git apply` apply the patch and compares with the new ones.
void expect_git_applies(const GitFixture& repo, const std::vector<FixedFile>& files) {
  for (const auto& file : files)
    repo.write(file.path, file.before);
  const auto patch = make_patch(files);
  ASSERT_TRUE(patch.left_out.empty());
  ASSERT_FALSE(patch.text.empty());
  const auto place = repo.scratch() / "fixes.patch";
  std::ofstream(place, std::ios::binary) << patch.text;
  ASSERT_NO_THROW(repo.git({"apply", "--check", "--whitespace=nowarn", place.native()}))
      << patch.text;
  repo.git({"apply", "--whitespace=nowarn", place.native()});
  for (const auto& file : files)
    ASSERT_EQ(slurp(repo.folder() / file.path), file.after) << patch.text;
}

TEST(Patch, IsWhatGitApplies) {
  const GitFixture repo;
  expect_git_applies(
      repo,
      {file_of("a.py", "a\nb\nc\n", "a\nB\nc\n"), file_of("dir/b.py", "x\ny", "x\nz"),
       file_of("no-newline-more.py", "x", "x\n"), file_of("no-newline-less.py", "x\n", "x"),
       file_of("emptied.py", "x\ny\n", ""), file_of("filled.py", "", "x\ny\n"),
       file_of("crlf.py", "a\r\nb\r\n", "a\r\nB\r\nc\r\n"), file_of("cr.py", "a\rb\rc", "a\rB\rc"),
       file_of("bom.py", "\xEF\xBB\xBFx\n", "\xEF\xBB\xBFy\n"),
       file_of("latin.py", "\xE9\n1\n", "\xE9\n2\n")});
}

TEST(Patch, QuotesNamesAsGitReadsThem) {
  const GitFixture repo;
  expect_git_applies(repo,
                     {file_of("with blank.py", "a\n", "b\n"), file_of("quo\"te.py", "a\n", "b\n"),
                      file_of("new\nline.py", "a\n", "b\n"), file_of("tab\tname.py", "a\n", "b\n"),
                      file_of("h\xC3\xA9.py", "a\n", "b\n"), file_of("esc\x1b.py", "a\n", "b\n")});
}

TEST(Patch, LeavesTheModeAlone) {
  const GitFixture repo;
  repo.write("run.sh", "echo 1\n");
  std::filesystem::permissions(repo.folder() / "run.sh", std::filesystem::perms{0755});
  expect_git_applies(repo, {file_of("run.sh", "echo 1\n", "echo 2\n")});
  const auto mode = std::filesystem::status(repo.folder() / "run.sh").permissions();
  EXPECT_NE(mode & std::filesystem::perms::owner_exec, std::filesystem::perms::none);
}

TEST(Patch, LeavesOutWhatIsBinaryForGit) {
  const std::string before(
      "\xFF\xFE"
      "a\0",
      4);
  const auto patch =
      make_patch(std::vector<FixedFile>{file_of("u16.txt", before, before + before)});
  EXPECT_EQ(patch.text, "");
  ASSERT_EQ(patch.left_out.size(), 1U);
}

/// Random lines of random make with random edits, so that every kind of hunk comes up.
std::pair<std::string, std::string> random_pair(std::mt19937& random) {
  static const std::vector<std::string> kLines{"a\n",    "b\n",    "\n",           "c\r\n",
                                               "d\r",    "{\n",    "}\n",          "\xE9\n",
                                               "-- x\n", "++ y\n", "@@ -1 +1 @@\n"};
  std::string before;
  std::string after;
  for (auto n = random() % 40; n > 0; --n) {
    const auto& line = kLines[random() % kLines.size()];
    const auto what = random() % 10;
    if (what != 0) before += line;
    if (what != 1) after += line;
    if (what == 2) after += kLines[random() % kLines.size()];
  }
  if (random() % 3 == 0 && before.ends_with('\n')) before.pop_back();
  if (random() % 3 == 0 && after.ends_with('\n')) after.pop_back();
  return {before, after};
}

TEST(Patch, OfRandomFilesIsAppliedByGitToTheByte) {
  const GitFixture repo;
  std::mt19937 random(3);
  for (int batch = 0; batch < 4; ++batch) {
    std::vector<FixedFile> files;
    for (int i = 0; i < 60; ++i) {
      auto [before, after] = random_pair(random);
      if (before != after) files.push_back(file_of(std::to_string(i) + ".txt", before, after));
    }
    expect_git_applies(repo, files);
  }
}

}  // namespace
}  // namespace peer
