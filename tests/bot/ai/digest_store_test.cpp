#include "bot/ai/digest_store.hpp"

#include <gtest/gtest.h>

#include "analyzers/parse/parse.hpp"
#include "base/clock.hpp"
#include "tests/support/run_peer.hpp"

namespace peer {
namespace {

bool same(const std::vector<Digest>& a, const std::vector<Digest>& b) {
  return packed_digests(a) == packed_digests(b);
}

std::vector<Digest> sample() {
  DigestRequest request;
  request.changed = {{1, 1}, {5, 1}};
  return digests_of(parse("a.py", "import os\n\ndef f(x):\n    y = x\n    return \xff y\n"),
                    request);
}

TEST(DigestStore, WritesAndReadsDigestsWithoutLoss) {
  const auto digests = sample();
  const auto back = unpacked_digests(packed_digests(digests));
  ASSERT_TRUE(back);
  ASSERT_EQ(back->size(), digests.size());
  EXPECT_EQ(back->front().text, digests.front().text);
  EXPECT_EQ(back->front().line_map, digests.front().line_map);
  EXPECT_EQ(back->front().tokens_before, digests.front().tokens_before);
  EXPECT_TRUE(same(*back, digests));
}

TEST(DigestStore, BelievesNoBytesThatWereCutOrChanged) {
  const auto bytes = packed_digests(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(unpacked_digests(std::string_view(bytes).substr(0, size))) << size;
  EXPECT_FALSE(unpacked_digests(bytes + "x"));
  EXPECT_FALSE(unpacked_digests("99999999999999999999 "));
  EXPECT_FALSE(unpacked_digests("1\n0 9 1 1 1 1 0 0 0\n"));
  EXPECT_FALSE(unpacked_digests("1\n0 0 1 1 1 1 0 4000000000 1 1 0\n"));
}

TEST(DigestStore, MakesADigestOnceForEachContentAndRequest) {
  const peer::testing::ScratchFolder folder;
  const Clock clock;
  const std::string text = "def f(x):\n    return x\n";
  DigestRequest request;
  request.changed = {{1, 1}};
  for (const std::uint64_t known : {0U, 1U}) {
    auto disk = CacheDb::open(folder.path() / "cache.db", {}, clock);
    ASSERT_TRUE(disk);
    DigestStore store(&*disk);
    EXPECT_TRUE(
        same(store.of(parse("a.py", text), request), digests_of(parse("a.py", text), request)));
    EXPECT_EQ(store.hits(), known);
    (void)store.of(parse("a.py", text + "# " + std::to_string(known) + "\n"), request);
    EXPECT_EQ(store.misses(), 2 - known);
  }
}

TEST(DigestStore, WorksWithoutAFile) {
  DigestStore store(nullptr);
  EXPECT_FALSE(store.of(parse("a.py", "x = 1\n"), {}).empty());
}

}  // namespace
}  // namespace peer
