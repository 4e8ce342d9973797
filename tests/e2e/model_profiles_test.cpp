// The stories of the command line with models of every size that answer well or badly: nothing a
// model does wrong is applied, ends the program or turns a run green.
#include <fstream>
#include <functional>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/http_server.hpp"

namespace peer::testing {
namespace {

using fakes::Connection;
using fakes::HttpServer;
using fakes::ServedRequest;
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr std::string_view kCode =
    "import subprocess\n\n\ndef run(name):\n    return subprocess.call(\"ls \" + name, "
    "shell=True)\n";
constexpr std::string_view kRepaired =
    "import subprocess\n\n\ndef run(name):\n    return subprocess.call([\"ls\", name])\n";

struct Profile {
  const char* name;
  int window;
  bool whole;   ///< it writes functions again instead of blocks
  bool single;  ///< one piece for each question, in short form
};
constexpr Profile kProfiles[] = {{"tiny4k", 4'096, true, true},
                                 {"small8k", 8'192, true, true},
                                 {"mid32k", 32'768, false, false},
                                 {"large", 131'072, false, false}};

struct Habit {
  const char* name;
  bool usable;  ///< what it says can be read for what it is
  std::string (*spoil)(std::string answer);
  const char* finish;
};

std::string without(std::string text, std::string_view word) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
    text.replace(at, word.size(), std::string(word.size(), '_'));
  return text;
}

const Habit kHabits[] = {
    {"answers", true, [](std::string a) { return a; }, "stop"},
    {"chats", true, [](std::string a) { return "Sure! Here you are:\n" + a + "\nAnything else?"; },
     "stop"},
    {"truncates", false, [](std::string a) { return a.substr(0, a.size() / 2); }, "length"},
    {"truncates_unsaid", false, [](std::string a) { return a.substr(0, a.size() / 2); }, "stop"},
    {"forgets_keys", false,
     [](std::string a) { return without(without(std::move(a), "confidence"), "quote"); }, "stop"},
    {"repeats_itself", false,
     [](std::string a) {
       std::string out;
       for (int i = 0; i < 40; ++i)
         out += a;
       return out;
     },
     "stop"},
    {"stammers", false,
     [](std::string) {
       std::string out;
       for (int i = 0; i < 3'000; ++i)
         out += "the the ";
       return out;
     },
     "length"},
    {"says_nothing", false, [](std::string) { return std::string(); }, "stop"}};

class ModelProfiles : public Story,
                      public ::testing::WithParamInterface<std::tuple<Profile, Habit>> {
 protected:
  const Profile& profile_ = std::get<0>(GetParam());
  const Habit& habit_ = std::get<1>(GetParam());

  void configure(const std::string& url) const {
    const auto folder = home.path() / ".config" / "peer";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "models.yml")
        << "providers:\n  mock:\n    wire: openai_chat\n    base_url: " << url
        << "/v1\n    default: m\n    models:\n      m: {window: " << profile_.window
        << ", output: 1024, price: [1, 2], json: schema}\n";
  }
  /// What a model that does as it is told says.
  [[nodiscard]] std::string well(const std::string& body) const {
    if (body.find("You put facts") != std::string::npos) return "The change is small.";
    if (body.find("look for defects") != std::string::npos) {
      const Json finding{
          {"why", "it fails"},     {"quote", "x = y"},    {"message", "y is not defined."},
          {"severity", "warning"}, {"help", "define it"}, {"category", "correctness"},
          {"confidence", 7}};
      const Json findings = Json::array({finding});
      if (profile_.single) return Json{{"findings", findings}}.dump();
      return Json{{"results", {{{"idx", 0}, {"findings", findings}}}}}.dump();
    }
    if (body.find("explain") != std::string::npos) return "A shell reads the name.";
    const std::string repaired = "def run(name):\n    return subprocess.call([\"ls\", name])\n";
    if (profile_.whole)
      return "<reasoning>no shell</reasoning>\n<code>\n" + repaired +
             "</code>\n<confidence>9/10</confidence>";
    return "<<<<<<< SEARCH\n    return subprocess.call(\"ls \" + name, shell=True)\n=======\n    "
           "return subprocess.call([\"ls\", name])\n>>>>>>> REPLACE\n"
           "<confidence>9/10</confidence>\n<reasoning>no shell</reasoning>\n";
  }
  [[nodiscard]] HttpServer::Handler model() const {
    return [this](const ServedRequest& request, Connection& out) {
      out.reply(200, Json{{"choices",
                           {{{"message", {{"content", habit_.spoil(well(request.body))}}},
                             {"finish_reason", habit_.finish}}}},
                          {"usage", {{"prompt_tokens", 300}, {"completion_tokens", 50}}}}
                         .dump());
    };
  }
};

TEST_P(ModelProfiles, RepairWhatTheyCanAndNothingElse) {
  HttpServer server(model());
  configure(server.url());
  repo.write("a.py", kCode);
  const auto ran = peer({"fix-all", "a.py", "--ai", "--rule", "python-shell-injection"});
  EXPECT_GE(server.requests().size(), 1U);
  EXPECT_THAT(ran.exit_code, AnyOf(0, 1, 3)) << ran.out;
  const auto after = read("a.py");
  if (habit_.usable) {
    EXPECT_EQ(after, kRepaired) << ran.out;
    EXPECT_EQ(ran.exit_code, 0);
  } else {
    EXPECT_THAT(after, AnyOf(std::string(kCode), std::string(kRepaired))) << ran.out;
    EXPECT_EQ(ran.exit_code == 0, after == kRepaired) << ran.out;
  }
}

TEST_P(ModelProfiles, ReviewAndNeverTurnARunGreen) {
  HttpServer server(model());
  configure(server.url());
  repo.write("a.py", "x = 1\n");
  repo.commit("one");
  repo.write("a.py", "x = y\n");
  repo.commit("two");
  const auto ran =
      peer({"review", "HEAD~1..HEAD", "--ai", "--fail-on", "never", "--format", "json"});
  const auto at = ran.out.find('{');
  ASSERT_NE(at, std::string::npos) << ran.out;
  const auto seen = Json::parse(ran.out.substr(at), nullptr, false);
  ASSERT_TRUE(seen.is_object()) << ran.out;
  if (habit_.usable) {
    ASSERT_EQ(seen["findings"].size(), 1U) << ran.out;
    EXPECT_EQ(seen["findings"][0]["line"], 1);
    return;
  }
  // what was not understood is said: a finding, or words about what is missing
  EXPECT_TRUE(!seen["findings"].empty() || seen["verdict"] != "clean" || !seen["degraded"].empty())
      << ran.out;
}

TEST_P(ModelProfiles, ExplainOrLeaveThatToTheRules) {
  HttpServer server(model());
  configure(server.url());
  repo.write("a.py", kCode);
  const auto ran = peer({"explain-error", "a.py:5", "--ai"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("python-shell-injection"));
}

INSTANTIATE_TEST_SUITE_P(Every, ModelProfiles,
                         ::testing::Combine(::testing::ValuesIn(kProfiles),
                                            ::testing::ValuesIn(kHabits)),
                         [](const auto& tested) {
                           return std::string(std::get<0>(tested.param).name) + "_" +
                                  std::get<1>(tested.param).name;
                         });

}  // namespace
}  // namespace peer::testing
