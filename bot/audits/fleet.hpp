// The audits of many repositories: each in a process of its own, some at a time; what goes wrong
// with one stands in its row. This process reads no repository, only the reports, and those as
// hostile.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "bot/audits/list.hpp"
#include "bot/config.hpp"
#include "bot/session.hpp"
#include "reporters/render/overview.hpp"

namespace peer {

struct FleetPlan {
  std::vector<AuditTarget> targets;
  std::vector<std::string> words;  ///< flags of every single audit
  unsigned at_once = 1;
  unsigned threads = 1;                ///< of each
  std::chrono::seconds longest{3600};  ///< for one: its clone and its audit
  /// Where each audit's report.json and report.html stay; empty: nowhere.
  std::filesystem::path reports;
  bool with_trend = true;  ///< each is compared with the audit before
  bool offline = false;    ///< nothing is cloned from a server
  /// Hears of each that is done, with its report (empty when there is none); from many threads, one
  /// at a time.
  std::function<void(const AuditTarget&, AuditedRepository&, const std::filesystem::path& report)>
      done;
};

/// A row per target, in their order. `config` says where the history is kept.
[[nodiscard]] std::vector<AuditedRepository> audit_all(const FleetPlan& plan, const Config& config,
                                                       const Session& session);

/// The exit code of them all: the worst.
[[nodiscard]] int exit_code_of(const std::vector<AuditedRepository>& repositories);

/// A name for files about `target`: its last words, and letters that tell it from others.
[[nodiscard]] std::string file_name_of(const AuditTarget& target);

}  // namespace peer
