#include "llm/wires/error.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "llm/wires/retry_after.hpp"

namespace peer {
namespace {

using std::chrono::milliseconds;

HttpOutcome answered(int status, std::string body,
                     std::vector<std::pair<std::string, std::string>> headers = {}) {
  HttpOutcome outcome;
  outcome.status = status;
  outcome.body = std::move(body);
  outcome.headers = std::move(headers);
  return outcome;
}

constexpr std::int64_t kNow = 784'111'700;  // 77 seconds before the date in RFC 9110's examples

struct Row {
  const char* what;
  int status;
  const char* body;
  FailureClass kind;
};

TEST(ErrorPolicy, ClassifiesWhatServersSay) {
  const std::vector<Row> rows{
      {"request timeout", 408, "", FailureClass::transient},
      {"conflict", 409, "", FailureClass::transient},
      {"too early", 425, "", FailureClass::transient},
      {"server error", 500, R"J({"error":{"message":"oops","type":"server_error"}})J",
       FailureClass::transient},
      {"bad gateway page", 502, "<html>bad gateway</html>", FailureClass::transient},
      {"unavailable", 503,
       R"J({"error":"server busy, please try again.  maximum pending requests exceeded"})J",
       FailureClass::transient},
      {"gateway timeout", 504, "", FailureClass::transient},
      {"cloudflare", 520, "", FailureClass::transient},
      {"cloudflare timeout", 524, "", FailureClass::transient},
      {"anthropic overloaded", 529,
       R"J({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})J",
       FailureClass::transient},
      {"groq flex capacity", 498,
       R"J({"error":{"message":"Flex tier capacity exceeded","code":"capacity_exceeded"}})J",
       FailureClass::transient},
      {"rate", 429,
       R"J({"error":{"message":"Rate limit reached. Please try again in 46.72s.","type":"tokens","code":"rate_limit_exceeded"}})J",
       FailureClass::rate},
      {"rate without a body", 429, "", FailureClass::rate},
      {"gemini per minute", 429,
       R"J({"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"x/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerMinute","quotaValue":"10"}]},{"@type":"x/google.rpc.RetryInfo","retryDelay":"36s"}]}})J",
       FailureClass::rate},
      {"gemini a daily name but a short wait", 429,
       R"J({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"m","details":[{"violations":[{"quotaId":"GenerateRequestsPerDay-FreeTier","quotaValue":"20"}]},{"retryDelay":"36s"}]}})J",
       FailureClass::rate},
      {"gemini daily", 429,
       R"J({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"m","details":[{"violations":[{"quotaId":"GenerateRequestsPerDay-FreeTier","quotaValue":"20"}]}]}})J",
       FailureClass::quota},
      {"gemini hours", 429,
       R"J({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"m","details":[{"retryDelay":"40000s"}]}})J",
       FailureClass::quota},
      {"gemini none at all", 429,
       R"J({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"m","details":[{"violations":[{"quotaValue":"0"}]},{"retryDelay":"36s"}]}})J",
       FailureClass::quota},
      {"payment", 402, R"J({"error":{"message":"Insufficient Balance"}})J", FailureClass::quota},
      {"openai quota", 429,
       R"J({"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}})J",
       FailureClass::quota},
      {"unauthorised", 401, R"J({"error":{"message":"Incorrect API key provided"}})J",
       FailureClass::auth},
      {"forbidden", 403, R"J({"error":{"code":403,"status":"PERMISSION_DENIED","message":"no"}})J",
       FailureClass::auth},
      {"no such model", 404, R"J({"error":"model 'x' not found"})J", FailureClass::gone},
      {"openai window", 400,
       R"J({"error":{"message":"This model's maximum context length is 128000 tokens. However, your messages resulted in 200000 tokens.","type":"invalid_request_error","code":"context_length_exceeded"}})J",
       FailureClass::context_window_exceeded},
      {"deepseek window", 400,
       R"J({"error":{"message":"This model's maximum context length is 131072 tokens. However, you requested 131134 tokens","code":"invalid_request_error"}})J",
       FailureClass::context_window_exceeded},
      {"anthropic window", 400,
       R"J({"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 209303 tokens > 200000 maximum"}})J",
       FailureClass::context_window_exceeded},
      {"gemini window", 400,
       R"J({"error":{"code":400,"status":"INVALID_ARGUMENT","message":"The input token count (1100000) exceeds the maximum number of tokens allowed (1048576)"}})J",
       FailureClass::context_window_exceeded},
      {"ollama window", 400, R"J({"error":"the input length exceeds the context length"})J",
       FailureClass::context_window_exceeded},
      {"llama-server window", 400,
       R"J({"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}})J",
       FailureClass::context_window_exceeded},
      {"sglang window", 400,
       R"J({"message":"The input (9000 tokens) is longer than the model's context length (8192 tokens).","type":"BadRequestError"})J",
       FailureClass::context_window_exceeded},
      {"openrouter window", 400,
       R"J({"error":{"code":400,"message":"m","metadata":{"error_type":"context_length_exceeded"}}})J",
       FailureClass::context_window_exceeded},
      {"one long parameter", 400,
       R"J({"error":{"message":"maximum context length is irrelevant","code":"string_above_max_length"}})J",
       FailureClass::bad_request},
      {"groq tokens per minute", 413,
       R"J({"error":{"message":"Request too large for model `m` TPM: Limit 12000, Requested 14137","type":"tokens","code":"rate_limit_exceeded"}})J",
       FailureClass::model_capacity},
      {"payload", 413, "", FailureClass::model_capacity},
      {"ollama memory", 500,
       R"J({"error":"model requires more system memory (9.0 GiB) than is available (4.0 GiB)"})J",
       FailureClass::model_capacity},
      {"no json schema", 400,
       R"J({"error":{"message":"This model does not support response format `json_schema`."}})J",
       FailureClass::capability},
      {"no temperature", 400,
       R"J({"error":{"message":"Unsupported value: 'temperature' does not support 0.2 with this model.","param":"temperature","code":"unsupported_value"}})J",
       FailureClass::capability},
      {"unknown field", 422, R"J({"error":{"message":"Extra inputs are not permitted: top_p"}})J",
       FailureClass::capability},
      {"filter", 400,
       R"J({"error":{"message":"The response was filtered","code":"content_filter"}})J",
       FailureClass::content},
      {"moderation", 403,
       R"J({"error":{"code":403,"message":"Your input was flagged by moderation"}})J",
       FailureClass::content},
      {"bad request", 400, R"J({"error":{"message":"messages must not be empty"}})J",
       FailureClass::bad_request},
      {"unprocessable", 422, R"J({"detail":"no"})J", FailureClass::bad_request},
      {"method", 405, "", FailureClass::bad_request},
      {"redirect", 302, "", FailureClass::bad_request},
  };
  for (const auto& row : rows) {
    const auto failure = classify_outcome(answered(row.status, row.body), kNow);
    EXPECT_EQ(failure.kind, row.kind)
        << row.what << ": " << to_string(failure.kind) << ", " << failure.message;
    EXPECT_EQ(failure.status, row.status) << row.what;
    EXPECT_FALSE(failure.message.empty()) << row.what;
  }
}

