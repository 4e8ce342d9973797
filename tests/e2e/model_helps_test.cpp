// What models are asked besides findings and fixes: whether a changed function does what it did,
// and what of a file that does not fit matters most.
#include <fstream>
#include <mutex>
#include <regex>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/http_server.hpp"

namespace peer::testing {
namespace {

using fakes::Connection;
using fakes::HttpServer;
using fakes::ServedRequest;
using ::testing::HasSubstr;
using ::testing::Not;

class ModelHelps : public Story {
 protected:
  std::string verdict = R"("reason":"a loop became a call","same":true,"changed":"")";
  std::string ranking = "[]";
  std::mutex lock;
  Strings compared, ranked, reviewed;  // prompts
  HttpServer server{
      [this](const ServedRequest& request, Connection& out) { answer(request, out); }};

  void answer(const ServedRequest& request, Connection& out) {
    const auto body = Json::parse(request.body);
    std::string prompt;
    for (const auto& message : body["messages"])
      prompt += message["content"].get<std::string>();
    const std::lock_guard guard(lock);
    std::string content = "The change is small.";
    if (prompt.find("You compare two states") != std::string::npos) {
      compared.push_back(prompt);
      content = R"({"results":[{"idx":0,)" + verdict + "}]}";
    } else if (prompt.find("You choose what a reviewer") != std::string::npos) {
      ranked.push_back(prompt);
      content = "{\"ranking\":" + ranking + "}";
    } else if (prompt.find("You put facts") == std::string::npos) {
      reviewed.push_back(prompt);
      content = R"({"results":[{"idx":0,"findings":[]}]})";
    }
    out.reply(200,
              Json{{"choices", {{{"message", {{"content", content}}}, {"finish_reason", "stop"}}}},
                   {"usage", {{"prompt_tokens", 100}, {"completion_tokens", 20}}}}
                  .dump());
  }
  void configure(int window) const {
    const auto folder = home.path() / ".config" / "peer";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "models.yml")
        << "providers:\n  mock:\n    wire: openai_chat\n    base_url: " << server.url()
        << "/v1\n    default: m\n    models:\n      m: {window: " << window
        << ", output: 1024, price: [1, 2], json: schema}\n";
  }
  Ran review(const std::string& setting, const Strings& more = {}) {
    RunOptions options;
    options.environment = {setting};
    Strings words{"review", "HEAD~1..HEAD", "--ai"};
    words.insert(words.end(), more.begin(), more.end());
    return peer(words, options);
  }
};

TEST_F(ModelHelps, TellWhatDoesTheSameAsBeforeWhereTheTreesDoNot) {
  configure(131'072);
  repo.write(
      "a.py",
      "def layout(a):\n    return a+1\n\n\ndef value(a):\n    return a + 1\n\n\n"
      "def steps(a):\n    out = []\n    for x in a:\n        out.append(x)\n    return out\n");
  repo.commit("one");
  repo.write(
      "a.py",
      "def layout(a):\n    # adds\n    return a + 1\n\n\ndef value(a):\n    return a + 2\n\n\n"
      "def steps(a):\n    return list(a)\n");
  repo.commit("two");
  auto ran = review("PEER_LLM_COMPARE=true");
  EXPECT_THAT(ran.out, HasSubstr("comments or layout alone differ in 1 function: layout in a.py"));
  EXPECT_THAT(
      ran.out,
      HasSubstr("steps in a.py does what it did before, says mock/m: a loop became a call"));
  ASSERT_EQ(compared.size(), 1U);
  EXPECT_THAT(compared[0], HasSubstr("steps in a.py"));
  for (const auto* settled : {"layout in a.py", "value in a.py"})
    EXPECT_THAT(compared[0], Not(HasSubstr(settled))) << "its tree told";
  EXPECT_EQ(
      review("PEER_LLM_COMPARE=true").out.find("does what it did before") == std::string::npos,
      false);
  EXPECT_EQ(compared.size(), 1U) << "the answer is remembered";

  verdict = R"("reason":"x","same":true,"changed":"it throws")";
  ran = review("PEER_LLM_COMPARE=true", {"--no-cache"});
  EXPECT_THAT(ran.out, Not(HasSubstr("does what it did before"))) << "it contradicts itself";
  EXPECT_GE(compared.size(), 2U);
  compared.clear();
  ran = review("PEER_LLM_COMPARE=false", {"--no-cache"});
  EXPECT_EQ(compared.size(), 0U);
  EXPECT_THAT(ran.out, HasSubstr("layout in a.py")) << "that needs no model";
}

TEST_F(ModelHelps, RankWhatOfAFileThatDoesNotFitIsShownFirst) {
  configure(4'096);
  std::string text;
  for (int i = 0; i < 300; ++i)
    text +=
        "def helper_" + std::to_string(i) + "(x):\n    return x * " + std::to_string(i) + "\n\n\n";
  const std::string before = "def total(a):\n    return a\n",
                    after = "def total(a):\n    return a - 1\n";
  repo.write("a.py", text + before);
  repo.commit("one");
  repo.write("a.py", text + after);
  repo.commit("two");
  (void)review("PEER_LLM_RANK=false", {"--no-cache"});
  ASSERT_EQ(reviewed.size(), 1U);
  EXPECT_THAT(reviewed[0], Not(HasSubstr("helper_250")));
  EXPECT_EQ(ranked.size(), 0U);

  ranking = "[250]";
  (void)review("PEER_LLM_RANK=true", {"--no-cache"});
  ASSERT_EQ(ranked.size(), 1U) << "once in a run, without a cache too";
  EXPECT_THAT(ranked[0], HasSubstr("return a - 1"));
  EXPECT_THAT(ranked[0], HasSubstr("250. helper_250"));
  ASSERT_EQ(reviewed.size(), 2U);
  EXPECT_THAT(reviewed[1], HasSubstr("helper_250"));

  for (const auto* wrong : {"[100000]", "[\"helper_250\"]", "\"all\""}) {
    ranking = wrong;
    (void)review("PEER_LLM_RANK=true", {"--no-cache"});
    EXPECT_EQ(reviewed.back(), reviewed.front()) << wrong << " is no ranking of this file";
  }
}

}  // namespace
}  // namespace peer::testing
