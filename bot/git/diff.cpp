#include "bot/git/diff.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

#include "base/text.hpp"
#include "bot/git/damaged.hpp"
#include "bot/git/nature.hpp"
#include "bot/git/plain_only.hpp"
#include "bot/git/tree_plan.hpp"
#include "bot/git/work_tree.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kModeType = 0170000;

/// Paths given by the user, as libgit2 wants them; keeps them alive.
class Paths {
 public:
  explicit Paths(std::vector<std::string> paths) : texts_(std::move(paths)) {
    for (auto& text : texts_)
      pointers_.push_back(text.data());
  }
  [[nodiscard]] git_strarray array() { return {pointers_.data(), pointers_.size()}; }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

int compare(const Repository::State& state, const ResolvedRange& range, git_diff_options& options,
            git_diff** out) {
  auto* repo = state.repo.get();
  auto* before = range.before.tree.get();
  switch (range.after.kind) {
    case Side::Kind::index:
      return git_diff_tree_to_index(out, repo, before, nullptr, &options);
    case Side::Kind::work_tree:
      return git_diff_tree_to_workdir_with_index(out, repo, before, &options);
    case Side::Kind::tree:
    case Side::Kind::nothing:
      break;
  }
  return git_diff_tree_to_tree(out, repo, before, range.after.tree.get(), &options);
}

Error diff_failure(const Repository::State& state, const ResolvedRange& range, int code) {
  auto error = git_error_of(code, fmt::format("cannot compare {}", range.description));
  if (range.after.kind == Side::Kind::tree) return error;
  return damaged_index(state.repo.get()).value_or(std::move(error));
}

std::vector<std::string> paths_of(git_diff* diff) {
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < git_diff_num_deltas(diff); ++i) {
    const auto* delta = git_diff_get_delta(diff, i);
    for (const auto* file : {&delta->old_file, &delta->new_file})
      if (file->path != nullptr) paths.emplace_back(file->path);
  }
  return paths;
}

/// True where libgit2 would look for renames for minutes: it compares each new file with up to a
/// thousand old ones, and passes by all others on its way to them.
bool is_too_much_to_pair(git_diff* diff) {
  constexpr std::uint64_t kMostPairs = 5'000'000, kMostPassedBy = 1'000'000'000, kTried = 1000;
  std::uint64_t targets = 0, sources = 0;
  const std::uint64_t all = git_diff_num_deltas(diff);
  for (std::size_t i = 0; i < all; ++i) {
    const auto status = git_diff_get_delta(diff, i)->status;
    (status == GIT_DELTA_ADDED || status == GIT_DELTA_UNTRACKED ? targets : sources) += 1;
  }
  if (targets == 0 || sources == 0) return false;
  return targets * std::min(sources, kTried) > kMostPairs || targets * all > kMostPassedBy;
}

/// Renames and copies; where contents are missing (a partial clone), those of equal content only.
/// False where there are too many files for that.
bool pair_renames(git_diff* diff, ResolvedRange& range) {
  if (is_too_much_to_pair(diff)) {
    range.degraded.emplace_back(
        "So many files were added that renames and copies with edits are shown as deleted and "
        "added files.");
    return false;
  }
  git_diff_find_options options = GIT_DIFF_FIND_OPTIONS_INIT;
  options.flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_COPIES;
  if (range.after.kind == Side::Kind::work_tree) options.flags |= GIT_DIFF_FIND_FOR_UNTRACKED;
  if (git_diff_find_similar(diff, &options) == 0) return true;
  range.degraded.push_back(
      fmt::format("Renames and copies with edits are shown as deleted and added files, because a "
                  "content is missing from this clone ({}).",
                  visible(last_git_message(), false)));
  options.flags |= GIT_DIFF_FIND_EXACT_MATCH_ONLY;
  git_diff_find_similar(diff, &options);
  return true;
}

/// Makes renames of deleted and added files with the same content, one to one.
void pair_equal_files(std::vector<ChangedFile>& files) {
  std::map<std::string, std::vector<std::size_t>> deleted;
  for (std::size_t i = 0; i < files.size(); ++i)
    if (files[i].status == ChangeStatus::deleted) deleted[files[i].before->id].push_back(i);
  std::vector<bool> gone(files.size());
  for (auto& file : files) {
    if (file.status != ChangeStatus::added || !file.after || file.after->id.empty()) continue;
    const auto found = deleted.find(file.after->id);
    if (found == deleted.end() || found->second.empty()) continue;
    const auto from = found->second.back();
    found->second.pop_back();
    gone[from] = true;
    file.status = ChangeStatus::renamed;
    file.old_path = files[from].path;
    file.before = files[from].before;
  }
  std::size_t at = 0;
  std::erase_if(files, [&](const ChangedFile&) { return gone[at++]; });
}

