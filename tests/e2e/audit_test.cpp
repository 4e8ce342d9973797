// peer audit on a schedule: since a point in time, over many repositories, and in an issue.
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/certificate.hpp"
#include "tests/fakes/child.hpp"
#include "tests/fakes/github_fake.hpp"
#include "tests/fakes/http_server.hpp"

namespace peer::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kToken = "ghs_tokenOfTheForge0123456789abcdef";

class Audits : public Story {
 protected:
  GitFixture other;
  void SetUp() override {
    make_small_change();
    other.write("b.py", kTidy);
    other.commit();
  }
  Ran many(const std::string& list, const Strings& more = {}, RunOptions options = {}) {
    repo.write(".git/list", list);
    Strings words{"audit", "--repos", ".git/list"};
    words.insert(words.end(), more.begin(), more.end());
    return peer(words, std::move(options));
  }
  Json rows(const std::string& list, const Strings& more = {}) {
    Strings words{"-f", "json=.git/o.json"};
    words.insert(words.end(), more.begin(), more.end());
    ran = many(list, words);
    const auto json = parse_json(read(".git/o.json"));
    EXPECT_TRUE(json.has_value()) << ran.out;
    return json ? json->at("repositories") : Json::array();
  }
  static std::string verdicts(const Json& rows) {
    std::string out;
    for (const auto& row : rows)
      out += row.at("verdict").get<std::string>() + " ";
    return out;
  }
  Ran ran;
};

TEST_F(Audits, OfAFolderAreOfThatPartAlone) {
  repo.write("src/in/b.py", kUnused);
  repo.write("src/out.py", kUnused);
  repo.commit("more");
  EXPECT_EQ(found({"audit", "src"}),
            (Strings{"unused-import src/in/b.py:1", "unused-import src/out.py:1"}));
  EXPECT_EQ(found({"audit", "src/in/"}), Strings{"unused-import src/in/b.py:1"});
  RunOptions below;
  below.folder = repo.folder() / "src/in";
  EXPECT_EQ(found({"audit", "."}, below), Strings{"unused-import src/in/b.py:1"});
  EXPECT_EQ(found({"audit"}, below).size(), 3U) << "the repository, from wherever";
  EXPECT_EQ(found({"audit", repo.folder().string()}, below).size(), 3U);
  const auto part = peer({"audit", "src/in"});
  EXPECT_THAT(part.out, HasSubstr("HEAD, folder src/in"));
  EXPECT_THAT(part.out, Not(HasSubstr("since the last audit"))) << "a part tells no trend";
  std::filesystem::create_directories(repo.folder() / "new");
  const auto nothing = peer({"audit", "new"});
  EXPECT_EQ(nothing.exit_code, 2) << nothing.out;
  EXPECT_THAT(nothing.out, HasSubstr("new has no files at HEAD"));
  EXPECT_EQ(peer({"audit", "src", "--open-issue", "--publish", "github"}).exit_code, 2);
}

TEST_F(Audits, SinceARevisionADateOrTheLastOne) {
  EXPECT_EQ(found({"audit", "--since", "HEAD~1"}), Strings{"unused-import a.py:1"});
  EXPECT_EQ(found({"audit", "--since", "HEAD"}), Strings{});
  EXPECT_EQ(found({"audit", "--since", "1999-01-01"}), Strings{"unused-import a.py:1"})
      << "all of a branch that is younger";
  EXPECT_THAT(peer({"audit", "--since", "last", "-q"}).out, Not(HasSubstr("first audit")))
      << "the audit since 1999 was of everything";
  repo.write("c.py", kUnused);
  repo.commit();
  EXPECT_EQ(found({"audit", "--since", "last"}), Strings{"unused-import c.py:1"});
  EXPECT_EQ(found({"audit", "--since", "last"}), Strings{"unused-import c.py:1"})
      << "an audit of a part is no last one";
  EXPECT_THAT(peer({"audit"}).out, HasSubstr("1 new, 0 gone, 1 still there"));
  EXPECT_EQ(found({"audit", "--since", "last"}), Strings{});
  EXPECT_EQ(peer({"audit", "--since", "nothing-like-it"}).exit_code, 2);
}

TEST_F(Audits, SinceIsSteeredByHeadsOwnConfiguration) {
  repo.write(".peer.yml", "exclude: [a.py]\n");
  repo.commit();
  EXPECT_EQ(found({"audit", "--since", "HEAD~2"}), Strings{"steering-file .peer.yml:1"});
}

