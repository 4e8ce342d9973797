// A GitHub job in a small repository, and a GitHub that enforces its rules: for stories of peer ci
// and peer publish.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/github_fake.hpp"

namespace peer::testing {

inline constexpr std::string_view kToken = "ghs_tokenOfTheForge0123456789abcdef";
inline constexpr std::string_view kModelKey = "sk-keyOfTheModel0123456789abcdefghij";

class Publishing : public Story {
 protected:
  fakes::GitHubFake forge;
  std::string base, head;

  void SetUp() override {
    const auto topic = make_topic();
    base = topic.base;
    head = topic.head;
    forge.head = head;
    forge.diff = {{"a.py", {{{1, 1}}, {{1, 3}}}}};
    auto& token = forge.tokens["Bearer " + std::string(kToken)] = forge.tokens["Bearer writer"];
    token.login = "github-actions[bot]";
  }

  RunOptions job() {
    Json event;
    event["pull_request"] = {
        {"number", 7}, {"head", {{"sha", head}}}, {"base", {{"sha", base}, {"ref", "main"}}}};
    repo.write(".git/event.json", dump_json(event));
    RunOptions options;
    options.environment = {"CI=true",
                           "GITHUB_ACTIONS=true",
                           "GITHUB_EVENT_NAME=pull_request",
                           "GITHUB_EVENT_PATH=" + (repo.folder() / ".git/event.json").string(),
                           "GITHUB_REPOSITORY=o/r",
                           "GITHUB_API_URL=" + forge.url(),
                           "GITHUB_TOKEN=" + std::string(kToken),
                           "GROQ_API_KEY=" + std::string(kModelKey)};
    return options;
  }
  Ran ci(const Strings& more = {}) {
    Strings words{"ci", "--report-dir", ".git/out"};
    words.insert(words.end(), more.begin(), more.end());
    return peer(words, job());
  }
};

}  // namespace peer::testing
