// Google's generateContent.
#include <array>
#include <fmt/format.h>

#include "llm/wires/fields.hpp"
#include "llm/wires/wire.hpp"

namespace peer {
namespace {

Finish finish_of(std::string_view word) {
  if (word == "STOP") return Finish::stop;
  if (word == "MAX_TOKENS") return Finish::length;
  constexpr std::array<std::string_view, 6> kFiltered{
      "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE"};
  for (const auto filtered : kFiltered)
    if (word == filtered) return Finish::filtered;
  if (word.find("TOOL_CALL") != std::string_view::npos || word == "MALFORMED_FUNCTION_CALL")
    return Finish::tool;
  return Finish::unknown;
}

void read_usage(const Json& usage, Usage& out) {
  const auto prompt = count_at(usage, "promptTokenCount");
  if (!prompt) return;
  out.input = *prompt + count_at(usage, "toolUsePromptTokenCount").value_or(0);
  out.cached = count_at(usage, "cachedContentTokenCount").value_or(0);
  // thoughts are paid as output, but counted apart
  out.reasoning = count_at(usage, "thoughtsTokenCount").value_or(0);
  out.output = count_at(usage, "candidatesTokenCount").value_or(0) + out.reasoning;
  out.known = true;
}

/// One response, whole or a piece of a stream: both have the same shape.
void read_response(const Json& body, StreamState& state) {
  auto& out = state.completion;
  if (const auto id = text_at(body, "responseId"); !id.empty()) out.request_id = id;
  if (const auto model = text_at(body, "modelVersion"); !model.empty()) out.model = model;
  read_usage(member(body, "usageMetadata"), out.usage);
  if (const auto blocked = text_at(member(body, "promptFeedback"), "blockReason");
      !blocked.empty()) {
    out.finish = Finish::filtered;
    state.whole = true;
    return;
  }
  const auto& candidate = first(member(body, "candidates"));
  const auto& parts = member(member(candidate, "content"), "parts");
  if (parts.is_array())
    for (const auto& part : parts) {
      const auto& thought = member(part, "thought");
      if (thought.is_boolean() && thought.get<bool>())
        out.reasoning += text_at(part, "text");
      else
        state.add_text(text_at(part, "text"));
    }
  if (const auto word = text_at(candidate, "finishReason"); !word.empty()) {
    out.finish = finish_of(word);
    state.whole = true;
  }
}

/// A model's name as one piece of a path.
std::string escaped(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_';
    if (plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

class Gemini : public Wire {
 public:
  [[nodiscard]] std::string_view name() const override { return "gemini"; }
  [[nodiscard]] std::pair<std::string_view, std::string_view> key_header() const override {
    return {"x-goog-api-key", ""};
  }
  [[nodiscard]] WireCall write(const Question& question, const Model& model,
                               bool stream) const override;
  void read_whole(const Json& body, const Model&, StreamState& state) const override {
    read_response(body, state);
    state.ended = true;
  }
  void read_event(std::string_view, const Json& data, const Model&,
                  StreamState& state) const override {
    read_response(data, state);
  }
};

WireCall Gemini::write(const Question& question, const Model& model, bool stream) const {
  const auto& can = model.abilities;
  Json contents = Json::array();
  for (const auto& message : question.messages)
    contents.push_back({{"role", message.role == Message::Role::user ? "user" : "model"},
                        {"parts", Json::array({{{"text", message.text}}})}});
  Json config = {{"maxOutputTokens", question.max_output_tokens}};
  if (can.temperature) config["temperature"] = question.temperature;
  if (can.top_p) config["topP"] = question.top_p;
  if (can.stop && !question.stop.empty()) config["stopSequences"] = question.stop;
  if (can.seed && question.seed) config["seed"] = *question.seed;
  if (question.shape && can.json != JsonAbility::none) {
    config["responseMimeType"] = "application/json";
    const auto schema = parse_json(question.shape->schema);
    // the older responseSchema knows only a part of JSON Schema
    if (can.json == JsonAbility::schema && schema) config["responseJsonSchema"] = *schema;
  }
  Json body = {{"contents", std::move(contents)}, {"generationConfig", std::move(config)}};
  if (!question.system.empty())
    body["systemInstruction"] = {{"parts", Json::array({{{"text", question.system}}})}};
  const auto* const method = stream ? ":streamGenerateContent?alt=sse" : ":generateContent";
  return {"/models/" + escaped(model.name) + method, {}, dump_json(body)};
}

}  // namespace

const Wire& wire_gemini() {
  static const Gemini kWire;
  return kWire;
}

}  // namespace peer
