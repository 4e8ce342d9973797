#include "analyzers/fingerprint.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/hash.hpp"

namespace peer {
namespace {

/// White space outside tokens does not count: reindenting and rewrapping keep the print.
std::string folded(std::string_view text) {
  std::string out;
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += c;
  }
  return out;
}

/// The leaves that stand in `span`, joined by blanks; comments are left out.
std::string tokens_of(const SourceFile& file, Span span) {
  const Node around = file.tree()->root().smallest_holding(span);
  std::string out;
  walk(around, [&](Node node) {
    if (node.is_extra() || !node.span().overlaps(span)) return false;
    if (node.child_count() > 0) return true;
    if (!out.empty()) out += ' ';
    out += folded(node.text(file.text()));
    return false;
  });
  return out;
}

std::string anchor_of(const Finding& finding, const SourceFile& file) {
  const Span span = finding.at.span;
  if (finding.side == Side::old_side) return folded(finding.message);
  if (span.end > file.text().size() || span.begin > span.end) return {};
  std::string tokens;
  if (file.tree() != nullptr && !span.empty()) tokens = tokens_of(file, span);
  // a comment or text without a tree: its words
  return tokens.empty() ? folded(file.text(span)) : tokens;
}

}  // namespace

void set_fingerprints(std::span<Finding> findings, const SourceFile& file) {
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return findings[a].at.span < findings[b].at.span;
  });
  std::map<std::string, int> seen;
  for (const auto i : order) {
    auto& finding = findings[i];
    const auto identity =
        sha256_of_parts({"peer/1", finding.rule, to_string(finding.side), finding.symbol,
                         anchor_of(finding, file)});
    const int ordinal = seen[identity]++;
    finding.fingerprint =
        (ordinal == 0 ? identity : sha256_of_parts({identity, std::to_string(ordinal)})).substr(0, 16);
  }
}

std::vector<std::pair<std::size_t, std::size_t>> match_findings(
    std::span<const Finding> old_findings, std::span<const Finding> new_findings) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::vector<bool> taken(new_findings.size(), false);
  std::vector<bool> matched(old_findings.size(), false);
  std::multimap<std::string_view, std::size_t> by_print;
  for (std::size_t i = 0; i < new_findings.size(); ++i)
    by_print.emplace(new_findings[i].fingerprint, i);
  const auto pass = [&](bool same_path) {
    for (std::size_t i = 0; i < old_findings.size(); ++i) {
      if (matched[i]) continue;
      const auto [first, last] = by_print.equal_range(old_findings[i].fingerprint);
      const auto it = std::find_if(first, last, [&](const auto& entry) {
        return !taken[entry.second] &&
               (!same_path || new_findings[entry.second].path == old_findings[i].path);
      });
      if (it == last) continue;
      taken[it->second] = matched[i] = true;
      pairs.emplace_back(i, it->second);
    }
  };
  pass(true);
  pass(false);
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace peer
