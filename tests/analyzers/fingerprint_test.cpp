// The identity of findings: what a print survives, what it tells apart, and how two sets are
// paired.
#include "analyzers/fingerprint.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/examine.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

using Prints = std::vector<std::string>;
using Random = std::mt19937;

Prints prints(const std::string& path, const std::string& text) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.after = text;
  job.whole_file = true;
  Prints found;
  for (const auto& finding : examine(job, {}).findings)
    found.push_back(finding.rule + " " + finding.fingerprint);
  std::sort(found.begin(), found.end());
  return found;
}

/// A file with findings in some of its functions, and the name of a function without any.
struct Sample {
  std::string path, text, sibling;
  std::string other_path;
};

/// Functions of which every other one has findings, of random number and order.
Sample python_sample(Random& random) {
  Sample sample{"shop/basket.py", "import sys\n\n", "quiet_function", "shop/cart/items.py"};
  const auto count = 2 + random() % 4;
  for (std::size_t i = 0; i < count; ++i) {
    sample.text += fmt::format("def work_{}(a):\n", i);
    if (random() % 2 == 0) sample.text += fmt::format("    import json_{}\n", random() % 3);
    if (random() % 2 == 0) sample.text += "    if a:\n        breakpoint()\n";
    sample.text += fmt::format("    return a + {}\n\n", i);
    if (i == 0) sample.text += "def quiet_function(a):\n    return a\n\n";
  }
  sample.text +=
      "class Basket:\n    def total(self):\n        import decimal\n        breakpoint()\n        "
      "return 1\n";
  return sample;
}

Sample script_sample(Random& random) {
  Sample sample{"src/basket.js", "import fs from 'fs';\n", "quietFunction", "lib/cart/items.js"};
  const auto count = 2 + random() % 4;
  for (std::size_t i = 0; i < count; ++i) {
    sample.text += fmt::format("export function work{}(a) {{\n", i);
    if (random() % 2 == 0) sample.text += "    if (a) {\n        debugger;\n    }\n";
    sample.text += fmt::format("    return a + {};\n}}\n", i);
    if (i == 0) sample.text += "export function quietFunction(a) {\n    return a;\n}\n";
  }
  sample.text +=
      "export class Basket {\n    total() {\n        debugger;\n        return 1;\n    }\n}\n";
  return sample;
}

std::vector<Sample> samples() {
  Random random(20'261'121);
  std::vector<Sample> all;
  for (int i = 0; i < 25; ++i) {
    all.push_back(python_sample(random));
    all.push_back(script_sample(random));
  }
  return all;
}

bool is_script(const Sample& sample) { return sample.path.ends_with(".js"); }

TEST(Fingerprint, StaysWhenLinesAreInsertedOrDeletedAbove) {
  Random random(1);
  for (const auto& sample : samples()) {
    const auto before = prints(sample.path, sample.text);
    ASSERT_GE(before.size(), 2U) << sample.text;
    std::string above;
    for (auto lines = 1 + random() % 30; lines > 0; --lines)
      above += random() % 2 == 0 ? "\n" : is_script(sample) ? "// a note\n" : "# a note\n";
    // inserted, and read the other way round deleted
    EXPECT_EQ(prints(sample.path, above + sample.text), before) << above << sample.text;
    // further down, between functions
    const auto marker = sample.text.find(is_script(sample) ? "export class" : "class Basket");
    EXPECT_EQ(
        prints(sample.path, sample.text.substr(0, marker) + above + sample.text.substr(marker)),
        before)
        << above << sample.text;
  }
}

TEST(Fingerprint, StaysWhenTheFileIsRenamed) {
  for (const auto& sample : samples())
    EXPECT_EQ(prints(sample.other_path, sample.text), prints(sample.path, sample.text))
        << sample.text;
}

TEST(Fingerprint, StaysWhenTheFileIsReindented) {
  for (const auto& sample : samples())
    for (const std::string indent : {"  ", "\t", "        "})
      EXPECT_EQ(prints(sample.path, replace_all(sample.text, "    ", indent)),
                prints(sample.path, sample.text))
          << sample.text;
}

TEST(Fingerprint, StaysWhenASiblingIsRenamed) {
  for (const auto& sample : samples())
    EXPECT_EQ(prints(sample.path, replace_all(sample.text, sample.sibling, "anotherName")),
              prints(sample.path, sample.text))
        << sample.text;
}

