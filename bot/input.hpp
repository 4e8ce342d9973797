// What is examined: from the words on the command line, or the job we run in, to a change and the
// places to read its contents and its configuration from. Made once per command.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/change_set.hpp"
#include "base/result.hpp"
#include "bot/cli.hpp"
#include "bot/git/repository.hpp"
#include "bot/session.hpp"
#include "bot/settings.hpp"

namespace peer {

struct Input {
  std::shared_ptr<Repository> repository;  ///< null for plain paths outside any repository
  std::filesystem::path root;  ///< where the change's paths begin: the work tree, or a folder
  ChangeSet change;
  /// The contents of a blob of `change`; safe from any thread.
  std::function<Result<std::string>(const BlobRef&, std::string_view path)> read_blob;
  /// Configuration, ignore files and baseline as they may be trusted: from the base commit when
  /// commits are compared, from the work tree when the user examines their own.
  ReadTrusted read_trusted;
  ListTrusted list_trusted;   ///< the files below a folder, from the same place
  std::string known_as;       ///< under which histories keep the repository; "": its root
  bool on_work_tree = false;  ///< the new side is what stands on disk: fixes can be written
};

/// Reads what `invocation` asks for. Words are revisions and ranges, or paths where they exist on
/// disk; --staged, --diff-file, --base and --head say more; in a GitHub or GitLab job the event
/// says it when nothing else does. `whole_tree`: all files at HEAD (or the revision given) instead
/// of a change; with --since what changed since that date or revision, steered by HEAD's own
/// configuration.
[[nodiscard]] Result<Input> read_input(const Invocation& invocation, const Session& session,
                                       bool whole_tree);

}  // namespace peer
