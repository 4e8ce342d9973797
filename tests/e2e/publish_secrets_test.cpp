// Who holds which secret while a job publishes, and that none of them is said anywhere.
#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "tests/e2e/publishing_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
  if (name_end == std::string::npos ||
      std::sscanf(stat.c_str() + name_end + 1, " %*c %d", &parent) != 1)
    return 0;
  return parent;
}

bool is_started_here(int pid) {
  while (pid > 1 && pid != getpid())
    pid = parent_of(pid);
  return pid == getpid();
}

/// The running processes of the program that this test has started: others may be under way beside
/// it.
std::vector<Seen> peers_now() {
  std::vector<Seen> seen;
  std::error_code error;
  const auto binary = std::filesystem::canonical(PEER_BINARY);
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const auto name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (std::filesystem::read_symlink(entry.path() / "exe", error) != binary ||
        !is_started_here(std::stoi(name)))
      continue;
    seen.push_back({slurp(entry.path() / "cmdline"), slurp(entry.path() / "environ"),
                    std::filesystem::read_symlink(entry.path() / "cwd", error), std::stoi(name)});
  }
  return seen;
}

/// Whether the memory that a process may write to holds `bytes`. Mappings of many gigabytes are a
/// sanitizer's shadow, which holds none of the program's.
bool memory_holds(int pid, std::string_view bytes) {
  constexpr unsigned long kShadow = 4UL << 30U, kPiece = 4UL << 20U;
  const auto proc = std::filesystem::path("/proc") / std::to_string(pid);
  std::ifstream maps(proc / "maps");
  const int memory = open((proc / "mem").c_str(), O_RDONLY | O_CLOEXEC);
  EXPECT_GE(memory, 0);
  bool found = false;
  std::string piece(kPiece + bytes.size(),
                    '\0');  // pieces overlap, so that none cuts what is looked for
  for (std::string line; std::getline(maps, line);) {
    unsigned long first = 0, last = 0;
    char rights[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &first, &last, rights) != 3 || rights[1] != 'w' ||
        last - first > kShadow)
      continue;
    for (auto at = first; at < last; at += kPiece) {
      const auto got = pread(memory, piece.data(), std::min<unsigned long>(piece.size(), last - at),
                             static_cast<off_t>(at));
      if (got <= 0) break;
      found =
          found || std::string_view(piece).substr(0, static_cast<std::size_t>(got)).find(bytes) !=
                       std::string_view::npos;
    }
  }
  close(memory);
  return found;
}

/// What a process has open, and what it has mapped.
std::string open_files(int pid) {
  const auto proc = std::filesystem::path("/proc") / std::to_string(pid);
  std::string all = slurp(proc / "maps");
  std::error_code error;
  for (const auto& each : std::filesystem::directory_iterator(proc / "fd", error))
    all += std::filesystem::read_symlink(each.path(), error).string() + "\n";
  return all;
}

TEST_F(Publishing, NeitherHalfHoldsTheSecretsOfTheOther) {
  const auto fifo = home.path() / "config.yml";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  std::vector<Seen> reading, writing;
  bool reader_holds_token = true, reader_holds_key = false, writer_holds_key = true;
  std::string writer_opened;
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
      if (each.words.find("--publish=github") != std::string::npos &&
          each.words.starts_with(std::filesystem::canonical(PEER_BINARY).string() +
                                 std::string(1, '\0') + "publish")) {
        writer_holds_key = memory_holds(each.pid, kModelKey);
        writer_opened = open_files(each.pid);
      }
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
  EXPECT_THAT(writer_opened, HasSubstr("socket:")) << "else this test could not see them";
  EXPECT_THAT(writer_opened, Not(HasSubstr(repo.folder().string())))
      << "the writer has no repository";
  for (const auto& each : writing) {
    if (each.words.find(std::string("publish") + '\0') == std::string::npos) continue;
    EXPECT_THAT(each.environment, Not(HasSubstr(std::string(kModelKey))));
    EXPECT_EQ(each.folder, "/");
  }
}

