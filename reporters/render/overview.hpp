// What the audits of many repositories come to: one row each, for people (terminal, Markdown, HTML)
// and programs (JSON). Values; pure functions; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/render.hpp"

namespace peer {

/// How the audit of one repository ended.
struct AuditedRepository {
  std::string name;                ///< its path or address, without credentials
  std::string commit;              ///< id; "": not known
  std::optional<Verdict> verdict;  ///< nullopt: there is no report, and `error` says why
  bool complete = false;
  SeverityCounts counts{};
  std::size_t files = 0, files_examined = 0;
  std::optional<AuditPoint> trend;  ///< against the audit before
  std::string error;                ///< what went wrong; "" when nothing did
  std::string report;  ///< its own page, from where the overview lies; "": none is kept
  std::string issue;   ///< what was done about its issue, in words; "": nothing was to be
  int exit_code = 0;
  double seconds = 0;
};

struct AuditOverview {
  std::string tool_version;
  std::vector<AuditedRepository> repositories;  ///< in the order asked for
  std::vector<std::string> notes;               ///< sentences, as about lines that were left out
};

/// "clean", "2 errors, 1 warning", "incomplete, no findings", "failed".
[[nodiscard]] std::string outcome_words(const AuditedRepository& repository);

/// The overview as terminal, json, markdown or html. Fails with invalid_input for any other format.
[[nodiscard]] Result<std::string> render_overview(const AuditOverview& overview,
                                                  std::string_view format);

}  // namespace peer
