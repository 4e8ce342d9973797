#include "llm/cache/completions.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/cache/temporary.hpp"

namespace peer {
namespace {

Completion completion() {
  Completion out;
  out.text = "answer \xF0\x9F\x98\x80";
  out.finish = Finish::stop;
  out.usage = {10, 2, 3, 4, 1, true};
  out.cost_usd = 0.25;
  out.model = "m";
  out.request_id = "r";
  return out;
}

Question question() {
  Question out;
  out.system = "system";
  out.messages = {{Message::Role::user, "ab"}, {Message::Role::user, "c"}};
  return out;
}

TEST(CompletionKey, ChangesWithEverythingThatDecidesTheAnswer) {
  const CompletionKey key{"t", "own", "https://a", "p/m", "v1", "r1", "content", "findings"};
  std::vector<std::function<void(CompletionKey&, Question&)>> changes{
      [](auto& k, auto&) { k.tenant = "u"; },
      [](auto& k, auto&) { k.trust = "fork"; },
      [](auto& k, auto&) { k.base_url = "https://b"; },
      [](auto& k, auto&) { k.model = "p/n"; },
      [](auto& k, auto&) { k.prompt_version = "v2"; },
      [](auto& k, auto&) { k.rules_version = "r2"; },
      [](auto& k, auto&) { k.content = "other"; },
      [](auto& k, auto&) { k.findings = "other"; },
      [](auto& k, auto&) { k.content = "contentfindings", k.findings = ""; },
      [](auto&, auto& q) { q.system = "other"; },
      [](auto&, auto& q) {
        q.messages = {{Message::Role::user, "a"}, {Message::Role::user, "bc"}};
      },
      [](auto&, auto& q) { q.messages[1].role = Message::Role::assistant; },
      [](auto&, auto& q) { q.temperature = 0.5; },
      [](auto&, auto& q) { q.top_p = 0.5; },
      [](auto&, auto& q) { q.max_output_tokens = 5; },
      [](auto&, auto& q) { q.seed = 0; },
      [](auto&, auto& q) { q.stop = {"x"}; },
      [](auto&, auto& q) {
        q.shape = AnswerShape{"s", "{}"};
      },
      [](auto&, auto& q) { q.repeat_penalty = 1.2; },
      [](auto&, auto& q) { q.task = Task::review; }};
  std::set<std::string> hashes{key.hash(question())};
  EXPECT_EQ(key.hash(question()), key.hash(question()));
  for (const auto& change : changes) {
    auto changed_key = key;
    auto changed_question = question();
    change(changed_key, changed_question);
    EXPECT_TRUE(hashes.insert(changed_key.hash(changed_question)).second);
  }
  EXPECT_EQ(hashes.begin()->size(), 64U);
}

TEST(CompletionCache, GivesBackWhatItKept) {
  TemporaryFolder folder;
  ToldClock clock;
  auto disk = CacheDb::open(folder / "cache.db", {}, clock);
  TieredCache tiers({}, &*disk, clock);
  CompletionCache cache(tiers);
  const auto hash = CompletionKey{}.hash(question());
  EXPECT_EQ(cache.find(hash).value().has_value(), false);
  cache.keep(hash, completion());
  TieredCache later({}, &*disk, clock);
  const auto found = CompletionCache(later).find(hash);
  ASSERT_TRUE(found.has_value() && found->has_value());
  EXPECT_EQ((*found)->completion, completion());
  EXPECT_EQ((*found)->time, clock.now);
  EXPECT_EQ((*found)->tier, CacheTier::disk);
}

TEST(CompletionCache, TakesWhatIsNoCompletionForAMiss) {
  EXPECT_EQ(parse_completion(completion_text(completion())), completion());
  for (const char* text :
       {"", "{}", "[]", "null", R"({"form":"peer-completion-1"})",
        R"({"form":"peer-completion-1","text":"x","finish":99,"usage":[1,2,3,4,5]})",
        R"({"form":"peer-completion-1","text":"x","finish":0,"usage":[1]})",
        R"({"form":"peer-completion-2","text":"x","finish":0,"usage":[1,2,3,4,5]})"})
    EXPECT_EQ(parse_completion(text), std::nullopt) << text;
}

}  // namespace
}  // namespace peer
