// What commands need of a forge beyond talking: who may write, where the change stands, commits and
// changes of Peer's own. The same for every forge. Used by one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace peer {

/// Both ends of a change, as the forge knows them now.
struct ChangeEnds {
  std::string head;     ///< commit
  std::string branch;   ///< it comes from
  std::string project;  ///< that holds the branch; "": it is gone
  std::string base;     ///< commit that it goes to
  bool open = true;
  bool locked = false;   ///< nobody may comment
  bool foreign = false;  ///< the branch belongs to another project
  bool shared = false;   ///< foreign, and its owner lets those who maintain this one push to it
};

/// The last commit of a branch.
struct BranchTip {
  std::string id, message;
  std::string parent;  ///< "": none, or several
};

/// New text for a file that is there.
struct NewText {
  std::string path, text;
};

struct NewCommit {
  std::string project, branch;
  std::string on;  ///< the commit that the branch must end in, so that nothing is overwritten
  bool new_branch = false;  ///< the branch is made, at `on`
  std::string title, body;  ///< of the message
  std::vector<NewText> files;
};

struct CommitEnd {
  enum class Kind {
    done,
    moved,      ///< the branch does not end where it should: nothing was done
    forbidden,  ///< this token may not, or the branch is protected
    unsure,     ///< it may or may not have happened: look
    failed,     ///< the forge cannot be reached, or has had enough for now
  };
  Kind kind = Kind::done;
  std::string id;      ///< of the commit; "" where the forge does not say
  std::string detail;  ///< for people
};

/// A change of Peer's own.
struct NewChange {
  std::string project;  ///< that holds both branches
  std::string from, into;
  std::string title, body;  ///< the body is Markdown
};

enum class Reaction { seen, done, confused };

class CommandForge {
 public:
  virtual ~CommandForge() = default;
  /// Whether `user` (what the forge's event or job names) may write to the project.
  [[nodiscard]] virtual Result<bool> may_write(const std::string& user) = 0;
  [[nodiscard]] virtual Result<ChangeEnds> ends() = 0;
  /// Where it can: a sign at the comment that holds the command.
  virtual void react(const std::string& comment, Reaction reaction) = 0;
  /// nullopt where there is no such branch.
  [[nodiscard]] virtual Result<std::optional<BranchTip>> tip(const std::string& project,
                                                             const std::string& branch) = 0;
  [[nodiscard]] virtual CommitEnd commit(const NewCommit& commit) = 0;
  /// Gives the address of the change; one that is open already is not opened again.
  [[nodiscard]] virtual Result<std::string> open_change(const NewChange& change) = 0;
  /// A file that may be executed stays so when it gets a new text.
  [[nodiscard]] virtual bool keeps_modes() const = 0;
};

}  // namespace peer
