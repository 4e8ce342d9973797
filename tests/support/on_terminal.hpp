// Runs the built `peer` on a terminal of its own (a pseudo-terminal), as somebody who sits before
// it.
#pragma once

#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <pty.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "tests/support/run_peer.hpp"

namespace peer::testing {

/// What `keys` says is typed when the program has said `keys.first`, once.
struct Typed {
  std::string after, keys;
};

/// Everything the program wrote, standard output and standard error in the order in which they
/// came. 120 columns.
inline Ran run_on_terminal(const std::vector<std::string>& words, const RunOptions& options,
                           std::vector<Typed> typing = {}) {
  std::vector<std::string> texts{std::filesystem::weakly_canonical(options.program).string()};
  texts.insert(texts.end(), words.begin(), words.end());
  std::vector<std::string> settings{"HOME=" + options.home.string(), "PATH=/usr/bin:/bin",
                                    "LANG=C.UTF-8", "TERM=xterm-256color"};
  settings.insert(settings.end(), options.environment.begin(), options.environment.end());
  const auto pointers = [](std::vector<std::string>& from) {
    std::vector<char*> to;
    for (auto& text : from)
      to.push_back(text.data());
    to.push_back(nullptr);
    return to;
  };
  auto arguments = pointers(texts);
  auto environment = pointers(settings);
  winsize size{50, 120, 0, 0};
  int terminal = -1;
  const auto child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    if (chdir(options.folder.c_str()) != 0) _exit(126);
    execve(arguments[0], arguments.data(), environment.data());
    _exit(127);
  }
  Ran ran;
  if (child < 0) {
    ADD_FAILURE() << "no terminal to be had";
    return ran;
  }
  char bytes[4096];
  constexpr int kPatience = 60'000;  // milliseconds of silence
  for (pollfd ready{terminal, POLLIN, 0}; poll(&ready, 1, kPatience) == 1;) {
    const auto got = read(terminal, bytes, sizeof bytes);
    if (got <= 0) break;  // EIO: the last who had it open is gone
    ran.out.append(bytes, static_cast<std::size_t>(got));
    if (typing.empty() || ran.out.find(typing.front().after) == std::string::npos) continue;
    const auto keys = typing.front().keys;
    typing.erase(typing.begin());
    if (write(terminal, keys.data(), keys.size()) < 0) break;
  }
  close(terminal);
  int status = 0;
  if (waitpid(child, &status, WNOHANG) == 0) {  // it may take a moment to end, and must not hang
    usleep(500'000);
    if (waitpid(child, &status, WNOHANG) == 0) {
      ADD_FAILURE() << "peer still runs though its terminal is gone";
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
    }
  }
  ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  ran.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return ran;
}

}  // namespace peer::testing
