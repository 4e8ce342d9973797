#include <fmt/format.h>
#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/git/plain_files.hpp"
#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;
using Kind = RangeSpec::Kind;

/// A repository whose configuration names a program wherever git would run one; each leaves a
/// canary file.
struct HostileRepository : GitFixture {
  fs::path canary = scratch() / "canary";
  std::string topic;

  HostileRepository() {
    write("a.txt", "a\n");
    write("b.bin", "b\n");
    commit();
    git({"checkout", "-q", "-b", "topic"});
    write("a.txt", "changed\n");
    topic = commit();
    write("b.bin", "also changed\n");
    write("new.txt", "new\n");
    write(".gitattributes",
          "* filter=evil diff=evil merge=evil ident\n*.txt working-tree-encoding=UTF-16\n");
    write_config();
  }

  void write_config() const {
    const auto run = fmt::format("touch {}", canary.native());
    const auto text = fmt::format(
        "\n[core]\n\tfsmonitor = \"{0}\"\n\thooksPath = {1}/hooks\n\tsshCommand = \"{0}\"\n\tpager "
        "= \"{0}\"\n"
        "\teditor = \"{0}\"\n\taskPass = \"{0}\"\n\talternateRefsCommand = \"{0}\"\n\tgitProxy = "
        "\"{0}\"\n"
        "[diff]\n\texternal = \"{0}\"\n[diff \"evil\"]\n\ttextconv = \"{0}\"\n\tcommand = \"{0}\"\n"
        "[filter \"evil\"]\n\tclean = \"{0}\"\n\tsmudge = \"{0}\"\n\tprocess = \"{0}\"\n\trequired "
        "= true\n"
        "[merge \"evil\"]\n\tdriver = \"{0}\"\n[credential]\n\thelper = \"!{0}\"\n"
        "[includeIf \"gitdir:{1}/\"]\n\tpath = {1}/more\n[include]\n\tpath = {1}/more\n"
        "[gpg]\n\tprogram = \"{0}\"\n[uploadpack]\n\tpackObjectsHook = \"{0}\"\n[alias]\n\tstatus "
        "= \"!{0}\"\n"
        "[trailer \"x\"]\n\tcommand = \"{0}\"\n",
        run, scratch().native());
    append(".git/config", text);
    write_executable("../more", fmt::format("[core]\n\tfsmonitor = \"{}\"\n", run));
    for (const auto* hook : {"post-index-change", "reference-transaction", "fsmonitor-watchman",
                             "post-checkout", "pre-commit"})
      write_executable(fmt::format("../hooks/{}", hook), fmt::format("#!/bin/sh\n{}\n", run));
  }

  void append(const std::string& path, const std::string& text) const {
    const auto opened = read_file(path);
    write(path, opened + text);
  }
  [[nodiscard]] std::string read_file(const std::string& path) const {
    std::string text;
    if (auto* file = std::fopen((folder() / path).c_str(), "rb"); file != nullptr) {
      for (int c = 0; (c = std::fgetc(file)) != EOF;)
        text += static_cast<char>(c);
      std::fclose(file);
    }
    return text;
  }
  void write_executable(const std::string& path, const std::string& text) const {
    write(path, text);
    fs::permissions(folder() / path, fs::perms::owner_all);
  }
};

TEST(HostileConfig, TheCanaryWouldSingIfGitWereRun) {
  const HostileRepository repository;
  try {
    repository.git({"status"});
  } catch (const std::runtime_error&) {  // git may well fail on such a configuration
  }
  EXPECT_TRUE(fs::exists(repository.canary));
}

TEST(HostileConfig, RunsNothing) {
  const HostileRepository repository;
  auto opened = repository.open();
  RangeSpec patch;
  patch.kind = Kind::patch;
  patch.patch = "--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-changed\n+patched\n";
  for (const auto& range :
       {RangeSpec{}, range_of(Kind::worktree), range_of(Kind::staged), range_of(Kind::tree),
        parse_range("main...topic"), parse_range("topic"), patch}) {
    const auto change = opened.read_diff(range);
    ASSERT_TRUE(change) << change.error().message;
    EXPECT_FALSE(change->files.empty() && range.kind != Kind::staged);
    for (const auto& file : change->files) {
      if (file.after) {
        EXPECT_TRUE(opened.read(*file.after, file.path)) << file.path;
      }
      if (file.before) {
        EXPECT_TRUE(opened.read(*file.before, file.old_path)) << file.old_path;
      }
    }
  }
  EXPECT_TRUE(opened.list_at("", "").has_value());
  PlainFiles plain({"."}, repository.folder(), &opened);
  EXPECT_TRUE(plain.read_change().has_value());
  EXPECT_FALSE(fs::exists(repository.canary));
}

TEST(HostileConfig, TheWorkTreeIsReadAsItStands) {
  const HostileRepository repository;
  const auto change = repository.read(range_of(Kind::worktree));
  EXPECT_EQ(repository.open().read(*file_at(change, "b.bin").after, "b.bin").value(),
            "also changed\n");
}

