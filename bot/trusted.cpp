#include "bot/trusted.hpp"

#include <utility>

#include "bot/git/nature.hpp"
#include "bot/git/walk.hpp"

namespace peer {

std::filesystem::path work_tree_root(const std::filesystem::path& folder) {
  std::error_code error;
  for (auto at = folder;; at = at.parent_path()) {
    if (std::filesystem::exists(at / ".git", error)) return at;
    if (!at.has_relative_path()) return folder;
  }
}

ReadTrusted read_work_tree(const std::filesystem::path& folder) {
  return
      [root = work_tree_root(folder)](std::string_view path) -> Result<std::optional<std::string>> {
        constexpr std::uint64_t kMostBytes = std::uint64_t{16} << 20U;
        const auto entry = look_at(root, path);
        const bool is_file = entry && (entry->mode == kModeFile || entry->mode == kModeExecutable);
        if (!is_file && (entry || entry.error().kind != ErrorKind::unavailable))
          return std::optional<std::string>{};
        auto text = read_from_disk(root, path, kMostBytes);
        if (!text) return fail(ErrorKind::invalid_input, text.error().message);
        return std::optional(std::move(*text));
      };
}

ListTrusted list_work_tree(const std::filesystem::path& folder) {
  return
      [root = work_tree_root(folder)](std::string_view below) -> Result<std::vector<std::string>> {
        auto walked = walk(DiskRoot(root), below, {});
        if (!walked) return fail(walked.error());
        return paths_of(std::move(*walked));
      };
}

}  // namespace peer
