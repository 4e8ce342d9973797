// Comments by which people silence findings: `peer-ignore: id, id2 -- reason` on the line of a
// finding (for one that spans lines, the first), or alone above it; `peer-ignore-file: id --
// reason` within the first ten lines for a whole file; without ids every rule. `ast-grep-ignore`,
// `nosemgrep: id`, `NOLINT(id)`, `eslint-disable-next-line id` and `# noqa` are honoured where they
// name one of our rules; without ids they do not silence security and secrets. Words for security
// scanners (`# nosec B303`, `# noqa: S324`, `// #nosec G401`, `//nolint:gosec`) silence what
// built-in YAML rules about security say of the same weakness, without a code all that they say;
// nothing else. For the rules of a user's own files `ast-grep-ignore` means what it means to
// ast-grep, and the other tools' words count with ids only. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/source_file.hpp"

namespace peer {

/// What must be known before a suppression can be called unused.
struct SuppressionScope {
  std::span<const std::string_view> known;         ///< the id of every rule there is
  std::function<bool(std::string_view rule)> ran;  ///< this rule was run on the file
  std::function<bool(std::uint32_t line)>
      examined;                   ///< a finding on this line would have been seen
  bool peer_ignores = true;       ///< those that are of no use are told
  bool ast_grep_ignores = false;  ///< likewise
};

/// Who wrote a rule.
enum class RuleSource {
  peer,   ///< a check, a model, or another tool's finding
  pack,   ///< a built-in YAML rule
  users,  ///< a file of the user's own
};
/// By the rule's id.
using SourceOfRule = std::function<RuleSource(std::string_view rule)>;

/// Marks the findings of `file` that stand on `side` and that a comment silences. `source` may be
/// null: all are of Peer itself. Gives hints (rule "unused-suppression") for the comments of the
/// file: those that silence nothing though all rules they name were run, and names of no rule.
/// Empty when `scope` is null. They come without fingerprint, frame and symbol.
[[nodiscard]] std::vector<Finding> apply_suppressions(std::span<Finding> findings,
                                                      const SourceFile& file, Side side,
                                                      const SuppressionScope* scope,
                                                      const SourceOfRule& source = {});

}  // namespace peer
