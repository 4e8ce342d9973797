// Two rules of the built-in pack may see one flaw: one follows the value, the other knows the shape
// of such code. Pure; thread-safe.
#pragma once

#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/rules/rule_book.hpp"

namespace peer::rules {

/// A finding and who speaks; `speaker` of a built-in rule, null of any other.
struct Said {
  Finding finding;
  const Speaker* speaker = nullptr;
};

/// Leaves out what another rule about the same topic says of the same flaw, having followed a value
/// through those lines, at least as sure and as grave: the one that goes further speaks. Of two
/// shapes that begin on one line, one within the other, the graver speaks, the surer of two alike,
/// or the first. Keeps the order.
[[nodiscard]] std::vector<Finding> said_once(std::vector<Said> said);

}  // namespace peer::rules
