// What each parameter of a function gets in a call. Pure functions; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analyzers/taint/names.hpp"
#include "analyzers/taint/program.hpp"
#include "analyzers/taint/value.hpp"

namespace peer::taint {

struct Bound {
  std::vector<Value> values;  ///< by parameter; nothing() where it is not given
  /// Likewise: the argument that it is.
  std::vector<std::optional<std::uint32_t>> arguments;
  Value block = nothing();  ///< behind the call
};

/// By position, by name, and what is left in the parameters that take the rest.
[[nodiscard]] Bound bind_arguments(const CallSite& site, const Signature& signature,
                                   const std::vector<Value>& arguments, const Names& names);

}  // namespace peer::taint
