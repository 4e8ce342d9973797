// The reader of unified diffs on hostile text: hunks say what their lines say, and paths are never
// unsafe to name.
#include <array>

#include "bot/git/patch_parse.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  static constexpr std::array<std::string_view, 3> kSeeds{
      "diff --git a/x.c b/x.c\nindex 1234567..89abcde 100644\n--- a/x.c\n+++ b/x.c\n@@ -1,3 +1,3 "
      "@@ int f()\n a\n-b\n+c\n d\n\\ No newline at end of file\n",
      "--- old.txt\t2020-01-01\n+++ new.txt\n@@ -5 +5 @@\n-x\n+y\n",
      "diff --git \"a/\\303\\244 b\" \"b/\\303\\244 b\"\nsimilarity index 90%\nrename from "
      "a\nrename to b\nold mode 100644\nnew mode 100755\nGIT binary patch\nliteral 3\nabc\n"};
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = peer::parse_patch(peer::fuzz::text_of(data, size));
  for (const auto& file : parsed.files) {
    if (!file.problem.empty()) continue;
    for (const auto& hunk : file.hunks) {
      std::uint32_t old_lines = 0, new_lines = 0;
      for (const auto& line : hunk.lines) {
        old_lines += line.kind != '+' ? 1 : 0;
        new_lines += line.kind != '-' ? 1 : 0;
      }
      if (old_lines != hunk.old_lines.count || new_lines != hunk.new_lines.count) __builtin_trap();
    }
  }
  return 0;
}
