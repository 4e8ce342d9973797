// What Peer would like to stand on a forge about a change: made from a report alone, before
// anything is known of the forge. Values; pure functions; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reporters/comment_sync/conversation.hpp"
#include "reporters/report.hpp"

namespace peer {

/// How lines that may be committed with one click are written down.
enum class SuggestionStyle {
  github,  ///< replaces the lines of the comment
  gitlab,  ///< says how many lines above and below it replaces
};

struct PublishOptions {
  std::string name =
      "peer";  ///< tells several Peers on one change apart; also the check run's name
  std::size_t max_comments = 7;  ///< open ones on lines
  bool suggestions = true;       ///< offer proved fixes for committing
  bool check = true;             ///< a check run or status on the commit
  bool labels = false;           ///< "peer: errors" and the like
  bool code_scanning = false;    ///< upload SARIF
  SuggestionStyle style = SuggestionStyle::github;
  std::size_t max_body = 60'000;  ///< bytes of a comment
  std::string target;  ///< the branch the change went to when it was reviewed; "": not known
};

/// A finding, ready to be said on its lines.
struct WantedFinding {
  std::string key, rule;
  Severity severity = Severity::warning;
  std::optional<Anchor> at;  ///< nullopt: it stands on no line that the forge shows
  std::string place;         ///< Markdown: "`src/a.py:3`"
  std::string text;          ///< of its comment, without the mark
  std::string said;          ///< hash of the text without places
};

struct Wanted {
  std::string name, head, target;
  std::vector<WantedFinding> findings;  ///< most severe first, then by place
  std::vector<std::string> silenced;    ///< keys of findings that no longer count
  bool complete = true;
  /// Paths that were, sorted: of others nothing is known when not complete.
  std::vector<std::string> examined;
  std::vector<std::string> hunks;  ///< names of those examined, sorted; empty when one has none
  std::string title;               ///< "2 errors, 1 warning", "clean"
  std::string summary;             ///< Markdown that is the same for the same state
  std::string costs;               ///< Markdown that differs from run to run
  std::size_t max_comments = 7;
  std::optional<CheckRun> check;
  std::optional<std::string> label;  ///< the one of ours that should be there
  std::string sarif;                 ///< "": none is uploaded
};

[[nodiscard]] Wanted wanted_from(const Report& report, const PublishOptions& options);

/// Every label that Peer may set and take away.
[[nodiscard]] const std::vector<std::string>& peer_labels();

}  // namespace peer
