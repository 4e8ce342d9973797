// A dialect of JSON over HTTP in which models are asked. Writes a question as a request, reads an
// answer whole or in pieces, and reads what an error says. Stateless and thread-safe; adding one is
// a file and a line in catalogue.def.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/http.hpp"
#include "base/json.hpp"
#include "llm/completion.hpp"
#include "llm/question.hpp"
#include "llm/wires/error.hpp"
#include "llm/wires/events.hpp"

namespace peer {

/// A question written in a dialect: what follows the provider's base URL, and the rest of the
/// request.
struct WireCall {
  std::string target;  ///< "/chat/completions"
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

enum class Framing { sse, json_lines };

/// What a stream has told so far.
struct StreamState {
  Completion completion;
  bool whole = false;  ///< all of the text came, as the server says by its reason to finish
  bool ended = false;  ///< nothing more will come
  std::optional<CallFailure> failure;
  /// Hears each piece of text.
  std::function<void(std::string_view)> on_text = {};

  void add_text(std::string_view piece);
};

class Wire {
 public:
  virtual ~Wire() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// The header that carries the key, and what stands before it.
  [[nodiscard]] virtual std::pair<std::string_view, std::string_view> key_header() const = 0;
  [[nodiscard]] virtual Framing framing() const { return Framing::sse; }
  [[nodiscard]] virtual WireCall write(const Question& question, const Model& model,
                                       bool stream) const = 0;
  /// Reads a whole answer into `state`, which then also tells whether it ended.
  virtual void read_whole(const Json& body, const Model& model, StreamState& state) const = 0;
  /// Reads one event of a stream.
  virtual void read_event(std::string_view name, const Json& data, const Model& model,
                          StreamState& state) const = 0;
};

[[nodiscard]] std::span<const Wire* const> wires();
/// Null when there is none of that name.
[[nodiscard]] const Wire* find_wire(std::string_view name);

/// Reads the answer to one call as it comes in, streamed or whole, whatever was asked for: servers
/// do either.
class AnswerReader {
 public:
  AnswerReader(const Wire& wire, Model model, std::function<void(std::string_view)> on_text = {});
  HttpFlow feed(std::string_view bytes);
  /// Nothing that is still to come matters for the text, even if the connection breaks now.
  [[nodiscard]] bool whole() const { return state_.whole || state_.ended; }
  /// What it came to. An answer is only whole when its dialect said so; one that was cut is a
  /// transient failure.
  [[nodiscard]] CallResult finish();

 private:
  void take_event(std::string_view name, std::string_view data);
  void take_whole(std::string_view body);
  enum class Form { unknown, whole, events };

  const Wire& wire_;
  Model model_;
  StreamState state_;
  Form form_ = Form::unknown;
  std::string whole_;
  SseParser events_;
  LineSplitter lines_;
};

/// The answer to a finished transfer whose body was kept.
[[nodiscard]] CallResult read_answer(const Wire& wire, const Model& model, std::string_view body);

}  // namespace peer
