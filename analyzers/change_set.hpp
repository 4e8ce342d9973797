// What changed: the type between reading the diff and examining it. A value; holds names and sizes
// of contents, never the contents, so that a large change stays small in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/span.hpp"

namespace peer {

/// A region of a diff as `git diff` with three lines of context prints it.
struct Hunk {
  LineRange old_lines;  ///< with context; count 0: nothing stood there, first is the line before
  LineRange new_lines;  ///< likewise
  std::vector<LineRange> removed;  ///< lines of the old file that are gone, in order
  std::vector<LineRange> added;    ///< lines of the new file that are new, in order
  friend bool operator==(const Hunk&, const Hunk&) = default;
};

enum class ChangeStatus {
  unmodified,  ///< examined as it stands, without a base (paths, audits)
  added,
  deleted,
  modified,
  renamed,
  copied,
  mode_changed,  ///< only the mode differs
  type_changed,  ///< e.g. a file became a symlink
};

/// What kind of thing a path holds.
enum class Nature {
  text,
  binary,
  lfs_pointer,
  symlink,    ///< its target text is the content; never followed
  submodule,  ///< a commit of another repository; never entered
};

/// A content by name. Read it through the source that made the ChangeSet.
struct BlobRef {
  std::string id;  ///< git object id in hex; for a file of the work tree what its id would be, if
                   ///< known, or ""
  std::uint64_t size = 0;  ///< bytes
  std::uint32_t mode = 0;  ///< git file mode, 0100644 and so on
  bool on_disk = false;    ///< stands in the work tree, not in the object database
  friend bool operator==(const BlobRef&, const BlobRef&) = default;
};

/// Why a file is not looked at though it changed, or "" when it is.
struct Scope {
  bool in = true;
  std::string reason;  ///< e.g. "generated (.gitattributes linguist-generated)", "vendored",
                       ///< "binary", "excluded by .peer.yml"
  friend bool operator==(const Scope&, const Scope&) = default;
};

/// What .gitattributes says of a path, or the user who names it; nullopt where nothing is said.
struct PathAttributes {
  std::optional<bool> generated;  ///< linguist-generated
  std::optional<bool> vendored;   ///< linguist-vendored
  friend bool operator==(const PathAttributes&, const PathAttributes&) = default;
};

struct ChangedFile {
  std::string path;      ///< from the repository's root, '/' between folders, any bytes git allows
  std::string old_path;  ///< where it stood before; equal to path unless renamed or copied
  ChangeStatus status = ChangeStatus::modified;
  Nature nature = Nature::text;
  std::optional<BlobRef> before;  ///< absent when added
  std::optional<BlobRef> after;   ///< absent when deleted
  std::vector<Hunk> hunks;
  Scope scope;  ///< as read: by its nature; the run puts names, attributes and settings to it
                ///< (decide_scope())
  PathAttributes attributes;  ///< not part of reports: `scope` says what came of them
  std::string skipped;  ///< in scope but its change could not be read, and why; "" otherwise: the
                        ///< run is incomplete
  friend bool operator==(const ChangedFile&, const ChangedFile&) = default;
};

struct ChangeSet {
  std::string description;            ///< what people see: "main..worktree", "a1b2c3d", "src/"
  std::string base;                   ///< commit id, or "" (work tree paths, diff file)
  std::string head;                   ///< commit id, or "" for the work tree
  std::string merge_base;             ///< commit id where the range has one, else ""
  std::vector<ChangedFile> files;     ///< sorted by path
  std::vector<std::string> degraded;  ///< what could not be read as asked; one sentence each
  bool whole_files = false;           ///< no diff: every line counts as changed (paths, audits)
  bool incomplete = false;            ///< the change itself is only partly known (shallow clone)
  friend bool operator==(const ChangeSet&, const ChangeSet&) = default;
};

[[nodiscard]] std::string_view to_string(ChangeStatus status);
[[nodiscard]] std::string_view to_string(Nature nature);
[[nodiscard]] std::optional<ChangeStatus> parse_change_status(std::string_view name);
[[nodiscard]] std::optional<Nature> parse_nature(std::string_view name);

}  // namespace peer
