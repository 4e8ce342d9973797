// A question for every wire, and answers read whole and in pieces.
#pragma once

#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "llm/wires/wire.hpp"

namespace peer::test {

inline Model model_of(std::string wire) {
  Model model;
  model.provider = "test";
  model.wire = std::move(wire);
  model.name = "some/model:1";
  model.window = 8192;
  model.abilities.json = JsonAbility::schema;
  return model;
}

inline Question question() {
  Question out;
  out.system = "be brief";
  out.messages = {{Message::Role::user, "one"},
                  {Message::Role::assistant, "two"},
                  {Message::Role::user, "three \xFF"}};
  out.shape = AnswerShape{"verdict", R"({"type":"object"})"};
  out.stop = {"END"};
  out.max_output_tokens = 77;
  return out;
}

inline Json written(const Wire& wire, const Model& model, bool stream) {
  return *parse_json(wire.write(question(), model, stream).body);
}

inline std::string text_of(const CallResult& result) {
  return result ? result->text : "failure: " + std::string(to_string(result.error().kind));
}

/// The answer to `text`, given whole and in pieces of every size up to 40: all must agree.
inline CallResult answer(const std::string& name, const std::string& text) {
  const auto& wire = *find_wire(name);
  const auto model = model_of(name);
  auto whole = read_answer(wire, model, text);
  for (std::size_t size = 1; size < 40; ++size) {
    AnswerReader reader(wire, model);
    std::string heard;
    for (std::size_t at = 0; at < text.size(); at += size)
      if (reader.feed(std::string_view(text).substr(at, size)) == HttpFlow::abort) break;
    const auto pieced = reader.finish();
    EXPECT_TRUE(pieced == whole) << "pieces of " << size << ": " << text_of(pieced)
                                 << (pieced ? "" : pieced.error().message) << " / "
                                 << text_of(whole) << (whole ? "" : whole.error().message);
  }
  return whole;
}

}  // namespace peer::test
