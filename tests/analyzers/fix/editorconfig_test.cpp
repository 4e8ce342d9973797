#include "analyzers/fix/editorconfig.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

EditorSettings read(std::string_view path, std::string text) {
  return editor_settings(path, std::vector<EditorConfigFile>{{"", std::move(text)}});
}

TEST(EditorConfig, ReadsTheSettingsOfTheMatchingSections) {
  const auto settings =
      read("src/a.py",
           "; comment\n# comment\nindent_style = tab\n\n[*]\nEnd_Of_Line = CRLF\n"
           "insert_final_newline=true\n[*.py]\nindent_style = space\n"
           "indent_size = 4\ntrim_trailing_whitespace = true\n[*.js]\nindent_size=2\n");
  EXPECT_EQ(settings.end_of_line, "\r\n");
  EXPECT_EQ(settings.insert_final_newline, true);
  EXPECT_EQ(settings.indent_with_tabs, false);
  EXPECT_EQ(settings.indent_size, 4U);
  EXPECT_EQ(settings.tab_width, 4U);
  EXPECT_EQ(settings.trim_trailing_whitespace, true);
}

TEST(EditorConfig, NearerFilesWinUpToTheRoot) {
  const std::vector<EditorConfigFile> files{
      {"src/deep", "[*]\nindent_size = 8\n"},
      {"", "[*]\nindent_size = 2\nend_of_line = cr\n"},
      {"src", "root = true\n[*.c]\nindent_size = 3\ninsert_final_newline = false\n"},
      {"other", "[*]\nindent_size = 7\n"}};
  const auto settings = editor_settings("src/deep/a.c", files);
  EXPECT_EQ(settings.indent_size, 8U);
  EXPECT_EQ(settings.insert_final_newline, false);
  EXPECT_EQ(settings.end_of_line, std::nullopt) << "above the root";
  EXPECT_EQ(editor_settings("a.c", files).indent_size, 2U);
  EXPECT_EQ(editor_settings("srcx/a.c", files).indent_size, 2U);
}

TEST(EditorConfig, UnsetTakesBack) {
  EXPECT_EQ(read("a", "[*]\nindent_size=4\n[a]\nindent_size=unset\n").indent_size, std::nullopt);
  EXPECT_EQ(read("a", "[*]\nindent_size=tab\ntab_width=8\n").indent_size, 8U);
  EXPECT_EQ(read("a", "[*]\nindent_size=99999999999\n").indent_size, std::nullopt);
}

TEST(EditorConfig, SkipsLinesThatAreNoSetting) {
  EXPECT_EQ(read("a", "[*\nrubbish\n=\n[*]\nno equals\nindent_size = 3\n").indent_size, 3U);
}

TEST(EditorConfig, NamesWhereFilesMayStand) {
  EXPECT_EQ(editorconfig_paths("a/b/c.py"),
            (std::vector<std::string>{".editorconfig", "a/.editorconfig", "a/b/.editorconfig"}));
}

struct GlobCase {
  std::string_view pattern, path;
  bool matches;
};

TEST(EditorConfigGlob, FollowsTheSpecification) {
  constexpr GlobCase kCases[] = {
      {"*", "a.py", true},
      {"*", "x/a.py", true},
      {"*.py", "x/y/a.py", true},
      {"*.py", "a.pyc", false},
      {"/*.py", "a.py", true},
      {"/*.py", "x/a.py", false},
      {"x/*.py", "x/a.py", true},
      {"x/*.py", "x/y/a.py", false},
      {"x/**.py", "x/y/a.py", true},
      {"x/**/a.py", "x/y/z/a.py", true},
      {"**/a.py", "a.py", true},
      {"**/a.py", "x/y/a.py", true},
      {"?.c", "a.c", true},
      {"?.c", "ab.c", false},
      {"[ab].c", "b.c", true},
      {"[ab].c", "c.c", false},
      {"[!ab].c", "c.c", true},
      {"[!ab].c", "a.c", false},
      {"[a-c]x", "bx", true},
      {"[a-c]x", "dx", false},
      {"*.{js,ts}", "a.ts", true},
      {"*.{js,ts}", "a.css", false},
      {"{a,b{c,d}}.x", "bd.x", true},
      {"{a,b{c,d}}.x", "b.x", false},
      {"{package.json,.travis.yml}", ".travis.yml", true},
      {"file{1..12}.txt", "file7.txt", true},
      {"file{1..12}.txt", "file13.txt", false},
      {"file{-3..3}.txt", "file-2.txt", true},
      {"{single}.c", "{single}.c", true},
      {"{single}.c", "single.c", false},
      {"{,x}.c", ".c", true},
      {"a{b", "a{b", true},
      {"\\*.c", "*.c", true},
      {"\\*.c", "a.c", false},
      {"[ab", "[ab", true},
      {"Makefile", "x/Makefile", true},
      {"lib/**.js", "lib/a.js", true},
      {"", "a", false},
      {"[]", "[]", true},
  };
  for (const auto& each : kCases)
    EXPECT_EQ(editorconfig_matches(each.pattern, each.path), each.matches)
        << each.pattern << " on " << each.path;
}

TEST(EditorConfigGlob, DoesNotBlowUpOnHostilePatterns) {
  std::string braces;
  for (int i = 0; i < 40; ++i)
    braces += "{a,b}";
  EXPECT_FALSE(editorconfig_matches(braces, "c"));
  std::string stars;
  for (int i = 0; i < 500; ++i)
    stars += "*a";
  EXPECT_FALSE(editorconfig_matches(stars + "b", std::string(4000, 'a')));
  EXPECT_FALSE(editorconfig_matches(std::string(200'000, '{'), "a"));
  EXPECT_FALSE(editorconfig_matches(std::string(100'000, '['), "a"));
}

}  // namespace
}  // namespace peer
