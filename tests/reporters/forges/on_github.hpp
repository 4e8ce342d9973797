// Tests on GitHub.
#pragma once

#include "tests/fakes/github_fake.hpp"
#include "tests/reporters/forges/on_forge.hpp"

namespace peer::test {

using fakes::GitHubFake;
using std::chrono::milliseconds;
using Fault = GitHubFake::Fault;

class OnGitHub : public OnForge<GitHubFake> {
 protected:
  void SetUp() override {
    OnForge::SetUp();
    place.graphql = forge.url() + "/graphql";
    place.project = forge.repository;
    place.number = forge.number;
  }
  void learn_diff() override { forge.diff = {{"src/a.py", {{}, {{1, 200}}}}}; }

  /// With each fault once at each of these requests: two comments, one summary, one check run, and
  /// nothing to do after it.
  void expect_nothing_doubled(const std::vector<std::pair<std::string, std::string>>& requests,
                              const std::vector<Fault>& faults) {
    for (const auto& [method, part] : requests)
      for (const auto& fault : faults) {
        forge.talks.clear();
        forge.comments.clear();
        forge.checks.clear();
        fault_once(method, part, fault);
        EXPECT_TRUE(run({10, 20}).done) << part;
        forge.fault = nullptr;
        EXPECT_EQ(forge.talks.size(), 2U) << part;
        EXPECT_EQ(forge.comments.size(), 1U) << part;
        EXPECT_EQ(forge.checks.size(), 1U) << part;
        EXPECT_EQ(writes_of({10, 20}), 0U) << part;
      }
  }
};

}  // namespace peer::test
