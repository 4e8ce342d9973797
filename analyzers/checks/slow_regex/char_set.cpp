#include "analyzers/checks/slow_regex/char_set.hpp"

#include <algorithm>
#include <string_view>

namespace peer::slow_regex {

CharSet::CharSet(std::initializer_list<CharRange> ranges) {
  for (const auto range : ranges)
    add(range.first, range.last);
}

void CharSet::add(char32_t first, char32_t last) {
  if (first > last) return;
  // All that touch the new range melt into it.
  const auto begin = std::find_if(ranges_.begin(), ranges_.end(),
                                  [&](CharRange r) { return r.last + 1 >= first; });
  const auto end =
      std::find_if(begin, ranges_.end(), [&](CharRange r) { return r.first > last + 1; });
  if (begin != end) {
    first = std::min(first, begin->first);
    last = std::max(last, std::prev(end)->last);
  }
  ranges_.insert(ranges_.erase(begin, end), {first, last});
}

void CharSet::add(const CharSet& other) {
  for (const auto range : other.ranges_)
    add(range.first, range.last);
}

void CharSet::ignore_case() {
  constexpr char32_t kBetween = U'a' - U'A';
  const auto before = ranges_;
  for (const auto range : before) {
    add(std::max(range.first, U'a') - kBetween, std::min(range.last, U'z') - kBetween);
    add(std::max(range.first, U'A') + kBetween, std::min(range.last, U'Z') + kBetween);
  }
}

CharSet CharSet::negated() const {
  CharSet out;
  char32_t next = 0;
  for (const auto range : ranges_) {
    if (range.first > next) out.add(next, range.first - 1);
    next = range.last + 1;
  }
  out.add(next, kLastChar);
  return out;
}

bool CharSet::holds_every_line() const {
  char32_t next = 0;
  for (const auto range : ranges_) {
    for (; next < range.first; ++next)
      if (next != U'\n' && next != U'\r' && next != 0x85 && next != 0x2028 && next != 0x2029)
        return false;
    next = range.last + 1;
  }
  return next > kLastChar;
}

bool CharSet::holds(char32_t c) const {
  return std::any_of(ranges_.begin(), ranges_.end(),
                     [&](CharRange r) { return r.first <= c && c <= r.last; });
}

std::optional<char32_t> CharSet::common(const CharSet& other) const {
  static constexpr std::u32string_view kPlain = U"a0A ,.-_/:;";
  std::optional<char32_t> first;
  auto a = ranges_.begin();
  auto b = other.ranges_.begin();
  while (a != ranges_.end() && b != other.ranges_.end() && !first) {
    if (std::max(a->first, b->first) <= std::min(a->last, b->last))
      first = std::max(a->first, b->first);
    if (a->last < b->last)
      ++a;
    else
      ++b;
  }
  if (!first) return first;
  for (const char32_t c : kPlain)
    if (holds(c) && other.holds(c)) return c;
  return first;
}

}  // namespace peer::slow_regex
