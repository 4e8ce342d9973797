#include "llm/route/beta.hpp"

#include <algorithm>
#include <cmath>

namespace peer {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kMostDraws = 64;  // each is taken with over 95 %

double positive(const std::function<double()>& random) { return std::max(random(), 1e-12); }

double draw_normal(const std::function<double()>& random) {
  return std::sqrt(-2 * std::log(positive(random))) * std::cos(2 * kPi * random());
}

// NOLINTNEXTLINE(misc-no-recursion): once, from a shape under 1 to one that is not
double draw_gamma(double shape, const std::function<double()>& random) {
  if (shape < 1) return draw_gamma(shape + 1, random) * std::pow(positive(random), 1 / shape);
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (int i = 0; i < kMostDraws; ++i) {
    const double x = draw_normal(random);
    const double v = std::pow(1 + c * x, 3);
    if (v > 0 && std::log(positive(random)) < x * x / 2 + d - d * v + d * std::log(v)) return d * v;
  }
  return d;
}

}  // namespace

double draw_beta(double a, double b, const std::function<double()>& random) {
  const double x = draw_gamma(std::max(a, 0.01), random);
  const double y = draw_gamma(std::max(b, 0.01), random);
  return x + y > 0 ? x / (x + y) : 0.5;
}

}  // namespace peer
