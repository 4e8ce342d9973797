// The readers of answers on hostile bytes, in every dialect: no crash, and the same outcome however
// the bytes are cut.
#include <array>

#include "llm/wires/wire.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  static constexpr std::array<std::string_view, 8> kSeeds{
      "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\ndata: "
      "{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}\r\n\r\ndata: "
      "[DONE]\n\n",
      "event: content_block_delta\ndata: "
      "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}"
      "\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
      "data: "
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\",\"thought\":true}]},"
      "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":5}}\r\r",
      "{\"message\":{\"content\":\"a\"},\"done\":false}\n{\"done\":true,\"done_reason\":\"stop\","
      "\"prompt_eval_count\":3,\"eval_count\":1}\n",
      "{\"choices\":[{\"message\":{\"content\":\"<think>a</"
      "think>b\\ud800\"},\"finish_reason\":\"length\"}],\"usage\":{\"prompt_tokens\":-1}}",
      "{\"error\":{\"code\":429,\"message\":\"Please try again in "
      "4.2s\",\"details\":[{\"retryDelay\":\"3s\",\"violations\":[{\"quotaId\":\"PerDay\"}]}]}}",
      "\r\r\r\r\r\r\r\r[=.\n{2%}s,",
      ": comment\nid: 1\ndata\ndata:\n\n\xEF\xBB\xBF<html>"};
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = peer::fuzz::text_of(data, size);
  for (const auto* wire : peer::wires()) {
    peer::Model model;
    model.wire = wire->name();
    peer::AnswerReader whole(*wire, model);
    peer::AnswerReader pieces(*wire, model);
    whole.feed(text);
    for (std::size_t at = 0; at < text.size(); at += 7)
      if (pieces.feed(text.substr(at, 7)) == peer::HttpFlow::abort) break;
    const auto expected = whole.finish();
    if (!(pieces.finish() == expected)) __builtin_trap();
    if (expected && expected->text.empty()) __builtin_trap();
  }
  peer::HttpOutcome outcome;
  outcome.status = size == 0 ? 0 : 200 + data[0] * 2;
  outcome.body = std::string(text);
  outcome.headers = {{"retry-after", std::string(text.substr(0, 40))}};
  const auto failure = peer::classify_outcome(outcome, 1'700'000'000);
  if (failure.wait && failure.wait->count() < 0) __builtin_trap();
  return 0;
}
