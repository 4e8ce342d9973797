// The mock of models' servers that others wrote (npm aimock), as a process on a free port.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/cache/temporary.hpp"
#include "tests/fakes/child.hpp"
#include "tests/fakes/loopback.hpp"

namespace peer::fakes {

class AimockServer {
 public:
  /// `fixtures`: the JSON list of what is answered to what.
  explicit AimockServer(const std::string& fixtures) : port_(free_port()) {
    const std::string program =
        PEER_SOURCE_DIR "/tests/tools/node_modules/@copilotkit/aimock/dist/cli.js";
    EXPECT_TRUE(std::filesystem::exists(program)) << "run ci/setup --tests";
    write_bytes(folder_ / "a.json", "{\"fixtures\":" + fixtures + "}");
    server_ = std::make_unique<Child>(std::vector<std::string>{
        "node", program, "-p", std::to_string(port_), "-f", folder_.path().string()});
    for (int i = 0; i < 1000 && !answers(port_); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_TRUE(answers(port_));
  }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  TemporaryFolder folder_;
  int port_;
  std::unique_ptr<Child> server_;
};

}  // namespace peer::fakes
