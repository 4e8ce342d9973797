// A push after a push: what was examined before is not examined again, and nothing is lost by that.
#include <random>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;

class Incremental : public Story {
 protected:
  std::mt19937 random{20261121};

  std::size_t below(std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most - 1)(random);
  }
  static std::string file(std::size_t i) { return "src/f" + std::to_string(i) + ".py"; }

  /// Lines that have something wrong, in many forms, and lines that have not.
  std::string line(std::size_t n) {
    static const Strings kLines{"import json",
                                "import os",
                                "print(os.name)",
                                "breakpoint()",
                                "x = 1",
                                "eval(input())",
                                "def f(:",
                                "<<<<<<< ours",
                                "password = 'hunter2hunter2'",
                                "y = x + 2",
                                "# peer-ignore: unused-import -- wanted",
                                "assert True",
                                "import subprocess",
                                "subprocess.call(cmd, shell=True)"};
    return kLines[below(kLines.size())] + (below(4) == 0 ? "  # " + std::to_string(n) : "") + "\n";
  }
  std::string text() {
    std::string out;
    for (std::size_t i = 0; i < 5 + below(30); ++i)
      out += line(i);
    return out;
  }
  /// One push: some files grow, shrink, go, come, are renamed or go back to what they were.
  void push(std::size_t number) {
    for (std::size_t n = 0; n < 1 + below(4); ++n) {
      const auto name = file(below(14));
      const auto there = std::filesystem::exists(repo.folder() / name);
      switch (below(6)) {
        case 0:
          repo.write(name, text());
          break;
        case 1:
          if (there) repo.write(name, read(name) + line(number));
          break;
        case 2:
          if (there) repo.write(name, line(number) + read(name));
          break;
        case 3:
          if (there) repo.remove(name);
          break;
        case 4:
          if (there && !std::filesystem::exists(repo.folder() / (name + "x.py"))) {
            repo.write(name + "x.py", read(name));
            repo.remove(name);
          }
          break;
        default:
          repo.write(name, "x = 1\n");
          break;
      }
    }
    repo.write("number", std::to_string(number));
    repo.commit("push");
  }
  Json whole(const Strings& more) {
    Strings words{"review", "start..topic", "--filter", "context"};
    words.insert(words.end(), more.begin(), more.end());
    auto json = report(words);
    hits += json.at("receipt").value("files_remembered", std::size_t{0});
    json.erase("receipt");
    return json;
  }
  std::size_t hits = 0;
};

TEST_F(Incremental, ARunAfterAPushFindsWhatAFullRunFinds) {
  for (int life = 0; life < 6; ++life) {
    const auto name = "main" + std::to_string(life);
    for (std::size_t i = 0; i < 14; ++i)
      repo.write(file(i), text());
    repo.commit("base");
    repo.git({"branch", "-f", "start"});
    repo.git({"checkout", "-q", "-B", "topic"});
    for (std::size_t i = 0; i < 10; ++i)
      repo.write(file(i), read(file(i)) + line(i));
    repo.commit("change");
    for (std::size_t number = 0; number < 5; ++number) {
      push(number);
      const auto incremental = whole({});
      const auto full = whole({"--no-cache"});
      ASSERT_EQ(incremental, full) << name << " push " << number << "\n"
                                   << Json::diff(full, incremental).dump(1);
    }
  }
  EXPECT_GT(hits, 100U) << "else nothing was remembered";
}

TEST_F(Incremental, FullExaminesAllAnewAndRemembersIt) {
  for (std::size_t i = 0; i < 12; ++i)
    repo.write(file(i), text());
  repo.commit("base");
  repo.git({"branch", "start"});
  repo.git({"checkout", "-q", "-B", "topic"});
  for (std::size_t i = 0; i < 12; ++i)
    repo.write(file(i), read(file(i)) + "import json\n");
  repo.commit("change");
  const auto first = whole({"--full"});
  EXPECT_EQ(hits, 0U);
  EXPECT_EQ(whole({}), first);
  EXPECT_EQ(hits, 12U) << "a full run is remembered too";
  EXPECT_EQ(whole({"--full"}), first);
  EXPECT_EQ(hits, 12U);
}

TEST_F(Incremental, AHunkKeepsItsNameWhenItsFileChangesElsewhere) {
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += "x" + std::to_string(i) + " = 1\n";
  repo.write("a.py", text);
  repo.commit("base");
  repo.git({"checkout", "-q", "-b", "topic"});
  const auto names = [&] {
    Strings out;
    const auto json = report({"review", "main..topic"});
    for (const auto& hunk : json.at("coverage").at("files")[0].at("hunks"))
      out.push_back(hunk.at("id"));
    return out;
  };
  repo.write("a.py", text + "import json\n");
  repo.commit("one");
  const auto before = names();
  ASSERT_EQ(before.size(), 1U);
  repo.write("a.py", "import os\n\n" + text + "import json\n");
  repo.commit("two");
  const auto after = names();
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[1], before[0]);
  EXPECT_NE(after[0], before[0]);
}

}  // namespace
}  // namespace peer::testing