TEST_F(Audits, OneThatFailsDoesNotStopTheRest) {
  const auto mine = repo.folder().string(), clean = other.folder().string();
  ScratchFolder nothing;
  const auto json =
      rows(mine + "\nfile://" + clean + "\nnowhere\n" + nothing.path().string() +
               "\nhttp://127.0.0.1:1/x\n" + mine + "/\n",
           {"--jobs", "2", "-f", "terminal", "-f", "html=.git/o.html", "-f", "markdown=.git/o.md"});
  EXPECT_EQ(verdicts(json), "findings clean failed failed failed ");
  EXPECT_EQ(json[0].at("warnings"), 1);
  EXPECT_EQ(json[1].at("files_examined"), 1);
  EXPECT_THAT(json[2].at("error").get<std::string>(), HasSubstr("no folder"));
  EXPECT_THAT(json[4].at("error").get<std::string>(), HasSubstr("cannot be cloned"));
  EXPECT_EQ(ran.exit_code, 2) << "the worst: a path that is none";
  EXPECT_THAT(ran.out, HasSubstr("5 repositories: 1 clean, 1 with findings, 3 failed"));
  EXPECT_THAT(ran.out, HasSubstr("line 6 repeats line 1"));
  EXPECT_THAT(read(".git/o.html"), HasSubstr("no folder"));
  EXPECT_THAT(read(".git/o.md"), HasSubstr("| failed |"));
}

TEST_F(Audits, TheWorstDecides) {
  const auto mine = repo.folder().string(), clean = other.folder().string();
  (void)rows(clean + "\n" + mine);
  EXPECT_EQ(ran.exit_code, 0) << "a warning is below --fail-on error";
  (void)rows(clean + "\n" + mine, {"--fail-on", "warning"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(many("# nothing\n").exit_code, 2);
  EXPECT_EQ(many(clean, {"-f", "sarif"}).exit_code, 2);
}

TEST_F(Audits, EachKeepsItsReportAndItsHistory) {
  const auto list = "file://" + repo.folder().string() + "\n";
  (void)rows(list, {"--report-dir", ".git/out"});
  repo.write("c.py", kUnused);
  repo.commit();
  const auto json = rows(list, {"--report-dir", ".git/out"});
  EXPECT_EQ(json[0].at("new"), 1);
  EXPECT_EQ(json[0].at("recurring"), 1);
  const auto page = read(".git/out/" + json[0].at("report").get<std::string>());
  EXPECT_THAT(page, HasSubstr("\"history\": [{"))
      << "a clone is known by its address, wherever it lay";
}

TEST_F(Audits, AHangLosesOnlyItself) {
  fakes::HttpServer server([](const auto&, auto& connection) { connection.hang(); });
  const auto json = rows(server.url() + "/slow\n" + other.folder().string() + "\n",
                         {"--time-limit", "2", "--jobs", "1"});
  EXPECT_EQ(verdicts(json), "failed clean ");
  EXPECT_THAT(json[0].at("error").get<std::string>(), HasSubstr("took over"));
  EXPECT_EQ(ran.exit_code, 3);
}

TEST_F(Audits, NoTokenLeavesForAnotherServer) {
  std::mutex lock;
  Strings heads;
  const auto note = [&](const fakes::ServedRequest& request) {
    const std::lock_guard guard(lock);
    heads.push_back(request.head);
  };
  fakes::HttpServer there([&](const auto& request, auto& connection) {
    note(request);
    connection.reply(401, "", {{"WWW-Authenticate", "Basic realm=\"x\""}});
  });
  fakes::HttpServer here([&](const auto& request, auto& connection) {
    note(request);
    connection.reply(302, "", {{"Location", there.url() + request.target}});
  });
  RunOptions options;
  options.environment = {"GITHUB_TOKEN=" + std::string(kToken),
                         "PEER_GITLAB_TOKEN=" + std::string(kToken)};
  ran = many(here.url() + "/o/r.git\n" + there.url() + "/o/r.git\n", {}, options);
  EXPECT_EQ(ran.exit_code, 3) << ran.out;
  EXPECT_GE(heads.size(), 2U);
  for (const auto& head : heads)
    EXPECT_THAT(head, Not(HasSubstr("uthorization")));
}

TEST_F(Audits, OneRepositoryByItsAddress) {
  const auto address = "file://" + repo.folder().string();
  EXPECT_EQ(found({"audit", address}), Strings{"unused-import a.py:1"});
  EXPECT_EQ(peer({"audit", "file:///nowhere/at/all"}).exit_code, 3);
  EXPECT_THAT(peer({"audit", "--offline", "https://example.invalid/x"}).out,
              HasSubstr("not cloned: --offline"));
}

class AuditIssue : public Audits {
 protected:
  fakes::GitHubFake forge;
  RunOptions job() {
    auto& token = forge.tokens["Bearer " + std::string(kToken)] = forge.tokens["Bearer writer"];
    token.login = "github-actions[bot]";
    RunOptions options;
    options.environment = {"CI=true",
                           "GITHUB_ACTIONS=true",
                           "GITHUB_EVENT_NAME=schedule",
                           "GITHUB_REPOSITORY=o/r",
                           "GITHUB_API_URL=" + forge.url(),
                           "GITHUB_TOKEN=" + std::string(kToken)};
    return options;
  }
};

TEST_F(AuditIssue, IsOpenedKeptAndClosed) {
  ran = peer({"audit", "--open-issue"}, job());
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("issue: opened"));
  EXPECT_THAT(ran.out, HasSubstr("unused-import")) << "the report is shown too";
  ASSERT_EQ(forge.issues.size(), 1U);
  EXPECT_EQ(forge.issues[0].title, "Peer audit: 1 warning");
  const auto writes = forge.writes();
  EXPECT_THAT(peer({"audit", "--open-issue", "-q"}, job()).out, HasSubstr("issue: as it was"));
  EXPECT_EQ(forge.writes(), writes);
  repo.write("a.py", kTidy);
  repo.commit();
  EXPECT_THAT(peer({"audit", "--open-issue", "-q"}, job()).out, HasSubstr("issue: closed"));
  EXPECT_EQ(forge.issues[0].state, "closed");
  EXPECT_THAT(peer({"audit", "--open-issue", "--dry-run", "-q"}, job()).out,
              HasSubstr("no issue is needed"));
  EXPECT_THAT(forge.problems, IsEmpty());
}

TEST_F(AuditIssue, OfManyRepositoriesIsOpenedInEachThatIsOnTheForge) {
  const ScratchFolder served;
  // by its address: a bare machine may not know the name "localhost"
  ASSERT_TRUE(fakes::make_certificate(home.path(), "127.0.0.1"))
      << "openssl is needed: run ci/setup --tests";
  repo.git({"clone", "-q", "--bare", repo.folder().string(), (served.path() / "o/r.git").string()});
  const auto file = [&](const char* name) { return (home.path() / name).string(); };
  fakes::Child server({"node", std::string(PEER_SOURCE_DIR) + "/tests/fakes/git_server.mjs",
                       file("key.pem"), file("cert.pem"), served.path().string(), "x-access-token",
                       std::string(kToken)});
  const auto port = server.line();
  ASSERT_FALSE(port.empty()) << "node is needed: run ci/setup --tests";
  const auto address = "https://127.0.0.1:" + port;
  auto options = job();
  std::erase(options.environment, "GITHUB_REPOSITORY=o/r");
  options.environment.insert(options.environment.end(),
                             {"GITHUB_REPOSITORY=o/audits", "GITHUB_SERVER_URL=" + address});
  const auto list = address + "/o/r.git\n" + other.folder().string() + "\n";

  ran = many(list, {"--open-issue"}, options);
  EXPECT_EQ(ran.exit_code, 3) << "nobody vouches for the server: " << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("certificate"));
  EXPECT_THAT(forge.issues, IsEmpty());

  options.environment.push_back("SSL_CERT_FILE=" + file("cert.pem"));
  ran = many(list, {"--open-issue"}, options);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  ASSERT_EQ(forge.issues.size(), 1U) << ran.out;
  EXPECT_EQ(forge.issues[0].title, "Peer audit: 1 warning");
  EXPECT_THAT(ran.out, HasSubstr("opened"));
  EXPECT_THAT(ran.out, HasSubstr("this is no address on the forge"));
  EXPECT_THAT(ran.out, Not(HasSubstr(kToken)));
  const auto writes = forge.writes();
  EXPECT_EQ(many(list, {"--open-issue"}, options).exit_code, 0);
  EXPECT_EQ(forge.writes(), writes) << "as it was";
  EXPECT_THAT(forge.problems, IsEmpty());
}

