#include "bot/trusted.hpp"

#include <fstream>
#include <sstream>

#include <fmt/format.h>

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
  return [root = work_tree_root(folder)](std::string_view path) -> Result<std::optional<std::string>> {
    constexpr std::uintmax_t kMostBytes = std::uintmax_t{16} << 20U;
    const auto file = root / path;
    std::error_code error;
    const auto status = std::filesystem::symlink_status(file, error);
    if (status.type() != std::filesystem::file_type::regular) return std::optional<std::string>{};
    if (std::filesystem::file_size(file, error) > kMostBytes)
      return fail(ErrorKind::invalid_input, fmt::format("{}: over the limit of 16 MB", path));
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return fail(ErrorKind::invalid_input, fmt::format("{} cannot be read", file.string()));
    return std::optional<std::string>(text.str());
  };
}

ListTrusted list_work_tree(const std::filesystem::path& folder) {
  return [root = work_tree_root(folder)](std::string_view below) { return walk_files(root, below, {}); };
}

}  // namespace peer
