#include "cache/shared_scores.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::int64_t kKeptSeconds = std::int64_t{90} * 86'400;
constexpr double kMostWeight = 200;  // no machine believes more of others
constexpr double kMostTime = 1e12;   // of anything: seconds, milliseconds, dollars

std::string key_of(const std::string& question_class, const std::string& model) {
  return "peer:route:1:" + sha256_of_parts({question_class, model});
}

/// A number from 0 to `most`.
std::optional<double> number(std::string_view text, double most) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || !(value >= 0 && value <= most)) return std::nullopt;
  return value;
}

}  // namespace

RedisStore* SharedScores::server() {
  if (!tried_) {
    tried_ = true;
    const auto address = parse_redis_url(url_);
    auto connected = address ? RedisStore::connect(*address, options_) : fail(address.error());
    if (connected)
      redis_.emplace(*std::move(connected));
    else
      lost(connected.error());
  }
  return redis_ ? &*redis_ : nullptr;
}

void SharedScores::lost(const Error& error) {
  redis_.reset();
  failure_ = error.message;
}

std::optional<RouteScore> SharedScores::read(const std::string& key) {
  auto* redis = server();
  if (redis == nullptr) return std::nullopt;
  const auto found = redis->get(key);
  if (!found) {
    if (!redis->alive()) lost(found.error());
    return std::nullopt;
  }
  if (!*found) return std::nullopt;
  const auto words = split(**found, ' ');
  if (words.size() != 5) return std::nullopt;
  const auto good = number(words[0], kMostWeight), bad = number(words[1], kMostWeight),
             milliseconds = number(words[2], kMostTime), cost = number(words[3], kMostTime),
             time = number(words[4], kMostTime);
  if (!good || !bad || !milliseconds || !cost || !time) return std::nullopt;
  RouteScore out;
  out.good = *good;
  out.bad = *bad;
  out.milliseconds = *milliseconds;
  out.cost_usd = *cost;
  out.time = static_cast<std::int64_t>(*time);
  return out;
}

std::optional<RouteScore> SharedScores::find(const std::string& question_class,
                                             const std::string& model) {
  const std::lock_guard guard(lock_);
  auto found = read(key_of(question_class, model));
  if (!found) return std::nullopt;
  found->question_class = question_class;
  found->model = model;
  return found;
}

void SharedScores::add(const std::string& question_class, const std::string& model,
                       const RouteOutcome& outcome, double half_life_seconds) {
  const std::lock_guard guard(lock_);
  const auto key = key_of(question_class, model);
  const auto score = with_outcome(read(key).value_or(RouteScore{}), outcome, clock_.unix_seconds(),
                                  half_life_seconds);
  auto* redis = server();
  if (redis == nullptr) return;
  const auto text = fmt::format("{:.6f} {:.6f} {:.3f} {:.9f} {}", score.good, score.bad,
                                score.milliseconds, score.cost_usd, score.time);
  if (const auto done = redis->put(key, text, kKeptSeconds); !done && !redis->alive())
    lost(done.error());
}

std::string SharedScores::failure() const {
  const std::lock_guard guard(lock_);
  return failure_;
}

}  // namespace peer
