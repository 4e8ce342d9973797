#include "llm/providers/provider.hpp"

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "llm/providers/roster.hpp"
#include "llm/wires/wire.hpp"

namespace peer {
namespace {

std::string upper(std::string text) {
  for (auto& c : text)
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

TEST(BuiltInProviders, KeepWhatTheirEntriesPromise) {
  const auto& list = built_in_providers();
  EXPECT_EQ(list.date.size(), 10U);
  EXPECT_GE(list.providers.size(), 8U);
  std::set<std::string> ids;
  for (const auto& provider : list.providers) {
    SCOPED_TRACE(provider.id);
    EXPECT_TRUE(ids.insert(provider.id).second);
    EXPECT_NE(find_wire(provider.wire), nullptr);
    EXPECT_FALSE(provider.own);
    EXPECT_TRUE(provider.origin.scheme == "https" || is_loopback(provider.origin));
    EXPECT_TRUE(provider.key_variable.empty() ||
                provider.key_variable == upper(provider.id) + "_API_KEY");
    EXPECT_TRUE(!provider.key_variable.empty() || is_loopback(provider.origin));
    bool has_default = false;
    for (const auto& model : provider.models) {
      SCOPED_TRACE(model.name);
      EXPECT_EQ(model.provider, provider.id);
      EXPECT_EQ(model.wire, provider.wire);
      EXPECT_GE(model.window, 4096U);
      EXPECT_LE(model.max_output * 2, model.window);
      EXPECT_GE(model.token_factor, 1.0);
      EXPECT_TRUE(model.tier >= 1 && model.tier <= 4);
      EXPECT_LE(model.prices.cache_read.value_or(0), model.prices.known ? model.prices.input : 1e9);
      has_default = has_default || model.name == provider.default_model;
    }
    EXPECT_TRUE(has_default);
  }
}

TEST(UserProviders, OverrideAndExtend) {
  const auto list = with_user_providers(built_in_providers(), R"(
providers:
  groq:
    models:
      llama-3.1-8b-instant: {price: [1, 2]}
      new-model: {window: 4096, output: 1000, tier: 4}
  mine:
    wire: openai_chat
    base_url: https://llm.corp.example:8443/v1/
    key: MY_KEY
    default: house-model
    window: 16384
)",
                                        "models.yml");
  ASSERT_TRUE(list.has_value()) << list.error().message;
  const auto* groq = list->find("groq");
  EXPECT_EQ(groq->model("llama-3.1-8b-instant").prices.input, 1);
  EXPECT_EQ(groq->model("llama-3.1-8b-instant").window, 128000U);
  EXPECT_EQ(groq->model("new-model").tier, 4);
  EXPECT_FALSE(groq->own);
  const auto* mine = list->find("mine");
  ASSERT_NE(mine, nullptr);
  EXPECT_TRUE(mine->own);
  EXPECT_EQ(mine->base_url, "https://llm.corp.example:8443/v1");
  EXPECT_EQ(mine->origin, (Origin{"https", "llm.corp.example", 8443}));
  EXPECT_EQ(mine->model("whatever").window, 16384U);
  EXPECT_EQ(mine->model("whatever").wire, "openai_chat");
}

TEST(UserProviders, AreHeldToTheRules) {
  const auto message = [](const std::string& yaml) {
    const auto list = with_user_providers(built_in_providers(), yaml, "models.yml");
    return list ? std::string("accepted") : list.error().message;
  };
  const auto has = [&](const std::string& yaml, const std::string& word) {
    EXPECT_NE(message(yaml).find(word), std::string::npos) << message(yaml);
  };
  EXPECT_EQ(message(""), "accepted");
  has("providers: {groq: {base_urll: x}}", "did you mean base_url");
  has("providers: {groq: {models: {m: {windw: 5}}}}", "did you mean window");
  has("providers: {x: {wire: morse, base_url: 'https://a.example'}}", "needs a wire");
  has("providers: {x: {wire: gemini}}", "needs a base_url");
  has("providers: {x: {wire: gemini, base_url: 'http://a.example'}}", "not encrypted");
  EXPECT_EQ(message("providers: {x: {wire: gemini, base_url: 'http://a.example', insecure: true}}"),
            "accepted");
  EXPECT_EQ(message("providers: {x: {wire: gemini, base_url: 'http://localhost:8080'}}"),
            "accepted");
  has("providers: {x: {wire: gemini, base_url: 'https://user@a.example'}}", "user name");
  has("providers: {x: {wire: gemini, base_url: 'https://a.example?key=1'}}", "query");
  has("providers: {x: {wire: gemini, base_url: 'https://a.example', key: sk-secret-value}}",
      "no name of an environment variable");
  EXPECT_EQ(
      message("providers: {x: {wire: gemini, base_url: 'https://a.example', key: sk-secret-value}}")
          .find("secret-value"),
      std::string::npos);
  has("providers: {X Y: {wire: gemini, base_url: 'https://a.example'}}", "name is made of");
  has("providers: {groq: {models: {m: {window: 3}}}}", "from 256");
  has("providers: {groq: {models: {m: {price: [1]}}}}", "two to four");
  has("providers: {groq: {models: {m: {price: [1, .nan]}}}}", "number of dollars");
  has("providers: {groq: {models: {m: {tier: 9}}}}", "1 to 4");
  has("providers: {groq: {can: [fly]}}", "unknown ability");
  has("providers: [a]", "mapping");
  has("[", "models.yml");
}

ReadVariable variables(std::map<std::string, std::string> values) {
  return [values = std::move(values)](std::string_view name) -> std::optional<std::string> {
    const auto it = values.find(std::string(name));
    return it == values.end() ? std::nullopt : std::optional(it->second);
  };
}

std::vector<std::string> names_of(const Roster& roster) {
  std::vector<std::string> out;
  for (const auto& target : roster.targets)
    out.push_back(full_name(target.model));
  return out;
}

Roster roster_of(const RosterSettings& settings, std::map<std::string, std::string> values) {
  auto roster = call_roster(settings, built_in_providers(), variables(std::move(values)));
  EXPECT_TRUE(roster.has_value()) << roster.error().message;
  return roster ? *std::move(roster) : Roster{};
}

TEST(Roster, IsEmptyWithoutConsentWhateverKeysThereAre) {
  const auto roster =
      roster_of({}, {{"GROQ_API_KEY", "k"}, {"OPENAI_API_KEY", "k"}, {"OLLAMA_MODEL", "m"}});
  EXPECT_TRUE(roster.empty());
  EXPECT_TRUE(roster.origins.empty());
  EXPECT_TRUE(roster.notes.empty());
}

TEST(Roster, HoldsTheConfiguredInTheUsualOrder) {
  const auto roster =
      roster_of({.mode = AiMode::automatic},
                {{"OPENAI_API_KEY", "k1"}, {"GROQ_API_KEY", "k2, k3"}, {"HF_TOKEN", "k4"}});
  EXPECT_EQ(names_of(roster),
            (std::vector<std::string>{"groq/openai/gpt-oss-120b", "openai/gpt-5-mini",
                                      "hf/openai/gpt-oss-120b"}));
  ASSERT_EQ(roster.targets[0].source->keys.size(), 2U);
  EXPECT_EQ(roster.targets[0].source->keys[1].label(), "GROQ_API_KEY 2");
  EXPECT_EQ(roster.targets[0].source->keys[1].reveal(), "k3");
  EXPECT_EQ(roster.origins.size(), 3U);
  EXPECT_FALSE(roster.origins[0].may_be_private);
  EXPECT_TRUE(roster.notes.empty());
}

TEST(Roster, FollowsTheShortNames) {
  const auto local =
      roster_of({.mode = AiMode::automatic}, {{"OLLAMA_URL", "http://10.0.0.5:11434/"},
                                              {"OLLAMA_MODEL", "tiny:1b"},
                                              {"HF_API_KEY", "k"},
                                              {"HF_MODEL", "a/b"}});
  EXPECT_EQ(names_of(local), (std::vector<std::string>{"hf/a/b", "ollama/tiny:1b"}));
  EXPECT_EQ(local.targets[1].source->provider.base_url, "http://10.0.0.5:11434");
  EXPECT_TRUE(local.origins[1].may_be_private);
  EXPECT_EQ(local.targets[1].model.window, 4096U);
  const auto first =
      roster_of({.mode = AiMode::automatic},
                {{"OPENAI_API_KEY", "k1"}, {"GROQ_API_KEY", "k2"}, {"LLM_PROVIDER", "openai"}});
  EXPECT_EQ(names_of(first)[0], "openai/gpt-5-mini");
  EXPECT_EQ(names_of(roster_of({.mode = AiMode::automatic}, {{"LLM_PROVIDER", "ollama"}})),
            (std::vector<std::string>{"ollama/qwen2.5-coder:3b"}));
  EXPECT_FALSE(call_roster({.mode = AiMode::automatic}, built_in_providers(),
                           variables({{"OLLAMA_URL", "http://user@x/"}}))
                   .has_value());
}

TEST(Roster, HoldsWhatWasChosenAndSaysWhatIsMissing) {
  const auto roster =
      roster_of({.mode = AiMode::cloud,
                 .models = {"deepseek", "groq/llama-3.1-8b-instant", "grok", "openai"}},
                {{"GROQ_API_KEY", "k"}, {"OPENAI_API_KEY", "bad key\x01"}});
  EXPECT_EQ(names_of(roster), (std::vector<std::string>{"groq/llama-3.1-8b-instant"}));
  const auto notes = join(roster.notes, "\n");
  EXPECT_NE(notes.find("DEEPSEEK_API_KEY is not set"), std::string::npos) << notes;
  EXPECT_NE(notes.find("did you mean groq"), std::string::npos) << notes;
  EXPECT_NE(notes.find("no key has"), std::string::npos) << notes;
  EXPECT_EQ(notes.find("bad key"), std::string::npos) << notes;
  EXPECT_EQ(roster_of({.mode = AiMode::cloud}, {}).notes.size(), 1U);
  EXPECT_TRUE(roster_of({.mode = AiMode::automatic}, {}).notes.empty());
}

TEST(Roster, NeverHoldsAKeyThatLooksLikeOneOfAnotherProvider) {
  const std::map<std::string, std::string> keys{
      {"OPENAI_API_KEY", "sk-ant-api03-abc"}, {"GROQ_API_KEY", "AIzaabc, gsk_good"},
      {"ANTHROPIC_API_KEY", "sk-proj-abc"},   {"GEMINI_API_KEY", "hf_abc"},
      {"HF_API_KEY", "sk-or-v1-abc"},         {"HF_TOKEN", "hf_good"},
      {"OPENROUTER_API_KEY", "gsk_abc"},      {"DEEPSEEK_API_KEY", "sk-anything"}};
  const auto roster = roster_of({.mode = AiMode::automatic}, keys);
  EXPECT_EQ(names_of(roster),
            (std::vector<std::string>{"groq/openai/gpt-oss-120b", "deepseek/deepseek-chat",
                                      "hf/openai/gpt-oss-120b"}));
  for (const auto& target : roster.targets)
    for (const auto& key : target.source->keys)
      EXPECT_TRUE(key.reveal() == "gsk_good" || key.reveal() == "sk-anything" ||
                  key.reveal() == "hf_good")
          << key.label();
  const auto notes = join(roster.notes, "\n");
  for (const std::string sentence :
       {"OPENAI_API_KEY is not used: it looks like a key of Anthropic.",
        "GROQ_API_KEY is not used: it looks like a key of Google Gemini.",
        "ANTHROPIC_API_KEY is not used: it looks like a key of OpenAI.",
        "GEMINI_API_KEY is not used: it looks like a key of Hugging Face",
        "HF_API_KEY is not used: it looks like a key of OpenRouter.",
        "OPENROUTER_API_KEY is not used: it looks like a key of Groq."})
    EXPECT_NE(notes.find(sentence), std::string::npos) << sentence << "\n" << notes;
  EXPECT_EQ(notes.find("abc"), std::string::npos) << notes;
  EXPECT_EQ(misplaced_keys(built_in_providers(), variables(keys)).size(), 6U)
      << "told in every mode";
  const auto named = roster_of({.mode = AiMode::cloud, .models = {"openai", "openai/gpt-5"}},
                               {{"OPENAI_API_KEY", "sk-ant-x"}});
  EXPECT_TRUE(named.empty());
  EXPECT_EQ(named.notes.size(), 2U) << join(named.notes, "\n");
}
TEST(Roster, AGatewayOfTheUsersOwnTakesAnyKey) {
  const auto list = with_user_providers(built_in_providers(), R"(
providers:
  gate: {wire: openai_chat, base_url: "https://gate.example/v1", key: GATE_KEY, default: m}
)",
                                        "models.yml");
  ASSERT_TRUE(list.has_value());
  const auto variable = variables({{"GATE_KEY", "sk-ant-x"}});
  EXPECT_EQ(call_roster({.mode = AiMode::automatic}, *list, variable)->targets.size(), 1U);
  EXPECT_TRUE(misplaced_keys(*list, variable).empty());
}
TEST(Roster, OfAnEnterpriseHoldsOnlyAllowedHosts) {
  const std::map<std::string, std::string> keys{{"GROQ_API_KEY", "k"}, {"OPENAI_API_KEY", "k"}};
  const auto none = roster_of({.mode = AiMode::enterprise}, keys);
  EXPECT_TRUE(none.empty());
  EXPECT_TRUE(none.origins.empty());
  const auto one =
      roster_of({.mode = AiMode::enterprise, .allowed_hosts = {"API.openai.com"}}, keys);
  EXPECT_EQ(names_of(one), (std::vector<std::string>{"openai/gpt-5-mini"}));
  EXPECT_EQ(one.origins.size(), 1U);
  EXPECT_TRUE(
      roster_of({.mode = AiMode::enterprise,
                 .allowed_hosts = {"openai.com", "evil.api.openai.com", "api.openai.com:80"}},
                keys)
          .empty());
}

}  // namespace
}  // namespace peer
