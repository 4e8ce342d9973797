// A command from the comment to its answer, in two steps with a review between them: whether this
// person may ask it and of which commits, then what is done with the report. Whatever happens, the
// command has one answer, which a second run brings up to date instead of repeating. One thread.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "reporters/commands/command.hpp"
#include "reporters/commands/forge.hpp"
#include "reporters/comment_sync/sync.hpp"
#include "reporters/report.hpp"

namespace peer {

/// A command as a job got it.
struct CommandJob {
  CommandText text;
  std::string to;       ///< what answers are known by: see AnswerMark
  std::string comment;  ///< id on the forge of the comment that holds it; "": none
  std::string user;     ///< who asks, as CommandForge::may_write() takes it
  std::string login;    ///< the same for people
};

/// What carrying out needs of the world around it.
struct CommandWorld {
  std::string name;  ///< of this Peer, in marks
  CommandForge& forge;
  Conversation& talk;
  std::function<bool(int round)> pause;
  /// What Peer knows of a built-in rule, as plain text.
  std::function<std::optional<std::string>(std::string_view id)> rule_text;
  /// Brings what is said on the change in line with the report.
  std::function<SyncOutcome(const Report&)> publish;
};

struct CommandEnded {
  std::optional<ChangeEnds> review;  ///< these are to be reviewed first; else all is done
  bool refused = false;              ///< this person may not ask it: nothing was written
  std::size_t fixes = 0;             ///< that were committed, wherever
  std::string failure;               ///< why it could not be done or answered; ""
  std::string words;                 ///< for the log of the job: one line
};

/// Whether the command may be carried out. What needs no review is, and answered.
[[nodiscard]] CommandEnded begin_command(const CommandJob& job, CommandWorld& world);

/// Carries the command out with the report of the review; null where the review did not finish.
[[nodiscard]] CommandEnded finish_command(const CommandJob& job, const Report* report,
                                          CommandWorld& world);

}  // namespace peer
