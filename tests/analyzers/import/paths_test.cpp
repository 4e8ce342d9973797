// Which file of the repository a tool means.
#include "analyzers/import/paths.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

using Found = std::optional<std::string>;

PathFinder finder() {
  return PathFinder(
      {"/home/me/project", "web"},
      {"main.c", "src/a.c", "src/util/a.c", "web/app.js", "web/index.js", "docs/index.js"}, [] {
        return std::vector<std::string>{"lib/deep/only.c", "stdio.h"};
      });
}

TEST(Paths, AreFoundFromTheRootTheFolderAndAbsolutely) {
  auto paths = finder();
  EXPECT_EQ(paths.find("src/a.c"), Found("src/a.c"));
  EXPECT_EQ(paths.find("./src//util/../a.c"), Found("src/a.c"));
  EXPECT_EQ(paths.find("src\\util\\a.c"), Found("src/util/a.c"));
  EXPECT_EQ(paths.find("/home/me/project/web/app.js"), Found("web/app.js"));
  EXPECT_EQ(paths.find("app.js"), Found("web/app.js")) << "from the folder of the run";
  EXPECT_EQ(paths.find("../main.c"), Found("main.c"));
  EXPECT_EQ(paths.find("lib/deep/only.c"), Found("lib/deep/only.c"))
      << "of the repository, not of the change";
}

TEST(Paths, OfAnotherMachineAreFoundByTheirEnd) {
  auto paths = finder();
  EXPECT_EQ(paths.find("/builds/group/project/src/util/a.c"), Found("src/util/a.c"));
  EXPECT_EQ(paths.find("C:/agent/work/1/s/src/a.c"), Found("src/a.c"));
  EXPECT_EQ(paths.find("/runner/work/main.c"), Found("main.c")) << "the only file of this name";
  EXPECT_EQ(paths.find("deep/only.c"), Found("lib/deep/only.c")) << "a tool that ran in a folder";
  EXPECT_EQ(paths.find("util/a.c"), Found("src/util/a.c"));
}

TEST(Paths, ThatMeanNoFileOrSeveralAreNotGuessed) {
  auto paths = finder();
  EXPECT_EQ(paths.find("/elsewhere/index.js"), std::nullopt) << "two files are called so";
  EXPECT_EQ(paths.find("/usr/include/stdio.h"), std::nullopt) << "a header of the system";
  EXPECT_EQ(paths.find("/x/node_modules/y/main.c"), std::nullopt);
  EXPECT_EQ(paths.find("../../../etc/passwd"), std::nullopt);
  EXPECT_EQ(paths.find("../../main.c"), std::nullopt) << "leaves the repository";
  EXPECT_EQ(paths.find("/etc/passwd"), std::nullopt);
  EXPECT_EQ(paths.find(""), std::nullopt);
  EXPECT_EQ(paths.find("/"), std::nullopt);
  EXPECT_EQ(paths.find(std::string(100'000, '/')), std::nullopt);
  EXPECT_EQ(paths.find(std::string(3000, 'a') + "/a.c"), std::nullopt);
}

TEST(Paths, OfUris) {
  EXPECT_EQ(path_of_uri("file:///a/b%20c"), Found("/a/b c"));
  EXPECT_EQ(path_of_uri("FILE:///a"), Found("/a"));
  EXPECT_EQ(path_of_uri("file://host/a/b"), Found("/a/b"));
  EXPECT_EQ(path_of_uri("file:///C:/a"), Found("C:/a"));
  EXPECT_EQ(path_of_uri("file:/a"), Found("/a"));
  EXPECT_EQ(path_of_uri("a%2Fb%zz%"), Found("a/b%zz%"));
  EXPECT_EQ(path_of_uri("C:/x"), Found("C:/x"));
  EXPECT_EQ(path_of_uri("https://h/a"), std::nullopt);
}

TEST(Paths, ArePlainAndStayBelowTheirRoot) {
  EXPECT_EQ(plain_path("/../../etc"), Found("/etc"));
  EXPECT_EQ(plain_path("a/./b//../c"), Found("a/c"));
  EXPECT_EQ(plain_path(".."), std::nullopt);
  EXPECT_EQ(plain_path("a/../.."), std::nullopt);
  EXPECT_EQ(plain_path("."), std::nullopt);
}

}  // namespace
}  // namespace peer