TEST(Fingerprint, OfTwoEqualFindingsInOneFunctionDiffers) {
  const std::vector<std::pair<std::string, std::string>> files{
      {"a.py",
       "def f(a):\n    breakpoint()\n    a()\n    breakpoint()\n    a()\n    breakpoint()\n"},
      {"a.js", "function f(a) {\n  debugger;\n  a();\n  debugger;\n  a();\n  debugger;\n}\n"}};
  for (const auto& [path, text] : files) {
    auto found = prints(path, text);
    EXPECT_EQ(found.size(), 3U) << path;
    EXPECT_EQ(std::unique(found.begin(), found.end()), found.end()) << path;
  }
}

TEST(Fingerprint, ChangesWithTheEnclosingFunctionAndTheRule) {
  EXPECT_NE(prints("a.py", "def f(a):\n    breakpoint()\n"),
            prints("a.py", "def g(a):\n    breakpoint()\n"));
  const auto both = prints("a.py", "def f(a):\n    import json\n    breakpoint()\n");
  ASSERT_EQ(both.size(), 2U);
  EXPECT_NE(both[0].substr(both[0].find(' ')), both[1].substr(both[1].find(' ')));
}

Finding finding_of(std::string print, std::string path) {
  Finding finding;
  finding.fingerprint = std::move(print);
  finding.path = std::move(path);
  return finding;
}

ChangedFile changed(std::string old_path, std::string path, std::string before, std::string after) {
  ChangedFile file;
  file.old_path = std::move(old_path);
  file.path = std::move(path);
  if (!before.empty()) file.before = BlobRef{std::move(before), 0, 0, false};
  if (!after.empty()) file.after = BlobRef{std::move(after), 0, 0, false};
  return file;
}

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

TEST(FindingMatch, PairsByPathThenRenameThenBlobThenPrintAlone) {
  const std::vector<ChangedFile> files{
      changed("same.py", "same.py", "1", "2"),
      changed("moved.py", "to.py", "3", "4"),
      changed("gone.py", "gone.py", "5", ""),
      changed("copy.py", "copy.py", "", "5"),
  };
  const std::vector<Finding> before{finding_of("p", "elsewhere.py"), finding_of("p", "gone.py"),
                                    finding_of("p", "moved.py"), finding_of("p", "same.py")};
  const std::vector<Finding> after{finding_of("p", "to.py"), finding_of("p", "new.py"),
                                   finding_of("p", "same.py"), finding_of("p", "copy.py")};
  EXPECT_EQ(match_findings(before, after, files), (Pairs{{0, 1}, {1, 3}, {2, 0}, {3, 2}}));
}

TEST(FindingMatch, PairsOneToOneAndNothingOfAnotherPrint) {
  const std::vector<Finding> before{finding_of("p", "a"), finding_of("p", "a"),
                                    finding_of("q", "a")};
  const std::vector<Finding> after{finding_of("p", "a"), finding_of("r", "a"),
                                   finding_of("q", "b")};
  EXPECT_EQ(match_findings(before, after), (Pairs{{0, 0}, {2, 2}}));
  Random random(3);
  for (int round = 0; round < 300; ++round) {
    std::vector<Finding> old_ones, new_ones;
    for (auto* set : {&old_ones, &new_ones})
      for (auto count = random() % 12; count > 0; --count)
        set->push_back(finding_of(std::string(1, static_cast<char>('a' + random() % 3)),
                                  std::string(1, static_cast<char>('x' + random() % 2))));
    std::vector<bool> old_seen(old_ones.size()), new_seen(new_ones.size());
    for (const auto& [i, k] : match_findings(old_ones, new_ones)) {
      EXPECT_EQ(old_ones[i].fingerprint, new_ones[k].fingerprint);
      EXPECT_FALSE(old_seen[i] || new_seen[k]);
      old_seen[i] = new_seen[k] = true;
    }
    // none is left that had a partner
    for (std::size_t i = 0; i < old_ones.size(); ++i)
      for (std::size_t k = 0; k < new_ones.size(); ++k)
        EXPECT_TRUE(old_seen[i] || new_seen[k] ||
                    old_ones[i].fingerprint != new_ones[k].fingerprint);
  }
}

TEST(FindingMatch, IsLinearInEqualPrints) {
  const std::vector<Finding> many(100'000, finding_of("p", "a"));
  const std::vector<Finding> elsewhere(100'000, finding_of("p", "b"));
  EXPECT_EQ(match_findings(many, elsewhere).size(), many.size());
}

}  // namespace
}  // namespace peer
