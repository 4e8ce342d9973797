// Regular expressions as strangers write them: read, made an automaton and judged within bounds,
// whatever they hold.
#include <array>

#include "analyzers/checks/slow_regex/ambiguity.hpp"
#include "base/text.hpp"
#include "tests/fuzz/target.hpp"

namespace peer::fuzz {

std::span<const std::string_view> seeds() {
  static constexpr std::array<std::string_view, 8> kSeeds{
      R"(^(\w+\s?)*$)",
      R"((?i)(?<name>[^\]a-z\x41\u{1F600}[:alpha:]]|a{2,}?|\p{Lu})+\k<name>\Qx+\E\z)",
      R"((?x) ( a | # no
      b )*+ (?>c) (?=d) (?#e) \1 \177 [\0-\177])",
      R"(((((a{9}){9}){9}){9}){9}$)",
      R"((x+x+)+y|(.|[\r\n])*?z)",
      R"([a-\d&&[b]]|[^]|[]a])",
      "(\xC3\xA9|\xFF)+",
      R"((a?b?c?d?e?f?g?h?)*x$)"};
  return kSeeds;
}

}  // namespace peer::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = peer::slow_regex::parse(peer::fuzz::text_of(data, size), {});
  if (!parsed) return 0;
  for (const bool to_the_end : {false, true}) {
    const auto automaton = peer::slow_regex::automaton_of(*parsed, to_the_end);
    if (!automaton) continue;
    std::size_t steps = 100'000;
    const auto slow = peer::slow_regex::text_with_many_ways(*automaton, steps);
    if (slow && (slow->repeated.empty() || !peer::is_utf8(slow->before + slow->repeated)))
      __builtin_trap();
  }
  return 0;
}
