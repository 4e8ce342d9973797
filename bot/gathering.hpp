// What examining the files gives, taken into the report while they are examined.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <vector>

#include "analyzers/change_set.hpp"
#include "analyzers/examine.hpp"
#include "base/shared_text.hpp"
#include "bot/config.hpp"
#include "reporters/report.hpp"

namespace peer {

/// A file of the change with what examining it gave.
struct Examined {
  FileReview review;
  FileCoverage coverage;
};

/// Takes files into a report in the order of its change, each as soon as those before it are there:
/// an audit finds tens of thousands of things, which are in memory once and not once more to be
/// collected.
class Gathering {
 public:
  /// `report` has its change; both outlive this.
  Gathering(Report& report, const Config& config);

  /// What examining the file with index `file` gave; each file once. Safe to call from many
  /// threads.
  void take(std::size_t file, Examined examined);

  /// The code that each file adds, once all of them were taken.
  [[nodiscard]] const std::vector<std::vector<CodeWindow>>& added_code() const {
    return added_code_;
  }
  /// Findings that only show when all files were taken, by file; they are put in their places. To
  /// be called once.
  void add(std::map<std::size_t, std::vector<Finding>> found);

 private:
  void append(std::size_t file, Examined&& examined);
  void keep_wanted(std::vector<Finding>& findings, const ChangedFile& file);
  void make_room(std::size_t more);

  Report& report_;
  const Config& config_;
  TextPool texts_;
  std::vector<std::vector<CodeWindow>> added_code_;
  std::mutex lock_;
  std::map<std::size_t, Examined> waiting_;  ///< for a file before them
  std::size_t taken_ = 0;                    ///< files in the report
  std::vector<std::size_t> ends_;            ///< of each file's findings in the report
};

}  // namespace peer
