#include "bot/gathering.hpp"

#include <fmt/format.h>
#include <random>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/workers.hpp"

namespace peer {
namespace {

using ::testing::ElementsAre;

constexpr std::size_t kFiles = 200;

Report report_of(std::size_t files) {
  Report report;
  for (std::size_t i = 0; i < files; ++i) {
    ChangedFile file;
    file.path = fmt::format("f{}.c", i);
    report.change.files.push_back(std::move(file));
  }
  return report;
}

Finding finding_at(std::size_t file, std::uint32_t begin, std::string message) {
  Finding finding;
  finding.rule = "rule";
  finding.path = fmt::format("f{}.c", file);
  finding.at.span = {begin, begin + 1};
  finding.message = std::move(message);
  finding.in_change = true;
  return finding;
}

Examined examined(std::size_t file, std::size_t findings) {
  Examined examined;
  examined.coverage.path = fmt::format("f{}.c", file);
  examined.coverage.hunks = {{{}, true}, {{}, file % 2 == 0}};
  for (std::size_t i = 0; i < findings; ++i)
    examined.review.findings.push_back(
        finding_at(file, static_cast<std::uint32_t>(10 * i), fmt::format("{} of {}", i, file)));
  return examined;
}

std::vector<std::string> messages(const Report& report) {
  std::vector<std::string> all;
  for (const auto& finding : report.findings)
    all.push_back(finding.message);
  return all;
}

TEST(Gathering, KeepsTheOrderOfTheChangeWhateverOrderFilesAreDoneIn) {
  const Config config;
  std::vector<std::string> expected;
  for (std::size_t file = 0; file < kFiles; ++file)
    for (std::size_t i = 0; i < file % 4; ++i)
      expected.push_back(fmt::format("{} of {}", i, file));
  std::vector<std::size_t> order(kFiles);
  for (std::size_t i = 0; i < kFiles; ++i)
    order[i] = i;
  std::mt19937 random(3);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    auto report = report_of(kFiles);
    Gathering gathering(report, config);
    for_each_index(kFiles, 4, {}, [&](std::size_t i) {
      gathering.take(order[i], examined(order[i], order[i] % 4));
    });
    EXPECT_EQ(messages(report), expected);
    ASSERT_EQ(report.coverage.files.size(), kFiles);
    for (std::size_t i = 0; i < kFiles; ++i)
      ASSERT_EQ(report.coverage.files[i].path, fmt::format("f{}.c", i));
    EXPECT_EQ(report.coverage.hunks_total, 2 * kFiles);
    EXPECT_EQ(report.coverage.hunks_examined, kFiles + kFiles / 2);
  }
}

TEST(Gathering, HoldsWhatFindingsSayAlikeOnce) {
  const Config config;
  auto report = report_of(2);
  Gathering gathering(report, config);
  gathering.take(0, examined(0, 2));
  gathering.take(1, examined(1, 1));
  ASSERT_EQ(report.findings.size(), 3U);
  EXPECT_TRUE(report.findings[0].rule.shares_with(report.findings[2].rule));
  EXPECT_TRUE(report.findings[0].path.shares_with(report.findings[1].path));
  EXPECT_FALSE(report.findings[0].path.shares_with(report.findings[2].path));
}

TEST(Gathering, LeavesOutWhatIsNotAskedFor) {
  Config config;
  config.min_severity = Severity::warning;
  auto report = report_of(1);
  auto file = examined(0, 3);
  file.review.findings[0].severity = Severity::info;
  file.review.findings[2].in_change = false;
  Gathering gathering(report, config);
  gathering.take(0, std::move(file));
  EXPECT_THAT(messages(report), ElementsAre("1 of 0"));
}

TEST(Gathering, PutsWhatAllFilesShowTogetherInItsPlace) {
  const Config config;
  auto report = report_of(3);
  Gathering gathering(report, config);
  for (std::size_t i = 0; i < 3; ++i)
    gathering.take(i, examined(i, 2));
  std::map<std::size_t, std::vector<Finding>> more;
  more[1].push_back(finding_at(1, 5, "between"));
  more[2].push_back(finding_at(2, 99, "last"));
  gathering.add(std::move(more));
  EXPECT_THAT(messages(report), ElementsAre("0 of 0", "1 of 0", "0 of 1", "between", "1 of 1",
                                            "0 of 2", "1 of 2", "last"));
}

}  // namespace
}  // namespace peer
