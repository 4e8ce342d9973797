#include "analyzers/rules/suppression.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

#include "analyzers/rules/directive.hpp"
#include "analyzers/rules/unused_suppression.hpp"

namespace peer {
namespace {

constexpr std::string_view kRemark = "unused-suppression";
constexpr std::uint32_t kLastFileLine = 10;
constexpr std::size_t kMostRemarks = 100;  // of one file

bool is_about_security(const Finding& finding) {
  return finding.category == "security" || finding.category == "secrets" ||
         finding.category == "supply-chain";
}

/// The directives of a file by the lines they speak of, and whether they were of use.
class Silencer {
 public:
  Silencer(std::vector<Directive> directives, bool remember_use)
      : directives_(std::move(directives)), remember_use_(remember_use) {
    used_.reserve(directives_.size());
    for (std::size_t i = 0; i < directives_.size(); ++i) {
      const auto& directive = directives_[i];
      used_.emplace_back(std::max<std::size_t>(1, directive.ids.size()), false);
      if (directive.whole_file && directive.line <= kLastFileLine)
        of_file_.push_back(i);
      else if (directive.target != 0)
        of_line_[directive.target].push_back(i);
    }
  }

  void silence(Finding& finding) {
    if (const auto it = of_line_.find(finding.at.start.line); it != of_line_.end())
      try_all(finding, it->second, "inline");
    try_all(finding, of_file_, "file");
  }

  [[nodiscard]] const std::vector<Directive>& directives() const { return directives_; }
  /// Which ids of a directive silenced something; one entry for a directive without ids.
  [[nodiscard]] const std::vector<bool>& used(std::size_t directive) const {
    return used_[directive];
  }

 private:
  void try_all(Finding& finding, const std::vector<std::size_t>& candidates, const char* kind) {
    for (const auto i : candidates) {
      if (!matches(finding, i)) continue;
      if (!finding.suppressed) finding.suppressed = Suppression{kind, directives_[i].reason};
      // once is enough, unless it must be known which directives are of no use
      if (!remember_use_) return;
    }
  }

  bool matches(const Finding& finding, std::size_t i) {
    const auto& directive = directives_[i];
    if (directive.ids.empty()) {
      if (directive.lint_only && is_about_security(finding)) return false;
      // "ignore everything" is not meant for the remark that it is of no use
      if (finding.rule == kRemark) return false;
      used_[i][0] = true;
      return true;
    }
    bool found = false;
    for (std::size_t n = 0; n < directive.ids.size(); ++n) {
      if (directive.ids[n].id != finding.rule) continue;
      used_[i][n] = true;
      found = true;
    }
    return found;
  }

  std::vector<Directive> directives_;
  bool remember_use_;
  std::vector<std::vector<bool>> used_;
  std::vector<std::size_t> of_file_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> of_line_;
};

}  // namespace

std::vector<Finding> apply_suppressions(std::span<Finding> findings, const SourceFile& file,
                                        Side side, const SuppressionScope* scope) {
  auto directives = read_directives(file);
  if (directives.empty()) return {};
  Silencer silencer(std::move(directives), scope != nullptr);
  for (auto& finding : findings)
    if (finding.side == side) silencer.silence(finding);
  if (scope == nullptr) return {};

  const auto& all = silencer.directives();
  const bool any_bare = std::any_of(all.begin(), all.end(),
                                    [](const Directive& d) { return d.ours && d.ids.empty(); });
  const bool all_ran =
      any_bare && std::all_of(scope->known.begin(), scope->known.end(), scope->ran);
  std::vector<Finding> remarks;
  for (std::size_t i = 0; i < all.size() && remarks.size() < kMostRemarks; ++i) {
    if (!all[i].ours) continue;
    if (all[i].whole_file && all[i].line > kLastFileLine)
      remarks.push_back(remark_late(file, all[i]));
    else
      remark_unused(file, all[i], silencer.used(i), *scope, all_ran, remarks);
  }
  for (auto& remark : remarks)
    silencer.silence(remark);
  return remarks;
}

}  // namespace peer
