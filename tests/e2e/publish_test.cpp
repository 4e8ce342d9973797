// peer ci and peer publish in a GitHub job, against a GitHub that enforces its rules.
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/github_fake.hpp"
#include "tests/fakes/gitlab_fake.hpp"

namespace peer::testing {
namespace {

using fakes::GitHubFake;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kToken = "ghs_tokenOfTheForge0123456789abcdef";
constexpr std::string_view kModelKey = "sk-keyOfTheModel0123456789abcdefghij";

/// What a process of ours looks like from outside.
struct Seen {
  std::string words, environment;
  std::filesystem::path folder;
  int pid = 0;
};

/// 0 where it cannot be told.
int parent_of(int pid) {
  const auto stat = slurp(std::filesystem::path("/proc") / std::to_string(pid) / "stat");
  const auto name_end = stat.rfind(')');
  int parent = 0;
  if (name_end == std::string::npos || std::sscanf(stat.c_str() + name_end + 1, " %*c %d", &parent) != 1) return 0;
  return parent;
}

bool is_started_here(int pid) {
  while (pid > 1 && pid != getpid()) pid = parent_of(pid);
  return pid == getpid();
}

/// The running processes of the program that this test has started: others may be under way beside it.
std::vector<Seen> peers_now() {
  std::vector<Seen> seen;
  std::error_code error;
  const auto binary = std::filesystem::canonical(PEER_BINARY);
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const auto name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (std::filesystem::read_symlink(entry.path() / "exe", error) != binary || !is_started_here(std::stoi(name))) continue;
    seen.push_back({slurp(entry.path() / "cmdline"), slurp(entry.path() / "environ"),
                    std::filesystem::read_symlink(entry.path() / "cwd", error), std::stoi(name)});
  }
  return seen;
}

/// Whether the memory that a process has written to holds `bytes`.
bool memory_holds(int pid, std::string_view bytes) {
  const auto proc = std::filesystem::path("/proc") / std::to_string(pid);
  std::ifstream maps(proc / "maps");
  const int memory = open((proc / "mem").c_str(), O_RDONLY | O_CLOEXEC);
  EXPECT_GE(memory, 0);
  bool found = false;
  for (std::string line; std::getline(maps, line);) {
    unsigned long first = 0, last = 0;
    char rights[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &first, &last, rights) != 3 || rights[1] != 'w') continue;
    std::string piece(last - first, '\0');
    const auto got = pread(memory, piece.data(), piece.size(), static_cast<off_t>(first));
    if (got > 0) found = found || piece.substr(0, static_cast<std::size_t>(got)).find(bytes) != std::string::npos;
  }
  close(memory);
  return found;
}

class Publishing : public Story {
 protected:
  GitHubFake forge;
  std::string base, head;

  void SetUp() override {
    repo.write("a.py", kTidy);
    base = repo.commit("base");
    repo.git({"checkout", "-q", "-b", "topic"});
    repo.write("a.py", kUnused);
    head = repo.commit("topic");
    forge.head = head;
    forge.diff = {{"a.py", {{{1, 1}}, {{1, 3}}}}};
    auto& token = forge.tokens["Bearer " + std::string(kToken)] = forge.tokens["Bearer writer"];
    token.login = "github-actions[bot]";
  }

  RunOptions job() {
    Json event;
    event["pull_request"] = {{"number", 7}, {"head", {{"sha", head}}}, {"base", {{"sha", base}, {"ref", "main"}}}};
    repo.write(".git/event.json", dump_json(event));
    RunOptions options;
    options.environment = {"CI=true", "GITHUB_ACTIONS=true", "GITHUB_EVENT_NAME=pull_request",
                           "GITHUB_EVENT_PATH=" + (repo.folder() / ".git/event.json").string(),
                           "GITHUB_REPOSITORY=o/r", "GITHUB_API_URL=" + forge.url(),
                           "GITHUB_TOKEN=" + std::string(kToken), "GROQ_API_KEY=" + std::string(kModelKey)};
    return options;
  }
  Ran ci(const Strings& more = {}) {
    Strings words{"ci", "--report-dir", ".git/out"};
    words.insert(words.end(), more.begin(), more.end());
    return peer(words, job());
  }
};

