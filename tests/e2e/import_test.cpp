// peer --import: other tools' findings come in, are reported like our own, and their fixes are
// proved.
#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kScript = "var a = 1;\nif (a == 2) f(a);\n";
// as ESLint writes it; it ran on another machine
constexpr std::string_view kEslint =
    R"([{"filePath":"/builds/web/src/app.js","messages":[)"
    R"({"ruleId":"no-var","severity":2,"message":"Unexpected var.","line":1,"column":1,"endLine":1,"endColumn":11,"fix":{"range":[0,3],"text":"let"}},)"
    R"({"ruleId":"eqeqeq","severity":1,"message":"Expected '==='.","line":2,"column":7,"endLine":2,"endColumn":9}],)"
    R"("source":"var a = 1;\nif (a == 2) f(a);\n"},)"
    R"({"filePath":"/builds/web/src/old.js","messages":[{"ruleId":"no-var","severity":2,"message":"m","line":1,"column":1}]},)"
    R"({"filePath":"/elsewhere/none.js","messages":[{"ruleId":"no-var","severity":2,"message":"m","line":1,"column":1}]}])";

class Import : public Story {
 protected:
  void SetUp() override {
    repo.write("src/old.js", "var x;\n");
    repo.commit("base");
    repo.write("src/app.js", kScript);
    repo.commit("change");
    repo.write(".git/eslint.json", kEslint);
  }
  Strings review(const Strings& more) const {
    Strings words{"review", "HEAD~1..HEAD"};
    words.insert(words.end(), more.begin(), more.end());
    return found(words);
  }
};

TEST_F(Import, FindingsAreReportedLikeOurOwn) {
  EXPECT_THAT(review({"--import", ".git/eslint.json"}),
              ElementsAre("eslint/no-var src/app.js:1", "eslint/eqeqeq src/app.js:2"));
  const auto json = report({"review", "HEAD~1..HEAD", "--import", ".git/eslint.json"});
  const auto& finding = json["findings"][0];
  EXPECT_EQ(finding["tools"][0], "eslint");
  EXPECT_EQ(finding["in_change"], true);
  EXPECT_EQ(finding["fingerprint"].get<std::string>().size(), 16U);
  EXPECT_EQ(finding["frame"]["lines"][0], "var a = 1;");
  EXPECT_EQ(peer({"review", "HEAD~1..HEAD", "--import", ".git/eslint.json"}).exit_code, 1);
}

TEST_F(Import, WhatIsNotInTheChangeOrRepositoryIsNamed) {
  const auto text = peer({"review", "HEAD~1..HEAD", "--import", ".git/eslint.json"}).out;
  EXPECT_THAT(text, HasSubstr("src/old.js"));
  EXPECT_THAT(text, HasSubstr("/elsewhere/none.js"));
  const auto json = report({"review", "HEAD~1..HEAD", "--import", ".git/eslint.json"});
  EXPECT_EQ(json["degraded"].size(), 2U) << json["degraded"];
}

TEST_F(Import, AuditSeesWhatTheChangeDoesNotTouch) {
  EXPECT_THAT(found({"audit", "--import", ".git/eslint.json"}),
              ::testing::Contains("eslint/no-var src/old.js:1"));
}

TEST_F(Import, OnlyAddedLinesCountUnlessMoreIsAskedFor) {
  repo.write("src/app.js", std::string(kScript) + "g();\n");
  repo.commit("third");
  EXPECT_THAT(review({"--import", ".git/eslint.json"}), IsEmpty());
  EXPECT_THAT(review({"--import", ".git/eslint.json", "--filter", "file"}),
              ElementsAre("eslint/no-var src/app.js:1", "eslint/eqeqeq src/app.js:2"));
}

