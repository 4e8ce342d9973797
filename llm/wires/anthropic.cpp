// Anthropic's messages.
#include "llm/wires/fields.hpp"
#include "llm/wires/wire.hpp"

namespace peer {
namespace {

/// Under this many bytes a prompt is below what Anthropic keeps; marking it would only cost.
constexpr std::size_t kLeastKeptBytes = 4096;

Finish finish_of(std::string_view word) {
  if (word == "end_turn" || word == "stop_sequence") return Finish::stop;
  if (word == "max_tokens") return Finish::length;
  if (word == "refusal") return Finish::filtered;
  if (word == "tool_use") return Finish::tool;
  return Finish::unknown;
}

void read_finish(const Json& holder, StreamState& state) {
  const auto word = text_at(holder, "stop_reason");
  if (word.empty()) return;
  state.whole = true;
  state.completion.finish = finish_of(word);
  if (word == "model_context_window_exceeded")
    state.failure = CallFailure{.kind = FailureClass::context_window_exceeded,
                                .message = "prompt and answer do not fit the model's window"};
}

/// Counts come in pieces: the prompt's at the start, the answer's at the end; each number is the
/// whole so far.
void read_usage(const Json& usage, Usage& out) {
  if (!usage.is_object()) return;
  const auto plain = count_at(usage, "input_tokens");
  const auto read = count_at(usage, "cache_read_input_tokens");
  const auto written = count_at(usage, "cache_creation_input_tokens");
  if (plain || read || written) {
    // Anthropic's input_tokens leaves out what was read from and written to its cache
    const auto before = out.input - std::min(out.input, out.cached + out.cache_written);
    out.cached = read.value_or(out.cached);
    out.cache_written = written.value_or(out.cache_written);
    out.input = plain.value_or(before) + out.cached + out.cache_written;
    out.known = true;
  }
  if (const auto output = count_at(usage, "output_tokens")) {
    out.output = *output;
    out.known = true;
  }
}

class Anthropic : public Wire {
 public:
  [[nodiscard]] std::string_view name() const override { return "anthropic"; }
  [[nodiscard]] std::pair<std::string_view, std::string_view> key_header() const override {
    return {"x-api-key", ""};
  }
  [[nodiscard]] WireCall write(const Question& question, const Model& model,
                               bool stream) const override;
  void read_whole(const Json& body, const Model& model, StreamState& state) const override;
  void read_event(std::string_view name, const Json& data, const Model& model,
                  StreamState& state) const override;
};

WireCall Anthropic::write(const Question& question, const Model& model, bool stream) const {
  const auto& can = model.abilities;
  Json messages = Json::array();
  for (const auto& message : question.messages)
    messages.push_back({{"role", message.role == Message::Role::user ? "user" : "assistant"},
                        {"content", message.text}});
  Json body = {{"model", model.name}, {"max_tokens", question.max_output_tokens}};
  if (!question.system.empty()) {
    Json block = {{"type", "text"}, {"text", question.system}};
    if (can.cache_control && question.system.size() >= kLeastKeptBytes)
      block["cache_control"] = {{"type", "ephemeral"}};
    body["system"] = Json::array({std::move(block)});
  }
  body["messages"] = std::move(messages);
  // newer models take one of temperature and top_p, not both
  if (can.temperature)
    body["temperature"] = question.temperature;
  else if (can.top_p)
    body["top_p"] = question.top_p;
  if (can.stop && !question.stop.empty()) body["stop_sequences"] = question.stop;
  if (question.shape && can.json == JsonAbility::schema)
    if (const auto schema = parse_json(question.shape->schema))
      body["output_config"] = {{"format", {{"type", "json_schema"}, {"schema", *schema}}}};
  if (stream) body["stream"] = true;
  return {"/messages", {{"anthropic-version", "2023-06-01"}}, dump_json(body)};
}

void Anthropic::read_whole(const Json& body, const Model&, StreamState& state) const {
  state.ended = true;
  state.completion.request_id = text_at(body, "id");
  state.completion.model = text_at(body, "model");
  const auto& content = member(body, "content");
  if (content.is_string()) state.add_text(text_of(content));
  if (content.is_array())
    for (const auto& block : content) {
      const auto type = text_at(block, "type");
      if (type == "text" || type.empty()) state.add_text(text_at(block, "text"));
      if (type == "thinking") state.completion.reasoning += text_at(block, "thinking");
    }
  read_usage(member(body, "usage"), state.completion.usage);
  read_finish(body, state);
}

void Anthropic::read_event(std::string_view name, const Json& data, const Model&,
                           StreamState& state) const {
  auto type = text_at(data, "type");
  if (type.empty()) type = name;
  if (type == "message_start") {
    const auto& message = member(data, "message");
    state.completion.request_id = text_at(message, "id");
    state.completion.model = text_at(message, "model");
    read_usage(member(message, "usage"), state.completion.usage);
  } else if (type == "content_block_start") {
    state.add_text(text_at(member(data, "content_block"), "text"));
  } else if (type == "content_block_delta") {
    const auto& delta = member(data, "delta");
    state.completion.reasoning += text_at(delta, "thinking");
    state.add_text(text_at(delta, "text"));
  } else if (type == "message_delta") {
    read_usage(member(data, "usage"), state.completion.usage);
    read_finish(member(data, "delta"), state);
  } else if (type == "message_stop") {
    state.ended = true;
  }
}

}  // namespace

const Wire& wire_anthropic() {
  static const Anthropic kWire;
  return kWire;
}

}  // namespace peer
