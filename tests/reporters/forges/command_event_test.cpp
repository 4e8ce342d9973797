// Which command a job is there for: GitHub's own examples of events, changed to what people and
// programs could send.
#include "reporters/forges/command_event.hpp"

#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace peer {
namespace {

using Kind = CommandText::Kind;

/// GitHub's own examples of issue_comment, made to stand on a pull request.
std::vector<Json> examples() {
  std::ifstream in(
      std::string(PEER_SOURCE_DIR) +
      "/tests/tools/node_modules/@octokit/webhooks-examples/api.github.com/index.json");
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto all = parse_json(text);
  EXPECT_TRUE(all.has_value()) << "ci/setup --tests installs the examples";
  std::vector<Json> found;
  if (!all) return found;
  for (const auto& event : *all)
    if (event.at("name") == "issue_comment")
      for (const auto& payload : event.at("examples"))
        found.push_back(payload);
  return found;
}

Result<std::optional<CommandJob>> read(const Json& event) {
  return command_in_event(
      [](std::string_view name) -> std::optional<std::string> {
        return name == "GITHUB_EVENT_PATH" ? std::optional<std::string>("event.json")
                                           : std::nullopt;
      },
      [&](const std::string&) { return Result<std::string>(dump_json(event)); });
}

Json asking(Json event, const std::string& body) {
  event["action"] = "created";
  event["issue"]["pull_request"] = {{"url", "https://api.github.com/repos/o/r/pulls/7"}};
  event["comment"]["body"] = body;
  return event;
}

TEST(CommandEvent, OfGitHubsExamplesIsReadOnPullRequestsAlone) {
  const auto all = examples();
  ASSERT_GE(all.size(), 5U);
  for (const auto& event : all) {
    const auto none = read(event);
    ASSERT_TRUE(none.has_value()) << none.error().message;
    EXPECT_FALSE(*none) << "they stand on issues";
    const auto job = read(asking(event, "/peer fix\nplease"));
    ASSERT_TRUE(job.has_value() && *job);
    EXPECT_EQ((*job)->text.command.verb, Verb::fix);
    EXPECT_EQ((*job)->login, "Codertocat");
    EXPECT_EQ((*job)->to,
              "comment-" + std::to_string(event.at("comment").at("id").get<std::uint64_t>()));
    EXPECT_EQ((*read(asking(event, "nothing")))->text.kind, Kind::none);
  }
}

TEST(CommandEvent, IsNoneOfProgramsNorOfEdits) {
  const auto good = asking(examples().front(), "/peer fix");
  ASSERT_TRUE(read(good).value());
  const auto with = [&](const std::string& pointer, const Json& value) {
    auto event = good;
    event[Json::json_pointer(pointer)] = value;
    return read(event);
  };
  EXPECT_FALSE(with("/action", "edited").value());
  EXPECT_FALSE(with("/action", "deleted").value());
  EXPECT_FALSE(with("/comment/user/type", "Bot").value());
  EXPECT_FALSE(with("/comment/user/login", "dependabot[bot]").value());
  EXPECT_FALSE(with("/sender/type", "Bot").value());
  EXPECT_FALSE(with("/sender/login", "someone-else").value()) << "edited into being by another";
  EXPECT_FALSE(with("/comment/performed_via_github_app", Json{{"id", 1}}).value());
  EXPECT_FALSE(with("/issue/pull_request", nullptr).value());
  EXPECT_FALSE(with("/comment", nullptr).value());
  EXPECT_FALSE(read(Json::array()).value());
  // who GitHub says the author is to the repository does not matter: the forge is asked
  EXPECT_TRUE(with("/comment/author_association", "NONE").value());
}

TEST(CommandEvent, ByHandIsOfWhoStartedTheJob) {
  const std::map<std::string, std::string, std::less<>> variables{
      {"GITLAB_USER_ID", "42"}, {"GITLAB_USER_LOGIN", "mona"},    {"CI_PIPELINE_ID", "9"},
      {"GITHUB_ACTOR", "a"},    {"GITHUB_TRIGGERING_ACTOR", "b"}, {"GITHUB_RUN_ID", "8"}};
  const auto variable = [&](std::string_view name) -> std::optional<std::string> {
    const auto it = variables.find(name);
    return it == variables.end() ? std::nullopt : std::optional(it->second);
  };
  const auto gitlab = command_in_words("fix", ForgeKind::gitlab, variable);
  EXPECT_EQ(gitlab.user, "42");
  EXPECT_EQ(gitlab.login, "mona");
  EXPECT_TRUE(gitlab.to.starts_with("run-9-")) << gitlab.to;
  EXPECT_EQ(gitlab.text.command.verb, Verb::fix);
  EXPECT_EQ(gitlab.comment, "");
  EXPECT_EQ(command_in_words("fix", ForgeKind::gitlab, variable).to, gitlab.to)
      << "run again it is the same";
  EXPECT_NE(command_in_words("review", ForgeKind::gitlab, variable).to, gitlab.to);
  EXPECT_EQ(command_in_words("/peer review", ForgeKind::github, variable).user, "b");
}

}  // namespace
}  // namespace peer
