#include "analyzers/rules/prefilter/literal_places.hpp"

#include <algorithm>
#include <numeric>
#include <ranges>
#include <utility>

#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::uint32_t kFirstIndex = 2;  // in `known_`, behind the two words
constexpr std::size_t kBytesPerHit = 16;  // of usual code and rules

std::size_t pair_of(char first, char second) {
  return static_cast<std::size_t>(static_cast<unsigned char>(first)) << 8U |
         static_cast<unsigned char>(second);
}

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

LiteralPlaces::Pairs::Pairs(std::string_view lower) : seen_(std::size_t{1} << 16U) {
  for (std::size_t i = 1; i < lower.size(); ++i)
    seen_[pair_of(lower[i - 1], lower[i])] = true;
}

bool LiteralPlaces::Pairs::may_hold(std::string_view literal) const {
  for (std::size_t i = 1; i < literal.size(); ++i)
    if (!seen_[pair_of(small(literal[i - 1]), small(literal[i]))]) return false;
  return true;
}

LiteralPlaces::LiteralPlaces(const LiteralTable& literals, std::string_view text)
    : literals_(literals),
      text_(text),
      lower_(to_lower(text)),
      pairs_(std::make_unique<const Pairs>(lower_)),
      known_(literals.size(), kUnknown) {}

LiteralPlaces::LiteralPlaces(const LiteralTable& literals, const Automaton& automaton,
                             std::string_view text)
    : literals_(literals), text_(text), known_(literals.size(), kNowhere) {
  struct Hit {
    std::uint32_t found, start;
  };
  std::vector<Hit> hits;
  hits.reserve(text.size() / kBytesPerHit);
  automaton.scan(text, [&](std::uint32_t literal, std::uint32_t start) {
    auto& known = known_[literal];
    if (known == kNowhere) {
      known = kFirstIndex + static_cast<std::uint32_t>(all_found_.size());
      all_found_.push_back(literal);
      first_.push_back(0);
    }
    hits.push_back({known - kFirstIndex, start});
    ++first_[known - kFirstIndex];
  });
  // counted, they are laid one literal behind the other from the end: each stays in its order
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  first_.push_back(static_cast<std::uint32_t>(hits.size()));
  starts_.resize(hits.size());
  for (const auto& hit : std::views::reverse(hits))
    starts_[--first_[hit.found]] = hit.start;
}

std::span<const std::uint32_t> LiteralPlaces::of(std::uint32_t literal) {
  if (known_[literal] == kUnknown) {
    auto starts = look_for(literals_[literal]);
    if (starts.empty())
      known_[literal] = kNowhere;
    else
      note(literal, std::move(starts));
  }
  if (known_[literal] == kNowhere) return {};
  const auto index = known_[literal] - kFirstIndex;
  if (pairs_ != nullptr) return found_[index];
  return std::span(starts_).subspan(first_[index], first_[index + 1] - first_[index]);
}

std::vector<std::uint32_t> LiteralPlaces::look_for(const LiteralView& literal) const {
  std::vector<std::uint32_t> starts;
  if (literal.text.empty() || !pairs_->may_hold(literal.text)) return starts;
  const std::string_view text = literal.ignore_case ? std::string_view(lower_) : text_;
  for (auto at = text.find(literal.text); at != std::string_view::npos;
       at = text.find(literal.text, at + 1))
    if (stands_at(text_, at, literal)) starts.push_back(static_cast<std::uint32_t>(at));
  return starts;
}

void LiteralPlaces::note(std::uint32_t literal, std::vector<std::uint32_t> starts) {
  known_[literal] = kFirstIndex + static_cast<std::uint32_t>(found_.size());
  found_.push_back(std::move(starts));
}

}  // namespace peer::rules
