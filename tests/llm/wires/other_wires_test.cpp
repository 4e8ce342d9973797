// Anthropic, Gemini and Ollama: what they are written and how they are read.
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/llm/wires/wire_fixture.hpp"

namespace peer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the fixture's few functions

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

}  // namespace
}  // namespace peer