TEST_F(AuditIssue, IsSaidToBeImpossibleWhereItIs) {
  EXPECT_EQ(peer({"audit", "--open-issue"}).exit_code, 2) << "no job of a forge";
  EXPECT_EQ(peer({"audit", "--open-issue", "--since", "last"}, job()).exit_code, 2);
  EXPECT_THAT(peer({"audit", "--open-issue", "https://example.invalid/o/r"}, job()).out,
              HasSubstr("--repos"));
  auto options = job();
  options.environment.back() = "GITHUB_TOKEN=";
  EXPECT_EQ(peer({"audit", "--open-issue", "-q"}, options).exit_code, 4);
}

TEST_F(AuditIssue, TheProcessThatReadsNeverHasTheToken) {
  // the reader waits for its configuration: it can be looked at
  const auto fifo = home.path() / "config.yml";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  std::string reader = "none";
  std::thread watcher([&] {
    const int pipe = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      const auto words = slurp(entry.path() / "cmdline");
      if (words.find(fifo.string()) != std::string::npos &&
          words.find("--format=json=") != std::string::npos)
        reader = slurp(entry.path() / "environ");
    }
    close(pipe);
  });
  ran = peer({"audit", "--open-issue", "--config", fifo.string()}, job());
  watcher.join();
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(reader, HasSubstr("GITHUB_REPOSITORY"));
  EXPECT_THAT(reader, Not(HasSubstr(kToken)));
}

}  // namespace
}  // namespace peer::testing
