#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "bot/git/diff.hpp"
#include "bot/git/nature.hpp"
#include "bot/git/tree_plan.hpp"
#include "bot/git/tree_sizes.hpp"

namespace peer {
namespace {

bool is_below(std::string_view path, std::string_view folder) {
  while (folder.ends_with('/'))
    folder.remove_suffix(1);
  return folder.empty() || folder == "." || path == folder ||
         (path.starts_with(folder) && path[folder.size()] == '/');
}

ChangedFile unmodified(std::string path, const git_tree_entry* entry) {
  ChangedFile file;
  file.path = std::move(path);
  file.old_path = file.path;
  file.status = ChangeStatus::unmodified;
  const auto mode = static_cast<std::uint32_t>(git_tree_entry_filemode(entry));
  file.after = BlobRef{hex(*git_tree_entry_id(entry)), 0, mode, false};
  return file;
}

struct Folder {
  std::string path;
  git_oid id;
};

/// Adds the files that stand directly in `tree`, and its folders to `todo`.
void list_folder(const git_tree* tree, const std::string& folder, std::vector<ChangedFile>& files,
                 std::vector<Folder>& todo) {
  for (std::size_t i = 0; i < git_tree_entrycount(tree); ++i) {
    const auto* entry = git_tree_entry_byindex(tree, i);
    auto path = (folder.empty() ? folder : folder + "/") + git_tree_entry_name(entry);
    if (git_tree_entry_type(entry) != GIT_OBJECT_TREE)
      files.push_back(unmodified(std::move(path), entry));
    else
      todo.push_back({std::move(path), *git_tree_entry_id(entry)});
  }
}

/// The files of what `plan` took of `tree`.
Result<std::vector<ChangedFile>> list_files(git_repository* repo, const git_tree* tree,
                                            const TreePlan& plan) {
  std::vector<ChangedFile> files;
  std::vector<Folder> todo;
  for (const auto& path : plan.taken) {
    TreeEntryHandle entry;
    if (path.empty()) {
      todo.push_back({path, *git_tree_id(tree)});
      continue;
    }
    const int code =
        take(entry, [&](auto** raw) { return git_tree_entry_bypath(raw, tree, path.c_str()); });
    if (code < 0) return fail(git_error_of(code, "cannot list the files of the commit"));
    if (git_tree_entry_type(entry.get()) == GIT_OBJECT_TREE)
      todo.push_back({path, *git_tree_entry_id(entry.get())});
    else
      files.push_back(unmodified(path, entry.get()));
  }
  while (!todo.empty()) {
    const auto next = std::move(todo.back());
    todo.pop_back();
    const auto folder = read_tree(repo, next.id);
    if (!folder) return fail(folder.error());
    list_folder(folder->get(), next.path, files, todo);
  }
  return files;
}

}  // namespace

bool is_asked_for(std::string_view path, const std::vector<std::string>& paths) {
  return paths.empty() || std::any_of(paths.begin(), paths.end(),
                                      [&](const auto& folder) { return is_below(path, folder); });
}

void add_left_out(const TreePlan& plan, ChangeStatus status, std::vector<ChangedFile>& files,
                  ResolvedRange& range) {
  for (const auto& folder : plan.left_out) {
    ChangedFile file;
    file.path = file.old_path = folder.path + "/";
    file.status = status;
    file.after = BlobRef{"", 0, kModeFolder, false};
    file.skipped = folder.why;
    files.push_back(std::move(file));
    range.degraded.push_back(fmt::format("The folder {}/ was not entered: {}.",
                                         visible(folder.path, false), folder.why));
  }
  if (!plan.full_at.empty())
    range.degraded.push_back(fmt::format(
        "PEER-E105: there are more files and folders than are looked at ({}, or {} where most are "
        "the "
        "same), or their paths are too long: {} and what follows was left out. Name folders to "
        "examine fewer.",
        with_commas(kMostEntries), with_commas(kMostRepeated), visible(plan.full_at, false)));
  range.incomplete = range.incomplete || !plan.left_out.empty() || !plan.full_at.empty();
}

Result<std::vector<ChangedFile>> files_of_tree(const Repository::State& state, ResolvedRange& range,
                                               const DiffOptions& options) {
  const auto* tree = range.after.tree.get();
  const auto plan = plan_trees(state.repo.get(), nullptr, tree, options.paths);
  if (!plan) return fail(plan.error());
  auto files = list_files(state.repo.get(), tree, *plan);
  if (!files) return files;
  for (auto& file : *files) {
    settle_nature(file, nature_of_mode(file.after->mode));
    if (file.nature == Nature::submodule) continue;
    git_oid id;
    if (!parse_id(file.after->id, id)) continue;
    const auto size = state.object_size(id, file.path);
    if (size) {
      file.after->size = *size;
    } else {
      file.skipped = size.error().message;
    }
  }
  add_left_out(*plan, ChangeStatus::unmodified, *files, range);
  std::sort(files->begin(), files->end(),
            [](const ChangedFile& a, const ChangedFile& b) { return a.path < b.path; });
  files->shrink_to_fit();  // it stays as long as the run
  return files;
}

}  // namespace peer
