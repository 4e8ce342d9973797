#include "reporters/receipt.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "base/text.hpp"

namespace peer {
namespace {

/// `part` of `whole` in full percent; 100 only when it is all.
unsigned percent(std::uint64_t part, std::uint64_t whole) {
  const auto share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  const auto rounded = static_cast<unsigned>(std::lround(share));
  return rounded == 100 && part < whole ? 99 : rounded;
}

/// "code cut from 19,005 to 7,412 tokens (61 % saved)", or "".
std::string saved_words(const Receipt& receipt) {
  const auto before = receipt.tokens_before.value_or(0), after = receipt.tokens_after.value_or(0);
  if (before > after)
    return fmt::format("code cut from {} to {} tokens ({} % saved)", with_commas(before),
                       with_commas(after), percent(before - after, before));
  if (receipt.tokens_saved == 0) return {};
  return fmt::format("{} % saved by compression",
                     percent(receipt.tokens_saved, receipt.tokens_saved + receipt.tokens_in));
}

}  // namespace

void add_receipt(Receipt& to, const Receipt& models) {
  to.calls += models.calls;
  to.models = std::max(to.models, models.models);
  to.tokens_in += models.tokens_in;
  to.tokens_out += models.tokens_out;
  const auto add = [](std::optional<std::uint64_t>& sum, const std::optional<std::uint64_t>& more) {
    if (more) sum = sum.value_or(0) + *more;
  };
  add(to.tokens_before, models.tokens_before);
  add(to.tokens_after, models.tokens_after);
  const auto before = to.tokens_before.value_or(0), after = to.tokens_after.value_or(0);
  to.tokens_saved = before - std::min(before, after);
  to.cache_hits += models.cache_hits;
  to.cache_misses += models.cache_misses;
  to.cost_usd += models.cost_usd;
}

std::string duration_words(double seconds) {
  if (!std::isfinite(seconds) || seconds < 0) return "0.01 s";
  if (seconds < 0.0995) return fmt::format("{:.2f} s", std::max(seconds, 0.01));
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(std::llround(std::min(seconds, 1e15)));
  return fmt::format("{} min {} s", with_commas(whole / 60), whole % 60);
}

std::string receipt_line(const Receipt& receipt) {
  std::string line;
  const auto add = [&](const std::string& part) { line += (line.empty() ? "" : ", ") + part; };
  const auto asked = receipt.cache_hits + receipt.cache_misses;
  if (receipt.calls > 0 || receipt.cache_hits > 0) {
    auto calls = with_commas(receipt.calls) + (receipt.calls == 1 ? " call" : " calls");
    if (receipt.models > 0) calls += fmt::format(" ({})", count_of(receipt.models, "model"));
    add(calls);
    if (receipt.tokens_in + receipt.tokens_out > 0)
      add(fmt::format("{} in + {} out tokens", with_commas(receipt.tokens_in),
                      with_commas(receipt.tokens_out)));
    if (const auto saved = saved_words(receipt); !saved.empty()) add(saved);
    if (asked > 0) add(fmt::format("{} % from cache", percent(receipt.cache_hits, asked)));
    if (receipt.cost_usd >= 1)
      add(fmt::format("${:.2f}", receipt.cost_usd));
    else if (receipt.cost_usd > 0)
      add(fmt::format("${:.4f}", receipt.cost_usd));
  }
  if (const auto remembered = receipt.files_remembered.value_or(0); remembered > 0)
    add(fmt::format("{} of {} remembered", with_commas(remembered),
                    count_of(remembered + receipt.files_examined.value_or(0), "file")));
  add(duration_words(receipt.seconds));
  return line;
}

}  // namespace peer
