// Repository::read_at and list_at: single files and folders of a commit or of the work tree.
#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "bot/git/nature.hpp"
#include "bot/git/repository.hpp"
#include "bot/git/revision.hpp"
#include "bot/git/state.hpp"
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

int on_entry(const char* root, const git_tree_entry* entry, void* payload) {
  if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB)
    static_cast<std::vector<std::string>*>(payload)->push_back(std::string(root) +
                                                               git_tree_entry_name(entry));
  return 0;
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
  std::vector<std::string> paths;
  if (!folder.empty()) {
    const auto entry = entry_at(tree->get(), folder);
    if (!entry) return fail(entry.error());
    if (!*entry || git_tree_entry_type(entry->get()) != GIT_OBJECT_TREE) return paths;
    const int code = take(*tree, [&](auto** raw) {
      return git_tree_lookup(raw, repo, git_tree_entry_id(entry->get()));
    });
    if (code < 0) return fail(git_error_of(code, "cannot read a folder of the commit"));
  }
  const int code = git_tree_walk(tree->get(), GIT_TREEWALK_PRE, on_entry, &paths);
  if (code < 0) return fail(git_error_of(code, "cannot list the files of the commit"));
  if (!folder.empty())
    for (auto& path : paths)
      path = fmt::format("{}/{}", folder, path);
  std::sort(paths.begin(), paths.end());
  return paths;
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
  return walk_files(*state_->work_tree, folder, {});
}

}  // namespace peer
