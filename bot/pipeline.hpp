// The run as a library call: a request in, a report out. No globals, environment, standard streams
// or current folder, so that one process may run many at once.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/change_set.hpp"
#include "analyzers/examine.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "bot/config.hpp"
#include "reporters/report.hpp"

namespace peer {

class Imports;
class ReviewCache;

/// What is asked for.
struct Request {
  std::string command = "review";
  const Config& config;
  /// Whether a file is looked at, by ignore files and flags; null: every file is.
  std::function<Scope(const ChangedFile&)> scope;
  /// Marks findings that a baseline holds; null: none are.
  std::function<void(std::vector<Finding>&)> mark_known;
  /// What other tools found; null: nothing was imported.
  const Imports* imports = nullptr;
};

/// The parts of the world a run needs. All must be safe to call from many threads.
struct Services {
  std::function<Result<ChangeSet>()> read_change;
  std::function<Result<std::string>(const BlobRef&, std::string_view path)> read_blob;
  /// examine(), or the same in worker processes.
  std::function<FileReview(const FileJob&, const ExamineOptions&, const std::stop_token&)> examine;
  const Clock& clock;
  ReviewCache* cache = nullptr;  ///< of earlier runs; null: none
  /// Adds what models find to a report with all that rules found; null: nobody is asked.
  std::function<void(Report&, const std::stop_token&)> ask_models = nullptr;
};

/// Hears how the run goes; called from many threads.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void started(std::size_t /*files*/) {}
  virtual void examined(const std::string& /*path*/) {}
};

/// Reads, parses, analyzes and reports. Fails only when the change cannot be read at all;
/// everything else that goes wrong stands in the report. When `stop` is asked, what was examined so
/// far is reported and the rest is skipped.
[[nodiscard]] Result<Report> run(const Request& request, const Services& services,
                                 const std::stop_token& stop, EventSink& events);

}  // namespace peer
