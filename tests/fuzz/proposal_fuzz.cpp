// The readers of what models propose, and the applier, on hostile text: no crash, edits that fit
// the file, values in range.
#include <array>

#include "llm/answer/apply.hpp"
#include "llm/answer/blocks.hpp"
#include "llm/answer/quote.hpp"
#include "llm/answer/repair.hpp"
#include "llm/answer/tagged.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  static constexpr std::array<std::string_view, 5> kSeeds{
      "a.py\n<<<<<<< SEARCH\nx = 1\n=======\nx = 2\n>>>>>>> REPLACE\n",
      "<<<<<<< SEARCH\n  def f():\n    return 1\n=======\n  def f():\n    return 2\n>>>>>>> "
      "REPLACE\n<<<<<<< SEARCH\nz\n=======\n>>>>>>> REPLACE",
      "<code>\n```c\nint f(void) { return 1; "
      "}\n```\n</code><confidence>8/10</confidence><reasoning>r</reasoning>",
      "```json\n{\"code\": \"x\", \"confidence\": 0.8, \"list\": [1, {\"a\": [2,]}, // c\n]}\n```",
      "[{\"a\":\"b\"},{\"c\":"};
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = peer::fuzz::text_of(data, size);
  static constexpr std::string_view kFile =
      "def g():\r\n\tdef f():\r\n\t\treturn 1\r\nx = 1\nx = 1\n\n  z\nz";
  for (const auto file : {kFile, text}) {
    const auto parsed = peer::parse_blocks(text);
    const auto applied = peer::apply_blocks(file, parsed.blocks, 3);
    if (!applied) continue;
    std::uint32_t last = 0;
    for (const auto& edit : applied->edits) {
      if (edit.span.begin < last || edit.span.end < edit.span.begin || edit.span.end > file.size())
        __builtin_trap();
      last = edit.span.end;
    }
  }
  const auto tagged = peer::parse_tagged(text);
  if (tagged.confidence && !(*tagged.confidence >= 0 && *tagged.confidence <= 1)) __builtin_trap();
  if (tagged.code) (void)peer::replace_function(kFile, {10, 33}, *tagged.code);
  (void)peer::repair_json(text);
  const std::array<peer::QuotableLine, 2> lines{
      {{1, "x = 1", true}, {2, text.substr(0, 60), false}}};
  (void)peer::locate_quote(lines, text);
  return 0;
}
