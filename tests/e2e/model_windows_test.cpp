// What models are sent fits their windows, whatever these are, and holds the digest of the file.
#include <cmath>
#include <fstream>

#include <nlohmann/json.hpp>

#include "analyzers/compress/tokens.hpp"
#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/http_server.hpp"

namespace peer::testing {
namespace {

using fakes::Connection;
using fakes::HttpServer;
using fakes::ServedRequest;
using ::testing::HasSubstr;
using ::testing::Not;

class ModelWindows : public Story {
 protected:
  void configure(const std::string& url, int window) const {
    const auto folder = home.path() / ".config" / "peer";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "models.yml")
        << "providers:\n  mock:\n    wire: openai_chat\n    base_url: " << url
        << "/v1\n    default: m\n    models:\n      m: {window: " << window
        << ", output: 1024, price: [1, 2], json: schema, tokens: 1.5}\n";
  }
};

/// Tokens of prompt and answer of a request to a model that makes half as many again as o200k_base.
double tokens_of(const std::string& body) {
  const auto json = Json::parse(body);
  double tokens = json.value("max_tokens", 0);
  for (const auto& message : json["messages"])
    tokens +=
        4 +
        std::ceil(1.5 * static_cast<double>(count_tokens(message["content"].get<std::string>())));
  return tokens;
}

TEST_F(ModelWindows, AreNeverExceeded) {
  const std::string folder = std::string(PEER_SOURCE_DIR) + "/analyzers/compress/";
  for (const std::string name : {"digest.cpp", "plan.cpp", "focus.cpp"})
    repo.write(name, slurp(folder + name).substr(0, 6'000));
  repo.write("dense.js", "var t = '';\n");
  repo.write("eval.py", "import os\n\n\ndef load(text):\n    return eval(text)\n");
  repo.write("AGENTS.md", "Use short names. " + std::string(1'500, 'n') + "\n");
  repo.commit("one");
  for (const std::string name : {"digest.cpp", "plan.cpp", "focus.cpp"})
    repo.write(name, slurp(folder + name));
  std::string dense;
  for (unsigned i = 0; i < 4'000; ++i)
    dense += static_cast<char>('!' + (i * i * 31 + i * 7) % 94);
  repo.write("dense.js", "var t = `" + dense + "`;\n");
  repo.commit("two");
  double most = 0;
  std::size_t requests = 0;
  int window = 0;
  HttpServer server([&](const ServedRequest& request, Connection& out) {
    ++requests;
    most = std::max(most, tokens_of(request.body));
    EXPECT_LE(tokens_of(request.body), window);
    out.reply(500, "{}");
  });
  for (window = 2'048; window < 150'000; window = window * 17 / 10) {
    configure(server.url(), window);
    const auto before = requests;
    peer({"review", "HEAD~1..HEAD", "--ai", "--no-cache"});
    EXPECT_GT(requests, before) << window;
    const auto middle = requests;
    peer({"fix-all", "eval.py", "--ai", "--no-cache", "--preview"});
    EXPECT_GT(requests, middle) << window;
  }
  EXPECT_GT(most, 2'048);
}

TEST_F(ModelWindows, HoldTheDigestOfTheFileWhichTheReceiptAndTheFiguresCount) {
  std::string text = "RATE = 3\n\n\ndef price(x):\n    return x * RATE\n\n\n";
  for (int i = 0; i < 40; ++i) {
    const auto number = std::to_string(i);
    text += "def other" + number + "(a, b):\n    hidden" + number +
            " = a * b\n    more = 1\n    return more\n\n\n";
  }
  repo.write("a.py", text);
  repo.commit("one");
  repo.write("a.py", text.replace(text.find("x * RATE"), 8, "x + RATE"));
  repo.commit("two");
  HttpServer server([](const ServedRequest&, Connection& out) {
    const std::string content = R"({"results":[{"idx":0,"findings":[]}]})";
    out.reply(200,
              Json{{"choices", {{{"message", {{"content", content}}}, {"finish_reason", "stop"}}}},
                   {"usage", {{"prompt_tokens", 400}, {"completion_tokens", 9}}}}
                  .dump());
  });
  configure(server.url(), 131'072);
  const auto first = report({"review", "HEAD~1..HEAD", "--ai", "--format", "json"});
  ASSERT_FALSE(server.requests().empty());
  EXPECT_THAT(server.requests()[0].body, HasSubstr("RATE = 3"));
  EXPECT_THAT(server.requests()[0].body, HasSubstr("def other7(a, b):"));
  EXPECT_THAT(server.requests()[0].body, Not(HasSubstr("hidden7 = a")));
  const auto& receipt = first["receipt"];
  EXPECT_GT(receipt["tokens_before"].get<int>(), receipt["tokens_after"].get<int>() * 2);
  EXPECT_EQ(receipt["tokens_saved"].get<int>(),
            receipt["tokens_before"].get<int>() - receipt["tokens_after"].get<int>());
  peer({"review", "HEAD~1..HEAD", "--ai"});
  EXPECT_THAT(peer({"stats"}).out, HasSubstr("digest: 1 of 2 from the cache (50 %)"));
  for (const std::string format : {"terminal", "markdown", "html"})
    EXPECT_THAT(peer({"review", "HEAD~1..HEAD", "--ai", "--no-cache", "--format", format}).out,
                HasSubstr("code cut from "))
        << format;
}

}  // namespace
}  // namespace peer::testing
