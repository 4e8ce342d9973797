#include "base/glob.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

TEST(Glob, MatchesAsGitignoreDoes) {
  EXPECT_TRUE(glob_matches("*.js", "src/app.js"));
  EXPECT_TRUE(glob_matches("src/**/*.c", "src/a.c"));
  EXPECT_TRUE(glob_matches("src/**/*.c", "src/x/y/a.c"));
  EXPECT_FALSE(glob_matches("docs/*", "other/docs/x"));
  EXPECT_TRUE(glob_matches("docs/*", "docs/x/b.md"));  // through the folder docs/x
  EXPECT_TRUE(glob_matches("build/", "a/build/out.o"));
  EXPECT_FALSE(glob_matches("build/", "a/build"));
  EXPECT_TRUE(glob_matches("/vendor", "vendor/lib.c"));
  EXPECT_FALSE(glob_matches("/vendor", "x/vendor/lib.c"));
  EXPECT_TRUE(glob_matches("**/gen", "a/b/gen/x"));
  EXPECT_TRUE(glob_matches("a/**", "a/b/c"));
  EXPECT_TRUE(glob_matches("[a-c]?.txt", "b1.txt"));
  EXPECT_FALSE(glob_matches("[!a-c]1.txt", "b1.txt"));
  EXPECT_FALSE(glob_matches("a*z", "a/z"));
  EXPECT_FALSE(glob_matches("**/b/c", "xb/c"));
}

TEST(Glob, LastMatchingPatternDecides) {
  const auto list = GlobList::from_ignore_file("# comment\n*.min.js\n\n!keep.min.js\n");
  EXPECT_TRUE(list.matches("x/a.min.js"));
  EXPECT_FALSE(list.matches("x/keep.min.js"));
  EXPECT_FALSE(list.matches("x/a.js"));
}

TEST(Glob, HostilePatternStaysLinear) {
  std::string pattern;
  for (int i = 0; i < 50; ++i)
    pattern += "*a";
  EXPECT_FALSE(glob_matches(pattern + "b", std::string(5000, 'a')));
}

}  // namespace
}  // namespace peer
