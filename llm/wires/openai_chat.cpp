// OpenAI's chat completions, spoken by OpenAI, Groq, DeepSeek, OpenRouter, the Hugging Face router,
// vLLM, llama.cpp and many more, each with a few words of its own.
#include "llm/wires/fields.hpp"
#include "llm/wires/wire.hpp"

namespace peer {
namespace {

Finish finish_of(std::string_view word) {
  if (word == "stop" || word == "eos" || word == "eos_token" || word == "stop_sequence")
    return Finish::stop;
  if (word == "length" || word == "max_tokens") return Finish::length;
  if (word == "content_filter" || word == "refusal") return Finish::filtered;
  if (word == "tool_calls" || word == "function_call") return Finish::tool;
  return Finish::unknown;
}

void read_usage(const Json& usage, Completion& out) {
  if (!usage.is_object()) return;
  const auto input = count_at(usage, "prompt_tokens");
  const auto output = count_at(usage, "completion_tokens");
  if (!input && !output) return;
  const auto& details = member(usage, "prompt_tokens_details");
  auto cached = count_at(details, "cached_tokens");
  if (!cached) cached = count_at(usage, "prompt_cache_hit_tokens");  // DeepSeek
  out.usage.input = input.value_or(0);
  out.usage.output = output.value_or(0);
  out.usage.cached = cached.value_or(0);
  out.usage.cache_written = count_at(details, "cache_write_tokens").value_or(0);  // OpenRouter
  out.usage.reasoning =
      count_at(member(usage, "completion_tokens_details"), "reasoning_tokens").value_or(0);
  out.usage.known = true;
  if (const auto cost = dollars_of(member(usage, "cost"))) out.cost_usd = cost;
}

void read_head(const Json& body, Completion& out) {
  if (const auto id = text_at(body, "id"); !id.empty()) out.request_id = id;
  if (const auto model = text_at(body, "model"); !model.empty()) out.model = model;
  read_usage(member(body, "usage"), out);
  read_usage(member(member(body, "x_groq"), "usage"), out);
}

std::string thoughts_in(const Json& message) {
  const auto own = text_at(message, "reasoning_content");
  return own.empty() ? text_at(message, "reasoning") : own;
}

/// A finish reason ends the answer; the word "error" fails it.
void read_finish(const Json& choice, StreamState& state) {
  const auto word = text_at(choice, "finish_reason");
  if (word.empty()) return;
  if (word == "error") {
    state.failure = classify_error(502, {.message = "the provider behind the router failed"});
    return;
  }
  state.completion.finish = finish_of(word);
}

class OpenAiChat : public Wire {
 public:
  [[nodiscard]] std::string_view name() const override { return "openai_chat"; }
  [[nodiscard]] std::pair<std::string_view, std::string_view> key_header() const override {
    return {"Authorization", "Bearer "};
  }
  [[nodiscard]] WireCall write(const Question& question, const Model& model,
                               bool stream) const override;
  void read_whole(const Json& body, const Model& model, StreamState& state) const override;
  void read_event(std::string_view name, const Json& data, const Model& model,
                  StreamState& state) const override;
};

void write_shape(const Question& question, const Model& model, Json& body) {
  if (!question.shape || model.abilities.json == JsonAbility::none) return;
  const auto schema = parse_json(question.shape->schema);
  if (model.abilities.json == JsonAbility::schema && schema)
    body["response_format"] = {
        {"type", "json_schema"},
        {"json_schema", {{"name", question.shape->name}, {"schema", *schema}, {"strict", true}}}};
  else
    body["response_format"] = {{"type", "json_object"}};
}

WireCall OpenAiChat::write(const Question& question, const Model& model, bool stream) const {
  const auto& can = model.abilities;
  Json messages = Json::array();
  if (!question.system.empty())
    messages.push_back({{"role", "system"}, {"content", question.system}});
  for (const auto& message : question.messages)
    messages.push_back({{"role", message.role == Message::Role::user ? "user" : "assistant"},
                        {"content", message.text}});
  Json body = {{"model", model.name}, {"messages", std::move(messages)}};
  body[can.max_completion_tokens ? "max_completion_tokens" : "max_tokens"] =
      question.max_output_tokens;
  if (can.temperature) body["temperature"] = question.temperature;
  if (can.top_p) body["top_p"] = question.top_p;
  if (can.stop && !question.stop.empty()) body["stop"] = question.stop;
  if (can.seed && question.seed) body["seed"] = *question.seed;
  if (can.repeat_penalty) body["repeat_penalty"] = question.repeat_penalty;
  write_shape(question, model, body);
  if (stream) body["stream"] = true;
  if (stream && can.stream_usage) body["stream_options"] = {{"include_usage", true}};
  return {"/chat/completions", {}, dump_json(body)};
}

void OpenAiChat::read_whole(const Json& body, const Model&, StreamState& state) const {
  read_head(body, state.completion);
  state.ended = true;
  const auto& choice = first(member(body, "choices"));
  const auto& message = member(choice, "message");
  state.completion.reasoning = thoughts_in(message);
  auto text = text_of_parts(member(message, "content"));
  if (text.empty()) text = text_at(choice, "text");
  state.add_text(text);
  if (!text_at(message, "refusal").empty() && text.empty())
    state.completion.finish = Finish::filtered;
  else
    read_finish(choice, state);
}

void OpenAiChat::read_event(std::string_view, const Json& data, const Model&,
                            StreamState& state) const {
  read_head(data, state.completion);
  if (const auto error = text_at(member(data, "x_groq"), "error"); !error.empty()) {
    state.failure = classify_error(0, {.message = error});
    return;
  }
  const auto& choice = first(member(data, "choices"));
  const auto& delta = member(choice, "delta");
  state.completion.reasoning += thoughts_in(delta);
  state.add_text(text_of_parts(member(delta, "content")));
  read_finish(choice, state);
  // [DONE] may never come; usage comes after the reason, so it is none to stop reading
  if (!text_at(choice, "finish_reason").empty()) state.whole = true;
}

}  // namespace

const Wire& wire_openai_chat() {
  static const OpenAiChat kWire;
  return kWire;
}

}  // namespace peer
