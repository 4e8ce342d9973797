#include "llm/wires/wire.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace peer {
namespace {

Model model_of(std::string wire) {
  Model model;
  model.provider = "test";
  model.wire = std::move(wire);
  model.name = "some/model:1";
  model.window = 8192;
  model.abilities.json = JsonAbility::schema;
  return model;
}

Question question() {
  Question out;
  out.system = "be brief";
  out.messages = {{Message::Role::user, "one"},
                  {Message::Role::assistant, "two"},
                  {Message::Role::user, "three \xFF"}};
  out.shape = AnswerShape{"verdict", R"({"type":"object"})"};
  out.stop = {"END"};
  out.max_output_tokens = 77;
  return out;
}

Json written(const Wire& wire, const Model& model, bool stream) {
  return *parse_json(wire.write(question(), model, stream).body);
}

std::string text_of(const CallResult& result) {
  return result ? result->text : "failure: " + std::string(to_string(result.error().kind));
}

/// The answer to `text`, given whole and in pieces of every size up to 40: all must agree.
CallResult answer(const std::string& name, const std::string& text) {
  const auto& wire = *find_wire(name);
  const auto model = model_of(name);
  auto whole = read_answer(wire, model, text);
  for (std::size_t size = 1; size < 40; ++size) {
    AnswerReader reader(wire, model);
    std::string heard;
    for (std::size_t at = 0; at < text.size(); at += size)
      if (reader.feed(std::string_view(text).substr(at, size)) == HttpFlow::abort) break;
    const auto pieced = reader.finish();
    EXPECT_TRUE(pieced == whole) << "pieces of " << size << ": " << text_of(pieced)
                                 << (pieced ? "" : pieced.error().message) << " / "
                                 << text_of(whole) << (whole ? "" : whole.error().message);
  }
  return whole;
}

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

TEST(Anthropic, WritesAMessage) {
  const auto& wire = *find_wire("anthropic");
  auto model = model_of("anthropic");
  model.abilities.cache_control = true;
  const auto call = wire.write(question(), model, true);
  EXPECT_EQ(call.target, "/messages");
  ASSERT_EQ(call.headers.size(), 1U);
  EXPECT_EQ(call.headers[0].second, "2023-06-01");
  const auto body = *parse_json(call.body);
  EXPECT_EQ(body["system"][0]["text"], "be brief");
  EXPECT_FALSE(body["system"][0].contains("cache_control"));
  EXPECT_EQ(body["messages"].size(), 3U);
  EXPECT_EQ(body["max_tokens"], 77);
  EXPECT_EQ(body["stop_sequences"][0], "END");
  EXPECT_EQ(body["output_config"]["format"]["type"], "json_schema");
  EXPECT_EQ(body["stream"], true);
  auto longer = question();
  longer.system.assign(5000, 'x');
  EXPECT_EQ(
      (*parse_json(wire.write(longer, model, false).body))["system"][0]["cache_control"]["type"],
      "ephemeral");
}

TEST(Anthropic, ReadsAWholeAnswer) {
  const auto result = answer(
      "anthropic",
      R"({"type":"message","id":"msg_1","model":"claude","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"a"},{"type":"text","text":"b"}],
    "stop_reason":"end_turn","usage":{"input_tokens":10,"cache_creation_input_tokens":200,"cache_read_input_tokens":3000,"output_tokens":5}})");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->text, "ab");
  EXPECT_EQ(result->reasoning, "hm");
  EXPECT_EQ(result->usage, (Usage{3210, 3000, 200, 5, 0, true}));
  EXPECT_EQ(text_of(answer("anthropic",
                           R"({"content":[{"type":"text","text":"x"}],"stop_reason":"refusal"})")),
            "failure: refused by a filter");
  EXPECT_EQ(
      text_of(answer(
          "anthropic",
          R"({"content":[{"type":"text","text":"x"}],"stop_reason":"model_context_window_exceeded"})")),
      "failure: context window exceeded");
  EXPECT_EQ(text_of(answer(
                "anthropic",
                R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})")),
            "failure: transient");
}

TEST(Anthropic, ReadsAStream) {
  const std::string head =
      "event: message_start\r\ndata: "
      "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"c\",\"usage\":{"
      "\"input_tokens\":10,\"cache_read_input_tokens\":4,\"output_tokens\":1}}}\r\n\r\n"
      "event: content_block_start\r\ndata: "
      "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"
      "\r\n\r\n"
      "event: ping\r\ndata: {\"type\":\"ping\"}\r\n\r\n"
      "event: content_block_delta\r\ndata: "
      "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}"
      "\r\n\r\n"
      "event: content_block_delta\r\ndata: "
      "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"thinking_delta\",\"thinking\":"
      "\"hm\"}}\r\n\r\n";
  const std::string end =
      "event: message_delta\r\ndata: "
      "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\"},\"usage\":{\"output_"
      "tokens\":15}}\r\n\r\n";
  const auto result = answer(
      "anthropic", head + end + "event: message_stop\r\ndata: {\"type\":\"message_stop\"}\r\n\r\n");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->text, "Hi");
  EXPECT_EQ(result->finish, Finish::length);
  EXPECT_EQ(result->usage, (Usage{14, 4, 0, 15, 0, true}));
  EXPECT_EQ(text_of(answer("anthropic", head)), "failure: transient");
  EXPECT_EQ(
      text_of(answer("anthropic", head + "event: error\r\ndata: "
                                         "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_"
                                         "error\",\"message\":\"Overloaded\"}}\r\n\r\n")),
      "failure: transient");
  EXPECT_EQ(text_of(answer("anthropic", head + "event: error\r\ndata: "
                                               "{\"type\":\"error\",\"error\":{\"type\":\"rate_"
                                               "limit_error\",\"message\":\"m\"}}\r\n\r\n")),
            "failure: rate limited");
}

