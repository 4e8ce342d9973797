#include "llm/attempt.hpp"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace peer {
namespace {

/// Drives an attempt through `events`; what was to be done, step by step, in one line. Between
/// steps the attempt is written down and read again.
std::string course(std::uint32_t models, const std::vector<AttemptEvent>& events) {
  Attempt attempt;
  attempt.finding = "f";
  attempt.models = models;
  std::string out;
  std::vector<AttemptEvent> all{Began{}};
  all.insert(all.end(), events.begin(), events.end());
  for (const auto& event : all) {
    const auto made = step(attempt, event);
    attempt = parse_attempt(to_json(made.next)).value();
    EXPECT_EQ(attempt, made.next);
    if (!out.empty()) out += ", ";
    if (const auto* ask = std::get_if<AskModel>(&made.action))
      out += "ask " + std::to_string(ask->model) +
             (ask->reason.empty() ? "" : " (" + ask->reason + ")");
    if (const auto* verify = std::get_if<Verify>(&made.action)) out += "verify " + verify->proposal;
    if (const auto* accept = std::get_if<Accept>(&made.action)) out += "accept " + accept->proposal;
    if (const auto* offer = std::get_if<OfferUnverified>(&made.action))
      out += "offer " + offer->proposal;
    if (const auto* over = std::get_if<GiveUp>(&made.action))
      out += "give up (" + over->reason + ")";
  }
  return out;
}

const Judged kGood{0.9, false, false, ""};
const Judged kWrong{0.9, true, true, "it does not parse"};
Judged weak(double confidence) { return {confidence, false, true, ""}; }

TEST(Attempt, AcceptsWhatWasJudgedWell) {
  EXPECT_EQ(course(1, {Answered{"a"}, kGood}), "ask 0, verify a, accept a");
}

TEST(Attempt, TellsAModelOnceWhatWasWrongThenAsksTheNext) {
  EXPECT_EQ(
      course(2,
             {Answered{"a"}, NotUsable{"no block"}, Answered{"b"}, kWrong, Answered{"c"}, kGood}),
      "ask 0, verify a, ask 0 (no block), verify b, ask 1 (it does not parse), verify c, accept c");
}

TEST(Attempt, GoesOnToTheNextModelWhenOneCannotBeAsked) {
  EXPECT_EQ(course(2, {CallFailed{"no credit"}, Answered{"a"}, kGood}),
            "ask 0, ask 1 (no credit), verify a, accept a");
  EXPECT_EQ(course(1, {CallFailed{"no credit"}}), "ask 0, give up (no credit)");
  EXPECT_EQ(course(0, {}), "give up (no model had an answer)");
}

TEST(Attempt, OffersTheBestOfWeakProposalsAsText) {
  EXPECT_EQ(
      course(3, {Answered{"a"}, weak(0.2), Answered{"b"}, weak(0.4), Answered{"c"}, weak(0.3)}),
      "ask 0, verify a, ask 1, verify b, ask 2, verify c, offer b");
  EXPECT_EQ(course(1, {Answered{"a"}, kWrong, Answered{"b"}, kWrong}),
            "ask 0, verify a, ask 0 (it does not parse), verify b, give up (it does not parse)");
}

TEST(Attempt, EndsWhateverHappens) {
  std::mt19937 random(5);
  for (int round = 0; round < 2000; ++round) {
    Attempt attempt;
    attempt.models = static_cast<std::uint32_t>(random() % 5);
    AttemptEvent event = Began{};
    std::uint32_t questions = 0;
    int steps = 0;
    while (attempt.state != Attempt::State::done && ++steps < 100) {
      const auto made = step(attempt, event);
      attempt = made.next;
      questions += std::holds_alternative<AskModel>(made.action) ? 1 : 0;
      switch (random() % 5) {
        case 0:
          event = Answered{"p"};
          break;
        case 1:
          event = CallFailed{"r"};
          break;
        case 2:
          event = NotUsable{"r"};
          break;
        case 3:
          event = Judged{0.5, random() % 2 == 0, random() % 2 == 0, "r"};
          break;
        default:
          event = std::holds_alternative<AskModel>(made.action)
                      ? AttemptEvent{Answered{"p"}}
                      : AttemptEvent{Judged{0.1, true, true, "r"}};
      }
    }
    EXPECT_LT(steps, 100);
    EXPECT_LE(questions, 2 * attempt.models + 1);
  }
}

TEST(Attempt, IsNotReadFromWhatIsNone) {
  for (
      const char* text :
      {"", "{}", "[]", R"({"form":"peer-attempt-1"})",
       R"({"form":"peer-attempt-1","state":9,"models":1,"model":0,"tries":0,"best_confidence":0})",
       R"({"form":"peer-attempt-1","state":0,"models":-1,"model":0,"tries":0,"best_confidence":0})"})
    EXPECT_FALSE(parse_attempt(text).has_value()) << text;
}

}  // namespace
}  // namespace peer
