// The words in which SARIF and GitHub speak of what Peer has words of its own for. Pure;
// thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "reporters/report.hpp"

namespace peer::sarif {

/// "error", "warning" or "note".
[[nodiscard]] std::string_view level(Severity severity);

/// A rule whose findings belong under security.
[[nodiscard]] bool is_security(const ReportedRule& rule);

/// A score in GitHub's bands: 7.0 to 8.9 is high, 4.0 to 6.9 medium, below low.
[[nodiscard]] std::string_view security_severity(Severity severity);

/// "very-high", "high", "medium" or "low".
[[nodiscard]] std::string_view precision(double confidence);

/// "unused-import" -> "UnusedImport": the form the standard asks of names.
[[nodiscard]] std::string pascal_case(std::string_view id);

/// `text` ending with a full stop.
[[nodiscard]] std::string sentence(std::string_view text);

}  // namespace peer::sarif
