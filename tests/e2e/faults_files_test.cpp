// Files and diffs that want to break something. Whatever comes: no crash, no hang, no false green,
// and what stands beside it is still reported.
#include <fmt/format.h>
#include <fstream>
#include <sys/resource.h>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i)
    text += part;
  return text;
}

std::string as_utf16(std::string_view text) {
  std::string out = "\xFF\xFE";
  for (const char c : text) {
    out += c;
    out += '\0';
  }
  return out;
}

struct HostileFile {
  std::string name;
  std::string path;
  std::string (*bytes)();
  int exit_code;       ///< beside a finding below --fail-on: 0, or 3 where the file could not be
                       ///< examined
  std::string status;  ///< in the coverage manifest
  std::string reason;  ///< part of what the manifest says
  std::string finding = {};  ///< one that must be there
};

std::ostream& operator<<(std::ostream& out, const HostileFile& file) { return out << file.name; }

const HostileFile kFiles[] = {
    {"Binary", "x.png", [] { return std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16); }, 0,
     "out_of_scope", "binary"},
    {"NulInText", "x.py", [] { return std::string("import json\n\0\n", 14); }, 0, "out_of_scope",
     "binary"},
    {"Empty", "x.py", [] { return std::string(); }, 0, "examined", ""},
    {"OneLineEnd", "x.py", [] { return std::string("\n"); }, 0, "examined", ""},
    {"TwoMegabytes", "x.py", [] { return repeated("x = 1\n", 400'000); }, 3, "text_only", "limit"},
    {"AMillionLines", "x.txt", [] { return repeated("line\n", 1'000'000); }, 0, "text_only", ""},
    {"OneLineOf20Megabytes", "x.js", [] { return repeated("a=1;", 5'000'000); }, 3, "text_only",
     ""},
    {"InvalidUtf8", "x.py",
     [] { return std::string("# \xFF\xFE\xC0\x80\nimport json\nprint(1)\n"); }, 0, "examined", "",
     "unused-import x.py:2"},
    {"Latin1", "x.py",
     [] { return std::string("# -*- coding: latin-1 -*-\n# \xE4\nimport json\nprint(1)\n"); }, 0,
     "examined", "", "unused-import x.py:3"},
    {"Utf16", "x.py", [] { return as_utf16("import json\nprint(1)\n"); }, 0, "examined", "",
     "unused-import x.py:1"},
    {"Utf8WithBom", "x.py", [] { return std::string("\xEF\xBB\xBFimport json\nprint(1)\n"); }, 0,
     "examined", "", "unused-import x.py:1"},
    {"NoLineEnd", "x.py", [] { return std::string("import json\nprint(1)"); }, 0, "examined", "",
     "unused-import x.py:1"},
    {"LoneCarriageReturns", "x.py", [] { return std::string("import json\rprint(1)\r"); }, 3,
     "text_only", "lines end in CR alone"},
    {"NestedBrackets", "x.py",
     [] { return std::string(100'000, '(') + std::string(100'000, ')') + "\n"; }, 0, "examined",
     ""},
    {"UnclosedBrackets", "x.rs", [] { return std::string(100'000, '('); }, 0, "examined", ""},
    {"NestedJson", "x.json", [] { return std::string(100'000, '[') + std::string(100'000, ']'); },
     0, "examined", ""},
    {"TortureQuotes", "x.js", [] { return repeated("\"\"\"", 30'000); }, 3, "text_only", "budget"},
    {"TortureGenerics", "x.rs", [] { return repeated("a<b,", 30'000); }, 3, "text_only", "budget"},
    {"UnknownLanguage", "x.weird",
     [] { return std::string("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"); }, 1, "text_only", "",
     "merge-conflict-marker x.weird:1"},
    {"WrongShebang", "x", [] { return std::string("#!/usr/bin/env python3\n<?php echo 1; ?>\n"); },
     1, "examined", "", "syntax-error x:2"},
    {"LfsPointer", "x.bin",
     [] {
       return "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') +
              "\nsize 12345\n";
     },
     0, "out_of_scope", "LFS pointer"},
    {"Minified", "x.min.js", [] { return repeated("function a(){return 1};", 3000) + "\n"; }, 0,
     "out_of_scope", "generated"},
};

class Hostile : public Story, public ::testing::WithParamInterface<HostileFile> {};

/// Little time where it is to run out, plenty elsewhere: the tests may run on a busy machine.
RunOptions budget_for(const HostileFile& file) {
  RunOptions options;
  options.environment = {file.reason == "budget" ? "PEER_PARSE_BUDGET_MS=300"
                                                 : "PEER_PARSE_BUDGET_MS=60000"};
  return options;
}

/// The row of `path` in the coverage manifest.
Json coverage_of(const Json& report, std::string_view path) {
  for (const auto& file : report.at("coverage").at("files"))
    if (file.at("path").get<std::string>() == path) return file;
  return {};
}

TEST_P(Hostile, IsNamedInTheManifestAndTheOtherFileIsReported) {
  const auto& file = GetParam();
  repo.write("readme.txt", "x\n");
  repo.commit();
  repo.write("a.py", kUnused);
  repo.write(file.path, file.bytes());
  const auto held = budget_for(file);
  const auto seen = report({"review"}, held);
  EXPECT_THAT(found_in(seen), Contains("unused-import a.py:1"));
  const auto row = coverage_of(seen, file.path);
  ASSERT_TRUE(row.is_object()) << "the manifest does not name it";
  EXPECT_EQ(row.at("status"), file.status) << row.dump();
  if (file.status == "text_only") {
    EXPECT_EQ(examined_by(row), Strings{"text"});
  }
  EXPECT_EQ(row.count("by"), file.status == "text_only" || file.status == "examined" ? 1U : 0U);
  EXPECT_THAT(row.at("reason").get<std::string>(), HasSubstr(file.reason));
  EXPECT_EQ(seen.at("complete"), file.exit_code != 3);
  if (!file.finding.empty()) {
    EXPECT_THAT(found_in(seen), Contains(file.finding));
  }
  for (const auto* isolate : {"never", "always"}) {
    const auto ran = peer({"review", "--isolate", isolate}, held);
    EXPECT_EQ(ran.exit_code, file.exit_code) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("a.py"));
    if (file.exit_code == 3) {
      EXPECT_THAT(ran.out, HasSubstr(file.path)) << "what was not examined is named";
    }
  }
}

TEST_P(Hostile, IsFixedOrLeftAloneAndNothingIsLeftBehind) {
  const auto& file = GetParam();
  repo.write("readme.txt", "x\n");
  repo.commit();
  repo.write("a.py", kUnused);
  repo.write(file.path, file.bytes());
  const auto held = budget_for(file);
  const auto ran = peer({"fix-all"}, held);
  EXPECT_NE(ran.exit_code, 70) << ran.out;
  EXPECT_EQ(ran.signal, 0);
  EXPECT_EQ(read("a.py"), "\nprint(1)\n");
  if (file.finding.empty()) {
    EXPECT_EQ(read(file.path) == file.bytes(), true) << "it was changed";
  }
  EXPECT_EQ(leftovers(repo.folder()), Strings{});
}

INSTANTIATE_TEST_SUITE_P(Files, Hostile, ::testing::ValuesIn(kFiles),
                         [](const auto& file) { return file.param.name; });

struct BadDiff {
  std::string name;
  std::string text;
  int exit_code;
  std::string says;
};

std::ostream& operator<<(std::ostream& out, const BadDiff& diff) { return out << diff.name; }

const std::string kGoodPart =
    "--- a/a.py\n+++ b/a.py\n@@ -1 +1,3 @@\n-print(1)\n+import json\n+\n+print(1)\n";

const BadDiff kDiffs[] = {
    {"Empty", "", 0, "nothing"},
    {"NoDiff", "just some words\nand more\n", 2, "no unified diff"},
    {"WrongCounts", kGoodPart + "--- a/b.py\n+++ b/b.py\n@@ -1,9 +1,9 @@\n-x\n+y\n", 3, "b.py"},
    {"HunkWithoutHeader", "@@ -1 +1 @@\n-x\n+y\n" + kGoodPart, 3, ""},
    {"HugeNumbers",
     kGoodPart + "--- a/b.py\n+++ b/b.py\n@@ -99999999999999999999,1 +1 @@\n-x\n+y\n", 3, "b.py"},
    {"ContextThatIsNotThere",
     kGoodPart + "--- a/b.py\n+++ b/b.py\n@@ -5,2 +5,2 @@\n not there\n-x\n+y\n", 3, "b.py"},
    {"CutInTheMiddle", kGoodPart + "--- a/b.py\n+++ b/b.py\n@@ -1,3 +1,3 @@\n one\n", 3, "b.py"},
    {"ParentFolder",
     kGoodPart + "--- a/../../etc/passwd\n+++ b/../../etc/passwd\n@@ -1 +1 @@\n-root\n+x\n", 3,
     "etc/passwd"},
    {"AbsolutePath", kGoodPart + "--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n-root\n+x\n", 3,
     "etc/passwd"},
    {"GitFolder", kGoodPart + "--- a/.git/config\n+++ b/.git/config\n@@ -1 +1 @@\n-[core]\n+x\n", 3,
     ".git/config"},
    {"GitFolderInOtherCase",
     kGoodPart + "--- a/.GIT/config\n+++ b/.GIT/config\n@@ -1 +1 @@\n-[core]\n+x\n", 3,
     ".GIT/config"},
};

class Diffs : public Story, public ::testing::WithParamInterface<BadDiff> {};

TEST_P(Diffs, LoseOnlyTheirOwnFile) {
  const auto& diff = GetParam();
  repo.write("a.py", kUnused);
  repo.write("b.py", "one\ntwo\nthree\n");
  repo.commit();
  RunOptions options;
  options.input = diff.text;
  const auto ran = peer({"review", "--diff-file", "-"}, options);
  EXPECT_EQ(ran.exit_code, diff.exit_code) << ran.out;
  EXPECT_EQ(ran.signal, 0);
  EXPECT_THAT(ran.out, HasSubstr(diff.says));
  EXPECT_EQ(ran.out.find("root:x"), std::string::npos);
  if (diff.text.find("import json") != std::string::npos) {
    EXPECT_THAT(ran.out, HasSubstr("json is imported and never used")) << diff.text;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Diffs, ::testing::ValuesIn(kDiffs),
                         [](const auto& diff) { return diff.param.name; });

/// Processor time that ended children have used, in seconds.
double children_seconds() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

class Faults : public Story {};

TEST_F(Faults, OneLineOfAMillionIsQuick) {
  auto text = repeated("some line of text\n", 1'000'000);
  repo.write("x.txt", text);
  repo.commit();
  text.replace(9'000'000, 4, "SOME");
  repo.write("x.txt", text);
  repo.write("a.py", kUnused);
  const double before = children_seconds();
  const auto seen = report({"review"});
  EXPECT_LT(children_seconds() - before, 4.0)
      << "processor time, so that a busy machine changes nothing; not optimised";
  EXPECT_EQ(coverage_of(seen, "x.txt").at("hunks").size(), 1U);
  EXPECT_THAT(found_in(seen), Contains("unused-import a.py:1"));
}

TEST_F(Faults, AHugeFileIsSkippedWithItsReasonAndInBoundedMemory) {
  repo.write("readme.txt", "x\n");
  repo.commit();
  repo.write("a.py", kUnused);
  ASSERT_EQ(shell("yes 'a line of some forty characters, no more' | head -c 104857600 > huge.txt")
                .exit_code,
            0);
  const auto ran = shell("$MEMORY 524288; exec \"$PEER\" review -j 1");
  EXPECT_EQ(ran.exit_code, 3) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("huge.txt"));
  EXPECT_THAT(ran.out, HasSubstr("PEER-E103"));
  EXPECT_THAT(ran.out, HasSubstr("json is imported"));
}

TEST_F(Faults, LinksAreNeverFollowed) {
  repo.write("readme.txt", "x\n");
  repo.commit();
  fs::create_symlink("/etc/passwd", repo.folder() / "passwd.py");
  fs::create_symlink("loop.py", repo.folder() / "loop.py");
  fs::create_symlink("nowhere", repo.folder() / "dangling.py");
  fs::create_symlink("..", repo.folder() / "up");
  fs::create_symlink("/", repo.folder() / "root");
  repo.write("a.py", kUnused);
  for (const Strings& words :
       {Strings{"review"}, Strings{"review", "."}, Strings{"review", "HEAD~1..HEAD"}}) {
    if (words.size() == 2 && words[1] != ".") repo.commit("links");
    const auto seen = report(words);
    EXPECT_EQ(found_in(seen), Strings{"unused-import a.py:1"});
    EXPECT_EQ(seen.at("complete"), true);
    EXPECT_EQ(dump_json(seen).find("root:x:"), std::string::npos);
  }
}

TEST_F(Faults, AFolderBehindALinkIsEnteredOnlyWhereTheUserNamesWhatIsInIt) {
  repo.write("readme.txt", "x\n");
  repo.commit();
  const ScratchFolder outside;
  std::ofstream(outside.path() / "o.py") << kUnused;
  fs::create_symlink(outside.path(), repo.folder() / "out");
  for (const auto* path : {"out", "out/", "."}) {
    const auto ran = peer({"review", path});
    EXPECT_EQ(ran.exit_code, 0) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("out (symlink, not followed)")) << path;
    EXPECT_EQ(ran.out.find("json is imported"), std::string::npos) << path;
  }
  EXPECT_EQ(found({"review"}), Strings{}) << "nor does a range enter it";
  EXPECT_EQ(found({"review", "out/o.py"}).size(), 1U) << "that file was asked for by name";
}

/// What git can hold and no file system: names of any length.
TEST_F(Faults, NamesOfFourKilobytesAreShownAndExamined) {
  repo.write("a.py", kUnused);
  const auto first = repo.commit();
  const auto blob = repo.git({"rev-parse", "HEAD:a.py"});
  const auto name = std::string(4093, 'n') + ".py";
  repo.write("../list", "100644 blob " + blob + "\t" + name + "\n100644 blob " + blob + "\ta.py\n");
  const auto tree = repo.git({"-c", "alias.made=!git mktree <../list", "made"});
  repo.git({"update-ref", "refs/heads/main",
            repo.git({"commit-tree", "-m", "long", "-p", first, tree})});
  for (const Strings& words : {Strings{"review", "HEAD~1..HEAD"}, Strings{"audit"}}) {
    EXPECT_THAT(found(words), Contains("unused-import " + name + ":1"));
    for (const auto* format : {"terminal", "json", "sarif", "markdown", "html"}) {
      auto all = words;
      all.insert(all.end(), {"-f", format});
      const auto ran = peer(all);
      EXPECT_EQ(ran.exit_code, 0) << format;
      EXPECT_THAT(ran.out, HasSubstr(std::string(20, 'n'))) << format;
    }
  }
  const auto fixed = peer({"fix-all", "HEAD~1..HEAD"});
  EXPECT_EQ(fixed.exit_code, 3) << fixed.out.substr(0, 2000);
  EXPECT_THAT(fixed.out, HasSubstr("File name too long"));
  EXPECT_EQ(fixed.signal, 0);
  EXPECT_EQ(leftovers(repo.folder()), Strings{});
}

TEST_F(Faults, AnLfsPointerSaysHowLargeItsFileIs) {
  const auto pointer = [](std::string_view size) {
    return fmt::format("version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize {}\n",
                       std::string(64, 'a'), size);
  };
  repo.write("grown.bin", pointer("100"));
  repo.write("gone.bin", pointer("2500000"));
  repo.write("odd.bin", pointer("7"));
  repo.commit();
  repo.write("grown.bin", pointer("99999999999"));
  repo.write("odd.bin", pointer("many"));
  repo.commit();
  const auto seen = report({"review", "HEAD~1..HEAD"});
  EXPECT_EQ(coverage_of(seen, "grown.bin").at("reason"), "LFS pointer, 100 bytes -> 100 GB");
  EXPECT_EQ(coverage_of(seen, "odd.bin").at("reason"), "LFS pointer, 7 bytes");
  const auto ran = peer({"review", "HEAD~1..HEAD"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(replace_all(ran.out, "\n", " "),
              HasSubstr("grown.bin (LFS pointer, 100 bytes -> 100 GB)"));
  repo.write("new.bin", pointer("1500"));  // alone: beside a changed one it would be a copy of that
  repo.commit();
  EXPECT_EQ(coverage_of(report({"review", "HEAD~1..HEAD"}), "new.bin").at("reason"),
            "LFS pointer, 1.5 kB");
  repo.remove("gone.bin");
  repo.commit();
  EXPECT_EQ(coverage_of(report({"review", "HEAD~1..HEAD"}), "gone.bin").at("reason"),
            "LFS pointer, 2.5 MB");
}

TEST_F(Faults, NamesOfFilesInjectNothing) {
  repo.write("readme.txt", "x\n");
  repo.commit();
  const Strings names{"new\nline.py",
                      "esc\x1b[31m.py",
                      "quote\".py",
                      "bidi\xE2\x80\xAE.py",
                      "bad\xFF.py",
                      " blank .py",
                      "-dash.py",
                      "semi;colon.py",
                      "$(x).py",
                      "\xC3\xA4.py",
                      "percent%0A::error::x.py"};
  for (const auto& name : names)
    repo.write(name, kUnused);
  for (const auto* format :
       {"terminal", "json", "sarif", "markdown", "codequality", "junit", "html", "github-log"}) {
    const auto ran = peer({"review", "-f", format});
    EXPECT_EQ(ran.exit_code, 0) << format << ran.out;
    EXPECT_EQ(ran.out.find('\x1b'), std::string::npos) << format;
    EXPECT_EQ(ran.out.find("\xFF"), std::string::npos) << format;
    EXPECT_EQ(ran.out.find("\n::error::x"), std::string::npos) << format;
  }
  EXPECT_EQ(found({"review"}).size(), names.size());
  const auto fixed = peer({"fix-all"});
  EXPECT_EQ(fixed.exit_code, 0) << fixed.out;
  for (const auto& name : names)
    EXPECT_EQ(read(name), "\nprint(1)\n") << name;
}

TEST_F(Faults, NamesThatDifferInCaseOnlyAreTwoFiles) {
  repo.write("readme.txt", "x\n");
  repo.commit();
  repo.write("a.py", kUnused);
  repo.write("A.py", kUnused);
  repo.write("A.PY", kUnused);
  EXPECT_EQ(found({"review"}).size(), 3U);
}

TEST_F(Faults, KindsOfChangeWithoutTextAreReported) {
  repo.write("mode.sh", "echo\n");
  repo.write("type.txt", "x\n");
  repo.write("gone.py", kUnused);
  repo.write("old_name.py", "import json\nprint(json)\n# a\n# b\n# c\n# d\n");
  repo.commit();
  fs::permissions(repo.folder() / "mode.sh", fs::perms(0755));
  repo.remove("type.txt");
  fs::create_symlink("mode.sh", repo.folder() / "type.txt");
  repo.remove("gone.py");
  repo.remove("old_name.py");
  repo.write("new_name.py", "import json\nimport re\nprint(json)\n# a\n# b\n# c\n# d\n");
  repo.commit("kinds");
  const auto seen = report({"review", "HEAD~1..HEAD"});
  EXPECT_EQ(found_in(seen), (Strings{"executable-added mode.sh:1", "unused-import new_name.py:2"}));
  EXPECT_EQ(seen.at("complete"), true);
  EXPECT_EQ(seen.at("coverage").at("files").size(), 4U);
}

TEST_F(Faults, OnlyDeletedFilesIsClean) {
  repo.write("a.py", kUnused);
  repo.commit();
  repo.remove("a.py");
  repo.commit("gone");
  const auto seen = report({"review", "HEAD~1..HEAD"});
  EXPECT_EQ(seen.at("verdict"), "clean");
}

TEST_F(Faults, AFileThatChangesBetweenReadingAndWritingIsLeftAlone) {
  repo.write("a.py", kUnused);
  const auto ran = shell(
      "coproc P { \"$PEER\" fix-all --interactive . 2>&1; echo \"code $?\"; }; exec 3<&${P[0]} "
      "4>&${P[1]}\n"
      "read -r -d '?' question <&3\n"  // the question is there: the file was read
      "printf 'import json\\nprint(2)\\n' > a.py; echo y >&4; exec 4>&-; cat <&3");
  EXPECT_EQ(read("a.py"), "import json\nprint(2)\n");
  EXPECT_THAT(ran.out, HasSubstr("was changed since it was examined"));
  EXPECT_THAT(ran.out, HasSubstr("code 3"));
}

}  // namespace
}  // namespace peer::testing
