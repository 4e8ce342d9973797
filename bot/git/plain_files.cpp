#include "bot/git/plain_files.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <system_error>

#include "base/text.hpp"
#include "bot/git/attributes.hpp"
#include "bot/git/diff.hpp"
#include "bot/git/nature.hpp"
#include "bot/git/patch_change.hpp"
#include "bot/git/plain_only.hpp"
#include "bot/git/state.hpp"
#include "bot/git/walk.hpp"
#include "bot/git/work_tree.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kModeFolder = 0040000;

/// `path` without links in the folders above its last part.
fs::path settle(const fs::path& root, const fs::path& path) {
  std::error_code error;
  auto full = (root / path).lexically_normal();
  if (!full.has_filename()) full = full.parent_path();  // a trailing slash
  const auto parent = fs::canonical(full.parent_path(), error);
  return error ? full : parent / full.filename();
}

std::optional<std::string> below(const fs::path& folder, const fs::path& path) {
  if (path == folder) return std::string();
  const auto relative = path.lexically_relative(folder).native();
  if (relative.empty() || relative == ".." || relative.starts_with("../")) return std::nullopt;
  return relative;
}

/// `root` must outlive what is returned.
ScopeAttributes attributes_of(const DiskRoot& root) {
  return ScopeAttributes([&root](const std::string& path) -> std::optional<std::string> {
    auto text = root.read(path, std::uint64_t{1} << 20U);
    return text ? std::optional(std::move(*text)) : std::nullopt;
  });
}

}  // namespace

PlainFiles::PlainFiles(std::vector<fs::path> paths, const fs::path& root, const Repository* repository)
    : paths_(std::move(paths)), repository_(repository) {
  std::error_code error;
  const auto real = fs::canonical(root, error);
  root_ = &root_at(error ? root : real);
}

const DiskRoot& PlainFiles::root_at(const fs::path& path) { return roots_.try_emplace(path, path).first->second; }

std::string PlainFiles::shown_path(const Place& place) const {
  return place.root == root_ ? place.path : (place.root->path() / place.path).native();
}

void PlainFiles::add_file(const Place& place, bool named) {
  auto shown = shown_path(place);
  if (named) named_.insert(shown);
  places_.emplace(std::move(shown), place);
}

std::optional<std::string> PlainFiles::submodule_on_the_way(const Place& place) const {
  if (repository_ == nullptr || place.root != root_) return std::nullopt;
  std::error_code error;
  for (std::size_t end = 0; end < place.path.size();) {
    end = std::min(place.path.find('/', end + 1), place.path.size());
    auto folder = place.path.substr(0, end);
    if (fs::exists(fs::symlink_status(root_->path() / folder / ".git", error))) return folder;
  }
  return std::nullopt;
}

Result<void> PlainFiles::add_path(const fs::path& path) {
  const auto full = settle(root_->path(), path);
  const auto inside = below(root_->path(), full);
  const Place place = inside ? Place{root_, *inside} : Place{&root_at(full.parent_path()), full.filename().native()};
  const auto entry = place.path.empty() ? Result<DiskEntry>(DiskEntry{kModeFolder, 0}) : place.root->look_at(place.path);
  if (!entry) {
    if (entry.error().kind != ErrorKind::not_found) return fail(entry.error());
    return fail(ErrorKind::not_found,
                fmt::format("there is no {}. Check the path", visible(path.native(), false)));
  }
  if (auto inner = submodule_on_the_way(place)) {
    add_file({place.root, std::move(*inner)}, true);
    return {};
  }
  if (entry->mode != kModeFolder) {
    add_file(place, true);
    return {};
  }
  const bool in_work_tree =
      repository_ != nullptr && place.root == root_ && repository_->work_tree() == root_->path();
  if (in_work_tree) {
    auto* repo = repository_->state().repo.get();
    if (auto checked = check_ignore_files(repo, root_->path(), place.path, true); !checked) return checked;
  }
  const auto ignored = [&](const std::string& below_root) {
    return in_work_tree && repository_->is_ignored(below_root);
  };
  auto files = walk_files(place.root->path(), place.path, ignored);
  if (!files) return fail(files.error());
  for (auto& file : *files)
    add_file({place.root, std::move(file)}, false);
  return {};
}

Result<ChangeSet> PlainFiles::read_change() {
  ChangeSet change;
  change.whole_files = true;
  std::vector<std::string> given;
  for (const auto& path : paths_) {
    if (auto added = add_path(path); !added) return fail(added.error());
    given.push_back(path.native());
  }
  change.description = join(given, " ");
  auto attributes = attributes_of(*root_);
  for (const auto& [shown, place] : places_) {
    const auto entry = place.root->look_at(place.path);
    ChangedFile file;
    file.path = file.old_path = shown;
    file.status = ChangeStatus::unmodified;
    file.after = BlobRef{"", entry ? entry->size : 0, entry ? entry->mode : kModeFile, true};
    if (!entry) file.skipped = entry.error().message;
    // only a repository of its own is listed as a folder
    if (file.after->mode == kModeFolder) file.after->mode = kModeSubmodule;
    settle_nature(file, nature_of_mode(file.after->mode));
    if (named_.contains(shown))
      file.attributes = {false, false};
    else if (place.root == root_)
      file.attributes = attributes.of(shown);
    change.files.push_back(std::move(file));
  }
  return change;
}

Result<std::string> PlainFiles::read(const BlobRef& /*blob*/, std::string_view path) const {
  const auto found = places_.find(path);
  if (found == places_.end()) {
    return fail(ErrorKind::not_found,
                fmt::format("{} is not among the files to examine", visible(path, false)));
  }
  return found->second.root->read(found->second.path);
}

Result<ChangeSet> FolderPatch::read_change() {
  auto patched = apply_patch(diff_, [&](const std::string& path) {
    return base_file_on_disk(root_, path, options_.max_bytes);
  });
  if (!patched) return fail(patched.error());
  contents_ = std::move(patched->contents);
  auto change = std::move(patched->change);
  std::erase_if(change.files,
                [&](const ChangedFile& file) { return !is_asked_for(file.path, options_.paths); });
  change.description = "diff file on " + visible(root_.native(), false);
  const DiskRoot root(root_);
  auto attributes = attributes_of(root);
  for (auto& file : change.files)
    file.attributes = attributes.of(file.path);
  return change;
}

Result<std::string> FolderPatch::read(const BlobRef& blob, std::string_view path) const {
  if (blob.on_disk) return read_from_disk(root_, path);
  const auto found = contents_.find(blob.id);
  if (found != contents_.end()) return found->second;
  return fail(ErrorKind::not_found,
              fmt::format("the diff has no content for {}", visible(path, false)));
}

}  // namespace peer
