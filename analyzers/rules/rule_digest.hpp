// Rules as they are when Peer runs, for who puts them into the program. Thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analyzers/rules/prefilter/literal_table.hpp"
#include "analyzers/rules/rule_set.hpp"

namespace peer::rules {

/// A LanguageDigest while it grows.
struct GrowingDigest {
  LiteralNumbers literals;
  std::vector<std::uint32_t> demands;
};
using GrowingDigests = std::map<std::string, GrowingDigest, std::less<>>;  ///< by Language::name

/// For each language of a rule, in their order; see RuleText.
struct DigestedRule {
  std::vector<std::uint32_t> demands;
  std::vector<std::string> programs;
};

/// Compiles the one rule in `text` and adds what it asks of texts to the digests of its languages;
/// nothing for a rule that is broken or not alone. What is wrong with it goes to `problems`.
[[nodiscard]] DigestedRule digest_rule(const RuleText& text, GrowingDigests& digests,
                                       std::vector<Problem>& problems);

}  // namespace peer::rules
