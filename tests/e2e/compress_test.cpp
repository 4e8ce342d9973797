// peer compress: what a change looks like to a model, and what that saves.
#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kBefore =
    "import os\n\n\ndef used(x):\n    return os.stat(x)\n\n\ndef changed(x):\n    return "
    "used(x)\n\n\n"
    "def unrelated(y):\n    total = 0\n    for each in y:\n        total += each.price * "
    "each.count\n    return total\n";

class Compress : public Story {
 protected:
  void make_change() {
    repo.write("a.py", kBefore);
    repo.commit();
    std::string after(kBefore);
    after.replace(after.find("return used(x)"), 14, "return used(x) + 1");
    repo.write("a.py", after);
    repo.commit();
  }
};

TEST_F(Compress, ShowsTheChangeAndWhatItUsesAndSaysWhatThatSaves) {
  make_change();
  const auto ran = peer({"compress", "HEAD~1.."});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_THAT(ran.out, HasSubstr("== a.py (focus by syntax; "));
  EXPECT_THAT(ran.out, HasSubstr("    return used(x) + 1\n"));
  EXPECT_THAT(ran.out, HasSubstr("def used(x): ...\n"));
  EXPECT_THAT(ran.out, Not(HasSubstr("total")));
  EXPECT_THAT(ran.out, HasSubstr("1 file: "));
  EXPECT_THAT(ran.out, HasSubstr(" saved ("));
}

TEST_F(Compress, GivesEachLineItsLineInTheFile) {
  make_change();
  const auto ran = peer({"compress", "a.py", "--format", "json"});
  EXPECT_EQ(ran.exit_code, 0);
  const auto json = parse_json(ran.out);
  ASSERT_TRUE(json) << ran.out;
  const auto& file = json->at("files").at(0);
  EXPECT_EQ(file.at("level"), "signatures");
  EXPECT_EQ(file.at("text"), "import os\ndef used(x):\ndef changed(x):\ndef unrelated(y):");
  EXPECT_EQ(file.at("line_map"), (std::vector<int>{1, 4, 8, 12}));
  const auto& total = json->at("total");
  EXPECT_EQ(total.at("tokens_saved").get<int>(),
            total.at("tokens_before").get<int>() - total.at("tokens_after").get<int>());
}

TEST_F(Compress, KeepsToTheBudgetOfEachPart) {
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += "def f" + std::to_string(i) + "(a):\n    return a + " + std::to_string(i) + "\n\n\n";
  repo.write("b.py", text);
  repo.commit();
  for (std::size_t at = 0; (at = text.find("return a +", at)) != std::string::npos; ++at)
    text[at + 9] = '-';
  repo.write("b.py", text);
  const auto json = parse_json(
      peer({"compress", "--budget", "2048", "--model", "claude-sonnet-4", "--format", "json"}).out);
  ASSERT_TRUE(json);
  EXPECT_GT(json->at("files").size(), 1U);
  std::string all;
  for (const auto& part : json->at("files")) {
    EXPECT_LE(part.at("tokens_after").get<int>(), 2048);
    all += part.at("text").get<std::string>();
  }
  for (int i = 0; i < 400; ++i)
    EXPECT_THAT(all, HasSubstr("    return a - " + std::to_string(i) + "\n"));
}

TEST_F(Compress, RefusesWhatItDoesNotKnow) {
  repo.write("a.py", kBefore);
  for (const Strings& words : {Strings{"--level", "tiny"}, Strings{"--budget", "many"},
                               Strings{"--budget", "12"}, Strings{"--format", "sarif"}}) {
    auto all = Strings{"compress", "a.py"};
    all.insert(all.end(), words.begin(), words.end());
    EXPECT_EQ(peer(all).exit_code, 2) << words[1];
  }
  EXPECT_EQ(peer({"compress", "no-such-file.py"}).exit_code, 2);
}

}  // namespace
}  // namespace peer::testing
