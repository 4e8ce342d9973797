// The fixes of unused imports hold for lists of every shape: whatever subset is unused, what is
// left is exactly the used names, parses, and has nothing more to report.
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/examine.hpp"
#include "analyzers/fix/apply.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

/// How a language writes an import of several names and the use of one.
struct Shape {
  std::string path, head, open, close, use_before, use_after;
  std::string comment;
  bool trailing_comma;
  bool one_line_only = false;
};

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> kShapes{
      {"a.py", "", "from m import (", ")", "", "\n", "#", true},
      {"a.py", "def f():\n    return 1\n", "from m import ", "", "", "\n", "#", false, true},
      {"a.js", "", "import {", "} from 'm';", "f(", ");\n", "//", true},
      {"a.ts", "", "import d, {", "} from 'm';", "f(d, ", ");\n", "//", true},
      {"a.rs", "", "use m::{", "};", "fn f() { ", "::g(); }\n", "//", true},
      {"a.php", "<?php\n", "use M\\{", "};", "new ", "();\n", "//", false},
      {"a.php", "<?php\n", "use ", ";", "new ", "();\n", "//", false},
  };
  return kShapes;
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}
  bool coin() { return random_() % 2 == 0; }
  std::size_t below(std::size_t n) { return random_() % n; }

  /// An import of `names`, on one line or several, with or without comments, a last comma and CRLF.
  std::string import_of(const Shape& shape, const std::vector<std::string>& names) {
    const bool lines = !shape.one_line_only && coin();
    std::string text = shape.open;
    for (std::size_t i = 0; i < names.size(); ++i) {
      text += lines ? "\n    " : (i == 0 ? "" : " ");
      text += names[i];
      const bool last = i + 1 == names.size();
      if (!last || (shape.trailing_comma && coin())) text += ",";
      if (lines && below(4) == 0) text += "  " + shape.comment + " of it";
    }
    return text + (lines ? "\n" : "") + shape.close + "\n";
  }

 private:
  std::mt19937 random_;
};

std::vector<Finding> unused(const std::string& path, const std::string& code) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.after = code;
  job.whole_file = true;
  auto findings = examine(job, {}).findings;
  std::erase_if(findings, [](const Finding& finding) { return finding.rule != "unused-import"; });
  return findings;
}

/// Applies what does not overlap, as fix-all does in one round.
std::string round_of_fixes(const std::string& code, const std::vector<Finding>& findings) {
  std::vector<Edit> edits;
  for (const auto& finding : findings) {
    if (!finding.fix) continue;
    auto wanted = edits;
    wanted.insert(wanted.end(), finding.fix->edits.begin(), finding.fix->edits.end());
    sort_edits(wanted);
    if (!misfit(code, wanted)) edits = std::move(wanted);
  }
  return apply_edits(code, edits).value_or(code);
}

/// How often `name` stands in `text` (the names of this test are parts of no other word).
std::size_t count(std::string_view text, const std::string& name) {
  std::size_t n = 0;
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1))
    ++n;
  return n;
}

TEST(UnusedImportFixes, LeaveExactlyTheUsedNamesOfListsOfEveryShape) {
  constexpr unsigned kRuns = 400;
  unsigned examined = 0;
  for (unsigned seed = 0; seed < kRuns; ++seed) {
    Generator generator(seed);
    const auto& shape = shapes()[generator.below(shapes().size())];
    std::vector<std::string> names, used;
    const std::size_t size = 1 + generator.below(5);
    for (std::size_t i = 0; i < size; ++i) {
      names.push_back("name_" + std::string(1, static_cast<char>('a' + i)));
      if (generator.coin()) used.push_back(names.back());
    }
    std::string code = shape.head + generator.import_of(shape, names);
    for (const auto& name : used)
      code += shape.use_before + name + shape.use_after;
    if (shape.path == "a.ts" && used.empty()) code += "f(d);\n";
    if (shape.path == "a.py") code += "x = 1\n";
    if (generator.coin()) code = replace_all(code, "\n", "\r\n");
    const auto before = parse(shape.path, code);
    if (before.tree()->root().has_error()) continue;  // a comma the grammar does not know
    ++examined;
    auto fixed = code;
    auto findings = unused(shape.path, code);
    ASSERT_EQ(findings.size(), names.size() - used.size()) << code;
    for (int round = 0; round < 3; ++round) {
      fixed = round_of_fixes(fixed, findings);
      findings = unused(shape.path, fixed);
    }
    EXPECT_TRUE(findings.empty()) << code << "-> " << fixed;
    EXPECT_FALSE(parse(shape.path, fixed).tree()->root().has_error()) << code << "-> " << fixed;
    for (const auto& name : used)
      EXPECT_EQ(count(fixed, name), 2U) << code << "-> " << fixed;
    if (used.empty()) {
      EXPECT_EQ(fixed.find("name_"), std::string::npos) << fixed;
    }
    EXPECT_EQ(count(fixed, "\r\n"), count(code, "\r\n") == 0 ? 0 : count(fixed, "\n")) << fixed;
  }
  EXPECT_GT(examined, kRuns / 4 * 3);
}

}  // namespace
}  // namespace peer
