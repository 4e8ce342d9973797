#include "tests/e2e/small_model_fixture.hpp"

#include <cstdlib>
#include <map>
#include <mutex>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "tests/fakes/http_server.hpp"

namespace peer::testing {
namespace {

using fakes::Connection;
using fakes::ServedRequest;

std::string answer_to(const std::string& question) {
  if (question.find("You put facts") != std::string::npos) return "The change is small.";
  if (question.find("look for defects") != std::string::npos) return R"({"findings": []})";
  if (question.find("explain") != std::string::npos) return "It is as the rule says.";
  return "<reasoning>it is better</reasoning>\n<code>\nsomething else "
         "entirely\n</code>\n<confidence>9/10</confidence>";
}

/// The `times`-th answer to one question.
std::string spoiled(const std::string& answer, unsigned times) {
  switch (times) {
    case 0:
      return answer.substr(0, answer.size() / 2);
    case 1:
      return answer + "\n" + answer + "\n" + answer;
    default:
      return answer;
  }
}

void serve(const ServedRequest& request, Connection& out) {
  static std::mutex lock;
  static std::map<std::string, unsigned> asked;
  const auto body = Json::parse(request.body, nullptr, false);
  std::string question, key;
  for (const auto& message : body.value("messages", Json::array())) {
    const auto text = message.value("content", "");
    question += text;
    key += text.substr(0, 400);
  }
  unsigned times = 0;
  {
    const std::lock_guard guard(lock);
    times = asked[key]++;
  }
  out.reply(200, Json{{"model", "tiny"},
                      {"message", {{"content", spoiled(answer_to(question), times)}}},
                      {"done", true},
                      {"done_reason", times == 0 ? "length" : "stop"},
                      {"prompt_eval_count", 50},
                      {"eval_count", 9}}
                     .dump());
}

bool is_wanted() {
  const char* wanted = std::getenv("PEER_TEST_MODEL");
  return wanted != nullptr && std::string(wanted) == "tiny4k";
}

fakes::HttpServer& server() {
  static fakes::HttpServer one(serve);
  return one;
}

/// A suite that never asked would show nothing.
class WasAsked : public ::testing::Environment {
  void TearDown() override {
    if (is_wanted()) {
      EXPECT_GT(server().connections(), 0U) << "no model was asked";
    }
  }
};
[[maybe_unused]] const auto* const kWasAsked = ::testing::AddGlobalTestEnvironment(new WasAsked);

}  // namespace

std::vector<std::string> small_model() {
  if (!is_wanted()) return {};
  return {"PEER_MODE=auto", "OLLAMA_URL=" + server().url(), "OLLAMA_MODEL=tiny"};
}

}  // namespace peer::testing
