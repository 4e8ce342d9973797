// Repository::read_at and list_at: single files and folders of a commit or of the work tree.
#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.hpp"
#include "bot/git/nature.hpp"
#include "bot/git/repository.hpp"
#include "bot/git/revision.hpp"
#include "bot/git/state.hpp"
#include "bot/git/tree_plan.hpp"
#include "bot/git/tree_sizes.hpp"
#include "bot/git/walk.hpp"
#include "bot/git/work_tree.hpp"

namespace peer {
namespace {

Error bare() {
  return {ErrorKind::not_found, "a bare repository has no work tree to read files from",
          "PEER-E125"};
}

Result<TreeHandle> tree_at(git_repository* repo, std::string_view commit) {
  const auto found = find_commit(repo, commit);
  if (!found) return fail(found.error());
  return tree_of(found->get());
}

Result<TreeEntryHandle> entry_at(const git_tree* tree, std::string_view path) {
  TreeEntryHandle entry;
  const std::string text(path);
  const int code =
      take(entry, [&](auto** raw) { return git_tree_entry_bypath(raw, tree, text.c_str()); });
  if (code < 0 && code != GIT_ENOTFOUND)
    return fail(git_error_of(code, fmt::format("cannot look up {}", visible(path, false))));
  return entry;  // null: not there
}

/// Files below `tree`, whose path is `folder`; without those of submodules.
Result<std::vector<std::string>> list_tree(git_repository* repo, const git_oid& tree,
                                           std::string_view folder) {
  std::vector<std::string> files;
  std::vector<std::pair<std::string, git_oid>> todo;
  todo.emplace_back(folder, tree);
  while (!todo.empty()) {
    const auto [path, id] = std::move(todo.back());
    todo.pop_back();
    const auto list = read_tree(repo, id);
    if (!list) return fail(list.error());
    for (std::size_t i = 0; i < git_tree_entrycount(list->get()); ++i) {
      const auto* entry = git_tree_entry_byindex(list->get(), i);
      auto full = (path.empty() ? path : path + "/") + git_tree_entry_name(entry);
      if (git_tree_entry_type(entry) == GIT_OBJECT_TREE)
        todo.emplace_back(std::move(full), *git_tree_entry_id(entry));
      else if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
        files.push_back(std::move(full));
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string_view without_slashes(std::string_view folder) {
  while (folder.ends_with('/'))
    folder.remove_suffix(1);
  return folder == "." ? std::string_view() : folder;
}

Result<std::vector<std::string>> list_in_commit(git_repository* repo, std::string_view commit,
                                                std::string_view folder) {
  auto tree = tree_at(repo, commit);
  if (!tree) return fail(tree.error());
  if (!folder.empty()) {
    const auto entry = entry_at(tree->get(), folder);
    if (!entry) return fail(entry.error());
    if (!*entry || git_tree_entry_type(entry->get()) != GIT_OBJECT_TREE)
      return std::vector<std::string>{};
    const int code = take(*tree, [&](auto** raw) {
      return git_tree_lookup(raw, repo, git_tree_entry_id(entry->get()));
    });
    if (code < 0) return fail(git_error_of(code, "cannot read a folder of the commit"));
  }
  const auto many = too_many_entries(repo, tree->get());
  if (!many) return fail(many.error());
  if (!many->empty())
    return fail(ErrorKind::refused,
                fmt::format("the folder '{}' of {} is not listed: {}", visible(folder, false),
                            commit, *many),
                "PEER-E105");
  return list_tree(repo, *git_tree_id(tree->get()), folder);
}

}  // namespace

Result<std::optional<std::string>> Repository::read_at(std::string_view commit,
                                                       std::string_view path) const {
  if (commit.empty()) {
    if (!state_->work_tree) return fail(bare());
    auto text = read_from_disk(*state_->work_tree, path);
    if (text) return std::optional(std::move(*text));
    if (text.error().kind == ErrorKind::not_found) return std::nullopt;
    return fail(text.error());
  }
  const auto tree = tree_at(state_->repo.get(), commit);
  if (!tree) return fail(tree.error());
  const auto entry = entry_at(tree->get(), path);
  if (!entry) return fail(entry.error());
  if (!*entry || git_tree_entry_type(entry->get()) != GIT_OBJECT_BLOB) return std::nullopt;
  auto text = state_->read_object(*git_tree_entry_id(entry->get()), path);
  if (!text) return fail(text.error());
  return std::optional(std::move(*text));
}

Result<std::vector<std::string>> Repository::list_at(std::string_view commit,
                                                     std::string_view folder) const {
  folder = without_slashes(folder);
  if (!commit.empty()) return list_in_commit(state_->repo.get(), commit, folder);
  if (!state_->work_tree) return fail(bare());
  auto walked = walk(DiskRoot(*state_->work_tree), folder, {});
  if (!walked) return fail(walked.error());
  return paths_of(std::move(*walked));
}

}  // namespace peer