/// What Peer says when it opens the repository and reads `range`; "" when all went well.
std::string refusal(const GitFixture& repository,
                    const RangeSpec& range = range_of(Kind::worktree)) {
  auto opened = Repository::open(repository.folder());
  if (!opened) return opened.error().code + " " + opened.error().message;
  const auto change = opened->read_diff(range);
  return change ? "" : change.error().code + " " + change.error().message;
}

TEST(HostileConfig, AWorkTreeOutsideOfTheRepositoryIsRefused) {
  const GitFixture repository;
  const GitFixture victim;
  repository.write("a.txt", "a\n");
  victim.write("a.txt", "of the victim\n");
  victim.write("sub/a.txt", "of the victim\n");
  for (const auto& tree : {victim.folder(), victim.folder() / "sub", repository.folder() / ".."}) {
    repository.git({"config", "core.worktree", tree.native()});
    const auto said = refusal(repository);
    EXPECT_THAT(said, ::testing::StartsWith("PEER-E132")) << tree;
    EXPECT_THAT(said, ::testing::HasSubstr("core.worktree"));
  }
  // by an included file too
  repository.git({"config", "--unset", "core.worktree"});
  repository.write("more", "[core]\n\tworktree = " + victim.folder().native() + "\n");
  repository.git({"config", "include.path", (repository.folder() / "more").native()});
  EXPECT_THAT(refusal(repository), ::testing::StartsWith("PEER-E132"));
}

TEST(HostileConfig, WorkTreesThatNameTheirRepositoryAreOpened) {
  GitFixture repository;
  repository.write("a.txt", "a\n");
  repository.commit();
  const auto inner = repository.clone({});
  // itself, a linked work tree, a repository whose .git lies elsewhere, a submodule
  repository.git({"config", "core.worktree", repository.folder().native()});
  EXPECT_EQ(refusal(repository), "");
  repository.git({"config", "--unset", "core.worktree"});
  repository.git({"worktree", "add", "-q", "../linked"});
  EXPECT_EQ(open_or_throw(repository.scratch() / "linked").work_tree(),
            repository.scratch() / "linked");
  repository.git(
      {"-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.native(), "sub"});
  EXPECT_FALSE(repository.git({"config", "core.worktree"}, "sub").empty());
  EXPECT_EQ(open_or_throw(repository.folder() / "sub").work_tree(), repository.folder() / "sub");
}

/// Each would hang for ever if it were opened.
TEST(HostileFiles, APipeInPlaceOfAGitFileIsRefused) {
  for (const std::string path :
       {".gitignore", ".gitattributes", "sub/.gitignore", "new/sub/.gitattributes",
        ".git/info/exclude", ".git/info/attributes", ".git/config"}) {
    GitFixture repository;
    repository.write("sub/a.txt", "a\n");
    const auto commit = repository.commit();
    repository.write("sub/a.txt", "b\n");
    repository.write("new/sub/b.txt", "b\n");
    repository.write(path, "");
    repository.remove(path);
    ASSERT_EQ(::mkfifo((repository.folder() / path).c_str(), 0600), 0) << path;
    EXPECT_THAT(refusal(repository), ::testing::StartsWith("PEER-E133")) << path;
    if (!path.starts_with("new/")) {
      EXPECT_THAT(refusal(repository, parse_range(commit)), ::testing::StartsWith("PEER-E133"))
          << path;
    }
    auto opened = Repository::open(repository.folder());
    if (!opened) continue;
    PlainFiles plain({"."}, repository.folder(), &*opened);
    EXPECT_EQ(plain.read_change().error().code, "PEER-E133") << path;
  }
}

TEST(HostileFiles, APipeThatTheConfigurationNamesIsRefused) {
  for (const std::string key :
       {"include.path", "includeIf.gitdir:/.path", "core.excludesFile", "core.attributesFile"}) {
    GitFixture repository;
    repository.write("a.txt", "a\n");
    repository.commit();
    const auto pipe = repository.scratch() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    repository.write("../more", "[core]\n\tx = 1\n");
    repository.git({"config", "include.path", "../../more"});
    EXPECT_EQ(refusal(repository), "");
    repository.git({"config", "-f", repository.scratch() / "more", key, pipe.native()});
    EXPECT_THAT(refusal(repository), ::testing::StartsWith("PEER-E133")) << key;
    repository.write("../more", "");
    repository.git({"config", key, pipe.native()});
    EXPECT_THAT(refusal(repository), ::testing::StartsWith("PEER-E133")) << key;
  }
}

TEST(HostileTree, PathsThatLeaveTheTreeAreNotReadFromDisk) {
  const GitFixture repository;
  const auto opened = repository.open();
  BlobRef blob;
  blob.on_disk = true;
  blob.mode = 0100644;
  for (const auto* path : {"../x", "/etc/passwd", "a/../../x", "", ".", "a//b", "./a"})
    EXPECT_FALSE(opened.read(blob, path)) << path;
}

}  // namespace
}  // namespace peer
