#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/llm/wires/wire_fixture.hpp"

namespace peer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the fixture's few functions

TEST(Wires, AreFoundByName) {
  for (const auto* wire : wires())
    EXPECT_EQ(find_wire(wire->name()), wire);
  EXPECT_EQ(find_wire("morse"), nullptr);
  EXPECT_EQ(wires().size(), 4U);
}

TEST(OpenAiChat, WritesWhatTheServerCanTake) {
  const auto& wire = *find_wire("openai_chat");
  auto model = model_of("openai_chat");
  EXPECT_EQ(wire.write(question(), model, false).target, "/chat/completions");
  auto body = written(wire, model, false);
  EXPECT_EQ(body["model"], "some/model:1");
  EXPECT_EQ(body["messages"].size(), 4U);
  EXPECT_EQ(body["messages"][0]["role"], "system");
  EXPECT_EQ(body["messages"][3]["content"], "three \xEF\xBF\xBD");
  EXPECT_EQ(body["max_tokens"], 77);
  EXPECT_EQ(body["response_format"]["type"], "json_schema");
  EXPECT_EQ(body["response_format"]["json_schema"]["name"], "verdict");
  EXPECT_EQ(body["stop"][0], "END");
  EXPECT_FALSE(body.contains("stream"));
  EXPECT_EQ(written(wire, model, true)["stream_options"]["include_usage"], true);
  model.abilities = {.json = JsonAbility::object,
                     .temperature = false,
                     .top_p = false,
                     .stop = false,
                     .stream_usage = false,
                     .max_completion_tokens = true};
  body = written(wire, model, true);
  EXPECT_EQ(body["response_format"]["type"], "json_object");
  EXPECT_EQ(body["max_completion_tokens"], 77);
  for (const char* absent :
       {"temperature", "top_p", "stop", "stream_options", "max_tokens", "repeat_penalty", "seed"})
    EXPECT_FALSE(body.contains(absent)) << absent;
}

