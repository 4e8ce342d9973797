#include "analyzers/rules/baseline.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace peer {
namespace {

Finding found(const std::string& print, const std::string& path, const std::string& rule = "r") {
  Finding finding;
  finding.fingerprint = print;
  finding.path = path;
  finding.rule = rule;
  return finding;
}

std::string marks(const std::vector<Finding>& findings) {
  std::string out;
  for (const auto& finding : findings)
    out += finding.suppressed ? 'x' : '.';
  return out;
}

TEST(Baseline, WritesOneSortedEntryToALine) {
  const auto baseline = make_baseline(
      std::vector{found("p2", "b.py"), found("p1", "a \"x\".py"), found("p2", "b.py")});
  const std::string text = write_baseline(baseline);
  EXPECT_EQ(text,
            "{\n\"version\": 1,\n\"findings\": [\n"
            "{\"path\":\"a \\\"x\\\".py\",\"rule\":\"r\",\"fingerprint\":\"p1\"},\n"
            "{\"path\":\"b.py\",\"rule\":\"r\",\"fingerprint\":\"p2\",\"count\":2}\n]\n}\n");
  EXPECT_TRUE(parse_baseline(text) && *parse_baseline(text) == baseline);
  EXPECT_TRUE(parse_baseline(write_baseline({}))->entries.empty());
}

TEST(Baseline, LeavesOutWhatIsSilencedOtherwise) {
  auto silenced = found("p", "a");
  silenced.suppressed = Suppression{"inline", ""};
  auto known = found("q", "a");
  known.suppressed = Suppression{"baseline", ""};
  EXPECT_EQ(make_baseline(std::vector{silenced, known}).entries.size(), 1U);
}

TEST(Baseline, NEqualPrintsSilenceNFindings) {
  const Baseline baseline{{{"p", "r", "a", 2}}};
  std::vector findings{found("p", "a"), found("p", "a"), found("p", "a"), found("q", "a")};
  EXPECT_TRUE(apply_baseline(baseline, findings).empty());
  EXPECT_EQ(marks(findings), "xx..");
  EXPECT_EQ(findings[0].suppressed, (Suppression{"baseline", ""}));
}

TEST(Baseline, AFindingAtItsPlaceComesBeforeAMovedOne) {
  const Baseline baseline{{{"p", "r", "a", 1}, {"p", "r", "b", 1}}};
  std::vector findings{found("p", "new"), found("p", "b"), found("p", "other")};
  EXPECT_TRUE(apply_baseline(baseline, findings).empty());
  EXPECT_EQ(marks(findings), "xx.");
}

TEST(Baseline, SaysWhatIsNotFoundAnyMore) {
  const Baseline baseline{{{"gone", "r", "a", 1}, {"p", "r", "a", 3}}};
  std::vector findings{found("p", "a")};
  EXPECT_EQ(apply_baseline(baseline, findings),
            (std::vector<BaselineEntry>{{"gone", "r", "a", 1}, {"p", "r", "a", 2}}));
}

TEST(Baseline, RefusesWhatIsNone) {
  const auto kind = [](std::string_view text) { return parse_baseline(text).error().kind; };
  for (const char* text :
       {"", "[]", "{}", "{\"version\": 1}", "{\"version\": \"1\", \"findings\": []}",
        "{\"version\": 1, \"findings\": [1]}",
        "{\"version\": 1, \"findings\": [{\"fingerprint\": \"\", \"rule\": \"\", \"path\": \"\"}]}",
        "{\"version\": 1, \"findings\": [{\"fingerprint\": \"p\", \"rule\": \"r\", \"path\": "
        "\"a\", \"count\": -1}]}",
        "{\"version\": 1, \"findings\": [{\"fingerprint\": \"p\", \"rule\": \"r\", \"path\": "
        "\"a\", \"count\": 99999999999}]}"})
    EXPECT_EQ(kind(text), ErrorKind::invalid_input) << text;
  EXPECT_EQ(kind("{\"version\": 2, \"findings\": []}"), ErrorKind::refused);
  EXPECT_EQ(kind(std::string(100'000, '[')), ErrorKind::invalid_input);
}

TEST(Baseline, ItsOwnFindingsAreAllKnownInAnyOrder) {
  std::mt19937 random(4);
  for (int round = 0; round < 300; ++round) {
    std::vector<Finding> findings;
    for (auto n = random() % 40; n > 0; --n)
      findings.push_back(found("p" + std::to_string(random() % 8),
                               "f" + std::to_string(random() % 4),
                               "r" + std::to_string(random() % 2)));
    const auto baseline = parse_baseline(write_baseline(make_baseline(findings)));
    ASSERT_TRUE(baseline.has_value());
    std::shuffle(findings.begin(), findings.end(), random);
    EXPECT_TRUE(apply_baseline(*baseline, findings).empty());
    for (const auto& finding : findings)
      EXPECT_TRUE(finding.suppressed.has_value());
  }
}

TEST(Baseline, SurvivesWhateverItIsGiven) {
  const std::string valid = write_baseline({{{"p", "r", "a", 2}, {"q", "s", "b", 1}}});
  constexpr std::string_view kAlphabet = "{}[]\":,0123456789-pq\\ \n\xFFx";
  std::mt19937 random(9);
  for (int round = 0; round < 5000; ++round) {
    auto text = valid;
    for (auto n = 1 + random() % 4; n > 0; --n)
      text[random() % text.size()] = kAlphabet[random() % kAlphabet.size()];
    const auto baseline = parse_baseline(text);
    if (!baseline) continue;
    const auto again = parse_baseline(write_baseline(*baseline));
    ASSERT_TRUE(again.has_value()) << text;
    EXPECT_EQ(*again, *baseline) << text;
  }
}

}  // namespace
}  // namespace peer