TEST_F(Publishing, WhereNothingIsPublishedTheReaderHoldsNoTokenEither) {
  constexpr std::string_view kJobToken = "glcbt-tokenOfTheJob0123456789abcdef";
  auto push = job(), none = job(), gitlab = RunOptions{};
  push.environment[2] = "GITHUB_EVENT_NAME=push";
  gitlab.environment = {"CI=true",
                        "GITLAB_CI=true",
                        "CI_PIPELINE_SOURCE=merge_request_event",
                        "CI_MERGE_REQUEST_IID=7",
                        "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + base,
                        "CI_COMMIT_SHA=" + head,
                        "CI_PROJECT_PATH=g/p",
                        "CI_API_V4_URL=http://127.0.0.1:1",
                        "CI_JOB_TOKEN=" + std::string(kJobToken),
                        "GROQ_API_KEY=" + std::string(kModelKey)};
  struct Case {
    RunOptions options;
    Strings more;
    std::string_view token;
  };
  int n = 0;
  for (const auto& [options, more, token] :
       {Case{push, {}, kToken}, Case{none, {"--publish", "none"}, kToken},
        Case{gitlab, {}, kJobToken}}) {
    const auto fifo = home.path() / ("config" + std::to_string(++n) + ".yml");
    ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
    std::vector<Seen> reading;
    bool reader_holds_token = true, reader_holds_key = false;
    const auto secret = token;
    std::thread watcher([&] {
      const int pipe = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
      reading = peers_now();
      for (const auto& each : reading)
        if (each.words.find("--publish=none") != std::string::npos) {
          reader_holds_token = memory_holds(each.pid, secret);
          reader_holds_key = memory_holds(each.pid, kModelKey);
        }
      close(pipe);
    });
    Strings words{"ci", "--report-dir", ".git/out", "--base", base, "--config", fifo.string()};
    words.insert(words.end(), more.begin(), more.end());
    const auto ran = peer(words, options);
    watcher.join();
    EXPECT_EQ(ran.exit_code, 0) << ran.out;
    EXPECT_GE(reading.size(), 2U) << "who started it, and the reader";
    for (const auto& each : reading)
      EXPECT_THAT(each.environment, Not(HasSubstr(std::string(secret)))) << each.words;
    EXPECT_FALSE(reader_holds_token) << n;
    EXPECT_TRUE(reader_holds_key) << "else this test could not see it";
  }
  EXPECT_THAT(forge.requests(), IsEmpty());
}

/// Every value that this test entrusts to Peer, and what none of its output may hold.
struct Canaries {
  const Strings variables{"GITHUB_TOKEN=ghs_canaryOfTheForge0123456789abcdef",
                          "GROQ_API_KEY=gsk_canaryOfAModel0123456789abcdef",
                          "OPENAI_API_KEY=sk-canaryOfAnother0123456789abcdefgh",
                          "ACTIONS_RUNTIME_TOKEN=canaryOfTheRunner0123456789abcdef",
                          "PEER_REDIS_URL=redis://:canary0fTheCache12345@127.0.0.1:1",
                          "HTTP_PROXY=http://u:canary0fTheProxy12345@127.0.0.1:1",
                          "AWS_SECRET_ACCESS_KEY=canaryOfTheCloud0123456789abcdefgh",
                          "CI_JOB_TOKEN=glcbt-canaryOfTheJob0123456789abc",
                          "PEER_GITLAB_TOKEN=glpat-canaryOfGitLab0123456789abc"};
  static bool any_in(const std::string& text) {
    return to_lower(text).find("canary") != std::string::npos ||
           text.find("Y2FuYXJ5") != std::string::npos || text.find("yranac") != std::string::npos;
  }
};