TEST_F(Publishing, ACiJobReviewsAndSaysSoOnItsChange) {
  auto ran = ci();
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("published: 1 comment on lines"));
  ASSERT_EQ(forge.talks.size(), 1U);
  EXPECT_EQ(forge.talks[0].line, 1U);
  EXPECT_THAT(forge.talks[0].comments[0].body, HasSubstr("```suggestion\n```\n\n10/10, proved: applies"));
  EXPECT_THAT(forge.comments[0].body, HasSubstr("**Peer: 1 warning** in 1 file."));
  EXPECT_EQ(forge.checks[0].conclusion, "neutral");
  ran = ci({"--fail-on", "warning"});
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_EQ(forge.talks.size(), 1U);
  EXPECT_THAT(forge.problems, IsEmpty());
}

TEST_F(Publishing, NeitherHalfHoldsTheSecretsOfTheOther) {
  const auto fifo = home.path() / "config.yml";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  std::vector<Seen> reading, writing;
  bool reader_holds_token = true, reader_holds_key = false, writer_holds_key = true;
  // the reader waits for its configuration: it can be looked at
  std::thread watcher([&] {
    const int pipe = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
    reading = peers_now();
    for (const auto& each : reading)
      if (each.words.find("--publish=none") != std::string::npos) {
        reader_holds_token = memory_holds(each.pid, kToken);
        reader_holds_key = memory_holds(each.pid, kModelKey);
      }
    close(pipe);
  });
  forge.before = [&](const fakes::ServedRequest&) {
    if (!writing.empty()) return;
    writing = peers_now();
    for (const auto& each : writing)
      if (each.words.find("--publish=github") != std::string::npos && each.words.starts_with(std::filesystem::canonical(PEER_BINARY).string() + std::string(1, '\0') + "publish"))
        writer_holds_key = memory_holds(each.pid, kModelKey);
  };
  const auto ran = ci({"--config", fifo.string()});
  watcher.join();
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  ASSERT_GE(reading.size(), 2U);
  for (const auto& each : reading)
    EXPECT_THAT(each.environment, Not(HasSubstr(std::string(kToken)))) << each.words;
  EXPECT_FALSE(reader_holds_token);
  EXPECT_TRUE(reader_holds_key) << "else this test could not see it";
  ASSERT_EQ(writing.size(), 2U) << "who started it, and the writer";
  EXPECT_FALSE(writer_holds_key);
  for (const auto& each : writing) {
    if (each.words.find(std::string("publish") + '\0') == std::string::npos) continue;
    EXPECT_THAT(each.environment, Not(HasSubstr(std::string(kModelKey))));
    EXPECT_EQ(each.folder, "/");
  }
}

