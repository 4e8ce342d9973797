// What a provider says a prompt took corrects how many tokens we think the next one takes. A value;
// not safe from several threads at once.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "analyzers/compress/tokens.hpp"

namespace peer {

/// Of one model. What it was last seen to need at most, with head-room, takes the place of its
/// family's factor: at once where it is more, after some calls where it is less.
class TokenCorrection {
 public:
  /// A prompt of `counted` tokens of the meter's vocabulary took `reported` of the model's. Prompts
  /// that are too short to say anything are passed over, as are reports of 0; else gives the ratio
  /// that was learnt.
  std::optional<double> saw(std::uint64_t counted, std::uint64_t reported);
  /// Takes up what was learnt before; ratios that no model can have are passed over.
  void remember(double ratio);

  /// `meter` with the factor that the reports ask for.
  [[nodiscard]] TokenMeter corrected(TokenMeter meter) const;

  [[nodiscard]] std::size_t seen() const { return ratios_.size(); }

 private:
  std::deque<double> ratios_;  // of the last calls
};

}  // namespace peer
