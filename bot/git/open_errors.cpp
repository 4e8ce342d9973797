#include "bot/git/open_errors.hpp"

#include <array>
#include <fmt/format.h>
#include <optional>
#include <pwd.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.hpp"
#include "bot/git/handles.hpp"

namespace peer {
namespace {

std::string shown(const std::filesystem::path& path) { return visible(path.native(), false); }

std::string user_name(::uid_t uid) {
  std::array<char, 4096> space{};
  struct ::passwd entry {};
  struct ::passwd* found = nullptr;
  if (::getpwuid_r(uid, &entry, space.data(), space.size(), &found) != 0 || found == nullptr)
    return fmt::format("user {}", uid);
  return fmt::format("{} (user {})", found->pw_name, uid);
}

/// The folder people know a repository by: the work tree of `x/.git` is `x`.
std::filesystem::path folder_of(std::filesystem::path git_dir) {
  if (!git_dir.has_filename()) git_dir = git_dir.parent_path();
  return git_dir.filename() == ".git" ? git_dir.parent_path() : git_dir;
}

std::optional<::uid_t> owner_of(const std::filesystem::path& path) {
  struct ::stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status.st_uid;
}

bool entry_covers(std::string_view entry, std::string_view folder, std::string_view git_dir) {
  if (entry == "*") return true;
  if (entry.ends_with("/*")) return folder.starts_with(entry.substr(0, entry.size() - 1));
  while (entry.size() > 1 && entry.ends_with('/'))
    entry.remove_suffix(1);
  return entry == folder || entry == git_dir;
}

}  // namespace

bool is_owner_failure(int code) {
  return code == GIT_EOWNER ||
         (code < 0 && last_git_message().find("safe.directory") != std::string::npos);
}

bool is_listed_as_safe(const std::filesystem::path& git_dir) {
  ConfigHandle config;
  if (take(config, [](auto** raw) { return git_config_open_default(raw); }) < 0) return false;
  ConfigIteratorHandle entries;
  if (take(entries, [&](auto** raw) {
        return git_config_multivar_iterator_new(raw, config.get(), "safe.directory", nullptr);
      }) < 0)
    return false;
  const auto folder = folder_of(git_dir).native();
  auto plain = git_dir.native();
  while (plain.size() > 1 && plain.ends_with('/'))
    plain.pop_back();
  bool safe = false;
  git_config_entry* entry = nullptr;
  while (git_config_next(&entry, entries.get()) == 0) {
    const std::string_view value = entry->value == nullptr ? "" : entry->value;
    safe =
        !value.empty() && (safe || entry_covers(value, folder, plain));  // an empty one starts anew
  }
  return safe;
}

Error foreign_owner(const std::filesystem::path& git_dir) {
  const auto folder = folder_of(git_dir);
  const auto me = ::geteuid();
  auto owner = owner_of(git_dir);
  if (owner == me) owner = owner_of(folder);
  return {ErrorKind::refused,
          fmt::format("the repository {} belongs to {}, and Peer runs as {}. If you trust it, run "
                      "`git config --global --add safe.directory {}` or give --trust-owner",
                      shown(folder), owner ? user_name(*owner) : "another user", user_name(me),
                      shown(folder)),
          "PEER-E129"};
}

Error open_failure(int code, const std::filesystem::path& path) {
  const auto message = last_git_message();
  if (message.find("objectformat") != std::string::npos ||
      message.find("object format") != std::string::npos) {
    return {
        ErrorKind::invalid_input,
        fmt::format("the repository at {} uses SHA-256 object names, which Peer cannot read yet. "
                    "Give it a diff instead: `git diff main... | peer review --diff-file -`",
                    shown(path)),
        "PEER-E128"};
  }
  constexpr std::string_view kExtension = "unsupported extension name extensions.";
  if (const auto at = message.find(kExtension); at != std::string::npos) {
    return {ErrorKind::invalid_input,
            fmt::format("the repository at {} uses the extension '{}', which Peer cannot read yet. "
                        "Give it a diff instead: `git diff main... | peer review --diff-file -`",
                        shown(path), visible(message.substr(at + kExtension.size()), false)),
            "PEER-E128"};
  }
  if (code == GIT_ENOTFOUND) {
    return {
        ErrorKind::not_found,
        fmt::format("{} is not in a Git repository. Run Peer inside one, name files or folders to "
                    "examine them as they stand, or run `git init`",
                    shown(path)),
        "PEER-E127"};
  }
  return git_error_of(code, fmt::format("cannot open the repository at {}", shown(path)));
}

}  // namespace peer
