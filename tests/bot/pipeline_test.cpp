// run() is a library call: no globals, so that two at once in one process give what each gives
// alone.
#include "bot/pipeline.hpp"

#include <atomic>
#include <fmt/format.h>
#include <memory>
#include <thread>

#include <gtest/gtest.h>

#include "bot/git/change_source.hpp"
#include "reporters/render/render.hpp"
#include "tests/bot/git/git_fixture.hpp"

namespace peer {
namespace {

class CountingSink : public EventSink {
 public:
  void started(std::size_t files) override { files_ = files; }
  void examined(const std::string& /*path*/) override { ++examined_; }
  [[nodiscard]] bool all_heard() const { return files_ == examined_; }

 private:
  std::atomic<std::size_t> files_{0}, examined_{0};
};

/// One repository with one configuration, examined as often as asked.
class Side {
 public:
  Side(std::string_view text, std::size_t files, Severity least) {
    repository_.write("base.txt", "base\n");
    repository_.commit();
    for (std::size_t i = 0; i < files; ++i)
      repository_.write(fmt::format("dir{}/f{}.py", i % 7, i), text);
    repository_.commit();
    config_.jobs = 2;
    config_.min_severity = least;
  }

  /// The JSON report, without the time it took.
  [[nodiscard]] std::string report(const std::stop_token& stop = {}) const {
    auto opened = repository_.open();
    auto source =
        std::make_shared<RepositoryChange>(opened, parse_range("HEAD~1..HEAD"), DiffOptions{});
    const Services services{
        [&] { return source->read_change(); },
        [&](const BlobRef& blob, std::string_view path) { return source->read(blob, path); },
        [](const FileJob& job, const ExamineOptions& options, const std::stop_token&) {
          return examine(job, options);
        },
        clock_};
    CountingSink sink;
    auto report = run(Request{"review", config_, nullptr, nullptr}, services, stop, sink);
    EXPECT_TRUE(report.has_value());
    EXPECT_TRUE(sink.all_heard());
    if (!report) return report.error().message;
    report->receipt.seconds = 0;
    return find_renderer("json")->render(*report, {});
  }

 private:
  GitFixture repository_;
  Config config_;
  Clock clock_;
};

TEST(Pipeline, TwoRunsAtOnceGiveWhatEachGivesAlone) {
  const Side one("import json\nimport re\n\nprint(re)\n", 60, Severity::hint);
  const Side other("def f():\n    breakpoint()\n\n<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> x\n",
                   40, Severity::error);
  const auto alone = std::pair{one.report(), other.report()};
  EXPECT_NE(alone.first.find("unused-import"), std::string::npos);
  EXPECT_NE(alone.second.find("merge-conflict-marker"), std::string::npos);
  EXPECT_EQ(alone.second.find("debug-leftover"), std::string::npos);
  for (int round = 0; round < 3; ++round) {
    std::pair<std::string, std::string> together;
    std::thread first([&] { together.first = one.report(); });
    std::thread second([&] { together.second = other.report(); });
    first.join();
    second.join();
    EXPECT_EQ(together.first, alone.first);
    EXPECT_EQ(together.second, alone.second);
  }
}

TEST(Pipeline, StoppingOneRunDoesNotStopTheOther) {
  const Side one("import json\n", 40, Severity::hint);
  const Side other("import re\n", 40, Severity::hint);
  const auto alone = other.report();
  std::stop_source stop;
  stop.request_stop();
  std::string stopped, whole;
  std::thread first([&] { stopped = one.report(stop.get_token()); });
  std::thread second([&] { whole = other.report(); });
  first.join();
  second.join();
  EXPECT_EQ(whole, alone);
  EXPECT_NE(stopped.find("\"verdict\": \"not_reviewed\""), std::string::npos)
      << stopped.substr(0, 300);
  EXPECT_EQ(stopped.find("\"unused-import\""), std::string::npos);
}

/// Enough code of one kind to be told of when it is copied.
std::string copied(std::string_view name) {
  std::string code = fmt::format("def {}(rows):\n", name);
  for (int i = 0; i < 12; ++i)
    code +=
        fmt::format("    total_{0} = sum(row.value_{0} for row in rows if row.kind == {0})\n", i);
  return code + "    return total_0\n";
}

Report review_of(const GitFixture& repository) {
  auto opened = repository.open();
  RepositoryChange source(opened, parse_range("HEAD~1..HEAD"), DiffOptions{});
  Clock clock;
  const Services services{
      [&] { return source.read_change(); },
      [&](const BlobRef& blob, std::string_view path) { return source.read(blob, path); },
      [](const FileJob& job, const ExamineOptions& options, const std::stop_token&) {
        return examine(job, options);
      },
      clock};
  CountingSink sink;
  Config config;
  config.min_severity = Severity::hint;
  auto report = run(Request{"review", config, nullptr, nullptr}, services, {}, sink);
  EXPECT_TRUE(report.has_value());
  return report ? std::move(*report) : Report{};
}

TEST(Pipeline, TellsOfCodeThatTwoFilesGainAsOfAnyFinding) {
  GitFixture repository;
  repository.write("base.txt", "base\n");
  repository.commit();
  repository.write("a.py", copied("first"));
  repository.write("b.py", "LIMIT = 3\n\n\n" + copied("second"));
  repository.commit();
  const auto report = review_of(repository);
  ASSERT_EQ(report.findings.size(), 1U);
  const auto& finding = report.findings[0];
  EXPECT_EQ(finding.path, "b.py");
  EXPECT_EQ(finding.symbol, "second");
  EXPECT_FALSE(finding.frame.lines.empty());
  ASSERT_EQ(finding.related.size(), 1U);
  EXPECT_EQ(finding.related[0].path, "a.py");
}

TEST(Pipeline, ACommentSilencesCodeThatTwoFilesGainAndIsNotCalledUnused) {
  GitFixture repository;
  repository.write("base.txt", "base\n");
  repository.commit();
  repository.write("a.py", copied("first"));
  repository.write(
      "b.py", "# peer-ignore-file: duplicate-code -- kept apart on purpose\n" + copied("second"));
  repository.commit();
  const auto report = review_of(repository);
  EXPECT_TRUE(report.findings.empty()) << report.findings[0].message;
  ASSERT_EQ(report.suppressed.size(), 1U);
  EXPECT_EQ(report.suppressed[0].rule, "duplicate-code");
}

}  // namespace
}  // namespace peer
