// Tests of YAML rules as ast-grep writes them: code that a rule must report, code that it must not,
// and snapshots of what it said. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/rules/rule_book.hpp"
#include "base/result.hpp"

namespace peer::rules {

/// One document of a test file.
struct RuleTest {
  std::string id;  ///< of the rule
  std::vector<std::string> valid, invalid;
};

/// A part of the code that a finding points at.
struct LabelSnapshot {
  std::string source;
  std::optional<std::string> message;
  bool is_primary = true;
  std::uint64_t start = 0, end = 0;  ///< bytes
  // NOLINTNEXTLINE(modernize-use-nullptr,readability-implicit-bool-conversion): misread defaults
  friend auto operator<=>(const LabelSnapshot&, const LabelSnapshot&) = default;
};

/// What a rule makes of the first match in a piece of code.
struct Snapshot {
  std::optional<std::string> fixed;  ///< the code with the fix; nothing where the rule has none
  std::vector<LabelSnapshot> labels;
};
/// Equal where fix and labels are, in whatever order the labels stand.
[[nodiscard]] bool same(const Snapshot& a, const Snapshot& b);

/// A snapshot file.
struct Snapshots {
  std::string id;
  std::map<std::string, Snapshot> by_code;
};

/// Both fail with invalid_input and say where.
[[nodiscard]] Result<std::vector<RuleTest>> parse_rule_tests(std::string_view yaml);
[[nodiscard]] Result<Snapshots> parse_snapshots(std::string_view yaml);
/// The same snapshots give the same bytes, which ast-grep reads too.
[[nodiscard]] std::string write_snapshots(const Snapshots& snapshots);
/// One of them, as people are shown it.
[[nodiscard]] std::string write_snapshot(const Snapshot& snapshot);

enum class Outcome {
  validated,  ///< valid code, nothing reported
  reported,   ///< invalid code, reported as in the snapshot
  noisy,      ///< valid code, reported
  missing,    ///< invalid code, not reported
  wrong,      ///< reported, but not as in the snapshot, or there is none
};

struct CaseResult {
  Outcome outcome = Outcome::validated;
  std::string code;
  std::optional<Snapshot> actual, expected;  ///< where wrong
};

/// What `rule` makes of `code`; nothing where it does not match.
[[nodiscard]] std::optional<Snapshot> take_snapshot(const RuleBook& book, const Rule& rule,
                                                    const std::string& code);

/// Runs all cases of `test`. Without `snapshots` (null) only whether something is reported counts.
[[nodiscard]] std::vector<CaseResult> run_test(const RuleBook& book, const Rule& rule,
                                               const RuleTest& test, const Snapshots* snapshots);

}  // namespace peer::rules
