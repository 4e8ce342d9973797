// What must not matter does not matter: names, and statements that have nothing to do with it.
#include <random>

#include <gtest/gtest.h>

#include "tests/analyzers/taint/programs.hpp"

namespace peer::taint {
namespace {

/// A random function as lines with depths; `{0}` .. `{4}` are its variables.
struct Draft {
  struct Line {
    int depth;
    std::string text;
    bool opens = false;
  };
  std::vector<Line> lines;
};

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  Draft write() {
    Draft draft;
    for (int i = 0; i < 5; ++i)
      draft.lines.push_back({0, variable(i) + " = 'x'"});
    for (int i = 0; i < 4 + below(8); ++i)
      statement(draft, 0);
    draft.lines.push_back({0, "sink(" + value() + ")"});
    return draft;
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  static std::string variable(int i) { return "{" + std::to_string(i) + "}"; }
  std::string any() { return variable(below(5)); }

  std::string value() {
    switch (below(7)) {
      case 0:
        return "source()";
      case 1:
        return "'y'";
      case 2:
        return any() + " + " + any();
      case 3:
        return "clean(" + any() + ")";
      case 4:
        return "[" + any() + ", 'z'][0]";
      default:
        return any();
    }
  }

  void statement(Draft& draft, int depth) {
    const int kind = depth < 3 ? below(8) : 7;
    if (kind == 0) {
      draft.lines.push_back({depth, "if " + any() + " == 'q'", true});
      statement(draft, depth + 1);
      draft.lines.push_back({depth, "else", true});
      statement(draft, depth + 1);
    } else if (kind == 1) {
      draft.lines.push_back({depth, "while unknown", true});
      statement(draft, depth + 1);
      statement(draft, depth + 1);
    } else {
      draft.lines.push_back({depth, any() + " = " + value()});
    }
  }

  std::mt19937 random_;
};

std::string named(std::string text, const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string hole = "{" + std::to_string(i) + "}";
    for (auto at = text.find(hole); at != text.npos; at = text.find(hole))
      text.replace(at, hole.size(), names[i]);
  }
  return text;
}

/// Every `every`th statement is followed by one that has nothing to do with the others; 0: none.
std::string python(const Draft& draft, const std::vector<std::string>& names, std::size_t every) {
  std::string code = "def f(unknown):\n";
  for (std::size_t i = 0; i < draft.lines.size(); ++i) {
    const auto& line = draft.lines[i];
    const std::string indent(static_cast<std::size_t>(2 * line.depth + 2), ' ');
    code += indent + named(line.text, names) + (line.opens ? ":" : "") + "\n";
    if (every != 0 && !line.opens && i % every == 0)
      code += indent + "unrelated = len('a') + 1\n" + indent + "print(unrelated)\n";
  }
  return code;
}

std::string javascript(const Draft& draft, const std::vector<std::string>& names,
                       std::size_t every) {
  std::string code =
      "function f(unknown) {\n  let " + named("{0}, {1}, {2}, {3}, {4}", names) + ";\n";
  int depth = 0;
  for (std::size_t i = 0; i < draft.lines.size(); ++i) {
    const auto& line = draft.lines[i];
    for (; depth > line.depth; --depth)
      code += "}\n";
    std::string text = named(line.text, names);
    if (text.starts_with("if ")) text = "if (" + text.substr(3) + ")";
    if (text.starts_with("while ")) text = "while (" + text.substr(6) + ")";
    code += text + (line.opens ? " {\n" : ";\n");
    if (line.opens) ++depth;
    if (every != 0 && !line.opens && i % every == 0)
      code += "{ const unrelated = 'a'.length + 1; console.log(unrelated); }\n";
  }
  for (; depth > 0; --depth)
    code += "}\n";
  return code + "}\n";
}

using Render = std::string (*)(const Draft&, const std::vector<std::string>&, std::size_t);

void hold(std::string_view language, std::string_view path, Render render) {
  const std::vector<std::string> plain{"a", "b", "c", "d", "e"};
  const std::vector<std::string> other{"total_1", "b2", "name", "zz", "request"};
  int tainted = 0;
  for (unsigned seed = 1; seed <= 250; ++seed) {
    const Draft draft = Writer(seed).write();
    const std::string code = render(draft, plain, 0);
    const Outcome first = judge(language, path, code);
    ASSERT_TRUE(first.parses) << code;
    tainted += first.verdict == Expected::tainted ? 1 : 0;
    EXPECT_EQ(judge(language, path, render(draft, other, 0)).verdict, first.verdict) << code;
    for (const std::size_t every : {1U, 2U, 5U})
      EXPECT_EQ(judge(language, path, render(draft, plain, every)).verdict, first.verdict) << code;
  }
  EXPECT_GT(tainted, 50);
  EXPECT_LT(tainted, 200);
}

TEST(TaintProperty, NamesAndUnrelatedStatementsDoNotMatterInPython) {
  hold("python", "a.py", python);
}

TEST(TaintProperty, NamesAndUnrelatedStatementsDoNotMatterInJavaScript) {
  hold("javascript", "a.js", javascript);
}

}  // namespace
}  // namespace peer::taint