TEST(Gemini, WritesContents) {
  const auto& wire = *find_wire("gemini");
  const auto model = model_of("gemini");
  EXPECT_EQ(wire.write(question(), model, false).target,
            "/models/some%2Fmodel%3A1:generateContent");
  EXPECT_EQ(wire.write(question(), model, true).target,
            "/models/some%2Fmodel%3A1:streamGenerateContent?alt=sse");
  const auto body = written(wire, model, false);
  EXPECT_EQ(body["contents"][1]["role"], "model");
  EXPECT_EQ(body["systemInstruction"]["parts"][0]["text"], "be brief");
  EXPECT_EQ(body["generationConfig"]["maxOutputTokens"], 77);
  EXPECT_EQ(body["generationConfig"]["responseMimeType"], "application/json");
  EXPECT_EQ(body["generationConfig"]["responseJsonSchema"]["type"], "object");
  EXPECT_EQ(wire.key_header().first, "x-goog-api-key");
}

TEST(Gemini, ReadsAnswersAndStreams) {
  const auto result = answer(
      "gemini",
      R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"a"},{"text":"b"}],"role":"model"},"finishReason":"STOP"}],
    "usageMetadata":{"promptTokenCount":50,"candidatesTokenCount":4,"thoughtsTokenCount":6,"cachedContentTokenCount":30,"totalTokenCount":60},"modelVersion":"g","responseId":"r"})");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->text, "ab");
  EXPECT_EQ(result->reasoning, "hm");
  EXPECT_EQ(result->usage, (Usage{50, 30, 0, 10, 6, true}));
  const std::string head =
      "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}\r\r";
  const auto streamed = answer(
      "gemini",
      head +
          "data: "
          "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"finishReason\":\"MAX_"
          "TOKENS\"}],\"usageMetadata\":{\"promptTokenCount\":5,\"candidatesTokenCount\":2}}\r\r");
  ASSERT_TRUE(streamed.has_value()) << streamed.error().message;
  EXPECT_EQ(streamed->text, "ab");
  EXPECT_EQ(streamed->finish, Finish::length);
  EXPECT_EQ(text_of(answer("gemini", head)), "failure: transient");
  EXPECT_EQ(
      text_of(answer(
          "gemini",
          head +
              "data: {\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\",\"message\":\"m\"}}\r\r")),
      "failure: transient");
  EXPECT_EQ(text_of(answer("gemini", R"({"promptFeedback":{"blockReason":"SAFETY"}})")),
            "failure: refused by a filter");
  EXPECT_EQ(text_of(answer("gemini", R"({"candidates":[{"finishReason":"SAFETY"}]})")),
            "failure: refused by a filter");
  EXPECT_EQ(
      text_of(answer("gemini", R"({"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]})")),
      "failure: bad output");
}

TEST(Ollama, WritesItsWindow) {
  const auto& wire = *find_wire("ollama");
  const auto model = model_of("ollama");
  EXPECT_EQ(wire.write(question(), model, false).target, "/api/chat");
  const auto body = written(wire, model, false);
  EXPECT_EQ(body["stream"], false);
  EXPECT_EQ(body["options"]["num_ctx"], 8192);
  EXPECT_EQ(body["options"]["num_predict"], 77);
  EXPECT_EQ(body["options"]["repeat_penalty"], 1.1);
  EXPECT_EQ(body["format"]["type"], "object");
}

TEST(Ollama, ReadsAnswersAndStreams) {
  const auto result = answer(
      "ollama",
      R"({"model":"q","message":{"role":"assistant","content":"Hi"},"done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":3})");
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_EQ(result->text, "Hi");
  EXPECT_EQ(result->usage, (Usage{20, 0, 0, 3, 0, true}));
  const std::string head =
      "{\"message\":{\"content\":\"a\"},\"done\":false}\n{\"message\":{\"content\":\"b\","
      "\"thinking\":\"t\"},\"done\":false}\n";
  const auto streamed =
      answer("ollama", head +
                           "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":"
                           "\"length\",\"prompt_eval_count\":4,\"eval_count\":2}\n");
  ASSERT_TRUE(streamed.has_value()) << streamed.error().message;
  EXPECT_EQ(streamed->text, "ab");
  EXPECT_EQ(streamed->finish, Finish::length);
  EXPECT_EQ(text_of(answer("ollama", head)), "failure: transient");
  EXPECT_EQ(
      text_of(answer("ollama",
                     head + "{\"error\":\"an error was encountered while running the model\"}\n")),
      "failure: transient");
  EXPECT_EQ(text_of(answer("ollama",
                           "{\"message\":{\"content\":\"x\"},\"done\":true,\"prompt_eval_count\":"
                           "8191,\"eval_count\":1}\n")),
            "failure: context window exceeded");
  EXPECT_EQ(text_of(answer("ollama", "<html></html>")), "failure: transient");
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
