// What was looked for below a large node and found or not: rules ask the same of a function or a
// file for each node they are tried at ("is there a declaration of $NAME?"). Of one file; one
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/rules/match/bindings.hpp"
#include "analyzers/rules/match/program.hpp"

namespace peer::rules {

class Remembered {
 public:
  /// A question: the relation, the node that is looked through, and what the variables that are
  /// named in it stand for.
  struct Question {
    static constexpr std::size_t kMostVariables = 3;
    struct Bound {
      std::string_view text;
      std::uint32_t shape = 0;  ///< of what has named nodes below it: how many nodes it is, and its
                                ///< kind; 0 where only the text counts
      bool is_bound = false;
      friend bool operator==(const Bound&, const Bound&) = default;
    };
    const Op* op = nullptr;
    const void* below = nullptr;
    std::array<Bound, kMostVariables> variables;
    friend bool operator==(const Question&, const Question&) = default;
  };

  /// Nothing where the answer is not worth keeping, or hangs on more than a question holds.
  [[nodiscard]] std::optional<Question> question(const Program& program, const Op& op, Node below,
                                                 const Bindings& bindings, std::string_view source);
  struct Answer {
    Node found;                ///< the null node if nothing was
    std::vector<Node> labels;  ///< of relations within the question, in order
  };
  /// Null where nobody has asked.
  [[nodiscard]] const Answer* answer(const Question& question) const;
  void keep(const Question& question, Answer answer);

 private:
  struct Hash {
    std::size_t operator()(const Question& question) const;
  };
  /// Single variables that are named in an op or below it.
  struct Reads {
    std::vector<std::uint32_t> slots;
    bool is_known = true;  ///< false: lists too, or more than a question holds
  };
  const Reads& reads_of(const Program& program, const Op& op);

  std::unordered_map<const Op*, Reads> reads_;
  std::unordered_map<Question, Answer, Hash> answers_;
};

}  // namespace peer::rules
