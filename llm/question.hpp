// What is asked of a model, in no provider's dialect. A value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// What the answer is for; prompts, temperatures and routing go by it.
enum class Task { fix, review, explain, summarise, test, verify, compare, rank };

[[nodiscard]] constexpr std::string_view to_string(Task task) {
  constexpr std::string_view kWords[] = {"fix",  "review", "explain", "summarise",
                                         "test", "verify", "compare", "rank"};
  return kWords[static_cast<int>(task)];
}

struct Message {
  enum class Role { user, assistant };
  Role role = Role::user;
  std::string text;
  friend bool operator==(const Message&, const Message&) = default;
};

/// A JSON schema that the answer must follow, where the server can hold it to one.
struct AnswerShape {
  std::string name;    ///< [A-Za-z0-9_-]{1,64}
  std::string schema;  ///< JSON text
  friend bool operator==(const AnswerShape&, const AnswerShape&) = default;
};

struct Question {
  Task task = Task::fix;
  std::string system;  ///< what is the same for many questions: first, so that servers can keep it
  std::vector<Message> messages;
  std::optional<AnswerShape> shape;
  std::uint32_t max_output_tokens = 1024;
  double temperature = 0.2;
  double top_p = 0.9;
  double repeat_penalty = 1.1;  ///< where the server has it
  std::vector<std::string> stop;
  std::optional<std::int64_t> seed;
  friend bool operator==(const Question&, const Question&) = default;
};

}  // namespace peer
