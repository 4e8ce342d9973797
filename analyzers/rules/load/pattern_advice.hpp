// A pattern that its grammar reads as something its author cannot have meant: in C `sprintf($$$A)`
// on its own is a macro in the place of a type. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzers/rules/match/program.hpp"

namespace peer::rules {

struct PatternAdvice {
  std::string read_as;   ///< the kind that the lone pattern is
  std::string selector;  ///< the kind it is inside of a function
  std::string context;   ///< the function, for `context`
};

/// What to write instead of the lone pattern `code`, where it should be; nothing where it means
/// what it says. Knows C and C++, whose grammars read a call outside of a function as a
/// declaration, and Go, whose grammar reads one of a package's functions as a conversion.
[[nodiscard]] std::optional<PatternAdvice> advise_pattern(const Program& program,
                                                          const Pattern& pattern,
                                                          std::string_view code);

}  // namespace peer::rules
