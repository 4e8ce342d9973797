// Text that must stay as it is: goldens, and documentation that is made from the code.
// PEER_UPDATE_GOLDEN=1 rewrites the files and skips the test, so that accepting a change can never
// look like passing.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace peer::testing {

/// `name`: from the project's root, so that generated documentation is held fresh in the same way.
inline void expect_golden(const std::string& name, const std::string& text) {
  const auto path = std::filesystem::path(PEER_SOURCE_DIR) / name;
  if (std::getenv("PEER_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    GTEST_SKIP() << "rewrote " << path;
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream expected;
  expected << in.rdbuf();
  ASSERT_TRUE(in.is_open()) << path << " is missing: PEER_UPDATE_GOLDEN=1 makes it";
  EXPECT_EQ(text, expected.str()) << name << " differs: PEER_UPDATE_GOLDEN=1 rewrites it";
}

}  // namespace peer::testing
