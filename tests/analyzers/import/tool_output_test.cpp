#include "analyzers/import/tool_output.hpp"

#include <set>

#include <gtest/gtest.h>

#include "analyzers/checks/check.hpp"
#include "analyzers/import/same_thing.hpp"
#include "analyzers/pack/pack.hpp"

namespace peer {
namespace {

ToolMessage only(std::string_view output) {
  const auto messages = read_tool_output(output);
  EXPECT_EQ(messages.size(), 1U) << output;
  return messages.empty() ? ToolMessage{} : messages[0];
}

void expect(std::string_view output, const ToolMessage& wanted) {
  const auto got = only(output);
  EXPECT_EQ(got.tool, wanted.tool);
  EXPECT_EQ(got.path, wanted.path);
  EXPECT_EQ(got.line, wanted.line);
  EXPECT_EQ(got.column, wanted.column);
  EXPECT_EQ(got.severity, wanted.severity);
  EXPECT_EQ(got.code, wanted.code);
  EXPECT_EQ(got.message, wanted.message);
  EXPECT_EQ(got.rule, wanted.rule);
}

TEST(ToolOutput, ReadsEveryToolItNames) {
  expect(
      "src/a.c:12:5: warning: unused variable 'x' [-Wunused-variable]\n   12 |   int x;\n      |   "
      "    ^\n",
      {"gcc/clang", "src/a.c", 12, 5, "warning", "-Wunused-variable", "unused variable 'x'", ""});
  expect("a.cpp:3: error: expected ';'\n",
         {"gcc/clang", "a.cpp", 3, 0, "error", "", "expected ';'", "syntax-error"});
  expect("src/a.ts(4,7): error TS6133: 'b' is declared but its value is never read.\n",
         {"tsc", "src/a.ts", 4, 7, "error", "TS6133",
          "'b' is declared but its value is never read.", "unused-import"});
  expect(
      "\x1b[96msrc/a.ts\x1b[0m:\x1b[93m4\x1b[0m:\x1b[93m7\x1b[0m - \x1b[91merror\x1b[0m TS2322: "
      "no.\n",
      {"tsc", "src/a.ts", 4, 7, "error", "TS2322", "no.", ""});
  expect("app/x.py:1:8: F401 [*] `os` imported but unused\n",
         {"ruff", "app/x.py", 1, 8, "", "F401", "`os` imported but unused", "unused-import"});
  expect("F401 [*] `os` imported but unused\n --> app/x.py:1:8\n  |\n",
         {"ruff", "app/x.py", 1, 8, "", "F401", "`os` imported but unused", "unused-import"});
  expect("/srv/web/a.js\n  3:9  error  Unexpected 'debugger' statement  no-debugger\n\n1 problem\n",
         {"eslint", "/srv/web/a.js", 3, 9, "error", "no-debugger",
          "Unexpected 'debugger' statement", "debug-leftover"});
  expect("./main.go:5:2: \"os\" imported and not used\n",
         {"go", "./main.go", 5, 2, "", "", "\"os\" imported and not used", "unused-import"});
  expect("Main.java:9: error: reached end of file while parsing\n}\n ^\n",
         {"javac", "Main.java", 9, 0, "error", "", "reached end of file while parsing",
          "syntax-error"});
  expect("error[E0382]: borrow of moved value: `x`\n --> src/main.rs:4:20\n  |\n",
         {"rustc", "src/main.rs", 4, 20, "error", "E0382", "borrow of moved value: `x`", ""});
  expect("tests/test_a.py:7: AssertionError\n",
         {"pytest", "tests/test_a.py", 7, 0, "", "", "AssertionError", ""});
  expect(
      "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n    f()\n  File "
      "\"b.py\", line 9, in f\n    1/0\n"
      "ZeroDivisionError: division by zero\n",
      {"python", "b.py", 9, 0, "error", "ZeroDivisionError", "ZeroDivisionError: division by zero",
       ""});
}

TEST(ToolOutput, TellsGccFromClangWhereTheirWordsDo) {
  expect("file.c:1:2: error: expected ';' after expression\n",
         {"clang", "file.c", 1, 2, "error", "", "expected ';' after expression", "syntax-error"});
  expect("a.c:4:12: error: expected ';' before '}' token\n",
         {"gcc", "a.c", 4, 12, "error", "", "expected ';' before '}' token", "syntax-error"});
  expect(
      "a.c:4:12: error: expected \xE2\x80\x98;\xE2\x80\x99 before \xE2\x80\x98}\xE2\x80\x99 "
      "token\n",
      {"gcc", "a.c", 4, 12, "error", "",
       "expected \xE2\x80\x98;\xE2\x80\x99 before \xE2\x80\x98}\xE2\x80\x99 token",
       "syntax-error"});
  expect("a.c:2:3: error: use of undeclared identifier 'x'\n",
         {"clang", "a.c", 2, 3, "error", "", "use of undeclared identifier 'x'", ""});
  expect("a.c:2:3: error: expected class name\n",
         {"gcc/clang", "a.c", 2, 3, "error", "", "expected class name", ""});
  // what says nothing by itself follows the rest of the run
  expect("file.c:1:2: warning: unused variable 'a' [-Wunused-variable]\n1 warning generated.\n",
         {"clang", "file.c", 1, 2, "warning", "-Wunused-variable", "unused variable 'a'", ""});
  expect("a.c: In function 'main':\na.c:1:2: warning: unused variable 'a' [-Wunused-variable]\n",
         {"gcc", "a.c", 1, 2, "warning", "-Wunused-variable", "unused variable 'a'", ""});
  expect("a.py:1: error: Name \"x\" is not defined\n",
         {"mypy", "a.py", 1, 0, "error", "", "Name \"x\" is not defined", ""});
}

struct Told {
  std::string_view line;
  std::string_view rule;
};

TEST(ToolOutput, NamesTheRuleThatIsAboutTheSameThing) {
  const std::vector<Told> rows{
      {"a.c:1:2: warning: suggest parentheses around assignment used as truth value "
       "[-Wparentheses]\n",
       "c-assignment-in-condition"},
      {"a.c:1:2: error: format not a string literal and no format arguments "
       "[-Werror=format-security]\n",
       "c-format-string"},
      {"a.cc:1:2: warning: catching polymorphic type 'class E' by value [-Wcatch-value=]\n",
       "cpp-catch-by-value"},
      {"a.c:1:2: warning: suggest parentheses around '&&' within '||' [-Wparentheses]\n", ""},
      {"a.cc:1:2: error: expected class-name before '{' token\n", ""},
      {"a.c:9:1: error: expected declaration or statement at end of input\n", "syntax-error"},
      {"a.ts(4,7): error TS1005: ';' expected.\n", "syntax-error"},
      {"/x/a.js\n  1:1  error  eval can be harmful  no-eval\n", "javascript-code-evaluation"},
      {"/x/a.js\n  1:1  error  Do not  @typescript-eslint/only-throw-error\n",
       "javascript-throw-literal"},
      {"/x/a.js\n  1:1  error  Use the isNaN function  use-isnan\n", "javascript-nan-comparison"},
      {"a.py:1:8: E711 Comparison to `None` should be `cond is None`\n", "python-compare-none"},
      {"a.py:1:8: S602 `subprocess` call with `shell=True` identified\n", "python-shell-injection"},
      {"A.java:9: error: ';' expected\n", "syntax-error"},
      {"A.java:9: warning: [finally] finally clause cannot complete normally\n",
       "java-return-in-finally"},
      {"vet: ./a.go:3:1: fmt.Println call has possible Printf formatting directive %s\n",
       "go-println-format"},
      {"warning: creating a shared reference to mutable static\n --> src/main.rs:4:20\n",
       "rust-static-mut"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(only(row.line).rule, row.rule) << row.line;
}

TEST(SameThing, NamesRulesThatThereAre) {
  std::set<std::string_view> rules;
  for (const auto& page : built_in_pages())
    rules.insert(page.id);
  for (const auto table : {same_by_code(), same_by_words()})
    for (const auto& entry : table) {
      EXPECT_TRUE(rules.contains(entry.rule) || find_rule(entry.rule) != nullptr)
          << entry.what << ": " << entry.rule;
      EXPECT_EQ(same_thing(entry.tool, "", entry.what).empty(),
                table.data() == same_by_code().data())
          << entry.what;
    }
  EXPECT_GE(same_by_code().size(), 40U);
  for (const auto& entry : same_by_code())
    EXPECT_EQ(same_thing(entry.tool, entry.what, "message"), entry.rule) << entry.what;
}

TEST(ToolOutput, PassesOverEverythingElse) {
  EXPECT_TRUE(read_tool_output(
                  "make: *** [all] Error 1\nBuild finished at 12:30:05: ok\nhttp://x:80/: hello\n")
                  .empty());
  EXPECT_TRUE(read_tool_output(std::string(1 << 20U, ':')).empty());
}

}  // namespace
}  // namespace peer
