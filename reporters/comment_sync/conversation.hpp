// What stands on a forge about one change, in words that fit every forge, and the writes that can
// change it. The planner speaks only of these; a forge's client fills and executes them. Values,
// and one interface that is used by one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "analyzers/finding.hpp"
#include "base/result.hpp"
#include "reporters/comment_sync/answer.hpp"
#include "reporters/comment_sync/mark.hpp"

namespace peer {

/// Lines of a changed file, all within one hunk.
struct Anchor {
  std::string path;
  std::string old_path;  ///< equal to path unless renamed
  Side side = Side::new_side;
  std::uint32_t first_line = 1, last_line = 1;  ///< in the numbering of `side`
  /// The same lines in the numbering of the other side, as a diff counts on: where a line is added
  /// or removed, the line that comes next there.
  std::uint32_t first_other = 1, last_other = 1;
  bool first_unchanged = false, last_unchanged = false;  ///< stand on both sides
  friend bool operator==(const Anchor&, const Anchor&) = default;
};

/// A change as the forge sees it at this moment.
struct ChangeNow {
  std::string head;     ///< commit id
  std::string target;   ///< the branch it goes to
  bool open = true;     ///< neither closed nor merged
  bool locked = false;  ///< nobody may comment
  std::vector<std::string> labels;
  friend bool operator==(const ChangeNow&, const ChangeNow&) = default;
};

/// A comment of ours on lines, with the talk below it.
struct Thread {
  std::string id;       ///< of the thread
  std::string comment;  ///< of our comment, its first
  std::string path;
  std::string body;
  Mark mark;  ///< read from `body`
  bool resolved = false;
  bool resolved_by_us = false;
  bool people = false;   ///< someone else wrote in it
  bool pending = false;  ///< written but not yet shown to anyone
  bool stale = false;    ///< pending, and for a commit that is the head no longer
  friend bool operator==(const Thread&, const Thread&) = default;
};

/// A summary of ours.
struct SummaryComment {
  std::string id;
  std::string body;
  Memory memory;  ///< read from `body`
  friend bool operator==(const SummaryComment&, const SummaryComment&) = default;
};

enum class Conclusion { success, neutral, failure };

/// What a check run says about one place.
struct Annotation {
  std::string path;
  Location at;
  Severity severity = Severity::warning;
  std::string title, message;
  friend bool operator==(const Annotation&, const Annotation&) = default;
};

/// The verdict on a commit, as a check run or, in few words, as a status.
struct CheckRun {
  std::string key;  ///< hash of all it says
  Conclusion conclusion = Conclusion::neutral;
  std::string title;    ///< one line
  std::string summary;  ///< Markdown
  std::vector<Annotation> annotations;
};

/// A check run of ours on the head, as it stands.
struct CheckThere {
  std::string id, key;
  bool done = false;
  std::size_t annotations = 0;
  friend bool operator==(const CheckThere&, const CheckThere&) = default;
};

/// A commit status of ours on the head.
struct StatusThere {
  std::string state, description;
  friend bool operator==(const StatusThere&, const StatusThere&) = default;
};

/// What a token turned out to be allowed to do.
struct TokenAbilities {
  bool comment = true, resolve = true, check = true, status = true, labels = true, sarif = true;
};

/// All of it, as read at one moment; comments are oldest first and only our own.
struct Said {
  ChangeNow change;
  std::vector<Thread> threads;
  std::vector<SummaryComment> summaries;
  std::optional<CheckThere> check;
  std::optional<StatusThere> status;
  std::vector<AnswerComment> answers = {};  ///< to commands
};

struct NewComment {
  Anchor at;
  std::string body;
  std::vector<std::string> keys;
};

/// Comments on lines, shown to people all at once.
struct PostComments {
  std::vector<NewComment> comments;
};
/// Shows what is pending.
struct PublishPending {};
struct EditComment {
  std::string thread, comment, body;
};
struct DeleteComment {
  std::string thread, comment;
};
struct SetResolved {
  std::string thread;
  bool resolved = true;
};
struct PostSummary {
  std::string body;
};
struct EditSummary {
  std::string id, body;
};
struct DeleteSummary {
  std::string id;
};
struct SetLabels {
  std::vector<std::string> add, remove;
};
struct UploadSarif {
  std::string sarif;  ///< JSON
};
/// Adds what a check run does not say yet; id "": a new one.
struct PostCheck {
  std::string id;
  std::size_t from = 0;  ///< annotations that it has
  CheckRun check;
};
struct PostStatus {
  std::string state, description;
};

using Write =
    std::variant<PostComments, PublishPending, EditComment, DeleteComment, SetResolved, PostSummary,
                 EditSummary, DeleteSummary, SetLabels, UploadSarif, PostCheck, PostStatus>;

/// How a write ended.
struct WriteEnd {
  enum class Kind {
    done,
    unsure,     ///< it may or may not have happened: look before doing it again
    forbidden,  ///< this token may not
    gone,       ///< what it was about is not there any more
    refused,    ///< the forge will not take it
    failed,     ///< the forge cannot be reached, or has had enough for now
  };
  Kind kind = Kind::done;
  std::string detail;                ///< for people
  std::vector<std::string> refused;  ///< keys of comments that were not taken, though the rest was
};

/// One change on one forge.
class Conversation {
 public:
  virtual ~Conversation() = default;
  [[nodiscard]] virtual Result<Said> read(const TokenAbilities& abilities) = 0;
  /// Only the change itself: asked before every write.
  [[nodiscard]] virtual Result<ChangeNow> look() = 0;
  [[nodiscard]] virtual WriteEnd write(const Write& write) = 0;
};

}  // namespace peer
