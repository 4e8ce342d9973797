// What a model's own score is worth, by what came of its earlier fixes: isotonic regression (pool
// adjacent violators) over ten scores, held down by pseudo-observations where little is known.
// Values; a Calibration may be read from many threads.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace peer {

/// What came of fixes by the score (0 to 10) that their model gave them.
struct ScoreHistory {
  struct Bucket {
    std::uint32_t right = 0, wrong = 0;
  };
  std::array<Bucket, 11> buckets{};

  void add(double score01, bool right);
  [[nodiscard]] std::uint32_t labels() const;
};

/// From this many labelled outcomes of a model on, history counts.
inline constexpr std::uint32_t kLeastLabels = 20;

struct CalibratedScore {
  double value = 0;          ///< 0.0 to 1.0
  std::uint32_t labels = 0;  ///< that it rests on; under kLeastLabels it is the model's own
  std::string_view source;   ///< "rule family", "model", "own"
};

class Calibration {
 public:
  /// Records what came of a fix.
  void add(const std::string& model, const std::string& family, double score01, bool right);
  /// The worth of `score01`: by the model and rule family where there are labels enough, else by
  /// the model, else as it says itself.
  [[nodiscard]] CalibratedScore worth(const std::string& model, const std::string& family,
                                      double score01) const;

 private:
  std::map<std::string, ScoreHistory> by_family_;  // "model\nfamily"
  std::map<std::string, ScoreHistory> by_model_;
};

/// The isotonic map from score to worth: never falls with the score. Each score has four
/// pseudo-observations at 0.7 of it, so that one lucky fix makes nobody sure.
[[nodiscard]] std::array<double, 11> isotonic(const ScoreHistory& history);

}  // namespace peer
