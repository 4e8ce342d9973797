#include "analyzers/fingerprint.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <numeric>
#include <unordered_map>

#include "analyzers/anchors.hpp"
#include "base/hash.hpp"

namespace peer {
namespace {

std::string anchor_of(const Finding& finding, const SourceFile& file, Anchors& anchors) {
  const Span span = finding.at.span;
  if (finding.side == Side::old_side) return folded(finding.message);
  if (span.end > file.text().size() || span.begin > span.end) return {};
  auto tokens = span.empty() ? std::string() : anchors.of(span);
  // a comment or text without a tree: its words
  return tokens.empty() ? folded(file.text(span)) : tokens;
}

/// What a change says about where a finding's file comes from; "" where it says nothing.
class FilesByPath {
 public:
  explicit FilesByPath(std::span<const ChangedFile> files) {
    for (const auto& file : files) {
      by_new_path_.emplace(file.path, &file);
      if (file.before) by_old_path_.emplace(file.old_path, &file);
    }
  }
  [[nodiscard]] std::string_view old_path(const Finding& finding) const {
    const auto found = by_new_path_.find(finding.path);
    return found == by_new_path_.end() ? std::string_view{} : found->second->old_path;
  }
  [[nodiscard]] std::string_view blob_before(const Finding& finding) const {
    const auto found = by_old_path_.find(finding.path);
    return found == by_old_path_.end() ? std::string_view{} : found->second->before->id;
  }
  [[nodiscard]] std::string_view blob_after(const Finding& finding) const {
    const auto found = by_new_path_.find(finding.path);
    if (found == by_new_path_.end() || !found->second->after) return {};
    return found->second->after->id;
  }

 private:
  std::unordered_map<std::string_view, const ChangedFile*> by_new_path_, by_old_path_;
};

/// Pairs findings one to one, in rounds.
class Matching {
 public:
  Matching(std::span<const Finding> before, std::span<const Finding> after)
      : before_(before), after_(after), matched_(before.size()), taken_(after.size()) {}

  /// Pairs what is left and has the same print and the same place; a place "" is none.
  template <class OldPlace, class NewPlace>
  void pair(OldPlace&& old_place, NewPlace&& new_place) {
    std::map<std::pair<std::string_view, std::string_view>, std::deque<std::size_t>> free;
    for (std::size_t i = 0; i < after_.size(); ++i)
      if (const std::string_view place = new_place(after_[i]); !taken_[i] && !place.empty())
        free[{after_[i].fingerprint, place}].push_back(i);
    for (std::size_t i = 0; i < before_.size(); ++i) {
      const std::string_view place = old_place(before_[i]);
      if (matched_[i] || place.empty()) continue;
      const auto found = free.find({before_[i].fingerprint, place});
      if (found == free.end() || found->second.empty()) continue;
      pairs_.emplace_back(i, found->second.front());
      matched_[i] = taken_[found->second.front()] = true;
      found->second.pop_front();
    }
  }

  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> pairs() && {
    std::sort(pairs_.begin(), pairs_.end());
    return std::move(pairs_);
  }

 private:
  std::span<const Finding> before_, after_;
  std::vector<bool> matched_, taken_;
  std::vector<std::pair<std::size_t, std::size_t>> pairs_;
};

}  // namespace

void set_fingerprints(std::span<Finding> findings, const SourceFile& file) {
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return findings[a].at.span < findings[b].at.span;
  });
  std::map<std::string, int> seen;
  Anchors anchors(file);
  for (const auto i : order) {
    auto& finding = findings[i];
    const auto identity = sha256_of_parts({"peer/1", finding.rule, to_string(finding.side),
                                           finding.symbol, anchor_of(finding, file, anchors)});
    const int ordinal = seen[identity]++;
    finding.fingerprint =
        (ordinal == 0 ? identity : sha256_of_parts({identity, std::to_string(ordinal)}))
            .substr(0, 16);
  }
}

std::vector<std::pair<std::size_t, std::size_t>> match_findings(
    std::span<const Finding> old_findings, std::span<const Finding> new_findings,
    std::span<const ChangedFile> files) {
  const FilesByPath by_path(files);
  Matching matching(old_findings, new_findings);
  const auto own_path = [](const Finding& finding) -> std::string_view { return finding.path; };
  matching.pair(own_path, own_path);
  if (!files.empty()) {
    matching.pair(own_path, [&](const Finding& finding) { return by_path.old_path(finding); });
    matching.pair([&](const Finding& finding) { return by_path.blob_before(finding); },
                  [&](const Finding& finding) { return by_path.blob_after(finding); });
  }
  constexpr auto kAnywhere = [](const Finding&) -> std::string_view { return "anywhere"; };
  matching.pair(kAnywhere, kAnywhere);
  return std::move(matching).pairs();
}

}  // namespace peer
