// Runs the built `peer` as a user would: a folder, words, an environment of its own, standard
// input.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bot/sandbox/process.hpp"

namespace peer::testing {

struct Ran {
  int exit_code = -1;
  int signal = 0;
  std::string out;  ///< standard output and standard error as they came
};

struct RunOptions {
  std::filesystem::path folder;
  std::vector<std::string>
      environment;  ///< added to the scrubbed one (HOME and XDG folders in a scratch folder, no CI)
  std::string input;
  std::string program = PEER_BINARY;
  std::filesystem::path
      home;                 ///< HOME; empty: a scratch folder that all tests of the program share
  bool with_errors = true;  ///< standard error too
};

/// A folder that is removed at the end.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "peer-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~ScratchFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline Ran run_peer(const std::vector<std::string>& words, const RunOptions& options) {
  static const ScratchFolder shared_home;
  ProcessOptions process;
  process.command = {std::filesystem::weakly_canonical(options.program).string()};
  process.command.insert(process.command.end(), words.begin(), words.end());
  process.environment = {
      "HOME=" + (options.home.empty() ? shared_home.path() : options.home).string(),
      "PATH=/usr/bin:/bin", "LANG=C.UTF-8"};
  process.environment.insert(process.environment.end(), options.environment.begin(),
                             options.environment.end());
  process.folder = options.folder;
  process.take_errors = options.with_errors;
  Ran ran;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  auto started = Process::start(process);
  if (!started) {
    ADD_FAILURE() << started.error().message;
    return ran;
  }
  (void)started->write(options.input, deadline);
  started->close_input();
  while (started->read(ran.out, 65'536, deadline).value_or(0) > 0) {
  }
  const auto end = started->wait(deadline);
  EXPECT_TRUE(end.has_value()) << "peer did not end within two minutes";
  ran.exit_code = end.value_or(ProcessEnd{}).exit_code;
  ran.signal = end.value_or(ProcessEnd{}).signal;
  return ran;
}

}  // namespace peer::testing
