#include <string>

#include <gtest/gtest.h>

#include "analyzers/checks/syntax_error_brackets.hpp"
#include "analyzers/examine.hpp"

namespace peer {
namespace {

std::vector<Finding> errors_in(const FileJob& job) {
  std::vector<Finding> found;
  for (auto& finding : examine(job, {}).findings)
    if (finding.rule == "syntax-error") found.push_back(finding);
  return found;
}

FileJob change(const std::string& path, const std::string& before, const std::string& after,
               std::vector<Hunk> hunks) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.before = before;
  job.after = after;
  job.file.hunks = std::move(hunks);
  return job;
}

Hunk one_line(std::uint32_t line) { return {{line, 1}, {line, 1}, {{line, 1}}, {{line, 1}}}; }

TEST(SyntaxError, BlamesTheHunkWithoutWhichTheFileWouldParse) {
  const std::string before = "a = 1\nb = [1, 2]\nc = 3\nd = 4\n";
  const std::string after = "a = 2\nb = [1, 2\nc = 3\nd = 5\n";
  const auto found =
      errors_in(change("a.py", before, after, {one_line(1), one_line(2), one_line(4)}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at.start, (Position{2, 5}));
  EXPECT_EQ(found[0].message, "syntax error: '[' is never closed");
  EXPECT_TRUE(found[0].in_change);
}

TEST(SyntaxError, ReportsABraceThatWasDeletedThoughNoLineWasAdded) {
  const std::string before = "function f() {\n  if (a) {\n    b();\n  }\n}\nfunction g() {\n}\n";
  const std::string after = "function f() {\n  if (a) {\n    b();\n}\nfunction g() {\n}\n";
  const Hunk removed{{4, 1}, {3, 0}, {{4, 1}}, {}};
  EXPECT_EQ(errors_in(change("a.js", before, after, {removed})).size(), 1U);
}

TEST(SyntaxError, SaysNothingWhereTheBaseWasBrokenAlready) {
  EXPECT_TRUE(
      errors_in(change("a.js", "f(1, [2);\nx();\n", "f(1, [2);\ny((;\n", {one_line(2)})).empty());
}

TEST(SyntaxError, SaysNothingOfMacrosThatTheGrammarCannotKnow) {
  const std::string before = "int f(void) {\n  return 1;\n}\n";
  for (const char* line : {"  x = va_arg(list, void *);", "  LIST_FOREACH(a, b) c(a);",
                           "  BEGIN() x(); END", "  return FLAG(int *) NEXT;", "  ASSERT_OK(x)"})
    EXPECT_TRUE(errors_in(change("a.c", before, "int f(void) {\n" + std::string(line) + "\n}\n",
                                 {one_line(2)}))
                    .empty())
        << line;
}

/// The grammar stumbles over all of these, and leaves brackets unpaired in its tree.
TEST(SyntaxError, SaysNothingOfKotlinWhoseBracketsPair) {
  const std::string before = "class A {\n    val a = 1\n}\n";
  for (const char* code : {"class A {\n    fun f(h: Any?) {\n        if (h !== null\n            "
                           "&& g(h)) {\n            // said\n"
                           "            (h as Handler)(1)\n        }\n    }\n}\n",
                           "class A\n@Deprecated(\n    with = X(\"A(n)\")\n)\nconstructor(\n    "
                           "/** { */\n    n: Int\n) : B(n), C<Int>\n",
                           "class A {\n    val a = \"${if (b) \"(\" else \"[\"} ${c} {\"\n    val "
                           "d = \"\"\"{ ( \"\"\"\n    val e = '{'\n}\n"})
    EXPECT_TRUE(
        errors_in(change("a.kt", before, code, {{{1, 3}, {1, 9}, {{1, 3}}, {{1, 9}}}})).empty())
        << code;
  const auto broken =
      errors_in(change("a.kt", before, "class A {\n    val a = f(1\n}\n", {one_line(2)}));
  ASSERT_EQ(broken.size(), 1U);
  EXPECT_EQ(broken[0].message, "syntax error: '(' is never closed");
}

TEST(SyntaxError, FindsASemicolonThatIsMissingInC) {
  const auto found =
      errors_in(change("a.c", "void f(void) {\n  int m;\n  int n;\n}\n",
                       "void f(void) {\n  unsigned char buf[4096]\n  int n;\n}\n", {one_line(2)}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at.start.line, 2U);
  EXPECT_EQ(found[0].message, "syntax error: ';' is missing here");
}

TEST(SyntaxError, SaysNothingOfBranchesOfThePreprocessor) {
  EXPECT_TRUE(errors_in(change("a.c", "int f(int a) {\n  if (a) {\n    b();\n  }\n}\n",
                               "int f(int a) {\n#ifdef X\n  if (a) {\n#else\n  if (!a) {\n#endif\n "
                               "   b();\n  }\n}\n",
                               {{{2, 1}, {2, 5}, {{2, 1}}, {{2, 5}}}}))
                  .empty());
}

TEST(SyntaxError, IsSilentWithoutABaseWhereGrammarsStumbleOverGoodCode) {
  FileJob job;
  job.whole_file = true;
  job.after = "f(1, [2);\n";
  for (const char* path :
       {"a.js", "a.c", "a.cpp", "a.css", "a.scala", "a.rs", "tests/fixtures/a.py"}) {
    job.file.path = job.file.old_path = path;
    EXPECT_TRUE(errors_in(job).empty()) << path;
  }
  job.file.path = job.file.old_path = "src/a.py";
  EXPECT_EQ(errors_in(job).size(), 1U);
}

TEST(SyntaxError, SaysNothingOfARelaxedJsonFile) {
  FileJob job;
  job.whole_file = true;
  job.after = "{\n  // comment\n  \"a\": [1, 2,],\n}\n";
  for (const char* path : {"tsconfig.build.json", ".vscode/settings.json", "a.json"}) {
    job.file.path = job.file.old_path = path;
    EXPECT_TRUE(errors_in(job).empty()) << path;
  }
}

std::string mismatch(const std::string& path, const std::string& text) {
  const auto found = scan_brackets(parse(path, text));
  return found ? found->message : "";
}

TEST(ScanBrackets, KnowsStringsCommentsAndPreprocessor) {
  EXPECT_EQ(mismatch("a.c", "f(\"(\", '(', /* ( */ 1); // (\n#error it's (\n"), "");
  EXPECT_EQ(mismatch("a.cpp", "auto a = R\"x()\")x\"; int b = 1'000'000; f(')');\n"), "");
  EXPECT_EQ(mismatch("a.cs", "var a = @\"c:\\\"; var b = $\"{a}\"; var c = \"\"\"\n ( \"\"\";\n"),
            "");
  EXPECT_EQ(mismatch("a.swift", "let a = \"\\(f(\"(\"))\"\nlet b = \"\"\"\n (\n\"\"\"\n"), "");
  EXPECT_EQ(mismatch("a.scala", "val a = 'sym; val b = \"\"\"(\"\"\"; val c = '('\n"), "");
  EXPECT_EQ(mismatch("a.css", "a { content: \"}\"; } /* { */\n"), "");
  EXPECT_EQ(mismatch("a.c", "#if 0\n{{{\n#else\n{\n#endif\n}\n"), "");
  EXPECT_EQ(mismatch("a.c", "f(1;\n"), "'(' is never closed");
  EXPECT_EQ(mismatch("a.c", "f(1));\n"), "')' closes nothing");
  EXPECT_EQ(mismatch("a.c", "f(\"a);\n"), "the string that \" begins has no end");
}

TEST(ScanBrackets, SurvivesHostileText) {
  for (const char* piece :
       {"(", ")", "\"", "'", "\\", "#if\n", "#else\n", "/*", "R\"(", "\"\\(", "{\n"}) {
    std::string text;
    while (text.size() < 200'000)
      text += piece;
    for (const char* path : {"a.c", "a.cpp", "a.cs", "a.swift", "a.scala", "a.css"}) {
      ParseOptions options;
      options.max_bytes = 1;  // the scanner needs no tree
      (void)scan_brackets(parse(path, text, options));
    }
  }
}

}  // namespace
}  // namespace peer