TEST_F(Publishing, NoOutputHoldsACredential) {
  const Canaries canaries;
  const auto token = canaries.variables[0].substr(std::string_view("GITHUB_TOKEN=").size());
  forge.tokens["Bearer " + token] = forge.tokens["Bearer writer"];
  ASSERT_TRUE(Canaries::any_in(token));
  const auto summary = home.path() / "summary.md", outputs = home.path() / "outputs";
  auto options = job();
  std::erase_if(options.environment, [](const auto& each) {
    return each.starts_with("GITHUB_TOKEN=") || each.starts_with("GROQ_");
  });
  options.environment.insert(options.environment.end(), canaries.variables.begin(),
                             canaries.variables.end());
  options.environment.push_back("GITHUB_STEP_SUMMARY=" + summary.string());
  options.environment.push_back("GITHUB_OUTPUT=" + outputs.string());
  std::string all;
  const auto keep = [&](const Ran& ran) {
    all += ran.out + slurp(summary) + slurp(outputs);
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(repo.folder() / ".git/out"))
      if (entry.is_regular_file()) all += slurp(entry.path());
    return ran.exit_code;
  };
  const Strings reviewed{"ci",       "--verbose",       "--report-dir",
                         ".git/out", "--code-scanning", "--labels"};
  const Strings published{"publish", "--verbose", ".git/out/report.json"};
  EXPECT_EQ(keep(peer(reviewed, options)), 0);
  EXPECT_FALSE(slurp(summary).empty());
  EXPECT_FALSE(slurp(outputs).empty());
  EXPECT_EQ(keep(peer(published, options)), 0);
  EXPECT_EQ(keep(peer({"publish", ".git/out/report.json", "--dry-run"}, options)), 0);
  // a forge that refuses and repeats what it was given, reading and writing
  for (const bool reading : {true, false})
    for (const int status : {400, 401, 403, 404, 410, 422}) {
      forge.comments.clear();
      forge.fault = [reading, status](const fakes::ServedRequest& request) {
        using Fault = fakes::ForgeFake::Fault;
        const auto words =
            dump_json(Json{{"message", "you sent " + request.header("authorization")}});
        const bool reads = request.method == "GET" || request.target == "/graphql";
        return reads == reading ? Fault{Fault::answer, status, words, {}} : Fault{};
      };
      const auto ran = peer(published, options);
      EXPECT_TRUE(reading ? ran.exit_code == 4 : ran.exit_code == 0 || ran.exit_code == 4)
          << status << ran.out;
      (void)keep(ran);
    }
  forge.fault = nullptr;
  auto other = options;
  other.environment.emplace_back("GITHUB_EVENT_NAME=push");
  (void)keep(peer({"ci", "--verbose", "--report-dir", ".git/out", "--base", base}, other));
  (void)keep(peer({"config", "show"}, options));
  EXPECT_GT(all.size(), 10'000U);
  EXPECT_FALSE(Canaries::any_in(all)) << all.substr(
      to_lower(all).find("canary") - std::min<std::size_t>(300, to_lower(all).find("canary")), 400);
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

TEST_F(Publishing, APasswordInAnAddressIsASecretOfTheJobToo) {
  constexpr std::string_view kPassword = "passw0rdOfTheCache";
  repo.write("a.py", "import json_" + std::string(kPassword) + "\n\nprint(1)\n");
  head = repo.commit("leak");
  forge.head = head;
  for (const std::string variable :
       {"PEER_REDIS_URL=redis://:", "HTTP_PROXY=http://someone:", "DATABASE_URL=postgres://u:"}) {
    auto options = job();
    options.environment.push_back(variable + std::string(kPassword) + "@127.0.0.1:1");
    const auto ran = peer({"ci", "--report-dir", ".git/out"}, options);
    EXPECT_EQ(ran.exit_code, 4) << variable << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("holds a secret"));
  }
  repo.write(".git/user.yml", "redis_url: redis://:" + std::string(kPassword) + "@127.0.0.1:1\n");
  const auto ran = ci({"--config", (repo.folder() / ".git/user.yml").string()});
  EXPECT_EQ(ran.exit_code, 4) << ran.out;
  EXPECT_FALSE(std::filesystem::exists(repo.folder() / ".git/out/report.json"));
  EXPECT_EQ(forge.writes(), 0U);
}

}  // namespace
}  // namespace peer::testing