TEST(OpenAiChat, ReadsAWholeAnswer) {
  const auto result = answer("openai_chat", R"(

    {"id":"r1","model":"m-2","choices":[{"index":0,"message":{"role":"assistant","content":"Hi","reasoning_content":"hm"},"finish_reason":"stop"}],
     "usage":{"prompt_tokens":100,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":60},"completion_tokens_details":{"reasoning_tokens":5},"cost":0.0025}})");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->text, "Hi");
  EXPECT_EQ(result->reasoning, "hm");
  EXPECT_EQ(result->finish, Finish::stop);
  EXPECT_EQ(result->usage, (Usage{100, 60, 0, 20, 5, true}));
  EXPECT_EQ(result->cost_usd, 0.0025);
  EXPECT_EQ(result->model, "m-2");
  EXPECT_EQ(result->request_id, "r1");
}

TEST(OpenAiChat, ReadsAStream) {
  const std::string head =
      ": OPENROUTER PROCESSING\n\ndata: "
      "{\"id\":\"r1\",\"model\":\"m\",\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":"
      "\"\"}}]}\n\n"
      "data: {\"choices\":[{\"delta\":{\"content\":\"H\xC3\xA4\"}}]}\n\ndata: "
      "{\"choices\":[{\"delta\":{\"content\":\"!\",\"reasoning\":\"x\"}}]}\n\n";
  const std::string end = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n";
  const std::string usage =
      "data: "
      "{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"prompt_cache_hit_"
      "tokens\":2}}\n\n";
  const auto result = answer("openai_chat", head + end + usage + "data: [DONE]\n\n");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->text, "H\xC3\xA4!");
  EXPECT_EQ(result->finish, Finish::length);
  EXPECT_EQ(result->usage, (Usage{7, 2, 0, 3, 0, true}));
  EXPECT_EQ(text_of(answer("openai_chat", head + end)), "H\xC3\xA4!") << "without [DONE]";
  EXPECT_EQ(text_of(answer("openai_chat", head + "data: [DONE]")), "H\xC3\xA4!")
      << "without a reason";
  EXPECT_EQ(text_of(answer("openai_chat", head)), "failure: transient") << "cut";
  EXPECT_EQ(text_of(answer("openai_chat", head + "data: {\"choi")), "failure: transient")
      << "cut inside an event";
  EXPECT_EQ(text_of(answer("openai_chat", head + "data: {broken}\n\n" + end)), "failure: transient")
      << "a broken event";
  EXPECT_EQ(text_of(answer("openai_chat",
                           head + "data: {\"error\":{\"code\":429,\"message\":\"m\"}}\n\n")),
            "failure: rate limited");
  EXPECT_EQ(text_of(answer(
                "openai_chat",
                head + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\n")),
            "failure: transient");
  EXPECT_EQ(
      text_of(answer("openai_chat", head + "data: {\"x_groq\":{\"error\":\"over capacity\"}}\n\n")),
      "failure: transient");
}

TEST(OpenAiChat, TakesWhatServersReallySend) {
  EXPECT_EQ(
      text_of(answer(
          "openai_chat",
          R"({"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]})")),
      "ab");
  EXPECT_EQ(text_of(answer("openai_chat", R"({"choices":[{"text":"old"}]})")), "old");
  EXPECT_EQ(text_of(answer(
                "openai_chat",
                R"({"choices":[{"message":{"content":"<think>\nlong\n</think>\n\nanswer"}}]})")),
            "answer");
  EXPECT_EQ(text_of(answer("openai_chat",
                           R"({"choices":[{"message":{"content":"<think> never ends"}}]})")),
            "failure: bad output");
  EXPECT_EQ(
      text_of(answer(
          "openai_chat",
          R"({"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":-5,"completion_tokens":"many"}})")),
      "x");
  for (const char* empty :
       {"{}", "[]", "null", R"({"choices":[]})", R"({"choices":null})",
        R"({"choices":[{"message":{"content":null}}]})",
        R"({"choices":[{"message":{"content":"  \n"},"finish_reason":"stop"}]})",
        R"({"choices":{"a":1}})", "{\"choices\":[{", "3"})
    EXPECT_EQ(text_of(read_answer(*find_wire("openai_chat"), model_of("openai_chat"), empty))
                  .substr(0, 8),
              "failure:")
        << empty;
  EXPECT_EQ(text_of(answer("openai_chat", "")), "failure: bad output");
  EXPECT_EQ(text_of(answer("openai_chat", "<!DOCTYPE html><html>maintenance</html>")),
            "failure: transient");
  EXPECT_EQ(
      text_of(answer("openai_chat", R"({"error":{"code":"insufficient_quota","message":"m"}})")),
      "failure: no credit");
  EXPECT_EQ(
      text_of(answer(
          "openai_chat",
          R"({"choices":[{"message":{"content":"half"},"finish_reason":"content_filter"}]})")),
      "failure: refused by a filter");
  EXPECT_EQ(text_of(answer("openai_chat",
                           R"({"choices":[{"message":{"content":null,"refusal":"I cannot"}}]})")),
            "failure: refused by a filter");
}

TEST(AnswerReader, PassesTextOnAsItComes) {
  const auto& wire = *find_wire("openai_chat");
  std::vector<std::string> heard;
  AnswerReader reader(wire, model_of("openai_chat"),
                      [&](std::string_view piece) { heard.emplace_back(piece); });
  EXPECT_EQ(reader.feed("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"),
            HttpFlow::more);
  EXPECT_EQ(heard.size(), 1U);
  EXPECT_FALSE(reader.whole());
  EXPECT_EQ(
      reader.feed(
          "data: {\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}\n\n"),
      HttpFlow::more);
  EXPECT_TRUE(reader.whole());
  EXPECT_EQ(reader.feed("data: [DONE]\n\n"), HttpFlow::enough);
  EXPECT_EQ(heard, (std::vector<std::string>{"a", "b"}));
}

TEST(Cost, FollowsWhatEachKindOfTokenCosts) {
  Completion completion;
  completion.usage = {1'000'000, 400'000, 100'000, 200'000, 0, true};
  Prices prices{.input = 2, .output = 10, .cache_read = 0.2, .cache_write = 2.5, .known = true};
  EXPECT_DOUBLE_EQ(cost_of(completion, prices).value(), 0.5 * 2 + 0.4 * 0.2 + 0.1 * 2.5 + 0.2 * 10);
  prices.cache_read = prices.cache_write = std::nullopt;
  EXPECT_DOUBLE_EQ(cost_of(completion, prices).value(), 2 + 2);
  completion.usage.cached = 5'000'000;
  EXPECT_GE(cost_of(completion, prices).value(), 0) << "more cached than sent";
  completion.cost_usd = 0.01;
  EXPECT_DOUBLE_EQ(cost_of(completion, prices).value(), 0.01);
  completion.cost_usd.reset();
  prices.known = false;
  EXPECT_EQ(cost_of(completion, prices), std::nullopt);
}

}  // namespace
}  // namespace peer
