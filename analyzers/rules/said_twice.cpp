#include "analyzers/rules/said_twice.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace peer::rules {
namespace {

// of one topic in a file; where there are more, repeats are the smaller trouble
constexpr std::size_t kMostFollowed = 200;

using Followed = std::map<std::string_view, std::vector<const Finding*>>;

bool has_topic(const Said& said) {
  return said.speaker != nullptr && said.speaker->facts.security && !said.speaker->facts.topic.empty();
}

/// The value went through that code on its way.
bool passes_through(const Finding& followed, Span code) {
  return followed.at.span.overlaps(code) ||
         std::any_of(followed.flow.begin(), followed.flow.end(), [&](const FlowStep& step) { return step.at.span.overlaps(code); });
}

bool is_repeated(const Said& said, const Followed& followed) {
  if (!has_topic(said) || !said.finding.flow.empty()) return false;
  const auto same_topic = followed.find(said.speaker->facts.topic);
  if (same_topic == followed.end() || same_topic->second.size() > kMostFollowed) return false;
  return std::any_of(same_topic->second.begin(), same_topic->second.end(), [&](const Finding* other) {
    return other->severity >= said.finding.severity && other->confidence >= said.finding.confidence &&
           passes_through(*other, said.finding.at.span);
  });
}

}  // namespace

std::vector<Finding> said_once(std::vector<Said> said) {
  Followed followed;
  for (const auto& each : said)
    if (has_topic(each) && !each.finding.flow.empty()) followed[each.speaker->facts.topic].push_back(&each.finding);
  std::vector<bool> repeated(said.size());
  if (!followed.empty())
    std::transform(said.begin(), said.end(), repeated.begin(), [&](const Said& each) { return is_repeated(each, followed); });
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < said.size(); ++i)
    if (!repeated[i]) findings.push_back(std::move(said[i].finding));
  return findings;
}

}  // namespace peer::rules