TEST(ErrorPolicy, NamesTheFeatureToDrop) {
  const auto feature = [](const std::string& message, const std::string& param = "") {
    return classify_error(400, {.message = message, .param = param}).feature;
  };
  EXPECT_EQ(feature("This model does not support response format `json_schema`."), "json_schema");
  EXPECT_EQ(feature("Unsupported parameter: 'max_tokens' is not supported. Use "
                    "'max_completion_tokens' instead.",
                    "max_tokens"),
            "max_tokens");
  EXPECT_EQ(feature("Unrecognized request argument supplied: max_completion_tokens"),
            "max_completion_tokens");
  EXPECT_EQ(feature("Unknown name \"responseJsonSchema\" at 'generation_config'"), "json_schema");
  EXPECT_EQ(feature("stream_options is not supported"), "stream_usage");
  EXPECT_EQ(feature("'json_object' is not supported"), "json_object");
  EXPECT_EQ(feature("unsupported value", "stop"), "stop");
  EXPECT_EQ(feature("temperature must be below 2"), "");
}

TEST(ErrorPolicy, ReadsAnErrorInsideAnAnswer) {
  const auto kind = [](const std::string& body) {
    const auto facts = read_error(*parse_server_json(body));
    return facts ? to_string(classify_error(200, *facts).kind) : "none";
  };
  EXPECT_EQ(kind(R"J({"error":{"code":429,"message":"m"}})J"), "rate limited");
  EXPECT_EQ(kind(R"J({"error":{"code":402,"message":"m"}})J"), "no credit");
  EXPECT_EQ(kind(R"J({"error":{"type":"overloaded_error","message":"Overloaded"}})J"), "transient");
  EXPECT_EQ(kind(R"J({"error":{"message":"m","code":"insufficient_quota"}})J"), "no credit");
  EXPECT_EQ(
      kind(
          R"J({"error":{"code":502,"message":"m","metadata":{"error_type":"provider_unavailable"}}})J"),
      "transient");
  EXPECT_EQ(kind(R"J({"error":"something"})J"), "transient");
  EXPECT_EQ(kind(R"J([{"error":{"code":503,"message":"m"}}])J"), "transient");
  EXPECT_EQ(kind(R"J({"error":null,"choices":[]})J"), "none");
  EXPECT_EQ(kind(R"J({"choices":[],"message":"hello"})J"), "none");
  EXPECT_EQ(kind("[]"), "none");
  EXPECT_EQ(kind("3"), "none");
}

