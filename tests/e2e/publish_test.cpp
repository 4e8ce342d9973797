// peer ci and peer publish in a GitHub job, against a GitHub that enforces its rules.
#include <fstream>

#include "tests/e2e/publishing_fixture.hpp"
#include "tests/fakes/gitlab_fake.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(Publishing, ACiJobReviewsAndSaysSoOnItsChange) {
  auto ran = ci();
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("published: 1 comment on lines"));
  ASSERT_EQ(forge.talks.size(), 1U);
  EXPECT_EQ(forge.talks[0].line, 1U);
  EXPECT_THAT(forge.talks[0].comments[0].body,
              HasSubstr("```suggestion\n```\n\n10/10, proved: applies"));
  EXPECT_THAT(forge.comments[0].body, HasSubstr("**Peer: 1 warning** in 1 file."));
  EXPECT_EQ(forge.checks[0].conclusion, "neutral");
  ran = ci({"--fail-on", "warning"});
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_EQ(forge.talks.size(), 1U);
  EXPECT_THAT(forge.problems, IsEmpty());
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
  const Strings hostile{"", "{", "[]", "null", good.substr(0, good.size() / 2),
                        std::string(100'000, '['), with("\"version\": 1", "\"version\": 2"),
                        with("\"head\": \"" + head, "\"head\": \"" + std::string(40, 'b')),
                        with("\"head\": \"" + head, "\"head\": \"HEAD"),
                        with("\"path\": \"a.py\"", "\"path\": \"../a.py\""),
                        with("\"line\": 1,", "\"line\": -1,"),
                        with("\"severity\": \"warning\"", "\"severity\": \"fatal\""),
                        // no UTF-8: a byte alone, an overlong slash, half of a pair, a sequence
                        // that is cut off
                        with("\"path\": \"a.py\"", "\"path\": \"a\xff.py\""),
                        with("\"path\": \"a.py\"", "\"path\": \"a\xc0\xaf.py\""),
                        with("\"path\": \"a.py\"", "\"path\": \"a\xed\xa0\x80.py\""),
                        with("\"path\": \"a.py\"", "\"path\": \"a.py\xf0\x9f\"")};
  for (const auto& text : hostile) {
    repo.write(".git/hostile.json", text);
    const auto ran = peer({"publish", ".git/hostile.json"}, job());
    EXPECT_EQ(ran.exit_code, 2) << text.substr(0, 200) << "\n" << ran.out;
  }
  EXPECT_EQ(forge.writes(), 0U);
  EXPECT_EQ(peer({"publish", "nowhere.json"}, job()).exit_code, 2);
}

TEST_F(Publishing, AReportOver64MegabytesIsRefusedUnread) {
  ASSERT_EQ(ci({"--publish", "none"}).exit_code, 0);
  const auto file = repo.folder() / ".git/out/report.json";
  const auto good = slurp(file);
  constexpr std::size_t kMost = std::size_t{64} << 20U;
  // blanks around it change nothing of what it says
  std::ofstream(file, std::ios::binary) << good << std::string(kMost - good.size(), ' ');
  EXPECT_EQ(peer({"publish", ".git/out/report.json"}, job()).exit_code, 0)
      << "as large as it may be";
  EXPECT_EQ(forge.talks.size(), 1U);
  const auto writes = forge.writes();
  std::ofstream(file, std::ios::binary) << good << std::string(kMost - good.size() + 1, ' ');
  const auto ran = peer({"publish", ".git/out/report.json"}, job());
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("is over 64 MB"));
  EXPECT_EQ(forge.writes(), writes);
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

TEST_F(Publishing, AGitLabJobSpeaksOnItsMergeRequest) {
  fakes::GitLabFake gitlab;
  gitlab.head = head;
  gitlab.base = base;
  gitlab.diff["a.py"] = {{1, 1, false, true}, {1, 2, false, true}, {1, 3, true, true}};
  RunOptions options;
  options.environment = {"CI=true",
                         "GITLAB_CI=true",
                         "CI_PIPELINE_SOURCE=merge_request_event",
                         "CI_MERGE_REQUEST_IID=7",
                         "CI_MERGE_REQUEST_DIFF_BASE_SHA=" + base,
                         "CI_COMMIT_SHA=" + head,
                         "CI_PROJECT_PATH=g/p",
                         "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main",
                         "CI_API_V4_URL=" + gitlab.url(),
                         "CI_JOB_TOKEN=job"};
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
  for (const auto& address :
       {"GITHUB_API_URL=http://example.com", "GITHUB_GRAPHQL_URL=https://example.com/graphql"}) {
    auto options = job();
    ASSERT_EQ(ci({"--publish", "none"}).exit_code, 0);
    std::erase_if(options.environment, [&](const std::string& each) {
      return each.starts_with(std::string(address).substr(0, 15));
    });
    options.environment.emplace_back(address);
    const auto ran = peer({"publish", ".git/out/report.json"}, options);
    EXPECT_EQ(ran.exit_code, 4) << ran.out;
  }
  EXPECT_EQ(forge.writes(), 0U);
}

}  // namespace
}  // namespace peer::testing
