// fix-all with models: proved, judged, applied or offered, never applied on a model's word alone.
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/aimock.hpp"
#include "tests/fakes/http_server.hpp"

namespace peer::testing {
namespace {

using fakes::AimockServer;
using fakes::Connection;
using fakes::HttpServer;
using fakes::ServedRequest;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kCode =
    "import subprocess\n\n\ndef run(name):\n    return subprocess.call(\"ls \" + name, "
    "shell=True)\n";
constexpr std::string_view kRepaired =
    "import subprocess\n\n\ndef run(name):\n    return subprocess.call([\"ls\", name])\n";

/// An answer with one block that repairs kCode, or breaks it as `replace` does.
std::string block(const std::string& replace, const std::string& confidence) {
  return "<<<<<<< SEARCH\n    return subprocess.call(\"ls \" + name, shell=True)\n=======\n" +
         replace + "\n>>>>>>> REPLACE\n<confidence>" + confidence +
         "</confidence>\n<reasoning>no shell reads it</reasoning>\n";
}
const std::string kGood = "    return subprocess.call([\"ls\", name])";

class ModelFixes : public Story {
 protected:
  /// Names a model of our own, with this window, in the user's configuration.
  void configure(const std::string& url, int window = 131'072) const {
    const auto folder = home.path() / ".config" / "peer";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "models.yml")
        << "providers:\n  mock:\n    wire: openai_chat\n    base_url: " << url
        << "/v1\n    default: big\n    models:\n      big: {window: " << window
        << ", output: 4096, price: [1, 2], json: schema}\n";
  }
  static std::string fixtures(const std::string& content) {
    return R"([{"match":{},"response":{"content":)" + Json(content).dump() + "}}]";
  }
  /// Runs fix-all --ai on kCode against aimock that answers `content`.
  Ran fix(const std::string& content, Strings more = {}) {
    const AimockServer server(fixtures(content));
    configure(server.url());
    repo.write("a.py", kCode);
    Strings words{"fix-all", "a.py", "--ai", "--no-cache"};
    words.insert(words.end(), more.begin(), more.end());
    return peer(words);
  }
};

TEST_F(ModelFixes, AreAppliedFromEightOfTenWhenEverythingWasShown) {
  const auto ran = fix(block(kGood, "9/10"));
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(read("a.py"), kRepaired);
  EXPECT_THAT(ran.out, HasSubstr("fixed: a.py:5  python-shell-injection  9/10 (90 %)"));
  EXPECT_THAT(ran.out, HasSubstr("no shell reads it"));
  EXPECT_THAT(ran.out, HasSubstr("model:mock/big"));
  EXPECT_THAT(ran.out, HasSubstr("The model gives itself 9/10"));
  EXPECT_THAT(ran.out, HasSubstr("1 call"));
}

TEST_F(ModelFixes, AreOfferedBelowThat) {
  const auto ran = fix(block(kGood, "6/10"));
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(read("a.py"), kCode);
  EXPECT_THAT(ran.out, HasSubstr("offered: a.py:5"));
  EXPECT_THAT(ran.out, HasSubstr("+    return subprocess.call([\"ls\", name])"));
}

TEST_F(ModelFixes, AreTextOnlyBelowFive) {
  const auto ran = fix(block(kGood, "3/10"), {"--format", "json=r.json"});
  EXPECT_EQ(read("a.py"), kCode);
  EXPECT_THAT(ran.out, HasSubstr("not fixed: a.py:5"));
  EXPECT_THAT(ran.out, HasSubstr("Peer could not verify it"));
  const auto report = Json::parse(read("r.json"));
  ASSERT_EQ(report["fixes"].size(), 1U);
  EXPECT_EQ(report["fixes"][0]["decision"], "reject");
  EXPECT_TRUE(report["fixes"][0]["fix"]["edits"].empty()) << "never committable";
}

TEST_F(ModelFixes, ThatDoNotClearTheFindingAreNeverApplied) {
  for (const std::string wrong :
       {"    return subprocess.call(\"dir \" + name, shell=True)",  // still there
        "    return subprocess.call([\"ls\", name]",                // does not parse
        "    return eval(name)"}) {                                 // brings another
    const auto ran = fix(block(wrong, "10/10"));
    EXPECT_EQ(read("a.py"), kCode) << wrong << ran.out;
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_THAT(ran.out, HasSubstr("2 calls")) << "asked once more, with the reason";
  }
}

TEST_F(ModelFixes, AreNotCommittedUnseenWithoutACheck) {
  const AimockServer server(fixtures(block(kGood, "10/10")));
  configure(server.url());
  repo.write("b.txt", "1\n");
  repo.commit("one");
  repo.write("a.py", kCode);
  repo.commit("two");
  const auto unseen = peer({"fix-all", "a.py", "--ai", "--commit", "--branch", "x"});
  EXPECT_THAT(unseen.out, HasSubstr("nothing to commit"));
  EXPECT_THAT(unseen.out, HasSubstr("offered: a.py:5"));
  const auto checked = peer({"fix-all", "a.py", "--ai", "--commit", "--branch", "y", "--verify-cmd",
                             "grep -q '\"ls\", name' a.py"});
  EXPECT_THAT(checked.out, HasSubstr("committed")) << checked.out;
}

TEST_F(ModelFixes, ThatFailTheUsersCheckAreTakenBackAlone) {
  const auto ran = fix(block(kGood, "10/10"), {"--verify-cmd", "grep -q shell=True a.py"});
  EXPECT_EQ(read("a.py"), kCode);
  EXPECT_THAT(ran.out, HasSubstr("user check failed"));
}

TEST_F(ModelFixes, OfWhatNoRuleSeesAreProvedByTheUsersCheckAlone) {
  const std::string wrong = "def total(price):\n    return price * 2\n";
  const std::string right = "def total(price):\n    return price * 3\n";
  const AimockServer server(
      fixtures("<<<<<<< SEARCH\n    return price * 2\n=======\n    return price * 3\n>>>>>>> "
               "REPLACE\n<confidence>9/10</confidence>\n<reasoning>r</reasoning>\n"));
  configure(server.url());
  repo.write("mypy.txt", "a.py:2:5: error: the factor is wrong\n");
  for (const std::string check : {"", "true", "false", "grep -q 'price . 3' a.py"}) {
    repo.write("a.py", wrong);
    Strings words{"fix-all", "a.py", "--ai", "--no-cache", "--import", "mypy.txt"};
    if (!check.empty()) words.insert(words.end(), {"--verify-cmd", check});
    const auto ran = peer(words);
    // it must fail without the fix and pass with it: one that always passes, or never, shows
    // nothing
    const bool proves = check.starts_with("grep");
    EXPECT_EQ(read("a.py"), proves ? right : wrong) << check << ran.out;
    EXPECT_THAT(ran.out, HasSubstr(proves ? "fixed: a.py:2" : "offered: a.py:2")) << check;
  }
}

TEST_F(ModelFixes, OfSmallModelsAreWholeFunctions) {
  HttpServer server([](const ServedRequest&, Connection& out) {
    const std::string content =
        "Sure!\n<reasoning>no shell</reasoning>\n<code>\n```python\ndef run(name):\n    return "
        "subprocess.call([\"ls\", name])\n```\n</code>\n<confidence>8/10</confidence>";
    out.reply(200, Json{{"model", "tiny"},
                        {"message", {{"content", content}}},
                        {"done", true},
                        {"done_reason", "stop"},
                        {"prompt_eval_count", 50},
                        {"eval_count", 9}}
                       .dump());
  });
  repo.write("a.py", kCode);
  RunOptions options;
  options.environment = {"OLLAMA_URL=" + server.url(), "OLLAMA_MODEL=tiny"};
  const auto ran = peer({"fix-all", "a.py", "--ai"}, options);
  EXPECT_EQ(read("a.py"), kRepaired) << ran.out;
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_THAT(server.requests()[0].body, HasSubstr("<code>"));
}

TEST_F(ModelFixes, NeverSeeASecretAndPutItBack) {
  const std::string key =
      "ghp_" + std::string("9aZ8bY7cX6dW5eV4fU3gT2hS1iR0jQ9kP8lO").substr(0, 36);
  HttpServer server([&](const ServedRequest& request, Connection& out) {
    // it copies the stand-in, as it was told to
    const auto at = request.body.rfind("PEER_SECRET_1_");
    const auto stand_in = at == std::string::npos ? "none" : request.body.substr(at, 22);
    const auto content = "<<<<<<< SEARCH\n    token = \"" + stand_in +
                         "\"\n    return subprocess.call(\"ls \" + name + token, "
                         "shell=True)\n=======\n    token = \"" +
                         stand_in +
                         "\"\n    return subprocess.call([\"ls\", name, token])\n>>>>>>> REPLACE\n"
                         "<confidence>9/10</confidence>\n<reasoning>r</reasoning>";
    out.reply(200,
              Json{{"choices", {{{"message", {{"content", content}}}, {"finish_reason", "stop"}}}},
                   {"usage", {{"prompt_tokens", 5}, {"completion_tokens", 5}}}}
                  .dump());
  });
  configure(server.url());
  repo.write("a.py", "import subprocess\n\n\ndef run(name):\n    token = \"" + key +
                         "\"\n    return subprocess.call(\"ls \" + name + token, shell=True)\n");
  const auto ran = peer({"fix-all", "a.py", "--ai", "--rule", "python-shell-injection"});
  for (const auto& request : server.requests())
    EXPECT_THAT(request.body, Not(HasSubstr(key)));
  EXPECT_THAT(read("a.py"), HasSubstr("    token = \"" + key +
                                      "\"\n    return subprocess.call([\"ls\", name, token])"))
      << ran.out;
}

TEST_F(ModelFixes, BeyondTheBudgetMakeTheRunIncomplete) {
  const auto ran = fix(block(kGood, "10/10"), {"--max-cost", "0", "--fail-on", "never"});
  EXPECT_EQ(read("a.py"), kCode);
  EXPECT_EQ(ran.exit_code, 3) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("because of a limit"));
}

}  // namespace
}  // namespace peer::testing
