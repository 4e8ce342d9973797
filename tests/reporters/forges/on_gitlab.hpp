// Tests on GitLab.
#pragma once

#include "tests/fakes/gitlab_fake.hpp"
#include "tests/reporters/forges/on_forge.hpp"

namespace peer::test {

/// The lines of a unified diff as GitLab counts them: "-", "+" or " " each.
inline std::vector<fakes::GitLabFake::Line> counted(std::uint64_t old_line, std::uint64_t new_line,
                                                    const std::string& marks) {
  std::vector<fakes::GitLabFake::Line> lines;
  for (const char mark : marks) {
    lines.push_back({old_line, new_line, mark != '+', mark != '-'});
    old_line += mark != '+' ? 1U : 0U;
    new_line += mark != '-' ? 1U : 0U;
  }
  return lines;
}

class OnGitLab : public OnForge<fakes::GitLabFake> {
 protected:
  void SetUp() override {
    OnForge::SetUp();
    place.kind = ForgeKind::gitlab;
    place.project = "g/p";
    place.number = 7;
    // the diff of report_with(): 49 unchanged lines, 100 added, 51 unchanged
    forge.diff["src/a.py"] =
        counted(1, 1, std::string(49, ' ') + std::string(100, '+') + std::string(51, ' '));
  }

  /// With each fault once at each of these requests: two threads, one summary, and nothing to do
  /// after it.
  void expect_nothing_doubled(const std::vector<std::pair<std::string, std::string>>& requests,
                              const std::vector<Fault>& faults) {
    for (const auto& [method, part] : requests)
      for (const auto& fault : faults) {
        forge.discussions.clear();
        forge.drafts.clear();
        fault_once(method, part, fault);
        EXPECT_TRUE(run({10, 60}).done) << part;
        forge.fault = nullptr;
        EXPECT_EQ(forge.threads().size(), 2U) << part;
        EXPECT_EQ(forge.notes().size(), 1U) << part;
        EXPECT_EQ(writes_of({10, 60}), 0U) << part;
      }
  }
};

}  // namespace peer::test
