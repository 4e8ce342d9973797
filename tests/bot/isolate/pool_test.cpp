#include "bot/isolate/pool.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "base/workers.hpp"
#include "tests/patience.hpp"

namespace peer {
namespace {

std::string bad_worker() {
  return (std::filesystem::weakly_canonical(PEER_BINARY).parent_path() / "tests/bad_worker")
      .string();
}

FileJob job_for(std::string path, std::string text) {
  FileJob job;
  job.file.path = job.file.old_path = std::move(path);
  job.after = std::move(text);
  job.whole_file = true;
  return job;
}

const std::string kConflict = "<<<<<<< a\nimport json\n=======\n>>>>>>> b\n";

ExamineOptions quick() {
  ExamineOptions options;
  options.checks.parse.budget = std::chrono::milliseconds(300);
  return options;
}

TEST(WorkerPool, GivesWhatExamineGives) {
  WorkerPool pool({{bad_worker()}});
  const auto job = job_for("a.py", "import json\n\n\ndef f():\n    return 1\n");
  const auto here = examine(job, quick());
  const auto there = pool.examine(job, quick(), {});
  ASSERT_EQ(here.findings.size(), 1U);
  EXPECT_EQ(there.findings, here.findings);
  EXPECT_TRUE(there.complete);
}

TEST(WorkerPool, AGrammarThatLoopsCrashesOrEatsMemoryLosesOnlyItsFile) {
  WorkerPool pool({{bad_worker()}, std::uint64_t{512} << 20U});
  const std::vector<std::string> paths{"a.loops", "b.py", "c.crashes", "d.py", "e.eats", "f.py"};
  std::vector<FileReview> reviews(paths.size());
  for_each_index(paths.size(), 2, {}, [&](std::size_t i) {
    reviews[i] = pool.examine(job_for(paths[i], kConflict), quick(), {});
  });
  for (std::size_t i = 0; i < paths.size(); ++i) {
    // text rules find the conflict marker in every file, whatever became of its tree
    ASSERT_FALSE(reviews[i].findings.empty()) << paths[i] << ": " << reviews[i].reason;
    EXPECT_EQ(reviews[i].complete, paths[i].ends_with(".py")) << paths[i];
    EXPECT_EQ(reviews[i].depth == Depth::text_only, !paths[i].ends_with(".py")) << paths[i];
  }
  EXPECT_NE(reviews[0].reason.find("was killed"), std::string::npos) << reviews[0].reason;
  const auto* crashed =
      kIsWatched ? "worker process" : "signal 11";  // each sanitizer has its own way to end
  EXPECT_NE(reviews[2].reason.find(crashed), std::string::npos) << reviews[2].reason;
}

TEST(WorkerPool, AWorkerReachesNothingOutside) {
  WorkerPool pool({{bad_worker()}});
  const auto review = pool.examine(job_for("a.escapes", kConflict), quick(), {});
  EXPECT_EQ(review.reason, "tried; ");
}

TEST(WorkerPool, SaysWhenItsWorkersCannotBeStarted) {
  WorkerPool pool({{"/no/such/program"}});
  const auto review = pool.examine(job_for("a.py", "x = 1\n"), quick(), {});
  EXPECT_EQ(review.depth, Depth::none);
  EXPECT_FALSE(review.complete);
}

}  // namespace
}  // namespace peer
