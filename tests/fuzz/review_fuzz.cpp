// What reads a model's review and its fixes as a whole, on hostile text: no crash, edits only where
// they may be, values in range.
#include <array>

#include "analyzers/parse/parse.hpp"
#include "llm/ask/batch.hpp"
#include "llm/fixing/proposal.hpp"
#include "llm/review/remarks.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  static constexpr std::array<std::string_view, 4> kSeeds{
      "{\"results\":[{\"idx\":0,\"findings\":[{\"quote\":\"x = "
      "1\",\"message\":\"m\",\"severity\":\"error\",\"confidence\":7}]},{\"idx\":1,\"findings\":[]}"
      "]}",
      "[{\"idx\":1},{\"idx\":1},{\"idx\":-1},{\"idx\":1e300}]",
      "<<<<<<< SEARCH\n  return 1\n=======\n  return 2\n>>>>>>> "
      "REPLACE\n<confidence>9/10</confidence>",
      "<code>\ndef f():\n  return 2\n</code><confidence>8</confidence>"};
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = peer::fuzz::text_of(data, size);
  constexpr std::string_view kFile =
      "import a\n\n\ndef f():\n  return 1\n\n\ndef g():\n  return 1\n";
  const peer::FixRegion region{{11, 31}, true, "f", {{0, 9}}};
  for (const bool whole : {true, false}) {
    const auto proposal = peer::read_proposal(text, {kFile, "a.py", region, 5, whole});
    if (!proposal) continue;
    for (const auto& edit : proposal->applied.edits)
      if (!peer::in_region(region, edit.span)) __builtin_trap();
    if (proposal->own_score && !(*proposal->own_score >= 0 && *proposal->own_score <= 1))
      __builtin_trap();
  }
  if (const auto remarks = peer::parse_remarks(text)) {
    if (remarks->remarks.size() > peer::kMostRemarks) __builtin_trap();
    for (const auto& remark : remarks->remarks)
      if (remark.quote.empty() || remark.severity > peer::Severity::warning ||
          remark.confidence > 0.7)
        __builtin_trap();
  }
  const std::array<std::size_t, 3> sizes{1, 1, 1};
  const auto answers = peer::ask_in_batches(
      sizes, {},
      [&](auto) -> tl::expected<std::string, peer::CallFailure> { return std::string(text); }, {});
  if (answers.answers.size() != sizes.size()) __builtin_trap();
  return 0;
}
