// Files and folders on disk as they stand, without a range: `peer review src/`. No repository is
// needed; inside one, what .gitignore leaves out is left out. Links are listed, never followed.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bot/git/attributes.hpp"
#include "bot/git/change_source.hpp"
#include "bot/git/work_tree.hpp"

namespace peer {

class PlainFiles final : public ChangeSource {
 public:
  /// `paths` as the user gave them, from `root`, the folder that paths in the report start from:
  /// the repository's root where there is one. `repository` may be null; it must outlive this.
  PlainFiles(std::vector<std::filesystem::path> paths, const std::filesystem::path& root,
             const Repository* repository = nullptr);

  /// whole_files. Fails with not_found for a path that is not there; folders that may not be listed
  /// are among the files, as skipped. Natures: see Repository::read_diff.
  [[nodiscard]] Result<ChangeSet> read_change() override;
  [[nodiscard]] Result<std::string> read(const BlobRef& blob, std::string_view path) const override;

 private:
  /// Where a file is to be read: without links above it, so that reading it need not follow any.
  struct Place {
    const DiskRoot* root;
    std::string path;
  };
  /// What the user's paths stand for.
  struct Found {
    std::string shown;  ///< its path in the report
    Place place;
    Result<DiskEntry> entry;
    bool named;  ///< by the user, one by one: such a file stays in scope
  };
  using FoundFiles = std::vector<Found>;

  /// The folder that `path` names, one for all that is asked for below it.
  [[nodiscard]] const DiskRoot& root_at(const std::filesystem::path& path);
  [[nodiscard]] Result<void> add_path(const std::filesystem::path& path, FoundFiles& files);
  [[nodiscard]] Result<void> add_folder(const Place& folder, FoundFiles& files);
  void add_file(Place place, Result<DiskEntry> entry, bool named, FoundFiles& files) const;
  /// The first folder of the path that is a repository of its own; it is listed, not entered.
  [[nodiscard]] std::optional<std::string> submodule_on_the_way(const Place& place) const;
  /// The text of a .gitattributes file below the report's root.
  [[nodiscard]] std::optional<std::string> read_attributes(const std::string& path) const;
  [[nodiscard]] ChangedFile changed_file(Found found, ScopeAttributes& attributes);

  std::vector<std::filesystem::path> paths_;
  std::map<std::filesystem::path, DiskRoot> roots_;
  const DiskRoot* root_;  ///< that of the report
  const Repository* repository_;
  std::map<std::string, Place, std::less<>> elsewhere_;  // files that are not below it
  std::vector<std::string> walked_;                     // folders below it that were walked through
  std::set<std::string, std::less<>> attribute_files_;  // .gitattributes files that were met there
};

/// A diff file applied on plain files below `root`, for folders that are in no repository Peer can
/// read.
class FolderPatch final : public ChangeSource {
 public:
  FolderPatch(std::string diff, std::filesystem::path root, DiffOptions options = {})
      : diff_(std::move(diff)), root_(std::move(root)), options_(std::move(options)) {}
  [[nodiscard]] Result<ChangeSet> read_change() override;
  [[nodiscard]] Result<std::string> read(const BlobRef& blob, std::string_view path) const override;

 private:
  std::string diff_;
  std::filesystem::path root_;
  DiffOptions options_;
  std::map<std::string, std::string, std::less<>> contents_;
};

}  // namespace peer
