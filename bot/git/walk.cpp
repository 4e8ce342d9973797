#include "bot/git/walk.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <system_error>

#include "base/text.hpp"
#include "bot/git/work_tree.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

/// Adds what stands directly in `folder` ("" or ending with '/') to `files` and its folders to
/// `todo`.
void list_folder(const fs::path& root, const std::string& folder, const LeaveOut& leave_out,
                 std::vector<std::string>& files, std::vector<std::string>& todo) {
  std::error_code error;
  for (fs::directory_iterator at(root / folder, error), end; !error && at != end;
       at.increment(error)) {
    const auto name = at->path().filename().native();
    if (name == ".git") continue;
    // what the folder itself says of its entries; links are not followed
    const bool is_link = at->is_symlink(error);
    const auto path = folder + name;
    if (!is_link && at->is_directory(error)) {
      const bool own_repository = fs::exists(root / path / ".git", error);
      if (!own_repository && !(leave_out && leave_out(path + "/"))) todo.push_back(path + "/");
    } else if (is_link || at->is_regular_file(error)) {
      if (!(leave_out && leave_out(path))) files.push_back(path);
    }
  }
}

}  // namespace

Result<std::vector<std::string>> walk_files(const fs::path& root, std::string_view folder,
                                            const LeaveOut& leave_out) {
  std::vector<std::string> files, todo;
  if (folder.empty()) {
    todo.emplace_back();
  } else {
    const auto entry = look_at(root, folder);  // refuses `..`, and links on the way
    if (!entry && entry.error().kind == ErrorKind::refused) return fail(entry.error());
    if (!entry || entry->mode != 0040000U) return files;
    todo.push_back(std::string(folder) + "/");
  }
  while (!todo.empty()) {
    const auto next = std::move(todo.back());
    todo.pop_back();
    list_folder(root, next, leave_out, files, todo);
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace peer
