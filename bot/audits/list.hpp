// The file of `peer audit --repos`: which repositories, one per line. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace peer {

/// A repository to audit.
struct AuditTarget {
  std::string place;  ///< a path, or an address that may hold a credential
  bool url = false;
  /// For people, reports and histories: without a credential.
  [[nodiscard]] std::string name() const;
};

struct AuditList {
  std::vector<AuditTarget> targets;  ///< in the order of the file, each once
  std::vector<std::string> notes;    ///< "line 7 repeats line 3"
};

/// One path or address per line; blank lines and lines that begin with `#` count for nothing. Fails
/// with invalid_input for text that is no such list: binary, over 10,000 repositories, or a line
/// over 4 KB.
[[nodiscard]] Result<AuditList> read_audit_list(std::string_view text);

}  // namespace peer
