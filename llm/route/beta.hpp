// Draws from a beta distribution, the same on every platform for the same chance. Pure.
#pragma once

#include <functional>

namespace peer {

/// A draw from Beta(a, b), a and b over 0 (G. Marsaglia, W. W. Tsang, "A simple method for
/// generating gamma variables", 2000). `random` gives 0.0 to 1.0.
[[nodiscard]] double draw_beta(double a, double b, const std::function<double()>& random);

}  // namespace peer
