// Private by default, as a test: where there is no network, and where asking for a socket ends the
// process, everything works the same, also with keys of models lying in the environment.
#include <csignal>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;

std::string jail() {
  return std::filesystem::weakly_canonical(std::filesystem::path(PEER_BINARY).parent_path() /
                                           "tests/no_network")
      .string();
}

class Private : public Story {
 protected:
  void SetUp() override {
    repo.write("a.py", kTidy);
    repo.write("old.js", "let a = 1;\n");
    repo.commit("base");
    repo.write("a.py", kUnused);
    repo.write("evil.js", "// \xE2\x80\xAE hidden\nlet a = 1;\n");
    repo.write("k.txt", "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> x\n");
    repo.commit("change");
  }

  Ran without_network(Strings words) const {
    RunOptions options;
    options.program = jail();
    options.environment = {"OPENAI_API_KEY=sk-test",
                           "ANTHROPIC_API_KEY=x",
                           "GEMINI_API_KEY=x",
                           "GROQ_API_KEY=x",
                           "OPENROUTER_API_KEY=x",
                           "AZURE_OPENAI_API_KEY=x",
                           "MISTRAL_API_KEY=x",
                           "GITHUB_TOKEN=x",
                           "HTTPS_PROXY=http://127.0.0.1:1",
                           "REDIS_URL=redis://127.0.0.1:1"};
    words.insert(words.begin(), std::filesystem::weakly_canonical(PEER_BINARY).string());
    return peer(words, options);
  }
};

TEST_F(Private, TheJailItselfEndsWhoAsksForASocket) {
  RunOptions options;
  options.program = jail();
  EXPECT_EQ(peer({"/usr/bin/python3", "-c", "import socket; socket.socket()"}, options).signal,
            SIGSYS);
  EXPECT_THAT(peer({"/bin/cat", "/proc/net/dev"}, options).out, ::testing::Not(HasSubstr("eth")));
  EXPECT_EQ(peer({"/bin/true"}, options).exit_code, 0)
      << "neither a namespace nor a filter can be had here";
}

TEST_F(Private, EveryCommandSaysTheSameWithoutANetwork) {
  for (const auto* isolate : {"always", "never"}) {
    const std::vector<Strings> commands{
        {"review", "HEAD~1..HEAD"},
        {"review", "HEAD~1..HEAD", "-f", "json"},
        {"review", "HEAD~1..HEAD", "-f", "sarif"},
        {"check-security", "HEAD~1..HEAD"},
        {"audit", "-f", "json"},
        {"fix-all", "HEAD~1..HEAD", "--preview"},
        {"fix-all", "HEAD~1..HEAD", "--unsafe", "--patch", "-"},
    };
    for (auto command : commands) {
      command.push_back(std::string("--isolate=") + isolate);
      const auto with = peer(command);
      const auto without = without_network(command);
      EXPECT_EQ(without.signal, 0) << ::testing::PrintToString(command);
      EXPECT_EQ(without.exit_code, with.exit_code) << ::testing::PrintToString(command);
      EXPECT_EQ(normalised(without.out), normalised(with.out)) << ::testing::PrintToString(command);
    }
  }
}

TEST_F(Private, FixesAreWrittenWithoutANetwork) {
  const auto ran = without_network({"fix-all", "HEAD~1.."});
  EXPECT_EQ(ran.signal, 0);
  EXPECT_EQ(read("a.py"), "\nprint(1)\n") << ran.out;
  EXPECT_EQ(without_network({"doctor"}).signal, 0);
  EXPECT_EQ(without_network({"explain-error"}).signal, 0);
  EXPECT_EQ(
      without_network({"fix-all", "HEAD~1..", "--unsafe", "--commit", "--branch", "x"}).exit_code,
      1)
      << "what no fix answers is left";
}

}  // namespace
}  // namespace peer::testing
