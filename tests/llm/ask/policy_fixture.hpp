// What the tests of the policy table share: a question, answers in turn, and who was asked.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/fakes/ask_world.hpp"

namespace peer::test {

using fakes::AskBench;

inline Inquiry inquiry(std::vector<Target> chain, std::string text = "question") {
  Inquiry out;
  out.question.messages = {{Message::Role::user, std::move(text)}};
  out.chain = std::move(chain);
  return out;
}

/// Gives the answers of `script` in turn; the last one for ever.
inline fakes::FakeTransport::Handler in_turn(std::vector<HttpOutcome> script) {
  return [script = std::move(script), next = std::size_t{0}](const HttpRequest&) mutable {
    return script[std::min(next++, script.size() - 1)];
  };
}

inline std::string outcome_of(const Reply& reply) {
  return reply.answer ? reply.answer->completion.text + " by " + full_name(reply.answer->model)
                      : std::string(to_string(reply.answer.error().kind));
}

/// Which provider and key each request went to: "a0 a0 b0".
inline std::string path_of(const AskBench& bench) {
  std::string out;
  for (const auto& request : bench.http.sent()) {
    const auto& value = request.credential->value;  // "Bearer secret-a-0"
    out += (out.empty() ? "" : " ") + request.credential->origin.host.substr(0, 1) +
           value.substr(value.rfind('-') + 1);
  }
  return out;
}

}  // namespace peer::test
