// Many small questions in few calls: each question has a number, answers are matched by it, and
// what is missing is asked for alone. Answers stand in the order of the questions. Thread-safe as
// what it is given.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "llm/completion.hpp"

namespace peer {

struct BatchLimits {
  std::size_t max_items = 8;       ///< in one call
  std::size_t max_size = 24'000;   ///< of questions in one call, in the unit of `sizes`
  std::size_t parallel_over = 20;  ///< more questions than this are asked side by side
  unsigned concurrency = 3;
};

/// Asks the questions with these indices in one call, numbered from 0 in this order; gives the
/// answer's text.
using AskBatch =
    std::function<tl::expected<std::string, CallFailure>(std::span<const std::size_t> questions)>;

struct BatchedAnswers {
  std::vector<std::optional<std::string>> answers;  ///< JSON text of one entry, by question
  std::vector<CallFailure> failures;                ///< of calls
  std::size_t calls = 0;
  std::size_t alone = 0;  ///< questions that had to be asked again, alone
  std::size_t extra = 0;  ///< entries that answer no question, or one twice
};

/// `sizes`: how large each question is. An answer is a list of objects with "idx", or an object
/// whose member "results" is one; of a question that stands alone the object itself is taken too.
/// An entry whose number occurs twice counts as missing.
[[nodiscard]] BatchedAnswers ask_in_batches(std::span<const std::size_t> sizes,
                                            const BatchLimits& limits, const AskBatch& ask,
                                            const std::stop_token& stop);

}  // namespace peer
