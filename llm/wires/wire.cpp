#include "llm/wires/wire.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "base/text.hpp"
#include "llm/wires/fields.hpp"

namespace peer {

#define PEER_WIRE(id) const Wire& wire_##id();
#include "llm/wires/catalogue.def"
#undef PEER_WIRE

namespace {

CallFailure unreadable(FailureClass kind, std::string message) {
  CallFailure failure;
  failure.kind = kind;
  failure.message = std::move(message);
  return failure;
}

/// Thoughts that a server left in the text, before it: apart.
void part_thoughts(Completion& completion) {
  constexpr std::string_view kOpen = "<think>", kClose = "</think>";
  const auto start = completion.text.find_first_not_of(" \t\r\n");
  if (start == std::string::npos || completion.text.compare(start, kOpen.size(), kOpen) != 0)
    return;
  const auto end = completion.text.find(kClose, start);
  if (end == std::string::npos) {
    // it never came to its answer
    completion.reasoning += completion.text.substr(start + kOpen.size());
    completion.text.clear();
    return;
  }
  completion.reasoning += completion.text.substr(start + kOpen.size(), end - start - kOpen.size());
  const auto answer = completion.text.find_first_not_of(" \t\r\n", end + kClose.size());
  completion.text = answer == std::string::npos ? "" : completion.text.substr(answer);
}

/// What an answer that reads well still may lack.
CallResult judged(StreamState state) {
  if (state.failure) return tl::unexpected(*std::move(state.failure));
  if (!state.whole && !state.ended)
    return tl::unexpected(unreadable(FailureClass::transient, "the answer was cut before its end"));
  part_thoughts(state.completion);
  if (state.completion.finish == Finish::filtered)
    return tl::unexpected(
        unreadable(FailureClass::content, "the answer was withheld by a filter or a refusal"));
  if (trim(state.completion.text).empty())
    return tl::unexpected(unreadable(FailureClass::bad_output,
                                     state.completion.finish == Finish::length
                                         ? "the limit of tokens was reached before an answer began"
                                         : "the answer is empty"));
  return std::move(state.completion);
}

}  // namespace

void StreamState::add_text(std::string_view piece) {
  if (piece.empty()) return;
  completion.text += piece;
  if (on_text) on_text(piece);
}

std::span<const Wire* const> wires() {
  static const std::array kAll{
#define PEER_WIRE(id) &wire_##id(),
#include "llm/wires/catalogue.def"
#undef PEER_WIRE
  };
  return kAll;
}

const Wire* find_wire(std::string_view name) {
  const auto all = wires();
  const auto it =
      std::find_if(all.begin(), all.end(), [&](const Wire* wire) { return wire->name() == name; });
  return it == all.end() ? nullptr : *it;
}

AnswerReader::AnswerReader(const Wire& wire, Model model,
                           std::function<void(std::string_view)> on_text)
    : wire_(wire), model_(std::move(model)) {
  state_.on_text = std::move(on_text);
}

HttpFlow AnswerReader::feed(std::string_view bytes) {
  if (form_ == Form::unknown) {
    // blank lines come before anything, and count for nothing however the bytes are cut; a JSON
    // text or a page begins unlike any event
    const auto start = bytes.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return HttpFlow::more;
    bytes.remove_prefix(start);
    const bool lines = wire_.framing() == Framing::json_lines;
    const auto whole_begins = lines ? std::string_view("<") : std::string_view("{[<");
    form_ = whole_begins.find(bytes.front()) == std::string_view::npos ? Form::events : Form::whole;
  }
  if (form_ == Form::whole) {
    if (whole_.size() + bytes.size() > kMostEventBytes) return HttpFlow::abort;
    whole_ += bytes;
    return HttpFlow::more;
  }
  const auto on_event = [this](std::string_view name, std::string_view data) {
    take_event(name, data);
  };
  const bool fits = wire_.framing() == Framing::sse
                        ? events_.feed(bytes, on_event)
                        : lines_.feed(bytes, [&](std::string_view line) { on_event({}, line); });
  if (!fits) {
    state_.failure = unreadable(FailureClass::bad_output, "one event of the answer is too large");
    return HttpFlow::abort;
  }
  if (state_.failure) return HttpFlow::abort;
  return state_.ended ? HttpFlow::enough : HttpFlow::more;
}

void AnswerReader::take_event(std::string_view name, std::string_view data) {
  data = trim(data);
  if (state_.failure || data.empty()) return;
  if (data == "[DONE]") {
    state_.ended = true;
    return;
  }
  const auto json = parse_server_json(data);
  if (!json) {
    if (!whole())
      state_.failure = unreadable(FailureClass::transient, "a piece of the answer cannot be read");
    return;
  }
  if (const auto error = read_error(*json)) {
    state_.failure = classify_error(0, *error);
    return;
  }
  wire_.read_event(name, *json, model_, state_);
}

void AnswerReader::take_whole(std::string_view body) {
  const auto json = parse_server_json(body);
  if (!json) {
    const auto start = trim(body.substr(0, 64));
    state_.failure =
        start.starts_with('<')
            ? unreadable(FailureClass::transient, "a web page came instead of an answer")
            : unreadable(FailureClass::bad_output,
                         fmt::format("the answer is {}", json.error().message));
    return;
  }
  if (const auto error = read_error(*json)) {
    state_.failure = classify_error(200, *error);
    return;
  }
  wire_.read_whole(*json, model_, state_);
}

CallResult AnswerReader::finish() {
  if (form_ == Form::unknown)
    return tl::unexpected(unreadable(FailureClass::bad_output, "the answer is empty"));
  if (form_ == Form::events && wire_.framing() == Framing::sse)
    events_.finish(
        [this](std::string_view name, std::string_view data) { take_event(name, data); });
  if (form_ == Form::events && wire_.framing() == Framing::json_lines)
    take_event({}, std::string(lines_.rest()));
  if (form_ == Form::whole) take_whole(whole_);
  return judged(std::move(state_));
}

CallResult read_answer(const Wire& wire, const Model& model, std::string_view body) {
  AnswerReader reader(wire, model);
  reader.feed(body);
  return reader.finish();
}

}  // namespace peer
