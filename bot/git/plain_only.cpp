#include "bot/git/plain_only.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <set>
#include <system_error>

#include "base/read_file.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostConfig = std::size_t{1} << 20U;
constexpr std::size_t kMostIncluded = 100;
constexpr auto kGitFiles = std::to_array<std::string_view>(
    {"HEAD", "config", "config.worktree", "commondir", "index", "packed-refs", "shallow",
     "info/exclude", "info/attributes", "objects/info/alternates"});
constexpr auto kTreeFiles = std::to_array<std::string_view>({".gitignore", ".gitattributes"});

/// A pipe, a device or a socket; links are followed, as libgit2 does.
bool may_wait(const fs::path& path) {
  std::error_code error;
  const auto type = fs::status(path, error).type();
  const bool special = type == fs::file_type::fifo || type == fs::file_type::character ||
                       type == fs::file_type::block || type == fs::file_type::socket;
  return special && !fs::equivalent(path, "/dev/null", error);
}

Error not_plain(const fs::path& path, std::string_view named_by = {}) {
  return {
      ErrorKind::refused,
      fmt::format("{} is a pipe or a device where Git reads a file{}. Peer does not open it: "
                  "remove it",
                  visible(path.native(), false),
                  named_by.empty() ? "" : fmt::format(" ({} names it)", visible(named_by, false))),
      "PEER-E133"};
}

std::optional<std::string> config_text(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  auto text = read_file(path, kMostConfig);
  return text ? std::optional(std::move(*text)) : std::nullopt;
}

/// What stands behind the first '=' of a line, without quotes and comment; every key counts,
/// whatever its section: of a value only its being a pipe is asked.
std::string value_of(std::string_view line) {
  const auto equals = line.find('=');
  if (equals == std::string_view::npos) return {};
  std::string value;
  bool quoted = false;
  for (auto rest = trim(line.substr(equals + 1)); !rest.empty(); rest.remove_prefix(1)) {
    if (rest[0] == '"') {
      quoted = !quoted;
    } else if (rest[0] == '\\' && rest.size() > 1) {
      rest.remove_prefix(1);
      value += rest[0];
    } else if (!quoted && (rest[0] == '#' || rest[0] == ';')) {
      break;
    } else {
      value += rest[0];
    }
  }
  return std::string(trim(value));
}

/// Looks at what the values of a configuration name, and into the files that it may include.
Result<void> check_values(const fs::path& config) {
  std::vector<fs::path> todo{config};
  std::set<fs::path> seen{config};
  while (!todo.empty()) {
    const auto file = std::move(todo.back());
    todo.pop_back();
    const auto text = config_text(file);
    if (!text) continue;
    const auto whole = replace_all(replace_all(*text, "\\\r\n", ""), "\\\n", "");
    for (const auto line : split_lines(whole)) {
      const auto value = value_of(line);
      if (value.empty()) continue;
      const auto named = file.parent_path() / value;  // an absolute one stays itself
      if (may_wait(named)) return fail(not_plain(named, file.native()));
      const auto key = to_lower(line.substr(0, line.find('=')));
      if (key.find("path") != std::string::npos && seen.size() < kMostIncluded &&
          seen.insert(named).second)
        todo.push_back(named);
    }
  }
  return {};
}

Result<void> check_git_dir(const fs::path& git_dir) {
  for (const auto name : kGitFiles)
    if (may_wait(git_dir / name)) return fail(not_plain(git_dir / name));
  for (const auto* name : {"config", "config.worktree"})
    if (auto checked = check_values(git_dir / name); !checked) return checked;
  return {};
}

/// The folder that a `.git` file names.
std::optional<fs::path> linked_git_dir(const fs::path& file) {
  constexpr std::string_view kWord = "gitdir:";
  const auto text = config_text(file);
  if (!text || !text->starts_with(kWord)) return std::nullopt;
  return file.parent_path() / trim(std::string_view(*text).substr(kWord.size()));
}

Result<void> check_tree_files(const fs::path& folder) {
  for (const auto name : kTreeFiles)
    if (may_wait(folder / name)) return fail(not_plain(folder / name));
  return {};
}

