// The way from finding to fix: whom it asks, what it shows them, and that it always ends.
#include "llm/fixing/solve.hpp"

#include <gtest/gtest.h>

#include "llm/ask/adapt.hpp"
#include "tests/llm/fixing/adversarial.hpp"
#include "tests/llm/route/chance.hpp"

namespace peer {
namespace {

Model model(std::uint32_t window, double factor = 1.5) {
  Model out;
  out.provider = "some";
  out.name = "m" + std::to_string(window);
  out.window = window;
  out.max_output = std::min(window / 4, 4'096U);
  out.token_factor = factor;
  return out;
}

/// A file of `lines` lines with one finding in its middle, in one long function or none.
std::string long_file(std::size_t lines, bool function, std::size_t width) {
  std::string out = "import base\n";
  if (function) out += "def total(items):\n";
  const std::string indent = function ? "    " : "";
  for (std::size_t i = 0; i < lines; ++i)
    out += indent +
           (i == lines / 2 ? "y = oldSum(1)"
                           : "x" + std::to_string(i) + " = \"" + std::string(width, 'a') + "\"") +
           "\n";
  return out;
}

TEST(Solve, NeverSendsMoreThanTheWindowHolds) {
  test::Chance chance(11);
  std::size_t asked = 0;
  for (int i = 0; i < 150; ++i) {
    const auto text = long_file(1 + static_cast<std::size_t>(chance.next() * 900),
                                chance.next() < 0.5, static_cast<std::size_t>(chance.next() * 200));
    const auto examine = test::adversarial_rules();
    const auto draft = make_draft(test::job_of("a.py", text), examine, {});
    FixTools tools;
    for (const double window :
         {2'048.0, 2'048 + chance.next() * 6'000, 8'192 + chance.next() * 50'000, 200'000.0})
      tools.models.push_back(model(static_cast<std::uint32_t>(window), 1 + chance.next()));
    tools.examine = examine;
    tools.guidance = std::string(static_cast<std::size_t>(chance.next() * 2'000), 'g');
    tools.ask = [&](const FixQuestion& question) -> tl::expected<FixAnswer, CallFailure> {
      ++asked;
      EXPECT_TRUE(fits(question.question, tools.models[question.model]))
          << tools.models[question.model].window;
      EXPECT_NE(question.question.messages.front().text.find("oldSum("), std::string::npos)
          << "the finding is always there";
      return tl::unexpected(CallFailure{FailureClass::transient, "down"});
    };
    EXPECT_EQ(solve(draft, 0, tools).kind, Solved::Kind::nothing);
  }
  EXPECT_GT(asked, 400U);
}

TEST(Solve, GoesFromAModelThatFailsToTheNextAndTellsItsReason) {
  const auto program = test::programs().front();
  const auto examine = test::adversarial_rules();
  const auto draft = make_draft(test::job_of(program.path, program.text()), examine, {});
  std::vector<std::string> course;
  FixTools tools;
  tools.models = {model(131'072), model(100'000)};
  tools.examine = examine;
  tools.ask = [&](const FixQuestion& question) -> tl::expected<FixAnswer, CallFailure> {
    const bool told =
        question.question.messages.front().text.find("could not be used") != std::string::npos;
    course.push_back(std::to_string(question.model) + (told ? " told" : ""));
    if (question.model == 0)
      return FixAnswer{test::block("nowhere\n", "x\n") + test::said(), false};
    return FixAnswer{test::block(program.bad, program.good()) + test::said("9/10"), false};
  };
  const auto solved = solve(draft, 0, tools);
  EXPECT_EQ(course, (std::vector<std::string>{"0", "0 told", "1 told"}));
  ASSERT_EQ(solved.kind, Solved::Kind::proved);
  EXPECT_EQ(solved.model_name, "some/m100000");
  EXPECT_EQ(solved.judgement.decision, Decision::apply);
  EXPECT_EQ(solved.fix.origin, "model:some/m100000");
  ASSERT_EQ(solved.proposals.size(), 3U);
  EXPECT_TRUE(solved.proposals.back().proved);
}

TEST(Solve, AsksOnceMoreWithLessWhereNobodyAnswers) {
  const auto program = test::programs().front();
  const auto examine = test::adversarial_rules();
  const auto draft = make_draft(test::job_of(program.path, program.text()), examine, {});
  std::vector<std::size_t> sizes;
  FixTools tools;
  tools.models = {model(131'072), model(100'000)};
  tools.examine = examine;
  tools.guidance = std::string(1'000, 'g');
  tools.ask = [&](const FixQuestion& question) -> tl::expected<FixAnswer, CallFailure> {
    sizes.push_back(question.question.messages.front().text.size());
    if (sizes.size() < 4) return tl::unexpected(CallFailure{FailureClass::transient, "slow"});
    return FixAnswer{test::block(program.bad, program.good()) + test::said("9/10"), false};
  };
  const auto solved = solve(draft, 0, tools);
  ASSERT_EQ(sizes.size(), 4U) << "both as it is, then both with less";
  EXPECT_LT(sizes[2] + 900, sizes[0]);
  EXPECT_EQ(solved.kind, Solved::Kind::proved);
}

TEST(Solve, WithASecondOpinionTakesTheBestOfUpToThreeProposalsAndHasItVotedOn) {
  const auto program = test::programs().front();
  const auto examine = test::adversarial_rules();
  const auto draft = make_draft(test::job_of(program.path, program.text()), examine, {});
  for (const bool agrees : {true, false}) {
    std::vector<std::string> course;
    FixTools tools;
    tools.models = {model(131'072), model(100'000)};
    tools.examine = examine;
    tools.second_opinion = true;
    tools.ask = [&](const FixQuestion& question) -> tl::expected<FixAnswer, CallFailure> {
      course.push_back(std::to_string(question.model) +
                       std::string(to_string(question.question.task)));
      if (question.question.task == Task::verify)
        return FixAnswer{agrees ? "<verdict>yes</verdict>" : "<verdict>no</verdict>", false};
      if (course.size() == 1)
        return FixAnswer{test::block("nowhere\n", "x\n") + test::said(), false};
      if (course.size() == 2)
        return FixAnswer{test::block(program.bad, program.good()) + test::said("6/10"), false};
      return FixAnswer{test::block(program.bad, program.good()) + test::said("9/10"), false};
    };
    const auto solved = solve(draft, 0, tools);
    EXPECT_EQ(course, (std::vector<std::string>{"0fix", "0fix", "0fix", "1verify"}));
    ASSERT_EQ(solved.kind, Solved::Kind::proved);
    EXPECT_EQ(solved.own_score, 0.9);
    EXPECT_EQ(solved.judgement.decision, agrees ? Decision::apply : Decision::offer);
  }
}

TEST(Solve, OfWhatOnlyAModelSawTheUsersCheckDecides) {
  const auto program = test::programs().front();
  const auto examine = test::adversarial_rules();
  auto draft = make_draft(test::job_of(program.path, program.text()), examine, {});
  draft.review.findings[0].tools = {"model:some/other"};
  for (const auto shown : {std::optional<bool>(), std::optional(true)}) {
    FixTools tools;
    tools.models = {model(131'072)};
    tools.examine = examine;
    tools.user_check = [&](const Fix& fix) {
      EXPECT_FALSE(fix.edits.empty());
      return shown;
    };
    tools.ask = [&](const FixQuestion&) -> tl::expected<FixAnswer, CallFailure> {
      return FixAnswer{test::block(program.bad, program.good()) + test::said("9/10"), false};
    };
    const auto solved = solve(draft, 0, tools);
    ASSERT_EQ(solved.kind, Solved::Kind::proved);
    EXPECT_EQ(solved.judgement.decision, shown ? Decision::apply : Decision::offer);
  }
}

TEST(Solve, SaysWhenAnAnswerWasRefusedByALimit) {
  const auto program = test::programs().front();
  const auto examine = test::adversarial_rules();
  const auto draft = make_draft(test::job_of(program.path, program.text()), examine, {});
  FixTools tools;
  tools.models = {model(131'072)};
  tools.examine = examine;
  tools.ask = [](const FixQuestion&) -> tl::expected<FixAnswer, CallFailure> {
    return tl::unexpected(CallFailure{FailureClass::refused, "the limit of 1 calls is reached"});
  };
  const auto solved = solve(draft, 0, tools);
  EXPECT_TRUE(solved.refused);
  EXPECT_EQ(solved.kind, Solved::Kind::nothing);
}

TEST(Solve, OfALineThatDoesNotFitAsksNobody) {
  const auto examine = test::adversarial_rules();
  const auto draft =
      make_draft(test::job_of("a.py", "x = \"" + std::string(1'000'000, 'a') + "\" + oldSum(1)\n"),
                 examine, {});
  FixTools tools;
  tools.models = {model(131'072)};
  tools.examine = examine;
  tools.ask = [](const FixQuestion&) -> tl::expected<FixAnswer, CallFailure> {
    ADD_FAILURE() << "asked";
    return FixAnswer{};
  };
  EXPECT_EQ(solve(draft, 0, tools).kind, Solved::Kind::nothing);
}

}  // namespace
}  // namespace peer