ChangeStatus status_of(const git_diff_delta& delta) {
  switch (delta.status) {
    case GIT_DELTA_ADDED:
    case GIT_DELTA_UNTRACKED:
      return ChangeStatus::added;
    case GIT_DELTA_DELETED:
      return ChangeStatus::deleted;
    case GIT_DELTA_RENAMED:
      return ChangeStatus::renamed;
    case GIT_DELTA_COPIED:
      return ChangeStatus::copied;
    case GIT_DELTA_TYPECHANGE:
      return ChangeStatus::type_changed;
    default:
      break;
  }
  if ((delta.old_file.mode & kModeType) != (delta.new_file.mode & kModeType))
    return ChangeStatus::type_changed;
  const bool same = (delta.new_file.flags & GIT_DIFF_FLAG_VALID_ID) != 0 &&
                    git_oid_equal(&delta.old_file.id, &delta.new_file.id) != 0;
  return same ? ChangeStatus::mode_changed : ChangeStatus::modified;
}

BlobRef blob_of(const git_diff_file& file) {
  BlobRef blob;
  if ((file.flags & GIT_DIFF_FLAG_VALID_ID) != 0) blob.id = hex(file.id);
  blob.mode = file.mode;
  return blob;
}

/// The new side of a file in the work tree, or nullopt when it is gone (deleted since, or only in
/// the index).
std::optional<BlobRef> blob_on_disk(const Repository::State& state, const git_diff_file& file) {
  auto blob = blob_of(file);
  if (file.mode == kModeSubmodule) return blob;
  const auto entry = look_at(*state.work_tree, file.path);
  blob.on_disk = true;
  blob.size = entry ? entry->size : 0;
  return blob;
}

/// A sparse checkout leaves files out of the work tree on purpose: they are as the index has them.
std::optional<BlobRef> left_out_by_sparse_checkout(git_index* index, const git_diff_delta& delta) {
  if (index == nullptr || delta.status != GIT_DELTA_DELETED) return std::nullopt;
  const auto* entry = git_index_get_bypath(index, delta.old_file.path, 0);
  if (entry == nullptr || (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE) == 0)
    return std::nullopt;
  BlobRef blob;
  blob.id = hex(entry->id);
  blob.mode = entry->mode;
  return blob;
}

std::string text_of(const char* path) { return path == nullptr ? std::string() : path; }

/// A file with conflicts has three contents in the index; the user works on what stands on disk,
/// and compares it with the base.
ChangedFile conflicted_file(const Repository::State& state, const ResolvedRange& range,
                            std::string path) {
  ChangedFile file;
  file.path = file.old_path = std::move(path);
  TreeEntryHandle entry;
  if (range.before.tree != nullptr && take(entry, [&](auto** raw) {
                                        return git_tree_entry_bypath(raw, range.before.tree.get(),
                                                                     file.path.c_str());
                                      }) == 0) {
    const auto mode = static_cast<std::uint32_t>(git_tree_entry_filemode(entry.get()));
    file.before = BlobRef{hex(*git_tree_entry_id(entry.get())), 0, mode, false};
  }
  if (const auto found = look_at(*state.work_tree, file.path); found && found->mode != kModeFolder)
    file.after = BlobRef{"", found->size, found->mode, true};
  if (!file.before) file.status = ChangeStatus::added;
  if (!file.after) file.status = ChangeStatus::deleted;
  return file;
}

ChangedFile file_of(const Repository::State& state, const git_diff_delta& delta, bool on_disk) {
  ChangedFile file;
  file.status = status_of(delta);
  file.path = text_of(delta.new_file.path != nullptr ? delta.new_file.path : delta.old_file.path);
  file.old_path = file.path;
  if (file.status == ChangeStatus::renamed || file.status == ChangeStatus::copied)
    file.old_path = text_of(delta.old_file.path);
  if (file.status != ChangeStatus::added) file.before = blob_of(delta.old_file);
  if (file.status != ChangeStatus::deleted)
    file.after =
        on_disk ? blob_on_disk(state, delta.new_file) : std::optional(blob_of(delta.new_file));
  if (delta.status == GIT_DELTA_UNREADABLE)
    file.skipped = "PEER-E102: the file cannot be read: check its permissions";
  return file;
}

/// An empty folder of another repository, a folder that cannot be read: libgit2 lists them with a
/// trailing slash.
bool is_folder(const ChangedFile& file) { return file.path.ends_with('/'); }

