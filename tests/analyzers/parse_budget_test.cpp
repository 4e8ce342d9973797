// The budget of a parse is time of the processor: a machine that is busy with other work makes no
// file unparsed.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/parse/parse.hpp"
#include "base/clock.hpp"

namespace peer {
namespace {

std::string functions(int count) {
  std::string code;
  for (int i = 0; i < count; ++i)
    code += "int f" + std::to_string(i) + "(int a) { return a + " + std::to_string(i) + "; }\n";
  return code;
}

/// Processor time that one parse of `code` takes.
std::chrono::nanoseconds cost_of(const std::string& code) {
  const auto start = thread_cpu_time();
  (void)parse("a.c", code, {.budget = std::chrono::minutes(1)});
  return thread_cpu_time() - start;
}

TEST(ParseBudget, IsNotUsedUpByOtherWorkOfTheMachine) {
  const auto code = functions(4'000);
  const auto budget = std::chrono::duration_cast<std::chrono::milliseconds>(cost_of(code) * 3) +
                      std::chrono::milliseconds(1);
  std::atomic<bool> stop{false};
  std::vector<std::thread> others;
  for (unsigned i = 0; i < 16 * std::max(1U, std::thread::hardware_concurrency()); ++i)
    others.emplace_back([&stop] {
      while (!stop) {
      }
    });
  const auto file = parse("a.c", code, {.budget = budget});
  stop = true;
  for (auto& other : others)
    other.join();
  EXPECT_EQ(file.outcome(), ParseOutcome::parsed);
}

TEST(ParseBudget, EndsAParseThatIsTooLong) {
  const auto file = parse("a.c", functions(15'000), {.budget = std::chrono::milliseconds(1)});
  EXPECT_EQ(file.outcome(), ParseOutcome::timed_out);
}

}  // namespace
}  // namespace peer
