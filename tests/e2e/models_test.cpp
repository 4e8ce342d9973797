// Models in the program: nothing without consent, a model's words where it is given, no call paid
// twice, and no harm done by a model that fails.
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

class Models : public Story {
 protected:
  /// An environment in which a model on this machine is named.
  static RunOptions with_model(const HttpServer& server, Strings more = {}) {
    RunOptions options;
    options.environment = {"OLLAMA_URL=" + server.url(), "OLLAMA_MODEL=tiny"};
    options.environment.insert(options.environment.end(), more.begin(), more.end());
    return options;
  }
};

void answer(const ServedRequest&, Connection& out) {
  out.reply(
      200,
      R"({"model":"tiny","message":{"content":"It is never used.\u001b[31m\nIt is old.\nIt is old.\nIt is old."},"done":true,"done_reason":"stop","prompt_eval_count":50,"eval_count":9})");
}

TEST_F(Models, AreNotAskedWithoutConsent) {
  HttpServer server(answer);
  repo.write("a.py", kUnused);
  const auto options = with_model(server, {"OPENAI_API_KEY=k", "GROQ_API_KEY=k"});
  EXPECT_THAT(peer({"explain-error", "a.py:1"}, options).out, Not(HasSubstr("A model says")));
  peer({"review", "."}, options);
  peer({"models", "list"}, options);
  repo.write(".peer.yml", "llm: {models: [ollama]}\n");
  peer({"explain-error", "a.py:1"}, options);
  peer({"explain-error", "a.py:1", "--ai", "--offline"}, options);
  EXPECT_EQ(server.connections(), 0U);
}

TEST_F(Models, AreNotGivenAKeyOfAnotherProvider) {
  const std::string key = "sk-ant-" + std::string("api03-abcdefghij");
  RunOptions options;
  options.environment = {"OPENAI_API_KEY=" + key};
  const std::string sentence = "OPENAI_API_KEY is not used: it looks like a key of Anthropic.";
  repo.write("a.py", kUnused);
  for (const auto& words :
       {Strings{"models", "list"}, Strings{"models", "list", "--ai"}, Strings{"models", "test"},
        Strings{"doctor"}, Strings{"explain-error", "a.py:1", "--ai"},
        Strings{"review", ".", "--ai"}}) {
    const auto ran = peer(words, options);
    EXPECT_THAT(ran.out, Not(HasSubstr(key))) << words.front();
    if (words.size() == 2 && words[0] == "models" && words[1] == "list")
      EXPECT_THAT(ran.out,
                  HasSubstr("not configured: OPENAI_API_KEY looks like a key of Anthropic"));
    else
      EXPECT_THAT(ran.out, HasSubstr(sentence)) << words.front();
  }
}

TEST_F(Models, AreToldToHaveAKeyWhereOneOfSeveralIsTheirs) {
  RunOptions options;
  options.environment = {"OPENAI_API_KEY=sk-proj-0123456789abcdef,sk-ant-" +
                         std::string("api03-abcdefghij")};
  const auto ran = peer({"models", "list"}, options);
  EXPECT_THAT(ran.out, ::testing::ContainsRegex("\nopenai  [^\n]*  key set, not asked"));
}

TEST_F(Models, MayNotBeChosenByARepositoryBeyondWhatIsConfigured) {
  repo.write("a.py", kUnused);
  for (const std::string line :
       {"mode: cloud", "redis_url: redis://evil.example", "llm: {allowed_hosts: [evil.example]}",
        "llm: {models_file: x.yml}", "llm: {proxy: 'http://evil.example'}",
        "llm: {max_cost_per_day: 100}", "llm: {ca_file: x}"}) {
    repo.write(".peer.yml", line + "\n");
    const auto ran = peer({"explain-error", "a.py:1", "--ai"});
    EXPECT_EQ(ran.exit_code, 2) << line;
    EXPECT_THAT(ran.out, HasSubstr("may not be set by a repository"));
  }
}

TEST_F(Models, ExplainOnceAndAreRemembered) {
  HttpServer server(answer);
  repo.write("a.py", kUnused);
  const auto first = peer({"explain-error", "a.py:1", "--ai"}, with_model(server));
  EXPECT_EQ(first.exit_code, 0);
  EXPECT_THAT(first.out, HasSubstr("A model says (ollama/tiny"));
  EXPECT_THAT(first.out, HasSubstr("It is never used."));
  EXPECT_THAT(first.out, HasSubstr("\n  It is old.\n"));
  EXPECT_THAT(first.out, Not(HasSubstr("It is old.\n  It is old.")))
      << "a model that repeats itself";
  EXPECT_THAT(first.out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(first.out, HasSubstr("1 call (1 model), 50 in + 9 out tokens, 0 % from cache, "));
  EXPECT_THAT(first.out, HasSubstr("unused-import")) << "what Peer knows stands there too";
  const auto second = peer({"explain-error", "a.py:1", "--ai"}, with_model(server));
  EXPECT_THAT(second.out, HasSubstr("from the cache, disk"));
  EXPECT_THAT(second.out, HasSubstr("0 calls, 100 % from cache, "));
  EXPECT_EQ(server.requests().size(), 1U);
  const auto body = server.requests()[0].body;
  EXPECT_THAT(body, HasSubstr("import json"));
  EXPECT_THAT(peer({"cache", "stats"}).out, HasSubstr("completion"));
  EXPECT_EQ(peer({"cache", "clear"}).exit_code, 0);
  peer({"explain-error", "a.py:1", "--ai"}, with_model(server));
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(Models, ThatFailChangeNothing) {
  HttpServer server([](const ServedRequest&, Connection& out) {
    out.reply(400, R"({"error":"broken on purpose"})");
  });
  repo.write("a.py", kUnused);
  const auto ran = peer({"explain-error", "a.py:1", "--ai"}, with_model(server));
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("No model explains it: broken on purpose"));
  EXPECT_THAT(ran.out, HasSubstr("Why:"));
}

TEST_F(Models, AreListedAndTested) {
  HttpServer server(answer);
  const auto list =
      peer({"models", "list", "--ai"}, with_model(server, {"GROQ_API_KEY=secret-key-value"}));
  EXPECT_THAT(list.out, HasSubstr("Asked in this order: groq/openai/gpt-oss-120b ollama/tiny"));
  EXPECT_THAT(list.out, HasSubstr("OPENAI_API_KEY is not set"));
  EXPECT_THAT(list.out, Not(HasSubstr("secret-key-value")));
  EXPECT_EQ(server.connections(), 0U);
  const auto test = peer({"models", "test"}, with_model(server));
  EXPECT_EQ(test.exit_code, 0) << test.out;
  EXPECT_THAT(test.out, HasSubstr("ok     ollama/tiny"));
  EXPECT_EQ(peer({"models", "test"}).exit_code, 2);
}

TEST_F(Models, TakeTheShortNamesOfTheEnvironment) {
  HttpServer server(answer);
  repo.write("a.py", kUnused);
  const auto ran =
      peer({"explain-error", "a.py:1"},
           with_model(server, {"LLM_PROVIDER=ollama", "LLM_TIMEOUT_MS=5000", "LLM_CONCURRENCY=1"}));
  EXPECT_THAT(ran.out, HasSubstr("A model says (ollama/tiny")) << "LLM_PROVIDER is consent";
  const auto shown = peer(
      {"config", "show"},
      with_model(server, {"LLM_TIMEOUT_MS=5000", "PEER_LLM_CONCURRENCY=7", "LLM_CONCURRENCY=1"}));
  EXPECT_THAT(shown.out, HasSubstr("llm.timeout_ms: 5000"));
  EXPECT_THAT(shown.out, HasSubstr("llm.concurrency: 7"));
}

}  // namespace
}  // namespace peer::testing
