// Ollama's own chat: unlike its OpenAI-compatible one it lets the window be set, so that prompts
// are not cut in silence.
#include "llm/wires/fields.hpp"
#include "llm/wires/wire.hpp"

namespace peer {
namespace {

class Ollama : public Wire {
 public:
  [[nodiscard]] std::string_view name() const override { return "ollama"; }
  [[nodiscard]] std::pair<std::string_view, std::string_view> key_header() const override {
    return {"Authorization", "Bearer "};
  }
  [[nodiscard]] Framing framing() const override { return Framing::json_lines; }
  [[nodiscard]] WireCall write(const Question& question, const Model& model,
                               bool stream) const override;
  void read_whole(const Json& body, const Model& model, StreamState& state) const override {
    read_event({}, body, model, state);
  }
  void read_event(std::string_view name, const Json& data, const Model& model,
                  StreamState& state) const override;
};

WireCall Ollama::write(const Question& question, const Model& model, bool stream) const {
  Json messages = Json::array();
  if (!question.system.empty())
    messages.push_back({{"role", "system"}, {"content", question.system}});
  for (const auto& message : question.messages)
    messages.push_back({{"role", message.role == Message::Role::user ? "user" : "assistant"},
                        {"content", message.text}});
  // always the same window: another one would load the model anew
  Json options = {{"num_ctx", model.window},
                  {"num_predict", question.max_output_tokens},
                  {"temperature", question.temperature},
                  {"top_p", question.top_p},
                  {"repeat_penalty", question.repeat_penalty}};
  if (!question.stop.empty()) options["stop"] = question.stop;
  if (question.seed) options["seed"] = *question.seed;
  Json body = {{"model", model.name},
               {"messages", std::move(messages)},
               {"stream", stream},
               {"options", std::move(options)}};
  if (question.shape && model.abilities.json != JsonAbility::none) {
    const auto schema = parse_json(question.shape->schema);
    if (model.abilities.json == JsonAbility::schema && schema)
      body["format"] = *schema;
    else
      body["format"] = "json";
  }
  return {"/api/chat", {}, dump_json(body)};
}

void Ollama::read_event(std::string_view, const Json& data, const Model& model,
                        StreamState& state) const {
  auto& out = state.completion;
  if (const auto name = text_at(data, "model"); !name.empty()) out.model = name;
  const auto& message = member(data, "message");
  out.reasoning += text_at(message, "thinking");
  state.add_text(text_at(message, "content"));
  const auto& done = member(data, "done");
  if (!done.is_boolean() || !done.get<bool>()) return;
  state.ended = true;
  const auto reason = text_at(data, "done_reason");
  out.finish = reason == "length" ? Finish::length
               : reason == "stop" ? Finish::stop
                                  : Finish::unknown;
  const auto input = count_at(data, "prompt_eval_count");
  const auto output = count_at(data, "eval_count");
  out.usage.input = input.value_or(0);
  out.usage.output = output.value_or(0);
  out.usage.known = input.has_value() && output.has_value();
  // a full window means that the start of the prompt was thrown away without a word
  if (input.value_or(0) + 1 >= model.window)
    state.failure =
        CallFailure{.kind = FailureClass::context_window_exceeded,
                    .message = "the prompt filled the model's window and was cut by the server"};
}

}  // namespace

const Wire& wire_ollama() {
  static const Ollama kWire;
  return kWire;
}

}  // namespace peer
