#include "analyzers/fix/protected.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::array<std::string_view, 22> kLockFiles{"package-lock.json",
                                                      "npm-shrinkwrap.json",
                                                      "yarn.lock",
                                                      "pnpm-lock.yaml",
                                                      "bun.lockb",
                                                      "cargo.lock",
                                                      "gemfile.lock",
                                                      "poetry.lock",
                                                      "pipfile.lock",
                                                      "composer.lock",
                                                      "go.sum",
                                                      "go.work.sum",
                                                      "package.resolved",
                                                      "packages.lock.json",
                                                      "gradle.lockfile",
                                                      "conda-lock.yml",
                                                      "conda-lock.yaml",
                                                      "cartfile.resolved",
                                                      "project.assets.json",
                                                      ".terraform.lock.hcl",
                                                      "podfile.lock",
                                                      "deno.lock"};

constexpr std::array<std::string_view, 17> kCiFiles{
    ".travis.yml",     "appveyor.yml",    ".appveyor.yml",    "bitbucket-pipelines.yml",
    ".drone.yml",      ".woodpecker.yml", ".woodpecker.yaml", ".cirrus.yml",
    "cloudbuild.yaml", "cloudbuild.yml",  "buildspec.yml",    "wercker.yml",
    "codemagic.yaml",  ".build.yml",      "action.yml",       "action.yaml",
    "bitrise.yml"};

constexpr std::array<std::string_view, 11> kCiFolders{
    ".circleci", ".buildkite", ".semaphore", ".woodpecker",      ".teamcity", ".tekton",
    ".forgejo",  ".builds",    ".azure",     ".azure-pipelines", ".drone"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A part of a path as a file system that folds case, drops trailing dots and blanks, cuts streams
/// (`.git::$DATA`) and ignores invisible characters would take it.
std::string folded(std::string_view part) {
  std::string shown;
  while (!part.empty()) {
    const auto decoded = decode_utf8(part);
    if (!decoded.valid || !is_invisible(decoded.code_point))
      shown += part.substr(0, decoded.length);
    part.remove_prefix(decoded.length);
  }
  shown = shown.substr(0, shown.find(':'));
  while (!shown.empty() && (shown.back() == '.' || shown.back() == ' '))
    shown.pop_back();
  return to_lower(shown);
}

/// `.git` itself, also by the short name that FAT and NTFS give it.
bool is_git_folder(std::string_view name) {
  return name == ".git" || (name.starts_with("git~") && name.size() == 5);
}

bool is_lock_file(std::string_view name) {
  return is_one_of(kLockFiles, name) || name.ends_with(".lock") || name.ends_with(".lockfile") ||
         name.ends_with("-lock.json") || name.ends_with("-lock.yaml");
}

bool is_ci_file(std::string_view name) {
  const bool yaml = name.ends_with(".yml") || name.ends_with(".yaml");
  return is_one_of(kCiFiles, name) || name.starts_with("jenkinsfile") ||
         (name.starts_with("azure-pipelines") && yaml) || name.ends_with(".gitlab-ci.yml") ||
         name.ends_with(".gitlab-ci.yaml");
}

std::vector<std::string> folded_parts(std::string_view path) {
  std::vector<std::string> parts;
  for (const auto part : split(path, '/'))
    parts.push_back(folded(part));
  return parts;
}

}  // namespace

bool is_safe_path(std::string_view path) {
  if (path.empty() || path.find('\\') != std::string_view::npos ||
      path.find('\0') != std::string_view::npos)
    return false;
  const auto parts = split(path, '/');
  return std::none_of(parts.begin(), parts.end(), [](std::string_view part) {
    // `.`, `..` and the empty part end in a dot or are empty; Windows drops trailing dots and
    // blanks
    return part.empty() || part.back() == '.' || part.back() == ' ' || is_git_folder(folded(part));
  });
}

std::optional<std::string> protected_path(std::string_view path) {
  if (!is_safe_path(path)) return "is not a safe path";
  const auto parts = folded_parts(path);
  for (const auto& part : parts) {
    if (part == ".github" || part == ".gitlab" || part == ".gitea" || is_one_of(kCiFolders, part))
      return "belongs to the CI set-up (" + part + ")";
    if (part.starts_with(".peer")) return "is Peer's own configuration";
    if (part == "codeowners") return "says who must review (CODEOWNERS)";
    if (part.starts_with(".git") && !is_ci_file(part)) return "steers Git (" + part + ")";
  }
  const auto& name = parts.back();
  if (is_ci_file(name)) return "is a CI file";
  if (is_lock_file(name)) return "is a lock file";
  return std::nullopt;
}

}  // namespace peer
