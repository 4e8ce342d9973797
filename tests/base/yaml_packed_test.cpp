#include "base/yaml_packed.hpp"

#include <gtest/gtest.h>

namespace peer {
namespace {

bool same(const YamlNode& a, const YamlNode& b) {
  if (a.kind != b.kind || a.text != b.text || a.quoted != b.quoted || a.key != b.key ||
      a.where() != b.where() || a.key_line != b.key_line || a.key_column != b.key_column ||
      a.children.size() != b.children.size())
    return false;
  for (std::size_t i = 0; i < a.children.size(); ++i)
    if (!same(a.children[i], b.children[i])) return false;
  return true;
}

TEST(PackedYaml, GivesTheDocumentBack) {
  for (const std::string_view text :
       {"a: [1, 'x', {b: null}]\nc: |\n  two\n  lines\nd: {}\ne: []\n", "x", "",
        "- - - deep\n  - {}\n"}) {
    const auto node = load_yaml(text);
    ASSERT_TRUE(node) << text;
    const auto again = unpack_yaml(pack_yaml(*node));
    ASSERT_TRUE(again) << text;
    EXPECT_TRUE(same(*again, *node)) << text;
  }
}

TEST(PackedYaml, OtherBytesAreRefused) {
  const auto packed = pack_yaml(*load_yaml("a: [1, 2]"));
  EXPECT_FALSE(unpack_yaml("a: [1, 2]"));
  EXPECT_FALSE(unpack_yaml(packed + "x"));
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_FALSE(unpack_yaml(packed.substr(0, size))) << size;
}

}  // namespace
}  // namespace peer