/// Folders directly in `folder` ("" or ending with '/') that libgit2 would enter.
std::vector<std::string> folders_in(git_repository* repo, git_index* index, const fs::path& root,
                                    const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator at(root / folder, error), end; !error && at != end;
       at.increment(error)) {
    const auto name = at->path().filename().native();
    std::error_code ignored_error;
    if (name == ".git" || at->is_symlink(ignored_error) || !at->is_directory(ignored_error))
      continue;
    const auto path = folder + name + "/";
    const bool tracked =
        index != nullptr && git_index_find_prefix(nullptr, index, path.c_str()) == 0;
    int ignored = 0;
    if (!tracked && git_ignore_path_is_ignored(&ignored, repo, path.c_str()) == 0 && ignored != 0)
      continue;
    found.push_back(path);
  }
  return found;
}

}  // namespace

Result<void> check_git_files(const fs::path& folder) {
  std::error_code error;
  for (auto at = fs::absolute(folder, error);; at = at.parent_path()) {
    const auto link = at / ".git";
    if (fs::is_directory(link, error)) return check_git_dir(link);
    if (const auto linked = linked_git_dir(link)) {
      if (auto checked = check_git_dir(*linked); !checked) return checked;
      const auto common = config_text(*linked / "commondir");
      return common ? check_git_dir(*linked / trim(*common)) : Result<void>{};
    }
    if (fs::exists(at / "HEAD", error) && fs::is_directory(at / "objects", error))
      return check_git_dir(at);
    if (!at.has_relative_path()) return {};
  }
}

Result<void> check_ignore_files(git_repository* repo, const fs::path& work_tree,
                                std::string_view below, bool and_below) {
  if (auto checked = check_ignore_files_of(work_tree, {std::string(below) + "/x"}); !checked)
    return checked;
  if (!and_below) return {};
  IndexHandle index;
  if (take(index, [&](auto** raw) { return git_repository_index(raw, repo); }) < 0) index.reset();
  std::vector<std::string> todo{below.empty() ? std::string() : std::string(below) + "/"};
  while (!todo.empty()) {
    const auto folder = std::move(todo.back());
    todo.pop_back();
    if (auto checked = check_tree_files(work_tree / folder); !checked) return checked;
    auto inner = folders_in(repo, index.get(), work_tree, folder);
    std::move(inner.begin(), inner.end(), std::back_inserter(todo));
  }
  return {};
}

Result<void> check_ignore_files_of(const fs::path& work_tree,
                                   const std::vector<std::string>& paths) {
  std::set<std::string_view> folders{""};
  for (const auto& path : paths)
    for (std::string_view folder = path; folder.find('/') != std::string_view::npos;) {
      folder = folder.substr(0, folder.rfind('/'));
      if (!folders.insert(folder).second) break;
    }
  for (const auto folder : folders)
    if (auto checked = check_tree_files(work_tree / folder); !checked) return checked;
  return {};
}

Result<void> check_work_tree(git_repository* repo) {
  ConfigHandle config;
  if (take(config, [&](auto** raw) { return git_repository_config_snapshot(raw, repo); }) < 0)
    return {};
  const char* configured = nullptr;
  if (git_config_get_string(&configured, config.get(), "core.worktree") < 0) return {};
  const char* tree = git_repository_workdir(repo);
  if (tree == nullptr) return {};
  const fs::path git_dir = git_repository_path(repo);
  const auto link = fs::path(tree) / ".git";
  std::error_code error;
  if (fs::is_directory(link, error) && fs::equivalent(link, git_dir, error)) return {};
  if (const auto linked = linked_git_dir(link); linked && fs::equivalent(*linked, git_dir, error))
    return {};
  return fail(ErrorKind::refused,
              fmt::format("core.worktree of {} names {}, which is not the work tree of that "
                          "repository: it has no .git that leads back. Run `git config --unset "
                          "core.worktree` there, or let its .git file name the repository",
                          visible(git_dir.native(), false), visible(tree, false)),
              "PEER-E132");
}

}  // namespace peer
