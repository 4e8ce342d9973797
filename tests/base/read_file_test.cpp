#include "base/read_file.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/cache/temporary.hpp"

namespace peer {
namespace {

TEST(ReadFile, GivesAllBytesAndKeepsNoMoreMemoryThanThey) {
  const TemporaryFolder folder;
  const std::string small = "id: a\nrule: {kind: call}\n", large(100'000, 'x');
  std::ofstream(folder.path() / "small", std::ios::binary) << small;
  std::ofstream(folder.path() / "large", std::ios::binary) << large;
  std::ofstream(folder.path() / "empty", std::ios::binary).flush();
  const auto read = read_file(folder.path() / "small", 1 << 20);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, small);
  EXPECT_LT(read->capacity(), 4096U);
  EXPECT_EQ(read_file(folder.path() / "large", large.size()).value(), large);
  EXPECT_EQ(read_file(folder.path() / "empty", 0).value(), "");
}

TEST(ReadFile, RefusesWhatIsTooLargeOrCannotBeRead) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "file", std::ios::binary) << std::string(101, 'x');
  const auto large = read_file(folder.path() / "file", 100);
  ASSERT_FALSE(large.has_value());
  EXPECT_EQ(large.error().kind, ErrorKind::invalid_input);
  EXPECT_NE(large.error().message.find("has over 100 bytes"), std::string::npos)
      << large.error().message;
  EXPECT_EQ(read_file("/dev/zero", 100'000).error().kind,
            ErrorKind::invalid_input);  // which never ends
  for (const auto& path : {folder.path() / "none", folder.path()})
    EXPECT_EQ(read_file(path, 100).error().kind, ErrorKind::not_found) << path;
}

}  // namespace
}  // namespace peer
