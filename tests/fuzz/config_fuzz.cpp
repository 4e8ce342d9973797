// The configuration loader on hostile text.
#include <array>

#include "bot/config.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  static constexpr std::array<std::string_view, 3> kSeeds{
      "fail_on: warning\nexclude: [\"a/**\", b]\nper_file_ignores:\n  \"tests/**\": "
      "[debug-leftover]\nparse:\n  max_bytes: 2M\n",
      "# comment\nfilter: context\nmin_confidence: 0.5\ncomplexity: {max_cognitive: 9}\n",
      "a: &x [1, 2]\nb: *x\n---\nc: !!str 1\n"};
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  peer::ConfigSources sources;
  sources.environment = [](std::string_view) { return std::optional<std::string>{}; };
  sources.repository_file =
      peer::ConfigFile{".peer.yml", std::string(peer::fuzz::text_of(data, size))};
  const auto config = peer::resolve_config(sources);
  // a repository never sets what is the user's alone, whatever it writes
  if (config && (!config->verify_cmd.empty() || config->jobs != 0)) __builtin_trap();
  return 0;
}
