#include "analyzers/rules/said_twice.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace peer::rules {
namespace {

// of one topic in a file; where there are more, repeats are the smaller trouble
constexpr std::size_t kMostFollowed = 200;

/// The findings with a flow, by topic.
using Followed = std::map<std::string_view, std::vector<std::size_t>>;

bool has_topic(const Said& said) {
  return said.speaker != nullptr && said.speaker->facts.security &&
         !said.speaker->facts.topic.empty();
}

/// The value of `with_flow` goes through the line that `elsewhere` begins in. No more than that: a
/// call with a function in its arguments reaches over code of its own.
bool passes_through(const Finding& with_flow, const Finding& elsewhere) {
  const auto line = elsewhere.at.start.line;
  return with_flow.at.start.line == line ||
         std::any_of(with_flow.flow.begin(), with_flow.flow.end(),
                     [&](const FlowStep& step) { return step.at.start.line == line; });
}

/// Whether `a` says more than `b`: a flow more than a shape, and of flows the one that goes
/// further.
bool says_more(const Finding& a, const Finding& b) {
  if (a.severity < b.severity || a.confidence < b.confidence) return false;
  return std::tuple(a.severity, a.confidence, a.flow.size()) >
         std::tuple(b.severity, b.confidence, b.flow.size());
}

bool is_repeated(const std::vector<Said>& said, std::size_t i, const Followed& followed) {
  if (!has_topic(said[i])) return false;
  const auto same_topic = followed.find(said[i].speaker->facts.topic);
  if (same_topic == followed.end() || same_topic->second.size() > kMostFollowed) return false;
  const auto& finding = said[i].finding;
  return std::any_of(same_topic->second.begin(), same_topic->second.end(), [&](std::size_t k) {
    const auto& other = said[k].finding;
    if (said[k].speaker == said[i].speaker || !passes_through(other, finding)) return false;
    const bool is_first =
        k < i && other.confidence >= finding.confidence && other.at.span == finding.at.span;
    return says_more(other, finding) || (is_first && !says_more(finding, other));
  });
}

/// The shapes of one topic that begin on one line, by place in `said`.
using Beginning = std::map<std::pair<std::string_view, std::uint32_t>, std::vector<std::size_t>>;

/// Of two shapes the graver speaks, unless a less sure one would hide what is shown by default; of
/// equal ones the surer.
bool speaks_for(const Finding& a, const Finding& b) {
  constexpr double kShown = 0.6;
  return std::tuple(a.severity, a.confidence) > std::tuple(b.severity, b.confidence) &&
         (a.confidence >= b.confidence || a.confidence >= kShown);
}

/// Another shape of the topic is around this one, or within it, and speaks for it.
bool is_within_another(const std::vector<Said>& said, std::size_t i, const Beginning& beginning) {
  const auto& finding = said[i].finding;
  if (!has_topic(said[i]) || !finding.flow.empty()) return false;
  const auto& beside = beginning.at({said[i].speaker->facts.topic, finding.at.start.line});
  return beside.size() <= kMostFollowed &&
         std::any_of(beside.begin(), beside.end(), [&](std::size_t k) {
           const auto& other = said[k].finding;
           if (said[k].speaker == said[i].speaker) return false;
           if (!other.at.span.contains(finding.at.span) && !finding.at.span.contains(other.at.span))
             return false;
           const bool is_alike =
               other.severity == finding.severity && other.confidence == finding.confidence;
           return is_alike ? k < i : speaks_for(other, finding);
         });
}

}  // namespace

std::vector<Finding> said_once(std::vector<Said> said) {
  Followed followed;
  Beginning beginning;
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (!has_topic(said[i])) continue;
    const std::string_view topic = said[i].speaker->facts.topic;
    if (said[i].finding.flow.empty())
      beginning[{topic, said[i].finding.at.start.line}].push_back(i);
    else
      followed[topic].push_back(i);
  }
  std::vector<bool> repeated(said.size());
  for (std::size_t i = 0; i < said.size(); ++i)
    repeated[i] = (!followed.empty() && is_repeated(said, i, followed)) ||
                  is_within_another(said, i, beginning);
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < said.size(); ++i)
    if (!repeated[i]) findings.push_back(std::move(said[i].finding));
  return findings;
}

}  // namespace peer::rules
