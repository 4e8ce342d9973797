#include "bot/git/plain_files.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <system_error>
#include <thread>

#include "base/text.hpp"
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

/// Threads that list folders: more wait for the same disk.
unsigned walkers() { return std::clamp(std::thread::hardware_concurrency(), 1U, 4U); }

bool is_attribute_file(std::string_view path) {
  constexpr std::string_view kName = ".gitattributes";
  return path.ends_with(kName) &&
         (path.size() == kName.size() || path[path.size() - kName.size() - 1] == '/');
}

std::optional<std::string> small_file(const DiskRoot& root, const std::string& path) {
  auto text = root.read(path, std::uint64_t{1} << 20U);
  return text ? std::optional(std::move(*text)) : std::nullopt;
}

}  // namespace

PlainFiles::PlainFiles(std::vector<fs::path> paths, const fs::path& root,
                       const Repository* repository)
    : paths_(std::move(paths)), repository_(repository) {
  std::error_code error;
  const auto real = fs::canonical(root, error);
  root_ = &root_at(error ? root : real);
}

const DiskRoot& PlainFiles::root_at(const fs::path& path) {
  return roots_.try_emplace(path, path).first->second;
}

void PlainFiles::add_file(Place place, Result<DiskEntry> entry, bool named,
                          FoundFiles& files) const {
  auto shown = place.root == root_ ? place.path : (place.root->path() / place.path).native();
  files.push_back({std::move(shown), std::move(place), std::move(entry), named});
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

Result<void> PlainFiles::add_folder(const Place& folder, FoundFiles& files) {
  const bool in_report = folder.root == root_;
  const bool in_work_tree =
      repository_ != nullptr && in_report && repository_->work_tree() == root_->path();
  if (in_work_tree) {
    auto* repo = repository_->state().repo.get();
    if (auto checked = check_ignore_files(repo, root_->path(), folder.path, true); !checked)
      return checked;
  }
  // who names an ignored folder wants what is in it
  const bool leaves_out =
      in_work_tree &&
      (folder.path.empty() || !repository_->is_named_in_ignore_files(folder.path + "/"));
  auto walked = walk(
      *folder.root, folder.path,
      [&](const std::string& path) {
        if (in_report && is_attribute_file(path))
          attribute_files_.insert(path);  // also where git ignores it
        return leaves_out && repository_->is_ignored(path);
      },
      walkers());
  if (!walked) return fail(walked.error());
  if (in_report) walked_.push_back(folder.path);
  files.reserve(files.size() + walked->files.size());
  for (auto& [path, entry] : walked->files)
    add_file({folder.root, std::move(path)}, entry, false, files);
  for (auto& [path, why] : walked->unseen) {
    if (path.empty()) return fail(std::move(why));
    if (path.ends_with('/')) path.pop_back();
    add_file({folder.root, std::move(path)}, fail(std::move(why)), false, files);
  }
  return {};
}

Result<void> PlainFiles::add_path(const fs::path& path, FoundFiles& files) {
  const auto full = settle(root_->path(), path);
  const auto inside = below(root_->path(), full);
  const Place place = inside ? Place{root_, *inside}
                             : Place{&root_at(full.parent_path()), full.filename().native()};
  auto entry = place.path.empty() ? Result<DiskEntry>(DiskEntry{kModeFolder, 0})
                                  : place.root->look_at(place.path);
  if (!entry) {
    if (entry.error().kind != ErrorKind::not_found) return fail(entry.error());
    return fail(ErrorKind::not_found,
                fmt::format("there is no {}. Check the path", visible(path.native(), false)));
  }
  if (auto inner = submodule_on_the_way(place))
    add_file({place.root, std::move(*inner)}, DiskEntry{kModeSubmodule, 0}, true, files);
  else if (entry->mode == kModeFolder)
    return add_folder(place, files);
  else
    add_file(place, std::move(entry), true, files);
  return {};
}

/// What a walk did not meet need not be looked for: most folders have no such file.
std::optional<std::string> PlainFiles::read_attributes(const std::string& path) const {
  const bool walked = !walked_.empty() && is_asked_for(path, walked_);
  if (walked && !attribute_files_.contains(path)) return std::nullopt;
  return small_file(*root_, path);
}

ChangedFile PlainFiles::changed_file(Found found, ScopeAttributes& attributes) {
  ChangedFile file;
  file.path = file.old_path = std::move(found.shown);
  file.status = ChangeStatus::unmodified;
  const auto& entry = found.entry;
  file.after = BlobRef{"", entry ? entry->size : 0, entry ? entry->mode : kModeFile, true};
  if (!entry) file.skipped = entry.error().message;
  settle_nature(file, nature_of_mode(file.after->mode));
  if (found.named)
    file.attributes = {false, false};
  else if (found.place.root == root_)
    file.attributes = attributes.of(file.path);
  if (found.place.root != root_) elsewhere_.emplace(file.path, std::move(found.place));
  return file;
}

Result<ChangeSet> PlainFiles::read_change() {
  ChangeSet change;
  change.whole_files = true;
  std::vector<std::string> given;
  FoundFiles files;
  for (const auto& path : paths_) {
    if (auto added = add_path(path, files); !added) return fail(added.error());
    given.push_back(path.native());
  }
  change.description = join(given, " ");
  // a file may be found twice: as it was named is how it counts
  const auto before = [](const Found& a, const Found& b) {
    const auto order = a.shown.compare(b.shown);
    return order < 0 || (order == 0 && a.named && !b.named);
  };
  if (!std::is_sorted(files.begin(), files.end(), before))
    std::sort(files.begin(), files.end(), before);
  files.erase(std::unique(files.begin(), files.end(),
                          [](const Found& a, const Found& b) { return a.shown == b.shown; }),
              files.end());
  ScopeAttributes attributes([this](const std::string& path) { return read_attributes(path); });
  change.files.reserve(files.size());
  for (auto& found : files)
    change.files.push_back(changed_file(std::move(found), attributes));
  return change;
}

Result<std::string> PlainFiles::read(const BlobRef& /*blob*/, std::string_view path) const {
  const auto found = elsewhere_.find(path);
  return found == elsewhere_.end() ? root_->read(path)
                                   : found->second.root->read(found->second.path);
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
  ScopeAttributes attributes([&](const std::string& path) { return small_file(root, path); });
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
