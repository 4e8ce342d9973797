// The issue that a scheduled audit keeps in a repository: at most one, found again by its mark and
// its author, kept up to date in place, closed when nothing is left. Values and pure functions;
// thread-safe.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "reporters/comment_sync/conversation.hpp"
#include "reporters/comment_sync/wanted.hpp"

namespace peer {

/// An issue of ours as it stands.
struct IssueThere {
  std::string id;  ///< its number
  std::string title, body;
  bool open = true;
  Memory memory;  ///< read from `body`
};

struct OpenIssue {
  std::string title, body;
};
/// All of it as it should stand.
struct EditIssue {
  std::string id, title, body;
  bool open = true;
};
using IssueWrite = std::variant<OpenIssue, EditIssue>;

/// The issues of a repository.
class IssueTracker {
 public:
  virtual ~IssueTracker() = default;
  /// Ours that bear the mark, oldest first.
  [[nodiscard]] virtual Result<std::vector<IssueThere>> read() = 0;
  [[nodiscard]] virtual WriteEnd write(const IssueWrite& write) = 0;
};

/// The writes that bring `there` in line. An issue that a person closed stays closed until
/// something is found that it did not speak of.
[[nodiscard]] std::vector<IssueWrite> plan_issue(const Wanted& wanted,
                                                 const std::vector<IssueThere>& there);

}  // namespace peer
