// Every wire against a server that others wrote (npm aimock), whole and streamed, over real
// sockets.
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "base/http_engine.hpp"
#include "tests/cache/temporary.hpp"
#include "tests/fakes/ask_world.hpp"
#include "tests/fakes/child.hpp"
#include "tests/fakes/redis_server.hpp"

namespace peer {
namespace {

struct Dialect {
  const char* wire;
  const char* base;
};

class Aimock : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    const std::string program =
        PEER_SOURCE_DIR "/tests/tools/node_modules/@copilotkit/aimock/dist/cli.js";
    ASSERT_TRUE(std::filesystem::exists(program)) << "run ci/setup --tests";
    write_bytes(folder_ / "a.json", R"({"fixtures":[
      {"match":{"userMessage":"too often"},"response":{"error":{"message":"slow down","type":"rate_limit_error"},"status":429,"retryAfter":7}},
      {"match":{"userMessage":"no key"},"response":{"error":{"message":"who are you","type":"authentication_error"},"status":401}},
      {"match":{},"response":{"content":"It is never used: remove the import."}}]})");
    port_ = fakes::free_port();
    server_ = std::make_unique<fakes::Child>(std::vector<std::string>{
        "node", program, "-p", std::to_string(port_), "-f", folder_.path().string()});
    for (int i = 0; i < 1000 && !fakes::answers(port_); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_TRUE(fakes::answers(port_));
  }

  Reply ask(const std::string& text, bool stream, std::string* heard = nullptr) const {
    const auto url = "http://127.0.0.1:" + std::to_string(port_) + GetParam().base;
    auto target = fakes::target("a", "some-model");
    Source source = *target.source;
    source.provider.base_url = url;
    source.provider.origin = parse_url(url)->origin;
    source.provider.wire = GetParam().wire;
    target.model.wire = GetParam().wire;
    target.source = std::make_shared<const Source>(source);
    HttpOptions options;
    options.allowed = {{source.provider.origin, false}};
    HttpEngine engine(options);
    const Clock clock;
    AskLimits limits;
    limits.per_model_loopback =
        std::chrono::seconds(5);  // less than the wait that the server asks for
    Asker asker(real_world(engine, clock), limits, nullptr);
    Inquiry inquiry;
    inquiry.question.system = "system";
    inquiry.question.messages = {{Message::Role::user, text}};
    inquiry.chain = {target};
    if (stream) inquiry.on_text = [heard](std::string_view piece) { *heard += piece; };
    return asker.ask(inquiry, {});
  }

  TemporaryFolder folder_;
  int port_ = 0;
  std::unique_ptr<fakes::Child> server_;
};

TEST_P(Aimock, AnswersWholeAndStreamed) {
  const auto whole = ask("explain", false);
  ASSERT_TRUE(whole.answer.has_value()) << whole.answer.error().message;
  EXPECT_EQ(whole.answer->completion.text, "It is never used: remove the import.");
  EXPECT_EQ(whole.answer->completion.finish, Finish::stop);
  std::string heard;
  const auto streamed = ask("explain", true, &heard);
  ASSERT_TRUE(streamed.answer.has_value()) << streamed.answer.error().message;
  EXPECT_EQ(streamed.answer->completion.text, whole.answer->completion.text);
  EXPECT_EQ(heard, whole.answer->completion.text);
}

TEST_P(Aimock, FailsAsTheServerSays) {
  const auto often = ask("too often", false);
  ASSERT_FALSE(often.answer.has_value());
  EXPECT_EQ(often.answer.error().kind, FailureClass::rate);
  EXPECT_EQ(often.answer.error().wait, std::chrono::seconds(7));
  EXPECT_EQ(often.calls.size(), 1U) << "it asks for more time than there is";
  const auto unknown = ask("no key", false);
  ASSERT_FALSE(unknown.answer.has_value());
  EXPECT_EQ(unknown.answer.error().kind, FailureClass::auth);
}

INSTANTIATE_TEST_SUITE_P(EveryWire, Aimock,
                         testing::Values(Dialect{"openai_chat", "/v1"}, Dialect{"anthropic", "/v1"},
                                         Dialect{"gemini", "/v1beta"}, Dialect{"ollama", ""}),
                         [](const auto& one) { return std::string(one.param.wire); });

}  // namespace
}  // namespace peer