void add_delta(const Repository::State& state, const ResolvedRange& range, git_index* index,
               const git_diff_delta& delta, std::vector<ChangedFile>& files) {
  const bool on_disk = range.after.kind == Side::Kind::work_tree;
  if (delta.status == GIT_DELTA_UNMODIFIED || delta.status == GIT_DELTA_IGNORED) return;
  if (delta.status == GIT_DELTA_CONFLICTED && state.work_tree) {
    const auto* path = delta.new_file.path != nullptr ? delta.new_file.path : delta.old_file.path;
    auto file = conflicted_file(state, range, text_of(path));
    if (file.before || file.after) files.push_back(std::move(file));
    return;
  }
  if (const auto kept = left_out_by_sparse_checkout(index, delta)) {
    if (git_oid before;
        parse_id(kept->id, before) && git_oid_equal(&before, &delta.old_file.id) != 0)
      return;
    auto file = file_of(state, delta, false);
    file.status = ChangeStatus::modified;
    file.after = kept;
    files.push_back(std::move(file));
    return;
  }
  auto file = file_of(state, delta, on_disk);
  if (is_folder(file)) {
    // a repository inside this one that no submodule names
    file.path.pop_back();
    file.old_path = file.path;
    if (file.after) file.after = BlobRef{"", 0, kModeSubmodule, false};
  }
  files.push_back(std::move(file));
}

/// Why the commit that the index or the work tree is compared with is not looked at; "" where it
/// is.
Result<std::string> base_is_too_large(const Repository::State& state, const ResolvedRange& range) {
  auto why = too_many_entries(state.repo.get(), range.before.tree.get());
  if (why && !why->empty())
    return fmt::format("{}: {}. Nothing was compared; name folders of commits (A..B) instead",
                       range.description, *why);
  return why;
}

bool by_path(const ChangedFile& a, const ChangedFile& b) { return a.path < b.path; }

/// What libgit2 finds of `options` between the sides.
Result<std::vector<ChangedFile>> compared(const Repository::State& state, ResolvedRange& range,
                                          git_diff_options& options) {
  const bool on_disk = range.after.kind == Side::Kind::work_tree;
  if (on_disk && state.work_tree)
    if (auto checked = check_ignore_files(state.repo.get(), *state.work_tree, "", true); !checked)
      return fail(checked.error());
  DiffHandle diff;
  const int code = take(diff, [&](auto** raw) { return compare(state, range, options, raw); });
  if (code < 0) return fail(diff_failure(state, range, code));
  if (!on_disk && state.work_tree)
    if (auto checked = check_ignore_files_of(*state.work_tree, paths_of(diff.get())); !checked)
      return fail(checked.error());
  const auto paired = pair_renames(diff.get(), range);
  IndexHandle index;
  if (on_disk) take(index, [&](auto** raw) { return git_repository_index(raw, state.repo.get()); });
  std::vector<ChangedFile> files;
  const auto count = git_diff_num_deltas(diff.get());
  files.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    add_delta(state, range, index.get(), *git_diff_get_delta(diff.get(), i), files);
  if (!paired) pair_equal_files(files);
  return files;
}

}  // namespace

Result<std::vector<ChangedFile>> changed_files(const Repository::State& state, ResolvedRange& range,
                                               const DiffOptions& asked) {
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags =
      GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_DISABLE_PATHSPEC_MATCH | GIT_DIFF_SKIP_BINARY_CHECK;
  const bool of_trees =
      range.after.kind == Side::Kind::tree || range.after.kind == Side::Kind::nothing;
  TreePlan plan;
  if (of_trees) {
    auto planned =
        plan_trees(state.repo.get(), range.before.tree.get(), range.after.tree.get(), asked.paths);
    if (!planned) return fail(planned.error());
    plan = std::move(*planned);
  } else {
    const auto why = base_is_too_large(state, range);
    if (!why) return fail(why.error());
    if (!why->empty()) {
      range.incomplete = true;
      range.degraded.push_back(*why + ".");
      return std::vector<ChangedFile>{};
    }
    plan.taken = asked.paths;
  }
  if (range.after.kind == Side::Kind::work_tree) {
    options.flags |=
        GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS | GIT_DIFF_INCLUDE_UNREADABLE;
  }
  const bool all = plan.taken == std::vector<std::string>{""};
  Paths paths(all ? std::vector<std::string>{} : plan.taken);
  options.pathspec = paths.array();
  Result<std::vector<ChangedFile>> files;
  if (!of_trees || !plan.taken.empty()) files = compared(state, range, options);
  if (!files) return files;
  add_left_out(plan, ChangeStatus::added, *files, range);
  std::sort(files->begin(), files->end(), by_path);
  return files;
}

}  // namespace peer
