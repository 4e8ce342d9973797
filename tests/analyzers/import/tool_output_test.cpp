#include "analyzers/import/tool_output.hpp"

#include <gtest/gtest.h>

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
  expect("src/a.c:12:5: warning: unused variable 'x' [-Wunused-variable]\n   12 |   int x;\n      |       ^\n",
         {"gcc", "src/a.c", 12, 5, "warning", "-Wunused-variable", "unused variable 'x'", ""});
  expect("a.cpp:3: error: expected ';'\n", {"gcc", "a.cpp", 3, 0, "error", "", "expected ';'", ""});
  expect("src/a.ts(4,7): error TS6133: 'b' is declared but its value is never read.\n",
         {"tsc", "src/a.ts", 4, 7, "error", "TS6133", "'b' is declared but its value is never read.", "unused-import"});
  expect("\x1b[96msrc/a.ts\x1b[0m:\x1b[93m4\x1b[0m:\x1b[93m7\x1b[0m - \x1b[91merror\x1b[0m TS2322: no.\n",
         {"tsc", "src/a.ts", 4, 7, "error", "TS2322", "no.", ""});
  expect("app/x.py:1:8: F401 [*] `os` imported but unused\n",
         {"ruff", "app/x.py", 1, 8, "", "F401", "`os` imported but unused", "unused-import"});
  expect("F401 [*] `os` imported but unused\n --> app/x.py:1:8\n  |\n",
         {"ruff", "app/x.py", 1, 8, "", "F401", "`os` imported but unused", "unused-import"});
  expect("/srv/web/a.js\n  3:9  error  Unexpected 'debugger' statement  no-debugger\n\n1 problem\n",
         {"eslint", "/srv/web/a.js", 3, 9, "error", "no-debugger", "Unexpected 'debugger' statement", "debug-leftover"});
  expect("./main.go:5:2: \"os\" imported and not used\n",
         {"go", "./main.go", 5, 2, "", "", "\"os\" imported and not used", "unused-import"});
  expect("Main.java:9: error: reached end of file while parsing\n}\n ^\n",
         {"javac", "Main.java", 9, 0, "error", "", "reached end of file while parsing", "syntax-error"});
  expect("error[E0382]: borrow of moved value: `x`\n --> src/main.rs:4:20\n  |\n",
         {"rustc", "src/main.rs", 4, 20, "error", "E0382", "borrow of moved value: `x`", ""});
  expect("tests/test_a.py:7: AssertionError\n", {"pytest", "tests/test_a.py", 7, 0, "", "", "AssertionError", ""});
  expect("Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n    f()\n  File \"b.py\", line 9, in f\n    1/0\n"
         "ZeroDivisionError: division by zero\n",
         {"python", "b.py", 9, 0, "error", "ZeroDivisionError", "ZeroDivisionError: division by zero", ""});
}

TEST(ToolOutput, PassesOverEverythingElse) {
  EXPECT_TRUE(read_tool_output("make: *** [all] Error 1\nBuild finished at 12:30:05: ok\nhttp://x:80/: hello\n").empty());
  EXPECT_TRUE(read_tool_output(std::string(1 << 20U, ':')).empty());
}

}  // namespace
}  // namespace peer
