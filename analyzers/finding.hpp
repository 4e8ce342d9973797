// One thing that is wrong, complete in itself: a value without views that outlives the file it was
// found in.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/fix/fix.hpp"
#include "analyzers/span.hpp"
#include "base/rare.hpp"
#include "base/shared_text.hpp"
#include "base/text_lines.hpp"

namespace peer {

/// Ids of rules, to be asked whether one is among them.
using RuleIds = std::set<std::string, std::less<>>;

enum class Severity { hint, info, warning, error };  // in rising order

/// Which side of the change a finding stands on: the new file, or a line that was removed.
enum class Side { old_side, new_side };

/// The lines around a finding, as they stand in the file.
struct CodeFrame {
  std::uint32_t first_line = 1;
  TextLines lines;  ///< raw, without line ends; long ones cut; renderers escape them
  std::uint32_t first_column =
      1;  ///< where the lines begin; over 1 where a long one was cut on the left
  friend bool operator==(const CodeFrame&, const CodeFrame&) = default;
};

/// Another place that helps to understand a finding ("comes from here").
struct Related {
  Location at;
  std::string message;
  CodeFrame frame;        ///< empty where it is in another file
  std::string path = {};  ///< the other file it is in; "": that of the finding
  friend bool operator==(const Related&, const Related&) = default;
};

/// One step on the way of a value from where it comes from to where it does harm.
struct FlowStep {
  Location at;
  std::string message;
  friend bool operator==(const FlowStep&, const FlowStep&) = default;
};

/// Why a finding does not count, when it does not.
struct Suppression {
  std::string kind;    ///< "inline", "file", "config", "baseline"
  std::string reason;  ///< the user's words, or ""
  friend bool operator==(const Suppression&, const Suppression&) = default;
};

/// An audit holds tens of thousands of these at once: what many say alike is shared, what few have
/// takes a pointer's room.
struct Finding {
  SharedText rule;      ///< id, e.g. "unused-import"
  SharedText category;  ///< "security", "correctness", "maintainability", "secrets", ...
  Severity severity = Severity::warning;
  double confidence = 1.0;  ///< 0.0 to 1.0: how often such a finding is right
  SharedText path;
  Side side = Side::new_side;
  Location at;
  std::string message;  ///< one sentence about this place
  SharedText why;       ///< why it is a problem
  SharedText help;      ///< how to fix it
  std::vector<int> cwe;
  std::string symbol;  ///< the enclosing function or type, "Class.method", or ""
  /// Survives line shifts, renames, reindenting; see analyzers/fingerprint.hpp.
  std::string fingerprint;
  bool in_change = false;  ///< on a line the change added, or brought about by the change
  CodeFrame frame;
  std::vector<Related> related;
  std::vector<FlowStep> flow;  ///< from the source to the sink; empty where values are not followed
  Rare<Fix> fix;
  Rare<Suppression> suppressed;
  std::vector<std::string> tools;  ///< who says so, when not Peer alone
  friend bool operator==(const Finding&, const Finding&) = default;
};

[[nodiscard]] std::string_view to_string(Severity severity);  ///< "error"
[[nodiscard]] std::string_view to_string(Side side);          ///< "old", "new"
[[nodiscard]] std::optional<Severity> parse_severity(std::string_view name);
[[nodiscard]] std::optional<Side> parse_side(std::string_view name);

}  // namespace peer
