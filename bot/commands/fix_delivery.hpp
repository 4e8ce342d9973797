// How proved fixes leave a run: written to the work tree, committed, as a patch, or only shown; and
// what is said about them and about all that is left. Used by one thread.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "bot/cli.hpp"
#include "bot/commands/run_review.hpp"
#include "bot/fixing/fix_files.hpp"
#include "bot/session.hpp"

namespace peer {

/// The new side stands in the work tree, or may: as itself, as the index or a diff (a file that
/// differs on disk is then refused when it is written), or as the commit that is checked out.
[[nodiscard]] bool may_stand_in_work_tree(const Input& input);

/// The fixes are only to be looked at.
[[nodiscard]] bool shows_only(const Invocation& invocation);

class FixDelivery {
 public:
  FixDelivery(const Reviewed& reviewed, const Invocation& invocation, Session& session);

  /// Where words for people go: standard output, unless a patch is written there.
  void tell(std::string_view text) const;
  /// The user's own check failed, or could not run: the run is incomplete whatever else holds.
  void check_failed() { check_failed_ = true; }
  /// Writes, commits or prints the fixes with decision `apply`. The fixes of a file that could not
  /// be written are rejected in `files`, and why is said at once. False when nothing could be done
  /// as asked; `exit_code` tells what to end with.
  [[nodiscard]] bool carry_out(std::vector<FixedFile>& files);
  /// One line per rejected fix, the counts, and which findings and files are left.
  void tell_outcome(const std::vector<FixedFile>& files) const;
  /// Of the findings that are left, and of what could not be done.
  [[nodiscard]] int exit_code(const std::vector<FixedFile>& files) const;

 private:
  enum class Way { work_tree, preview, patch, commit };
  bool write(std::vector<FixedFile>& files);
  bool write_patch(const std::vector<FixedFile>& files);
  bool commit(const std::vector<FixedFile>& files);
  void show(const std::vector<FixedFile>& files) const;
  [[nodiscard]] Report rest(const std::vector<FixedFile>& files) const;
  bool give_up(int code);

  const Reviewed& reviewed_;
  const Invocation& invocation_;
  Session& session_;
  Way way_;
  int failure_ = kExitClean;
  bool check_failed_ = false;
  bool no_patch_ = false;  // there was nothing to put into it
  std::string done_;       // what a patch or a commit has to say at the end
};

}  // namespace peer
