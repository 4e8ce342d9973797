#include "bot/git/hunks.hpp"

#include <fmt/format.h>
#include <random>
#include <sstream>

#include <git2.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/git/handles.hpp"
#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

using testing::ElementsAre;

TEST(Hunks, CountLinesAsGitDoes) {
  EXPECT_EQ(count_lines(""), 0U);
  EXPECT_EQ(count_lines("a"), 1U);
  EXPECT_EQ(count_lines("a\n"), 1U);
  EXPECT_EQ(count_lines("a\n\nb"), 3U);
}

TEST(Hunks, SayWhichLinesWentAndCame) {
  start_libgit2();
  const auto hunks = hunks_between("a\nb\nc\nd\ne\n", "a\nB\nc\nd\ne\nf\n").value();
  ASSERT_EQ(hunks.size(), 1U);
  EXPECT_EQ(hunks[0].old_lines, (LineRange{1, 5}));
  EXPECT_EQ(hunks[0].new_lines, (LineRange{1, 6}));
  EXPECT_THAT(hunks[0].removed, ElementsAre(LineRange{2, 1}));
  EXPECT_THAT(hunks[0].added, ElementsAre(LineRange{2, 1}, LineRange{6, 1}));
}

/// A text of few different lines, some of them indented or blank, so that diffs have choices.
std::string random_text(std::mt19937& random, int lines) {
  const std::vector<std::string> words = {"",  "}", "  }", "if (x) {", "  return;",
                                          "a", "b", "c",   "int f() {"};
  std::string text;
  for (int i = 0; i < lines; ++i) {
    text += random() % 3 == 0 ? fmt::format("unique {}", random() % 1000)
                              : words[random() % words.size()];
    text += "\n";
  }
  if (!text.empty() && random() % 8 == 0) text.pop_back();
  return text;
}

std::string random_edit(std::mt19937& random, const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  const auto edits = random() % 6 + 1;
  for (unsigned i = 0; i < edits; ++i) {
    const auto at = static_cast<std::ptrdiff_t>(random() % (lines.size() + 1));
    const auto some = random() % 4 + 1;
    if (random() % 2 == 0) {
      for (unsigned k = 0; k < some; ++k)
        lines.insert(lines.begin() + at,
                     random() % 2 == 0 ? "}" : fmt::format("new {}", random() % 50));
    } else {
      const auto end =
          std::min<std::ptrdiff_t>(at + some, static_cast<std::ptrdiff_t>(lines.size()));
      lines.erase(lines.begin() + at, lines.begin() + end);
    }
  }
  std::string out;
  for (const auto& line : lines)
    out += line + "\n";
  if (!out.empty() && random() % 8 == 0) out.pop_back();
  return out;
}

std::vector<std::string> headers_of(const ChangedFile& file) {
  std::vector<std::string> headers;
  const auto range = [](LineRange r) {
    return r.count == 1 ? std::to_string(r.first) : fmt::format("{},{}", r.first, r.count);
  };
  for (const auto& hunk : file.hunks)
    headers.push_back(fmt::format("@@ -{} +{} @@", range(hunk.old_lines), range(hunk.new_lines)));
  return headers;
}

/// "@@ ... @@" lines of each file, in the order git prints the files (by path).
std::vector<std::vector<std::string>> headers_of_git(const std::string& diff) {
  std::vector<std::vector<std::string>> files;
  std::istringstream in(diff);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("diff --git")) files.emplace_back();
    if (line.starts_with("@@ ")) files.back().push_back(line.substr(0, line.find(" @@") + 3));
  }
  return files;
}

std::size_t hunks_of_libgit2(const GitFixture& repository) {
  auto opened = repository.open();
  RepositoryHandle repo;
  ObjectHandle before, after;
  DiffHandle diff;
  EXPECT_EQ(
      take(repo, [&](auto** raw) { return git_repository_open(raw, repository.folder().c_str()); }),
      0);
  EXPECT_EQ(take(before,
                 [&](auto** raw) { return git_revparse_single(raw, repo.get(), "HEAD~1^{tree}"); }),
            0);
  EXPECT_EQ(
      take(after, [&](auto** raw) { return git_revparse_single(raw, repo.get(), "HEAD^{tree}"); }),
      0);
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags = GIT_DIFF_INDENT_HEURISTIC;
  EXPECT_EQ(take(diff,
                 [&](auto** raw) {
                   return git_diff_tree_to_tree(raw, repo.get(),
                                                reinterpret_cast<git_tree*>(before.get()),
                                                reinterpret_cast<git_tree*>(after.get()), &options);
                 }),
            0);
  std::size_t count = 0;
  git_diff_foreach(
      diff.get(), nullptr, nullptr,
      [](const git_diff_delta*, const git_diff_hunk*, void* payload) {
        ++*static_cast<std::size_t*>(payload);
        return 0;
      },
      nullptr, &count);
  return count;
}

TEST(Hunks, EqualThoseOfGitDiffForRandomEdits) {
  constexpr int kFiles = 400;
  std::mt19937 random(20240501);
  GitFixture repository;
  std::vector<std::string> texts;
  for (int i = 0; i < kFiles; ++i) {
    texts.push_back(random_text(random, static_cast<int>(random() % 60)));
    repository.write(fmt::format("{:03}.txt", i), texts.back());
  }
  repository.commit();
  for (int i = 0; i < kFiles; ++i)
    repository.write(fmt::format("{:03}.txt", i),
                     random_edit(random, texts[static_cast<std::size_t>(i)]));
  const auto on_disk = repository.read(range_of(RangeSpec::Kind::worktree));
  repository.commit();
  const auto change = repository.read("HEAD");
  const auto expected = headers_of_git(repository.git({"diff", "--no-renames", "HEAD~1", "HEAD"}));
  ASSERT_EQ(change.files.size(), expected.size());
  ASSERT_GE(expected.size(), 350U);
  ASSERT_EQ(on_disk.files.size(), expected.size());
  std::size_t hunks = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(headers_of(change.files[i]), expected[i]) << change.files[i].path;
    EXPECT_EQ(on_disk.files[i].hunks, change.files[i].hunks) << change.files[i].path;
    hunks += change.files[i].hunks.size();
  }
  EXPECT_EQ(hunks, hunks_of_libgit2(repository));
}

}  // namespace
}  // namespace peer
