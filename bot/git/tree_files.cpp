#include <algorithm>

#include "bot/git/diff.hpp"
#include "bot/git/nature.hpp"

namespace peer {
namespace {

struct Walk {
  const std::vector<std::string>* paths;
  std::vector<ChangedFile> files;
};

bool is_below(std::string_view path, std::string_view folder) {
  while (folder.ends_with('/'))
    folder.remove_suffix(1);
  return folder.empty() || folder == "." || path == folder ||
         (path.starts_with(folder) && path[folder.size()] == '/');
}

int on_entry(const char* root, const git_tree_entry* entry, void* payload) {
  auto& walk = *static_cast<Walk*>(payload);
  const auto mode = static_cast<std::uint32_t>(git_tree_entry_filemode(entry));
  if (git_tree_entry_type(entry) == GIT_OBJECT_TREE) return 0;
  ChangedFile file;
  file.path = std::string(root) + git_tree_entry_name(entry);
  if (!is_asked_for(file.path, *walk.paths)) return 0;
  file.old_path = file.path;
  file.status = ChangeStatus::unmodified;
  file.after = BlobRef{hex(*git_tree_entry_id(entry)), 0, mode, false};
  walk.files.push_back(std::move(file));
  return 0;
}

}  // namespace

bool is_asked_for(std::string_view path, const std::vector<std::string>& paths) {
  return paths.empty() || std::any_of(paths.begin(), paths.end(),
                                      [&](const auto& folder) { return is_below(path, folder); });
}

Result<std::vector<ChangedFile>> files_of_tree(const Repository::State& state, const Side& side,
                                               const DiffOptions& options) {
  Walk walk{&options.paths, {}};
  const int code = git_tree_walk(side.tree.get(), GIT_TREEWALK_PRE, on_entry, &walk);
  if (code < 0) return fail(git_error_of(code, "cannot list the files of the commit"));
  for (auto& file : walk.files) {
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
  std::sort(walk.files.begin(), walk.files.end(),
            [](const ChangedFile& a, const ChangedFile& b) { return a.path < b.path; });
  return std::move(walk.files);
}

}  // namespace peer
