#include "base/code_pages.hpp"

#include <fstream>
#include <functional>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/yaml.hpp"

namespace peer {
namespace {

/// Kilobytes of code that are mapped in this process.
std::size_t resident_code() {
  std::ifstream maps("/proc/self/smaps");
  std::size_t total = 0;
  bool code = false;
  for (std::string line; std::getline(maps, line);) {
    if (line.find(" r-xp ") != std::string::npos)
      code = true;
    else if (line.find("-p ") != std::string::npos)
      code = false;
    if (code && line.starts_with("Rss:")) total += std::stoul(line.substr(4));
  }
  return total;
}

TEST(CodePages, AreNoMoreInMemoryOnceTheyAreLetGoOf) {
  ASSERT_EQ(std::regex_replace(std::string("a1b22"), std::regex("[0-9]+"), "-"),
            "a-b-");  // code that is not needed again
  const auto before = resident_code();
  let_go_of_code_pages();
  const auto after = resident_code();
  EXPECT_LT(after * 4, before * 3) << before << " KB before, " << after << " KB after";
}

TEST(CodePages, ComeBackUnderThreadsThatRunThem) {
  std::vector<int> read(4, 0);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < read.size(); ++i)
      threads.emplace_back([&count = read[i]] {
        for (int n = 0; n < 500; ++n)
          count += load_yaml("a: [1, 2, {b: ~}]") ? 1 : 0;
      });
    for (int n = 0; n < 50; ++n)
      let_go_of_code_pages();
  }
  EXPECT_EQ(read, std::vector<int>(4, 500));
}

}  // namespace
}  // namespace peer
