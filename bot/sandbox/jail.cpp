#include "bot/sandbox/jail.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "bot/sandbox/confine.hpp"
#include "bot/sandbox/process.hpp"

namespace peer {
namespace {

constexpr int kNoJail = 125;  // as env(1) and docker(1) say "the command itself was not reached"
constexpr std::string_view kCommandFollows = "--";

int refuse(std::string_view what) {
  const auto text =
      fmt::format("peer: the sandbox could not be set up: {}: {}\n", what, std::strerror(errno));
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text.data(), text.size());
  return kNoJail;
}

bool write_file(const char* path, const std::string& text) {
  const int descriptor = open(path, O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool done =
      write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(descriptor);
  return done;
}

/// A user namespace in which we keep our own ids, so that files look as they do outside.
bool own_namespaces() {
  const auto uid = getuid();
  const auto gid = getgid();
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  return write_file("/proc/self/setgroups", "deny") &&
         write_file("/proc/self/uid_map", fmt::format("{0} {0} 1", uid)) &&
         write_file("/proc/self/gid_map", fmt::format("{0} {0} 1", gid)) &&
         mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

/// overlayfs splits its options at commas and lower folders at colons.
std::string option(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == ',' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

bool mount_overlay(const std::vector<std::string>& paths) {
  const auto options = fmt::format("lowerdir={},upperdir={},workdir={},userxattr", option(paths[0]),
                                   option(paths[1]), option(paths[2]));
  return mount("overlay", paths[3].c_str(), "overlay", 0, options.c_str()) == 0;
}

std::vector<std::string> environment_as_it_is() {
  std::vector<std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry)
    variables.emplace_back(*entry);
  return variables;
}

}  // namespace

std::vector<std::string> overlay_jail(const Overlay& overlay,
                                      const std::vector<std::string>& command) {
  std::vector<std::string> words{std::string(kJailWord),
                                 "overlay",
                                 overlay.lower,
                                 overlay.upper,
                                 overlay.work,
                                 overlay.merged,
                                 std::string(kCommandFollows)};
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

std::vector<std::string> landlock_jail(const std::vector<std::filesystem::path>& writable,
                                       const std::vector<std::string>& command) {
  std::vector<std::string> words{std::string(kJailWord), "landlock"};
  words.insert(words.end(), writable.begin(), writable.end());
  words.emplace_back(kCommandFollows);
  words.insert(words.end(), command.begin(), command.end());
  return words;
}

int enter_jail(const std::vector<std::string>& words) {
  constexpr std::size_t kOverlayPaths = 4;
  const auto separator = std::find(words.begin(), words.end(), kCommandFollows);
  if (words.size() < 2 || separator == words.end()) return refuse("no command");
  const std::vector<std::string> paths(words.begin() + 2, separator);
  const std::vector<std::string> command(separator + 1, words.end());
  if (words[1] == "overlay") {
    if (paths.size() != kOverlayPaths) return refuse("overlay");
    if (!own_namespaces()) return refuse("user namespaces");
    if (!mount_overlay(paths)) return refuse("overlayfs");
  } else {
    FileRights rights;
    rights.read = {"/"};
    rights.write.assign(paths.begin(), paths.end());
    if (auto done = confine_files(rights); !done) return refuse(done.error().message);
    if (auto done = confine_network(); !done) return refuse(done.error().message);
  }
  return refuse(become(command, environment_as_it_is()).message);
}

}  // namespace peer
