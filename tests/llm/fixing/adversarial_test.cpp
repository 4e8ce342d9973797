// The adversarial set through the whole way from answer to decision. docs/adversarial.md is its
// table: PEER_UPDATE_GOLDEN=1 makes it anew.
#include "tests/llm/fixing/adversarial.hpp"

#include <fmt/format.h>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "llm/fixing/solve.hpp"
#include "tests/support/golden.hpp"

namespace peer {
namespace {

using test::Program;
using test::ReplyKind;

struct Made {
  ReplyKind kind;
  std::string what, language;
  Decision known = Decision::reject,
           unknown = Decision::reject;  ///< from a model with and without history
};

Calibration history_of(const std::string& model) {
  Calibration out;
  for (int i = 0; i < 200; ++i)
    out.add(model, "", 1.0, i % 50 != 0);
  return out;
}

Decision decide(const Program& program, const test::Reply& reply, bool known) {
  const auto examine = test::adversarial_rules();
  const auto draft = make_draft(test::job_of(program.path, program.text()), examine, {});
  EXPECT_EQ(draft.review.findings.size(), 1U) << program.language;
  EXPECT_TRUE(draft.errors.places.empty()) << program.language;
  static const auto kHistory = history_of("some/model");
  FixTools tools;
  Model model;
  model.provider = "some";
  model.name = "model";
  model.window = reply.whole ? 8'192 : 131'072;
  model.max_output = 4'096;
  tools.models = {model};
  tools.examine = examine;
  if (known) tools.calibration = &kHistory;
  tools.ask = [&](const FixQuestion& question) -> tl::expected<FixAnswer, CallFailure> {
    EXPECT_NE(question.question.messages.front().text.find("oldSum("), std::string::npos);
    return FixAnswer{reply.text, false};
  };
  const auto solved = solve(draft, 0, tools);
  return solved.kind == Solved::Kind::proved ? solved.judgement.decision : Decision::reject;
}

const std::vector<Made>& results() {
  static const auto kAll = [] {
    std::vector<Made> all;
    for (const auto& program : test::programs())
      for (const auto& reply : test::replies(program))
        all.push_back({reply.kind, reply.what, program.language, decide(program, reply, true),
                       decide(program, reply, false)});
    return all;
  }();
  return kAll;
}

std::size_t count(ReplyKind kind, Decision decision, bool known) {
  return static_cast<std::size_t>(
      std::count_if(results().begin(), results().end(), [&](const Made& one) {
        return one.kind == kind && (known ? one.known : one.unknown) == decision;
      }));
}

std::size_t count(ReplyKind kind) {
  return static_cast<std::size_t>(std::count_if(results().begin(), results().end(),
                                                [&](const Made& one) { return one.kind == kind; }));
}

TEST(Adversarial, SetIsLargeEnough) {
  EXPECT_GE(results().size(), 300U);
  EXPECT_GE(test::programs().size(), 8U);
  EXPECT_GE(count(ReplyKind::plausible), 60U);
}

TEST(Adversarial, NothingVisiblyWrongIsEverApplied) {
  for (const auto& one : results())
    if (one.kind == ReplyKind::visibly_wrong) {
      EXPECT_NE(one.known, Decision::apply) << one.language << ": " << one.what;
      EXPECT_NE(one.unknown, Decision::apply) << one.language << ": " << one.what;
    }
}

TEST(Adversarial, NearlyAllThatIsRightIsApplied) {
  EXPECT_GE(count(ReplyKind::right, Decision::apply, true) * 100, count(ReplyKind::right) * 95);
  for (const auto& one : results())
    if (one.kind == ReplyKind::right) {
      EXPECT_NE(one.known, Decision::reject) << one.language << ": " << one.what;
    }
}

TEST(Adversarial, TableOfTheDocumentsIsFresh) {
  struct Row {
    std::size_t all = 0, applied = 0, offered = 0, unknown_applied = 0;
  };
  std::map<std::pair<ReplyKind, std::string>, Row> rows;
  for (const auto& one : results())
    for (const auto& what : {one.what, std::string("~all")}) {
      auto& row = rows[{one.kind, what}];
      ++row.all;
      row.applied += one.known == Decision::apply ? 1 : 0;
      row.offered += one.known == Decision::offer ? 1 : 0;
      row.unknown_applied += one.unknown == Decision::apply ? 1 : 0;
    }
  std::string text = fmt::format(
      "# The adversarial set\n\n{} replies that models might give, made by "
      "`tests/llm/fixing/adversarial.hpp` for {} languages, through the\n"
      "whole way from answer to decision: read, located, proved with the real parsers, judged. "
      "Every reply that has a\n"
      "confidence gives itself 10 of 10. `known` is a model of whose earlier fixes 98 % were "
      "right, `new` one without history, which is\n"
      "believed only where all evidence holds.\n\nPlausible replies parse, clear the finding and "
      "bring no new one, and are wrong all the same: no\n"
      "rule can see that. They are why `--commit` needs `--verify-cmd`: with a check that sees the "
      "difference none of them is kept\n"
      "(`tests/bot/ai/checked_fixes_test.cpp`). Without one, the last row is what is applied.\n\n"
      "Made by `PEER_UPDATE_GOLDEN=1 test_llm --gtest_filter='Adversarial*'`.\n\n"
      "| replies | | number | applied (known) | offered (known) | applied (new) "
      "|\n|---|---|---|---|---|---|\n",
      results().size(), test::programs().size());
  constexpr std::array kKinds{"right", "visibly wrong", "plausible"};
  for (const auto& [key, row] : rows) {
    const bool sum = key.second == "~all";
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n",
                        kKinds[static_cast<std::size_t>(key.first)], sum ? "**all**" : key.second,
                        row.all, row.applied, row.offered, row.unknown_applied);
  }
  peer::testing::expect_golden("docs/adversarial.md", text);
}

}  // namespace
}  // namespace peer