TEST_F(Import, FlagsCommentsAndBaselineSilence) {
  EXPECT_THAT(review({"--import", ".git/eslint.json", "--off", "eslint/eqeqeq"}),
              ElementsAre("eslint/no-var src/app.js:1"));
  EXPECT_THAT(review({"--import", ".git/eslint.json", "--min-severity", "error"}),
              ElementsAre("eslint/no-var src/app.js:1"));
  repo.write(".peer.yml", "per_file_ignores:\n  \"src/*\": [eslint/no-var]\n");
  EXPECT_THAT(found({"review", "src/app.js", "--import", ".git/eslint.json"}),
              ElementsAre("eslint/eqeqeq src/app.js:2"));
}

TEST_F(Import, CheckSecurityTakesOnlySecurity) {
  repo.write(
      ".git/scan.sarif",
      R"({"version":"2.1.0","runs":[{"tool":{"driver":{"name":"Scan"}},"results":[)"
      R"({"ruleId":"sqli","level":"error","message":{"text":"injected"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/app.js"},"region":{"startLine":2}}}]},)"
      R"({"ruleId":"style","message":{"text":"ugly"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/app.js"},"region":{"startLine":1}}}]}],)"
      R"("x":0}]})");
  EXPECT_THAT(found({"check-security", "HEAD~1..HEAD", "--import", ".git/scan.sarif"}), IsEmpty())
      << "nothing says that it is about security";
  const auto tagged = [](std::string text) {
    const auto at = text.find("\"name\":\"Scan\"");
    return text.insert(
        at,
        R"("rules":[{"id":"sqli","properties":{"tags":["security","external/cwe/cwe-089"]}}],)");
  };
  repo.write(".git/scan.sarif", tagged(read(".git/scan.sarif")));
  EXPECT_THAT(found({"check-security", "HEAD~1..HEAD", "--import", ".git/scan.sarif"}),
              ElementsAre("scan/sqli src/app.js:2"));
}

TEST_F(Import, FixAllAppliesAProvedFix) {
  const auto preview =
      peer({"fix-all", "HEAD~1..HEAD", "--import", ".git/eslint.json", "--preview"});
  EXPECT_THAT(preview.out, HasSubstr("+let a = 1;"));
  EXPECT_EQ(read("src/app.js"), kScript);
  const auto ran = peer({"fix-all", "HEAD~1..HEAD", "--import", ".git/eslint.json"});
  EXPECT_THAT(ran.out, HasSubstr("applied 1 fix in 1 file"));
  EXPECT_EQ(read("src/app.js"), "let a = 1;\nif (a == 2) f(a);\n");
  const auto again = peer({"fix-all", "src/app.js", "--import", ".git/eslint.json"});
  EXPECT_THAT(again.out, HasSubstr("applied 0 fixes")) << "the text is no longer what ESLint saw";
}

TEST_F(Import, AFixThatBreaksTheFileIsNotApplied) {
  auto broken = std::string(kEslint);
  broken.replace(broken.find("\"let\""), 5, "\"let (\"");
  repo.write(".git/eslint.json", broken);
  const auto ran = peer({"fix-all", "HEAD~1..HEAD", "--import", ".git/eslint.json"});
  EXPECT_THAT(ran.out, HasSubstr("failed at \"parses\""));
  EXPECT_EQ(read("src/app.js"), kScript);
}

TEST_F(Import, TwoToolsThatSayTheSameGiveOneFinding) {
  repo.write("src/a.py", "import json\n\nprint(1)\n");
  repo.write(
      ".git/ruff.json",
      R"({"source":{"name":"ruff"},"diagnostics":[{"message":"json imported but unused","code":{"value":"F401"},)"
      R"("location":{"path":"src/a.py","range":{"start":{"line":1,"column":8},"end":{"line":1,"column":12}}}}]})");
  repo.write(".git/pylint.txt", "src/a.py:1:0: W0611: Unused import json (unused-import)\n");
  repo.write(
      ".git/flake8.xml",
      R"(<checkstyle><file name="src/a.py"><error line="1" column="1" severity="warning" message="F401 unused" source="flake8.F401"/></file></checkstyle>)");
  const auto json =
      report({"review", "src/a.py", "--import", ".git/ruff.json", "--import", ".git/flake8.xml"});
  ASSERT_EQ(json["findings"].size(), 1U);
  EXPECT_EQ(json["findings"][0]["rule"], "unused-import");
  EXPECT_EQ(json["findings"][0]["tools"], Json::parse(R"(["peer","ruff","flake8"])"));
  const auto text = peer({"review", "src/a.py", "--import", ".git/ruff.json"}).out;
  EXPECT_THAT(text, HasSubstr("ruff"));
}

