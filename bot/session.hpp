// What a command may touch of the world around it: streams, environment, folder, the wish to stop.
// One per process run.
#pragma once

#include <cstdio>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "bot/config.hpp"

namespace peer {

struct Session {
  Environment environment;
  std::function<std::vector<std::string>()> variables =
      {};  ///< all of the environment, as NAME=VALUE
  /// Overwrites the values of those that the predicate names where this process holds them.
  std::function<void(const std::function<bool(std::string_view)>&)> wipe = {};
  std::filesystem::path folder;  ///< where paths on the command line begin
  std::stop_token stop;
  const Clock* clock = nullptr;
  std::function<void(std::string_view)> out;  ///< standard output
  std::function<void(std::string_view)> err;  ///< standard error
  std::function<std::string(std::size_t max_bytes)>
      read_in;  ///< all of standard input, up to max_bytes
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool in_is_terminal = false;
  int width = 80;  ///< columns of the terminal

  /// One line on standard error: "peer: message".
  void complain(std::string_view message) const { err("peer: " + std::string(message) + "\n"); }
  void complain(const Error& error) const {
    complain(error.message + (error.code.empty() ? "" : " [" + error.code + "]"));
  }
};

// Exit codes, these and no others (HOUSE): where several hold 70, 2, 1, 4, 3, 0 in this order.
inline constexpr int kExitClean = 0;
inline constexpr int kExitFindings = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitIncomplete = 3;
inline constexpr int kExitPublish = 4;
inline constexpr int kExitBug = 70;

}  // namespace peer
