// `rewriters` at work: the transforms of a match, among them `rewrite`, which applies small rules
// to the nodes below a variable. Inside analyzers/rules/rewrite only. Immutable; thread-safe.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "analyzers/rules/rewrite/fixer.hpp"
#include "analyzers/rules/rewrite/transform.hpp"

namespace peer::rules {

/// A small rule that only transforms use.
struct Rewriter {
  Matcher matcher;
  std::vector<Transform> transforms;
  Fixer fixer;
};

using Rewriters = std::map<std::string, Rewriter, std::less<>>;

/// Sets the variables that `transforms` make of `captures`. Rewriters match what is bound in
/// `captures` before. False where one would be longer than kMostTransformed: it and what is made of
/// it are not set.
[[nodiscard]] bool apply_transforms(const std::vector<Transform>& transforms,
                                    const Rewriters& rewriters, Subject& subject,
                                    Captures& captures);

}  // namespace peer::rules