TEST_F(Import, AFileThatCannotBeReadIsNeverAFalseGreen) {
  EXPECT_EQ(peer({"review", "HEAD~1..HEAD", "--import", "missing.sarif"}).exit_code, 2);
  repo.write(".git/bad.sarif", "{\"version\":\"2.1.0\",\"runs\":[{\"results\":[{}");
  const auto ran = peer({"review", "HEAD~1..HEAD", "--import", ".git/bad.sarif"});
  EXPECT_EQ(ran.exit_code, 3) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("bad.sarif"));
  EXPECT_THAT(ran.out, HasSubstr("no JSON any more at byte"));
  repo.write(".git/notes.txt", "nothing of a tool\n");
  EXPECT_EQ(peer({"review", "HEAD~1..HEAD", "--import", ".git/notes.txt"}).exit_code, 3);
  EXPECT_THAT(review({"--import", ".git/bad.sarif", "--import", ".git/eslint.json"}),
              ElementsAre("eslint/no-var src/app.js:1", "eslint/eqeqeq src/app.js:2"))
      << "the rest is complete";
}

TEST_F(Import, WhatDoesNotFitTheTextIsShownAndSaid) {
  repo.write(".git/gcc.txt",
             "src/app.js:900:5: error: far away\n../../../etc/passwd:1:1: error: outside\n");
  const auto ran = peer({"review", "HEAD~1..HEAD", "--import", ".git/gcc.txt"});
  EXPECT_THAT(ran.out, HasSubstr("far away"));
  EXPECT_THAT(ran.out, HasSubstr("does not fit the text"));
  EXPECT_THAT(ran.out, HasSubstr("not in this repository"));
}

TEST_F(Import, WorkersTakeImportsToo) {
  EXPECT_THAT(review({"--import", ".git/eslint.json", "--isolate", "always"}),
              ElementsAre("eslint/no-var src/app.js:1", "eslint/eqeqeq src/app.js:2"));
}

TEST_F(Import, OurOwnSarifComesBackAsWhatWeSay) {
  repo.write("a.py", kUnused);
  (void)peer({"review", "a.py", "--format", "sarif=.git/own.sarif"});
  const auto json = report({"review", "a.py", "--import", ".git/own.sarif"});
  ASSERT_EQ(json["findings"].size(), 1U);
  EXPECT_TRUE(json["findings"][0]["tools"].empty());
}

TEST_F(Import, TextOfAToolIsInertInEveryFormat) {
  repo.write(".git/evil.txt",
             "src/app.js:1:1: error: \x1b[31m</script><img src=x>](javascript:x) "
             "::error::\xE2\x80\xAE [-Wx]\n");
  for (const auto* format :
       {"terminal", "json", "sarif", "html", "markdown", "codequality", "junit", "github-log"}) {
    const auto out = peer({"review", "HEAD~1..HEAD", "--import", ".git/evil.txt", "--format",
                           format, "--color", "never"})
                         .out;
    EXPECT_THAT(out, Not(HasSubstr("\x1b["))) << format;
    EXPECT_THAT(out, Not(HasSubstr("\xE2\x80\xAE"))) << format;
  }
}

}  // namespace
}  // namespace peer::testing
