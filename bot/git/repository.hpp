// Reading a Git repository through libgit2, and only through it: the git program runs what a
// hostile `.git/config` tells it to, libgit2 does not. Nothing here writes. The object database may
// be read from many threads; all else is for one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/change_set.hpp"
#include "base/result.hpp"

namespace peer {

/// What to compare with what.
struct RangeSpec {
  enum class Kind {
    standard,    ///< merge base of HEAD (or `to`) and the default branch .. work tree (or `to`)
    two_dots,    ///< from..to: the trees of both
    three_dots,  ///< from...to: merge base of both .. to
    commit,      ///< first parent of from .. from; a root commit against nothing
    staged,      ///< HEAD .. index
    worktree,    ///< HEAD .. work tree, untracked files that are not ignored included
    tree,        ///< all files of the commit `from` ("HEAD" when empty), no diff: for audits
    patch,       ///< `patch` applied on `from`, or on the work tree when empty
  };
  Kind kind = Kind::standard;
  std::string from;
  std::string to;     ///< "" with standard, two_dots or three_dots: the work tree
  std::string patch;  ///< a unified diff
  /// Where a commit of the range is missing (CI checkouts): review the head commit alone, marked
  /// incomplete, instead of failing. Always so for commit ids in a shallow clone.
  bool fall_back = false;
};

/// "A..B", "A...B", or one revision. Never fails: whether the names exist is seen when the change
/// is read.
[[nodiscard]] RangeSpec parse_range(std::string_view text);

struct OpenOptions {
  bool trust_owner =
      false;  ///< open a repository that belongs to another user (always on where CI is set)
  /// GIT_DIR, GIT_WORK_TREE and GIT_INDEX_FILE decide where they are set, as in a hook. For runs
  /// without a given path.
  bool use_environment = false;
};

struct DiffOptions {
  /// Only these files and folders, from the repository's root; empty: all.
  std::vector<std::string> paths;
  /// A larger file gets no hunks: it is listed as skipped (PEER-E103) without being loaded.
  std::uint64_t max_bytes = std::uint64_t{64} << 20U;
  /// The work tree is the user's own, so its .gitattributes count; in a job it is what the change
  /// says, and the base's do.
  bool trust_work_tree = true;
};

class Repository {
 public:
  /// Opens the repository that holds `path` (a folder or file inside it, a bare repository, a
  /// worktree). Errors are named and say what to do: not a repository, foreign owner, SHA-256,
  /// unreadable.
  [[nodiscard]] static Result<Repository> open(const std::filesystem::path& path,
                                               const OpenOptions& options = {});
  Repository(Repository&&) noexcept;
  Repository& operator=(Repository&&) noexcept;
  ~Repository();

  /// The change `spec` describes, with renames, hunks, natures and .gitattributes scope filled in.
  /// With whole_files only modes and sizes are known: settle_nature_by_bytes (bot/git/nature.hpp)
  /// tells binary files once they are read.
  [[nodiscard]] Result<ChangeSet> read_diff(const RangeSpec& spec, const DiffOptions& options = {});

  /// The bytes of a blob of a ChangeSet from this repository (object database or work tree). Safe
  /// from any thread. A work-tree symlink gives its target's text. `not_found` names an object that
  /// a partial clone lacks.
  [[nodiscard]] Result<std::string> read(const BlobRef& blob, std::string_view path) const;

  /// The file `path` as it stands in `commit` ("" for the work tree); nullopt when it is not there.
  /// Never follows links.
  [[nodiscard]] Result<std::optional<std::string>> read_at(std::string_view commit,
                                                           std::string_view path) const;
  /// Paths of the files below folder `folder` in `commit` ("" for the work tree), sorted.
  [[nodiscard]] Result<std::vector<std::string>> list_at(std::string_view commit,
                                                         std::string_view folder) const;

  /// True for an untracked path that .gitignore (also the user's own) leaves out; a folder's path
  /// ends with '/'.
  [[nodiscard]] bool is_ignored(const std::string& path) const;
  /// Whether .gitignore and the like leave `path` out, tracked or not.
  [[nodiscard]] bool is_named_in_ignore_files(const std::string& path) const;

  [[nodiscard]] std::optional<std::filesystem::path> work_tree() const;  ///< nullopt when bare
  [[nodiscard]] std::filesystem::path git_dir() const;
  [[nodiscard]] bool is_shallow() const;
  /// The commit id of HEAD; nullopt on an unborn branch.
  [[nodiscard]] std::optional<std::string> head() const;
  /// The current branch's short name; nullopt when detached.
  [[nodiscard]] std::optional<std::string> branch() const;

  struct State;
  [[nodiscard]] State& state() const { return *state_; }  ///< for the other files of bot/git

 private:
  explicit Repository(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace peer
