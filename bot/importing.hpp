// Other tools' findings for a run: files named with --import are read once, matched with the files
// of the repository, and given out file by file. `of` is safe from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/import/imported.hpp"
#include "analyzers/import/paths.hpp"
#include "base/result.hpp"
#include "bot/input.hpp"
#include "bot/session.hpp"
#include "reporters/report.hpp"

namespace peer {

class Imports {
 public:
  /// Reads `names` ("-" is standard input). Fails with invalid_input where one cannot be opened;
  /// one that cannot be understood, or not in full, is told by account().
  [[nodiscard]] static Result<std::unique_ptr<Imports>> read(const std::vector<std::string>& names,
                                                             const Input& input,
                                                             const Session& session);

  /// Something was imported about `path` of the change.
  [[nodiscard]] bool speaks_of(const std::string& path) const;

  /// What was imported about `path` of the change, placed in `bytes`, its new side.
  [[nodiscard]] std::vector<Finding> of(const std::string& path, std::string_view bytes) const;

  /// Adds to `report`, whose coverage must be filled in, what came of the imports: files that could
  /// not be read in full as skipped, and in words how many findings are about what is not in this
  /// change or repository, was left out, or does not fit the text.
  void account(Report& report) const;

 private:
  struct Source {
    std::string name;
    ToolFindings told;
    std::map<std::string, std::vector<const ImportedFinding*>> by_file;  ///< of the change
    std::map<std::string, std::size_t> untouched;  ///< of the repository, not of the change
    std::map<std::string, std::size_t> unknown;
    // found out while files are examined
    std::set<std::string> misfits;
    std::size_t inexact = 0;
  };

  explicit Imports(PathFinder finder) : finder_(std::move(finder)) {}
  void add(std::string name, std::string bytes, const std::set<std::string>& changed);
  /// `left_out` are the files of the change that were not examined.
  static void account_for(const Source& source, const std::set<std::string_view>& left_out,
                          Report& report);

  mutable std::mutex lock_;  ///< over the finder, and what is found out while files are examined
  mutable PathFinder finder_;
  mutable std::vector<std::unique_ptr<Source>> sources_;
};

}  // namespace peer
