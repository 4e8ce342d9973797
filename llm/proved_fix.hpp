// A fix with everything that is known about it, ready to be applied, offered or turned down. A
// value.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "analyzers/fix/fix.hpp"
#include "analyzers/fix/proof.hpp"

namespace peer {

enum class Decision { apply, offer, reject };

struct ProvedFix {
  std::string fingerprint;  ///< of the finding it answers
  std::string rule;
  std::string path;
  Fix fix;
  Proof proof;
  double confidence = 0;  ///< 0.0 to 1.0; shown as N/10 and %
  std::string reasoning;
  Decision decision = Decision::offer;
  std::string diff;                                ///< unified diff of this fix alone, for people
  std::optional<std::string> suggested_test = {};  ///< a model's, run by nobody
  friend bool operator==(const ProvedFix&, const ProvedFix&) = default;
};

[[nodiscard]] constexpr std::string_view to_string(Decision decision) {
  constexpr std::string_view kWords[] = {"apply", "offer", "reject"};
  return kWords[static_cast<int>(decision)];
}

}  // namespace peer
