// Reports and tool output that come from elsewhere.
#include <array>

#include "analyzers/import/tool_output.hpp"
#include "reporters/render/render.hpp"
#include "reporters/report_json.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  static const std::string kReport = find_renderer("json")->render(Report{}, {});
  static const std::array<std::string_view, 3> kSeeds{
      kReport, "8888e88888\"x",
      "a.c:3:4: error: x [-Wy]\nerror[E1]: z\n --> b.rs:1:2\n  File \"x.py\", line 3, in "
      "f\nValueError: q\n"};
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = peer::fuzz::text_of(data, size);
  (void)peer::read_tool_output(text);
  const auto report = peer::read_report(text);
  // what can be read can be said, in every format
  if (report)
    for (const auto& renderer : peer::all_renderers())
      (void)renderer.render(*report, {});
  return 0;
}
