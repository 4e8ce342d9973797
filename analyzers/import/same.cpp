#include "analyzers/import/same.hpp"

#include <algorithm>
#include <array>

#include "analyzers/rules/aliases.hpp"
#include "analyzers/weakness.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kMostLines = 20;
constexpr std::size_t kMostOnLine = 64;

/// Names that stand for a rule where a tool tells none.
bool says_nothing(std::string_view rule) {
  constexpr std::array<std::string_view, 6> kNames{"error",   "warning", "note",
                                                   "finding", "unnamed", "eslint"};
  return std::find(kNames.begin(), kNames.end(), rule) != kNames.end();
}

std::uint32_t last_line(const Finding& finding) {
  return std::min(std::max(finding.at.end.line, finding.at.start.line),
                  finding.at.start.line + kMostLines - 1);
}

}  // namespace

std::string_view tool_name(std::string_view words) { return words.substr(0, words.find(' ')); }

bool same_thing(const Finding& a, const Finding& b) {
  const bool one_place = a.at.span.overlaps(b.at.span) || a.at.start.line == b.at.start.line;
  if (!one_place || a.side != b.side || a.path != b.path) return false;
  if (a.rule == b.rule || share_a_weakness(a.cwe, b.cwe)) return true;
  const auto name = our_name(a.rule);
  return name == our_name(b.rule) && (!says_nothing(name) || a.message == b.message);
}

void LineBuckets::add(const Finding& finding, std::size_t index) {
  for (auto line = finding.at.start.line; line <= last_line(finding); ++line) {
    auto& bucket = by_line_[line];
    if (bucket.size() < kMostOnLine) bucket.push_back(index);
  }
}

std::vector<std::size_t> LineBuckets::near(const Finding& finding) const {
  std::vector<std::size_t> all;
  for (auto line = finding.at.start.line; line <= last_line(finding); ++line)
    if (const auto it = by_line_.find(line); it != by_line_.end())
      all.insert(all.end(), it->second.begin(), it->second.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace peer