TEST(ErrorPolicy, MakesWhatServersSaySafeToShow) {
  const auto failure =
      classify_outcome(answered(400, R"J({"error":{"message":"a\u001b[31m\u202eb )J" +
                                         std::string(5000, 'x') + "\"}}"),
                       kNow);
  EXPECT_EQ(failure.message.find('\x1b'), std::string::npos);
  EXPECT_LT(failure.message.size(), 600U);
}

TEST(ErrorPolicy, HearsTheServersWishAboutRetrying) {
  EXPECT_EQ(classify_outcome(answered(400, "", {{"x-should-retry", "true"}}), kNow).retry_hint,
            true);
  EXPECT_EQ(classify_outcome(answered(500, "", {{"x-should-retry", "false"}}), kNow).retry_hint,
            false);
  EXPECT_EQ(classify_outcome(answered(500, ""), kNow).retry_hint, std::nullopt);
}

TEST(ErrorPolicy, ClassifiesBrokenTransfers) {
  for (const auto failure :
       {HttpFailure::name, HttpFailure::connect, HttpFailure::tls, HttpFailure::reset,
        HttpFailure::protocol, HttpFailure::connect_timeout, HttpFailure::first_byte_timeout,
        HttpFailure::idle_timeout, HttpFailure::total_timeout})
    EXPECT_EQ(classify_transport(failure, "x").kind, FailureClass::transient) << to_string(failure);
  EXPECT_EQ(classify_transport(HttpFailure::refused, "").kind, FailureClass::refused);
  EXPECT_EQ(classify_transport(HttpFailure::unavailable, "").kind, FailureClass::refused);
  EXPECT_EQ(classify_transport(HttpFailure::too_large, "").kind, FailureClass::bad_output);
  EXPECT_EQ(classify_transport(HttpFailure::proxy, "").kind, FailureClass::auth);
  EXPECT_EQ(classify_transport(HttpFailure::cancelled, "").kind, FailureClass::cancelled);
}

