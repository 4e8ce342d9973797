// What a search for one literal at a time finds, an automaton of all finds too, and the other way
// round.
#include "analyzers/rules/prefilter/literal_places.hpp"

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace peer::rules {
namespace {

std::vector<std::uint32_t> starts(std::string_view text, const Literal& literal) {
  LiteralNumbers numbers;
  const auto number = numbers.of(literal);
  LiteralPlaces places(numbers.table(), text);
  const auto found = places.of(number);
  return {found.begin(), found.end()};
}

using Starts = std::vector<std::uint32_t>;

TEST(LiteralPlaces, AWordStandsAlone) {
  EXPECT_EQ(starts("md5 md5x xmd5 _md5 md5(", {"md5", true}), (Starts{0, 19}));
  EXPECT_EQ(starts("md5 md5x xmd5", {"md5"}), (Starts{0, 4, 10}));
}

TEST(LiteralPlaces, ALiteralThatIgnoresCaseStandsInAnyCase) {
  EXPECT_EQ(starts("SELECT select Select", {"select", false, true}), (Starts{0, 7, 14}));
  EXPECT_EQ(starts("SELECT select Select", {"Select"}), (Starts{14}));
}

TEST(LiteralPlaces, ASignMayHaveToStandBefore) {
  EXPECT_EQ(starts("a == None, b is None", {"None", true, false, "=="}), (Starts{5}));
}

TEST(LiteralPlaces, OneAtATimeAndAllAtOnceFindTheSame) {
  std::mt19937 random(7);
  const auto any = [&](std::size_t below) { return static_cast<std::size_t>(random()) % below; };
  constexpr std::array<std::string_view, 12> kPieces{
      "eval", "Eval", "ev", "al", "(", "==", " ", "_", "x1", "\n", "\\", "\xC5\xBF"};
  const auto text_of = [&](std::size_t most) {
    std::string text;
    for (auto left = 1 + any(most); left > 0; --left)
      text += kPieces[any(kPieces.size())];
    return text;
  };
  for (int round = 0; round < 300; ++round) {
    LiteralNumbers numbers;
    for (int i = 0; i < 8; ++i) {
      auto text = text_of(3);
      const bool folds = any(2) == 0;
      if (folds)
        for (char& c : text)
          if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
      numbers.of({text, any(2) == 0, folds, any(4) == 0 ? "==" : ""});
    }
    const auto text = text_of(60);
    const Automaton automaton(numbers.table());
    LiteralPlaces one_at_a_time(numbers.table(), text);
    LiteralPlaces all_at_once(numbers.table(), automaton, text);
    for (std::uint32_t i = 0; i < numbers.table().size(); ++i) {
      const auto one = one_at_a_time.of(i);
      const auto all = all_at_once.of(i);
      EXPECT_EQ(Starts(one.begin(), one.end()), Starts(all.begin(), all.end()))
          << "'" << numbers.table()[i].text << "' in '" << text << "'";
    }
  }
}

}  // namespace
}  // namespace peer::rules
