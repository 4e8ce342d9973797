// Which matches of rules with a taint declaration are findings: those whose sinks hold what the
// declaration asks for. One file, one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyzers/rules/match/captures.hpp"
#include "analyzers/source_file.hpp"
#include "analyzers/taint/catalogue.hpp"

namespace peer::taint {

enum class Verdict {
  constant,  ///< known when the program is written, or made clean, or never reached
  variable,  ///< not known
  tainted,   ///< one of the rule's sources reaches it
};

/// One place on the way of a value.
struct Step {
  Span at;
  std::string message;  ///< "comes from here", "kept in `name`"
};

struct Judgement {
  Verdict verdict = Verdict::variable;
  std::vector<Step> path;  ///< of a tainted one: the source, what holds the value, the sink
  std::string source;      ///< the name of the set it comes from; "" where the rule has its own
  /// The function was too much work: nothing is known of its values.
  bool given_up = false;
  /// Where another way to bind the rule's variables is the one that was judged.
  std::optional<rules::Captures> captures;

  /// What the rule asks for holds.
  [[nodiscard]] bool is_finding(const Compiled& declaration) const;
  /// How often such a finding is right.
  [[nodiscard]] double confidence(const Compiled& declaration) const;
};

/// A match that is to be judged; all live until judge() returns.
struct Query {
  const Compiled* declaration = nullptr;
  const rules::Captures* captures = nullptr;
  /// The match, where other ways to bind the sinks are to be tried: `has: {pattern: $ARG}` binds
  /// the first argument, but any of them may be the tainted one.
  const rules::Matcher* matcher = nullptr;
  Node node;
};

/// True where values of `language` can be followed; of others judge() says `variable`.
[[nodiscard]] bool follows_values_of(const Language& language);

/// Judges each of `queries`, whose nodes are of the tree at `root`. `unfinished` becomes the number
/// of functions that were too much work, be it those of a query or what they call: a verdict other
/// than `tainted` says less then.
[[nodiscard]] std::vector<Judgement> judge(const Language& language, Node root,
                                           std::string_view text, std::span<const Query> queries,
                                           std::uint32_t* unfinished = nullptr);

}  // namespace peer::taint
