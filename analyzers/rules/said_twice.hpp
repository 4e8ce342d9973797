// Two rules of the built-in pack may see one flaw: one follows the value, the other knows the shape of such code. Pure;
// thread-safe.
#pragma once

#include <vector>

#include "analyzers/finding.hpp"
#include "analyzers/rules/rule_book.hpp"

namespace peer::rules {

/// A finding and who speaks; `speaker` of a built-in rule, null of any other.
struct Said {
  Finding finding;
  const Speaker* speaker;
};

/// Leaves out what only a shape says where a rule about the same topic followed a value through that code, and is as sure and
/// as grave. Keeps the order.
[[nodiscard]] std::vector<Finding> said_once(std::vector<Said> said);

}  // namespace peer::rules