TEST(RetryAfter, IsReadInAllItsSpellings) {
  EXPECT_EQ(parse_wait("2"), milliseconds(2000));
  EXPECT_EQ(parse_wait("1.5"), milliseconds(1500));
  EXPECT_EQ(parse_wait("45.837906927s"), milliseconds(45838));
  EXPECT_EQ(parse_wait("12ms"), milliseconds(12));
  EXPECT_EQ(parse_wait("6m0s"), milliseconds(360'000));
  EXPECT_EQ(parse_wait("1h2m3s"), milliseconds(3'723'000));
  EXPECT_EQ(parse_wait("0"), milliseconds(0));
  EXPECT_EQ(parse_wait("1000000000"), milliseconds(std::int64_t{31'536'000'000}));
  for (const char* bad : {"", "-5", "soon", "1x", "s", "1s2", "NaN", "inf", "1e400", "..", "0x10"})
    EXPECT_EQ(parse_wait(bad), std::nullopt) << bad;
  EXPECT_EQ(parse_time("Sun, 06 Nov 1994 08:49:37 GMT"), 784'111'777);
  EXPECT_EQ(parse_time("1994-11-06T08:49:37Z"), 784'111'777);
  EXPECT_EQ(parse_time("1994-11-06T09:49:37.25+01:00"), 784'111'777);
  EXPECT_EQ(parse_time("1994-11-06T07:49:37-01:00"), 784'111'777);
  EXPECT_EQ(parse_time("1994-11-06T08:49:37.5"), 784'111'777);
  EXPECT_EQ(parse_time("yesterday"), std::nullopt);
  for (const char* zone : {"+-1:00", "+ 1:00", "+01:00x", "+", "-a"})
    EXPECT_EQ(parse_time(std::string("1994-11-06T09:49:37") + zone), std::nullopt) << zone;
}

TEST(RetryAfter, IsFoundInHeadersBodiesAndWords) {
  const auto wait = [](std::vector<std::pair<std::string, std::string>> headers,
                       std::string body = "{}") {
    return classify_outcome(answered(429, std::move(body), std::move(headers)), kNow).wait;
  };
  EXPECT_EQ(wait({{"retry-after", "7"}}), milliseconds(7000));
  EXPECT_EQ(wait({{"retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"}}), milliseconds(77'000));
  EXPECT_EQ(wait({{"retry-after", "Sun, 06 Nov 1970 08:49:37 GMT"}}), milliseconds(0));
  EXPECT_EQ(wait({{"retry-after", "-3"}}), std::nullopt);
  EXPECT_EQ(wait({{"retry-after", "7"}, {"retry-after-ms", "250"}}), milliseconds(250));
  EXPECT_EQ(wait({{"x-ms-retry-after-ms", "90"}}), milliseconds(90));
  EXPECT_EQ(wait({{"x-ratelimit-remaining-tokens", "0"},
                  {"x-ratelimit-reset-tokens", "6m0s"},
                  {"x-ratelimit-remaining-requests", "5"},
                  {"x-ratelimit-reset-requests", "2h"}}),
            milliseconds(360'000));
  EXPECT_EQ(wait({{"anthropic-ratelimit-requests-remaining", "0"},
                  {"anthropic-ratelimit-requests-reset", "1994-11-06T08:49:37Z"}}),
            milliseconds(77'000));
  EXPECT_EQ(
      wait({},
           R"J({"error":{"message":"Rate limit reached. Please try again in 46.72s. Visit"}})J"),
      milliseconds(46'720));
  EXPECT_EQ(wait({}, R"J({"error":{"message":"Please retry in 36.429760048s."}})J"),
            milliseconds(36'430));
  EXPECT_EQ(wait({}, R"J({"error":{"message":"try again in 5 minutes"}})J"), milliseconds(300'000));
  EXPECT_EQ(wait({}, R"J({"error":{"message":"try again in 20ms."}})J"), milliseconds(20));
  EXPECT_EQ(wait({}, R"J({"error":{"message":"try again in a while"}})J"), std::nullopt);
  EXPECT_EQ(wait({}), std::nullopt);
}

TEST(RetryAfter, OfHoursMeansThatThereIsNoCredit) {
  EXPECT_EQ(classify_outcome(answered(429, "{}", {{"retry-after", "1000000000"}}), kNow).kind,
            FailureClass::quota);
}

TEST(ServerJson, ReplacesWhatIsNoUnicode) {
  const auto text = [](const std::string& json) {
    const auto parsed = parse_server_json(json);
    return parsed ? parsed->get<std::string>() : "error: " + parsed.error().message;
  };
  EXPECT_EQ(text("\"a\xFF"
                 "b\""),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(text(R"J("a\ud800b")J"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(text(R"J("a\udc00b")J"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(text(R"J("\ud83d\ude00\ud83d")J"), "\xF0\x9F\x98\x80\xEF\xBF\xBD");
  EXPECT_EQ(text(R"J("\\ud800")J"), "\\ud800");
  EXPECT_EQ(text(R"J("a\u0000b")J"), std::string("a\0b", 3));
  EXPECT_NE(text(R"J("\ud8)J").find("error"), std::string::npos);
  EXPECT_NE(text(std::string(1000, '[')).find("nested"), std::string::npos);
}

}  // namespace
}  // namespace peer