TEST_F(Publishing, ADryRunSaysWhatItWouldSendAndSendsNothing) {
  const auto ran = ci({"--publish", "github", "--dry-run"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("comment on a.py:1"));
  EXPECT_THAT(ran.out, HasSubstr("post the summary"));
  EXPECT_THAT(ran.out, HasSubstr("check run: neutral, 1 warning, 1 annotation"));
  EXPECT_EQ(forge.writes(), 0U);
}

TEST_F(Publishing, NoneIsNone) {
  const auto ran = ci({"--publish", "none"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(forge.requests(), IsEmpty());
}

TEST_F(Publishing, AReportMadeEarlierIsPublishedAlone) {
  ASSERT_EQ(ci({"--publish", "none"}).exit_code, 0);
  auto options = job();
  options.folder = home.path();
  const auto report = (repo.folder() / ".git/out/report.json").string();
  const auto ran = peer({"publish", report}, options);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(forge.talks.size(), 1U);
  EXPECT_EQ(peer({"publish", report, "--change", "8"}, options).exit_code, 2);
}

TEST_F(Publishing, AHostileReportIsRefused) {
  ASSERT_EQ(ci({"--publish", "none"}).exit_code, 0);
  const auto good = read(".git/out/report.json");
  const auto with = [&](const std::string& from, const std::string& to) {
    auto text = good;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  const Strings hostile{"", "{", "[]", "null", good.substr(0, good.size() / 2), std::string(100'000, '['),
                        with("\"version\": 1", "\"version\": 2"), with("\"head\": \"" + head, "\"head\": \"" + std::string(40, 'b')),
                        with("\"head\": \"" + head, "\"head\": \"HEAD"), with("\"path\": \"a.py\"", "\"path\": \"../a.py\""),
                        with("\"line\": 1,", "\"line\": -1,"), with("\"severity\": \"warning\"", "\"severity\": \"fatal\"")};
  for (const auto& text : hostile) {
    repo.write(".git/hostile.json", text);
    const auto ran = peer({"publish", ".git/hostile.json"}, job());
    EXPECT_EQ(ran.exit_code, 2) << text.substr(0, 200) << "\n" << ran.out;
  }
  EXPECT_EQ(forge.writes(), 0U);
  EXPECT_EQ(peer({"publish", "nowhere.json"}, job()).exit_code, 2);
}

TEST_F(Publishing, AForgeThatIsNotThereIsExitCodeFour) {
  auto options = job();
  options.environment.push_back("GITHUB_API_URL=http://127.0.0.1:1");
  ASSERT_EQ(ci({"--publish", "none"}).exit_code, 0);
  forge.tokens.clear();
  const auto ran = peer({"publish", ".git/out/report.json"}, job());
  EXPECT_EQ(ran.exit_code, 4) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("could not publish: the forge says 401 Bad credentials"));
}

TEST_F(Publishing, ASecretOfTheJobInTheReportIsNeitherWrittenNorPublished) {
  repo.write("a.py", "import json_" + std::string(kModelKey).substr(3) + "\n\nprint(1)\n");
  head = repo.commit("leak");
  forge.head = head;
  const auto ran = ci();
  EXPECT_EQ(ran.exit_code, 4) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("holds a secret"));
  EXPECT_FALSE(std::filesystem::exists(repo.folder() / ".git/out/report.json"));
  EXPECT_EQ(forge.writes(), 0U);
}

TEST_F(Publishing, AGitLabJobSpeaksOnItsMergeRequest) {
  fakes::GitLabFake gitlab;
  gitlab.head = head;
  gitlab.base = base;
  gitlab.diff["a.py"] = {{1, 1, false, true}, {1, 2, false, true}, {1, 3, true, true}};
  RunOptions options;
  options.environment = {"CI=true", "GITLAB_CI=true", "CI_PIPELINE_SOURCE=merge_request_event", "CI_MERGE_REQUEST_IID=7",
                         "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + base, "CI_COMMIT_SHA=" + head, "CI_PROJECT_PATH=g/p",
                         "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", "CI_API_V4_URL=" + gitlab.url(), "CI_JOB_TOKEN=job"};
  auto ran = peer({"ci", "--report-dir", ".git/out"}, options);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("CI_JOB_TOKEN cannot comment"));
  EXPECT_EQ(gitlab.writes(), 0U);
  options.environment.emplace_back("PEER_GITLAB_TOKEN=writer");
  ran = peer({"ci", "--report-dir", ".git/out"}, options);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  ASSERT_EQ(gitlab.threads().size(), 1U);
  EXPECT_THAT(gitlab.threads()[0].notes[0].body, HasSubstr("```suggestion:-0+0"));
  EXPECT_EQ(gitlab.notes().size(), 1U);
  EXPECT_THAT(gitlab.problems, IsEmpty());
}

TEST_F(Publishing, ATokenIsOnlySentOverHttpsAndToOneServer) {
  for (const auto& address : {"GITHUB_API_URL=http://example.com", "GITHUB_GRAPHQL_URL=https://example.com/graphql"}) {
    auto options = job();
    ASSERT_EQ(ci({"--publish", "none"}).exit_code, 0);
    std::erase_if(options.environment, [&](const std::string& each) { return each.starts_with(std::string(address).substr(0, 15)); });
    options.environment.emplace_back(address);
    const auto ran = peer({"publish", ".git/out/report.json"}, options);
    EXPECT_EQ(ran.exit_code, 4) << ran.out;
  }
  EXPECT_EQ(forge.writes(), 0U);
}

}  // namespace
}  // namespace peer::testing
