// What somebody sees who sits before a terminal: a real one, with Peer's own eyes for whether it
// is.
#include <fstream>
#include <thread>

#include <nlohmann/json.hpp>

#include "tests/e2e/fix_all_fixture.hpp"
#include "tests/fakes/http_server.hpp"
#include "tests/support/on_terminal.hpp"

namespace peer::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class OnATerminal : public FixAll {
 protected:
  Ran sit(const Strings& words, std::vector<Typed> typing = {}, Strings environment = {}) const {
    RunOptions options;
    options.folder = repo.folder();
    options.home = home.path();
    options.environment = std::move(environment);
    return run_on_terminal(words, options, std::move(typing));
  }
};

/// What a terminal shows in the end: lines that were erased are gone.
std::string left_of(std::string_view written) {
  std::string shown, line;
  while (!written.empty()) {
    if (written.starts_with("\r\x1b[K")) {
      line.clear();
      written.remove_prefix(4);
    } else {
      line += written.front();
      if (written.front() == '\n') shown += std::exchange(line, {});
      written.remove_prefix(1);
    }
  }
  return shown + line;
}

/// A model that answers in pieces, so that the answer can be watched.
void stream_slowly(fakes::Connection& out, const std::string& answer) {
  out.begin_chunks("text/event-stream");
  for (std::size_t at = 0; at < answer.size(); at += answer.size() / 4 + 1) {
    out.chunk(
        "data: " +
        Json{{"choices", {{{"delta", {{"content", answer.substr(at, answer.size() / 4 + 1)}}}}}}}
            .dump() +
        "\n\n");
    std::this_thread::sleep_for(
        std::chrono::milliseconds(120));  // updates of the line are 100 apart
  }
  out.chunk("data: " +
            Json{{"choices", {{{"delta", Json::object()}, {"finish_reason", "stop"}}}}}.dump() +
            "\n\ndata: [DONE]\n\n");
  out.end_chunks();
}

TEST_F(OnATerminal, ModelsAreWatchedAtWorkAndTheCacheIsNamed) {
  fakes::HttpServer server([](const fakes::ServedRequest& request, fakes::Connection& out) {
    const bool summary = request.body.find("You put facts") != std::string::npos;
    stream_slowly(out, summary
                           ? "The change is small."
                           : Json{{"results", {{{"idx", 0}, {"findings", Json::array()}}}}}.dump());
  });
  const auto folder = home.path() / ".config" / "peer";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "models.yml")
      << "providers:\n  mock:\n    wire: openai_chat\n    base_url: " << server.url()
      << "/v1\n    default: big\n    models:\n      big: {window: 131072, output: 4096, price: "
         "[1, 2], json: schema}\n";
  const auto first = sit({"review", "--ai"});
  EXPECT_THAT(first.out, ContainsRegex("\r\x1b\\[K[^\r]*mock/big  answering, [0-9,]+ bytes"));
  const auto seen = left_of(first.out);
  EXPECT_THAT(seen, Not(HasSubstr("answering"))) << "the line that changes is taken back";
  EXPECT_THAT(seen, ContainsRegex("a\\.py[^\n]*mock/big[^\n]*[0-9]+ ms  MISS\r\n"));
  EXPECT_THAT(seen, HasSubstr("unused-import"));
  const auto asked = server.requests().size();
  EXPECT_THAT(left_of(sit({"review", "--ai"}).out), HasSubstr("3 of 3 pieces HIT\r\n"));
  EXPECT_EQ(server.requests().size(), asked);
}

TEST_F(OnATerminal, ColoursAreThereUnlessSomebodyAsksForNone) {
  EXPECT_THAT(sit({"review"}).out, HasSubstr("\x1b["));
  EXPECT_THAT(sit({"review"}, {}, {"NO_COLOR=1"}).out, Not(ContainsRegex("\x1b\\[[0-9;]*m")));
}

TEST_F(OnATerminal, EachFixIsAskedForAndOnlyTheChosenIsWritten) {
  const auto ran = sit({"fix-all", "--interactive"},
                       {{"apply this fix", "?\n"}, {"y - ", "y\n"}, {"b.py:1", "q\n"}});
  EXPECT_EQ(ran.signal, 0) << ran.out;
  EXPECT_EQ(read("a.py"), "\nprint(1)\n") << ran.out;
  EXPECT_EQ(read("b.py"), "import re\n\nprint(2)\n") << ran.out;
}

TEST_F(OnATerminal, CtrlCEndsItWithNothingHalfWritten) {
  const auto before = whole_state();
  const auto ran = sit({"fix-all", "--interactive"}, {{"apply this fix", "\x03"}});
  EXPECT_EQ(ran.exit_code, 130) << ran.signal << ran.out;
  EXPECT_EQ(whole_state(), before);
  EXPECT_TRUE(leftovers(repo.folder()).empty());
}

}  // namespace
}  // namespace peer::testing
