// What Peer remembers of its own runs: the last report and the history of audits per repository.
// Never deleted by Peer: a damaged file is refused with the words that recover it, an older one is
// copied before its schema changes. Safe from many threads; any number of processes share one file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/text_lines.hpp"

namespace peer {

struct StoredReport {
  std::int64_t time = 0;  ///< when it was saved, seconds since 1970
  std::string json;
  friend bool operator==(const StoredReport&, const StoredReport&) = default;
};

/// How often a rule was found at a severity.
struct RuleTotal {
  std::string rule;
  std::string severity;
  std::uint64_t count = 0;
  friend bool operator==(const RuleTotal&, const RuleTotal&) = default;
};

struct AuditRecord {
  std::int64_t time = 0;  ///< seconds since 1970; 0 when adding: now
  std::string commit;     ///< id, or "" for a work tree
  std::vector<RuleTotal> totals;
  TextLines fingerprints;  ///< kept for the newest 30 audits of a repository; empty before
  friend bool operator==(const AuditRecord&, const AuditRecord&) = default;
};

/// `repository` everywhere is a key the caller chooses: what stays the same between runs, such as
/// the path of its .git.
class StateDb {
 public:
  /// Opens or makes the file. Fails with refused where it is damaged (PEER-E161) or written by a
  /// newer Peer (E163), timeout where it is locked (E160), unavailable else (E162): then go on
  /// without. `clock` must outlive the value.
  [[nodiscard]] static Result<StateDb> open(const std::filesystem::path& path, const Clock& clock);
  StateDb(StateDb&&) noexcept;
  StateDb& operator=(StateDb&&) noexcept;
  ~StateDb();

  /// Remembers `json` as the last report; of repositories not seen for long (200 newer ones) it is
  /// forgotten.
  [[nodiscard]] Result<void> save_report(std::string_view repository, std::string_view json);
  [[nodiscard]] Result<std::optional<StoredReport>> last_report(std::string_view repository);

  [[nodiscard]] Result<void> add_audit(std::string_view repository, const AuditRecord& audit);
  /// At most `limit` audits, newest first.
  [[nodiscard]] Result<std::vector<AuditRecord>> audits(std::string_view repository,
                                                        std::uint32_t limit);
  /// Calls `visit` with each of them in this order, so that one is in memory at a time. `visit`
  /// must not use this.
  [[nodiscard]] Result<void> each_audit(std::string_view repository, std::uint32_t limit,
                                        const std::function<void(AuditRecord)>& visit);

  /// Reads the whole file for damage.
  [[nodiscard]] Result<void> check();

 private:
  struct State;
  explicit StateDb(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace peer
