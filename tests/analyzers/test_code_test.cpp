#include "analyzers/test_code.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/examine.hpp"
#include "analyzers/pack/pack.hpp"
#include "analyzers/rules/rule_book.hpp"

namespace peer {
namespace {

TEST(TestCode, IsKnownByTheWordsOfItsPath) {
  for (const auto* path :
       {"tests/a.c", "src/a_test.go", "src/FooTest.java", "foo.spec.ts", "core/FooSpec.scala",
        "spec/a_spec.rb", "specs/a.js", "x/testdata/b", "src/bench/a.rs", "examples/a.py",
        "a/__mocks__/b.js", "T/UnitTests/a.cs"})
    EXPECT_TRUE(is_test_path(path)) << path;
  for (const auto* path : {"src/latest.c", "src/inspector.ts", "lib/special.rb", "src/attest.go",
                           "src/Inspector.java", "src/workbench.ts", "specification.py", "main.c"})
    EXPECT_FALSE(is_test_path(path)) << path;
}

TEST(TestCode, IsWhatPathAndTextBothSay) {
  EXPECT_TRUE(is_test_code("tests/test_login.py", "import pytest\n"));
  EXPECT_TRUE(is_test_code("app/mocks/login.py", "import pytest\n"));
  EXPECT_TRUE(is_test_path("regress/screens/two.result"));
  EXPECT_TRUE(is_test_code("src/test/java/LoginTest.java", "import org.junit.Test;\n"));
  EXPECT_TRUE(is_test_code("test/login.js", "describe('login', () => {});\n"));
  EXPECT_TRUE(is_test_code("spec/login_spec.rb", "RSpec.describe Login do\nend\n"));
  EXPECT_TRUE(
      is_test_code("test/login_test.rb", "class LoginTest < ActiveSupport::TestCase\nend\n"));
  EXPECT_TRUE(is_test_code("tests/LoginTest.php", "use PHPUnit\\Framework\\TestCase;\n"));
  EXPECT_TRUE(
      is_test_code("tests/Database/LoginsTest.php", "class LoginsTest extends DatabaseTestCase\n"));
  EXPECT_TRUE(is_test_code("Login.Tests/LoginTests.cs", "using Xunit;\n"));
  EXPECT_FALSE(is_test_code("src/login.py", "import pytest\n")) << "a plug-in of a test framework";
  EXPECT_FALSE(is_test_code("tests/server.js", "http.createServer(answer);\n"))
      << "a program in a folder of that name";
  EXPECT_FALSE(is_test_code("tests/parse.js",
                            "const words = line.split(' ').filter(w => /a/.test('b'));\n"));
  EXPECT_FALSE(is_test_code("src/main/java/BenchmarkTest00001.java",
                            "class BenchmarkTest00001 extends HttpServlet {}\n"));
}

TEST(TestCode, IsKnownAmongManyBasesOnOneLine) {
  std::string line = "tests = [";
  for (int i = 0; i < 100'000; ++i)
    line += "TestCase, ";
  EXPECT_FALSE(is_test_code("tests/a.py", line)) << "and at once: each line is looked at once";
  EXPECT_TRUE(is_test_code("tests/a.py", line + "\nclass A(TestCase):\n    pass\n"));
  EXPECT_FALSE(is_test_code("generated/a.js", "// it(\"\n")) << "no word of tests in its path";
  EXPECT_FALSE(is_test_code("tests/app.js", "button.on('tap', run);\n"));
  EXPECT_FALSE(is_test_code("tests/A.cs", "[FactoryMade]\nclass A {}\n"));
}

TEST(TestCode, IsWhatOnlyTheTestToolReads) {
  EXPECT_TRUE(is_test_code("server/mock_test.go", "package server\n"));
  EXPECT_TRUE(is_test_code("conftest.py", ""));
  EXPECT_FALSE(is_test_code("server/test.go", "package server\n"));
  EXPECT_FALSE(is_test_code("my_conftest.py", ""));
}

/// The confidence of the only finding of `rule` in the file.
double confidence_of(std::string_view rule, const std::string& path, const std::string& text,
                     const ExamineOptions& options) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.after = text;
  job.whole_file = true;
  double confidence = 0;
  for (const auto& finding : examine(job, options).findings)
    if (finding.rule == rule) confidence += finding.confidence;
  return confidence;
}

ExamineOptions with_pack() {
  ExamineOptions options;
  std::vector<rules::SetsText> sets;
  for (const auto& each : built_in_sets())
    sets.push_back({each.folder, each.text});
  options.rules = rules::RuleBook::load(built_in_rules(), {}, sets).book;
  return options;
}

TEST(TestCode, MakesRulesAboutSecurityLessSure) {
  const auto options = with_pack();
  const std::string call = "\nimport yaml\nsettings = yaml.load(open(path))\n";
  const auto code =
      confidence_of("python-unsafe-yaml-load", "app/login.py", "import pytest" + call, options);
  const auto test = confidence_of("python-unsafe-yaml-load", "tests/test_login.py",
                                  "import pytest" + call, options);
  EXPECT_GE(code, 0.6) << "what the default shows";
  EXPECT_LT(test, 0.6);
  EXPECT_GE(test, 0.3) << "what an audit shows";
}

TEST(TestCode, ChangesNothingOfQualityAndOfTheUsersRules) {
  const auto options = with_pack();
  const std::string code =
      "import pytest\ndef test_a(x=[]):\n    x.append(1)\n    assert x == None\n";
  EXPECT_EQ(confidence_of("python-compare-none", "tests/test_a.py", code, options),
            confidence_of("python-compare-none", "app/a.py", code, options));
  EXPECT_GT(confidence_of("python-compare-none", "tests/test_a.py", code, options), 0.6);

  const std::vector<rules::RuleText> texts{
      {"own.yml",
       "id: own\nlanguage: Python\nseverity: error\nrule: {pattern: danger($$$)}\nmetadata: "
       "{category: security, confidence: high}\n"}};
  ExamineOptions own;
  own.rules = rules::RuleBook::load(texts).book;
  EXPECT_GT(confidence_of("own", "tests/test_a.py", "import pytest\ndanger()\n", own), 0.6);
}

}  // namespace
}  // namespace peer
