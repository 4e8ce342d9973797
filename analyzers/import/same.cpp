#include "analyzers/import/same.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "analyzers/rules/aliases.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kMostLines = 20;
constexpr std::size_t kMostOnLine = 64;

// Numbers of which tools choose one or the other for the same flaw; each group by its own sense.
constexpr std::array kCommand{77, 78, 88};
constexpr std::array kMarkup{79, 80, 83, 87};
constexpr std::array kSql{89, 564, 943};
constexpr std::array kPath{22, 23, 36, 73};
constexpr std::array kCode{94, 95, 96, 1336};
constexpr std::array kWeakCipher{326, 327, 328, 780, 916};
constexpr std::array kRandom{330, 331, 335, 338};
constexpr std::array kCertificate{295, 296, 297, 298, 299};
constexpr std::array kXml{611, 776, 827};
constexpr std::array kHardCoded{259, 321, 798};
constexpr std::array kTemporary{377, 378, 379};
constexpr std::array kPermission{276, 277, 732};
constexpr std::array kPattern{400, 1333};
constexpr std::array kFormat{133, 134};
constexpr std::array kBounds{119, 120, 121, 122, 125, 131, 676, 787, 788};

constexpr std::array<std::span<const int>, 15> kClasses{
    kCommand, kMarkup,    kSql,       kPath,       kCode,    kWeakCipher, kRandom, kCertificate,
    kXml,     kHardCoded, kTemporary, kPermission, kPattern, kFormat,     kBounds};

/// The first of its class, or the number itself.
int class_of(int cwe) {
  for (const auto& numbers : kClasses)
    if (std::find(numbers.begin(), numbers.end(), cwe) != numbers.end()) return numbers.front();
  return cwe;
}

bool share_a_class(const std::vector<int>& a, const std::vector<int>& b) {
  constexpr std::size_t kMost = 20;
  for (std::size_t i = 0; i < std::min(a.size(), kMost); ++i)
    for (std::size_t j = 0; j < std::min(b.size(), kMost); ++j)
      if (class_of(a[i]) == class_of(b[j])) return true;
  return false;
}

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
  if (a.rule == b.rule || share_a_class(a.cwe, b.cwe)) return true;
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
