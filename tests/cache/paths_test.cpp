#include "cache/paths.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

TEST(StorePaths, FollowTheXdgVariables) {
  const StoreEnvironment environment{"/c", "/s", "/home/u"};
  EXPECT_EQ(cache_path(environment), "/c/peer/cache.db");
  EXPECT_EQ(state_path(environment), "/s/peer/state.db");
}

TEST(StorePaths, LieBelowHomeWithoutThem) {
  const StoreEnvironment environment{std::nullopt, std::nullopt, "/home/u"};
  EXPECT_EQ(cache_path(environment), "/home/u/.cache/peer/cache.db");
  EXPECT_EQ(state_path(environment), "/home/u/.local/state/peer/state.db");
}

TEST(StorePaths, EmptyAndRelativeValuesCountAsNotSet) {
  EXPECT_EQ(cache_path({"", "", "/home/u"}), "/home/u/.cache/peer/cache.db");
  EXPECT_EQ(state_path({"c", "s", "/home/u"}), "/home/u/.local/state/peer/state.db");
}

TEST(StorePaths, WithoutHomeThereIsNoPlace) {
  for (const auto& home : {std::optional<std::string>(), std::optional<std::string>(""),
                           std::optional<std::string>("home")}) {
    const auto path = cache_path({std::nullopt, std::nullopt, home});
    ASSERT_FALSE(path.has_value());
    EXPECT_EQ(path.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(path.error().code, "PEER-E162");
    EXPECT_NE(path.error().message.find("XDG_CACHE_HOME"), std::string::npos);
  }
}

}  // namespace
}  // namespace peer
