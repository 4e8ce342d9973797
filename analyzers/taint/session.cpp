#include "analyzers/taint/session.hpp"

#include <algorithm>
#include <iterator>

namespace peer::taint {
namespace {

constexpr std::size_t kMaxSets = 100'000;
constexpr std::size_t kMaxMembers = 16;

}  // namespace

std::uint32_t CleanedSets::number_of(std::vector<Sanitizer> set) {
  if (const auto it = numbers_.find(set); it != numbers_.end()) return it->second;
  if (sets_.size() >= kMaxSets || set.size() > kMaxMembers) return 0;
  sets_.push_back(set);
  const auto number = static_cast<std::uint32_t>(sets_.size() - 1);
  numbers_.emplace(std::move(set), number);
  return number;
}

std::uint32_t CleanedSets::with(std::uint32_t set, Sanitizer sanitizer) {
  std::vector<Sanitizer> more = sets_[set];
  const auto at = std::lower_bound(more.begin(), more.end(), sanitizer);
  if (at != more.end() && *at == sanitizer) return set;
  more.insert(at, sanitizer);
  return number_of(std::move(more));
}

std::uint32_t CleanedSets::merged(std::uint32_t a, std::uint32_t b) {
  if (a == b || b == 0) return a;
  if (a == 0) return b;
  const auto key = std::minmax(a, b);
  if (const auto it = merged_.find(key); it != merged_.end()) return it->second;
  std::vector<Sanitizer> both;
  std::set_union(sets_[a].begin(), sets_[a].end(), sets_[b].begin(), sets_[b].end(),
                 std::back_inserter(both));
  const std::uint32_t number = number_of(std::move(both));
  merged_.emplace(key, number);
  return number;
}

Source Session::member_number(Source holder, const std::string& name) {
  constexpr std::size_t kMost = 0x2FFF;
  constexpr int kDeepest = 3;
  const auto known = member_numbers.find({holder, name});
  if (known != member_numbers.end()) return known->second;
  const int depth = holder < kFirstMember ? 1 : members[holder - kFirstMember].depth + 1;
  if (members.size() >= kMost || depth > kDeepest) return kAnything;
  const auto number = static_cast<Source>(kFirstMember + members.size());
  members.push_back({holder, name, depth});
  member_numbers.emplace(std::pair{holder, name}, number);
  return number;
}

void Session::keep_state(const std::string& class_name, const std::string& member,
                         const std::vector<Fact>& facts) {
  for (const Fact& fact : facts) {
    if (fact.source == kAnything || fact.source >= kFirstParameter) continue;
    auto& known = states[class_name][member];
    const auto before = known.size();
    add_fact(known, fact);
    if (known.size() != before) changed.insert(class_name);
  }
}

Constructed& Session::constructed_with(std::uint32_t owner, std::uint32_t position, Symbol name) {
  auto& known = constructed[owner];
  for (Constructed& each : known)
    if (each.name == name && (name != 0 || each.position == position)) return each;
  return known.emplace_back(Constructed{position, name, {}});
}

}  // namespace peer::taint
