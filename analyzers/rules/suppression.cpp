#include "analyzers/rules/suppression.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>

#include "analyzers/rules/ast_grep_ignore.hpp"
#include "analyzers/rules/directive.hpp"
#include "analyzers/rules/unused_suppression.hpp"
#include "analyzers/weakness.hpp"

namespace peer {
namespace {

constexpr std::string_view kRemark = "unused-suppression";
constexpr std::uint32_t kLastFileLine = 10;
constexpr std::size_t kMostRemarks = 100;  // of one file
constexpr std::size_t kMostCovered = 100'000;

bool is_about_security(const Finding& finding) {
  return finding.category == "security" || finding.category == "secrets" ||
         finding.category == "supply-chain";
}

/// The directives of a file by the lines they speak of, and whether they were of use.
class Silencer {
 public:
  Silencer(std::vector<Directive> directives, const std::vector<AstGrepIgnore>& ignores,
           bool remember_use, const SourceOfRule& source)
      : directives_(std::move(directives)),
        ignores_(ignores),
        ignore_used_(ignores.size(), false),
        source_(source),
        remember_use_(remember_use) {
    // of two for one line the later counts, as with ast-grep
    for (std::size_t i = 0; i < ignores.size(); ++i)
      (ignores[i].target == 0 ? ignore_of_file_ : ignore_of_line_[ignores[i].target]) = i + 1;
    used_.reserve(directives_.size());
    for (std::size_t i = 0; i < directives_.size(); ++i) {
      const auto& directive = directives_[i];
      used_.emplace_back(std::max<std::size_t>(1, directive.ids.size()), false);
      if (directive.whole_file && directive.line <= kLastFileLine)
        of_file_.push_back(i);
      else if (directive.target != 0)
        add_lines(directive, i);
    }
  }

  void silence(Finding& finding) {
    const auto source = source_ ? source_(finding.rule) : RuleSource::peer;
    const bool is_users = source == RuleSource::users;
    may_scanners_ = source == RuleSource::pack && finding.category == "security";
    if (const auto it = of_line_.find(finding.at.start.line); it != of_line_.end())
      try_all(finding, it->second, "inline", is_users);
    // scanners take a comment behind the last line of what they found too
    if (const auto it = of_line_.find(finding.at.end.line); may_scanners_ && it != of_line_.end())
      for (const auto i : it->second)
        if (!finding.suppressed && is_silenced_by_scanner(finding, i))
          finding.suppressed = Suppression{"inline", directives_[i].reason};
    try_all(finding, of_file_, "file", is_users);
    if (finding.rule == kRemark) return;
    if (try_ignore(finding, ignore_of_file_, "file", is_users)) return;
    if (const auto it = ignore_of_line_.find(finding.at.start.line); it != ignore_of_line_.end())
      try_ignore(finding, it->second, "inline", is_users);
  }

  /// ast-grep shows nothing of such a file, not even comments without use.
  [[nodiscard]] bool is_silent_file() const {
    return ignore_of_file_ != 0 && ignores_[ignore_of_file_ - 1].every_rule;
  }
  [[nodiscard]] bool is_ignore_used(std::size_t i) const { return ignore_used_[i]; }

  [[nodiscard]] const std::vector<Directive>& directives() const { return directives_; }
  /// Which ids of a directive silenced something; one entry for a directive without ids.
  [[nodiscard]] const std::vector<bool>& used(std::size_t directive) const {
    return used_[directive];
  }

 private:
  void add_lines(const Directive& directive, std::size_t i) {
    of_line_[directive.target].push_back(i);
    for (auto line = directive.target + 1; line <= directive.last_target && covered_ < kMostCovered;
         ++line, ++covered_)
      of_line_[line].push_back(i);
  }

  bool try_ignore(Finding& finding, std::size_t number, const char* kind, bool is_users) {
    if (number == 0) return false;
    const auto& ignore = ignores_[number - 1];
    const bool named =
        std::find(ignore.ids.begin(), ignore.ids.end(), finding.rule) != ignore.ids.end();
    if (!named && (!ignore.every_rule || (!is_users && is_about_security(finding)))) return false;
    ignore_used_[number - 1] = true;
    if (!finding.suppressed) finding.suppressed = Suppression{kind, ""};
    return true;
  }

  void try_all(Finding& finding, const std::vector<std::size_t>& candidates, const char* kind,
               bool is_users) {
    for (const auto i : candidates) {
      // a linter's "all of it" was not written about a rule of one's own
      if (is_users &&
          (directives_[i].of_ast_grep || directives_[i].lint_only || directives_[i].security_only))
        continue;
      if (!matches(finding, i) && !is_silenced_by_scanner(finding, i)) continue;
      if (!finding.suppressed) finding.suppressed = Suppression{kind, directives_[i].reason};
      // once is enough, unless it must be known which directives are of no use
      if (!remember_use_) return;
    }
  }

  /// Somebody looked at this place because another scanner had reported the same there.
  [[nodiscard]] bool is_silenced_by_scanner(const Finding& finding, std::size_t i) const {
    const auto& directive = directives_[i];
    if (!may_scanners_) return false;
    return directive.security_only ||
           std::any_of(directive.ids.begin(), directive.ids.end(), [&](const DirectiveId& id) {
             return share_a_weakness(id.cwe, finding.cwe);
           });
  }

  bool matches(const Finding& finding, std::size_t i) {
    const auto& directive = directives_[i];
    if (directive.security_only) return false;
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
      // a name of ours stands for its line, however far a scanner's comment reaches
      if (directive.target != 0 && finding.at.start.line != directive.target) continue;
      used_[i][n] = true;
      found = true;
    }
    return found;
  }

  std::vector<Directive> directives_;
  const std::vector<AstGrepIgnore>& ignores_;
  std::vector<bool> ignore_used_;
  std::size_t ignore_of_file_ = 0;  // index + 1, 0: none
  std::unordered_map<std::uint32_t, std::size_t> ignore_of_line_;
  const SourceOfRule& source_;
  bool remember_use_;
  bool may_scanners_ = false;  // silence the finding in hand
  std::size_t covered_ = 0;    // lines beyond the first of each directive
  std::vector<std::vector<bool>> used_;
  std::vector<std::size_t> of_file_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> of_line_;
};

/// Each rule has run; not looked at, and false, where no directive is without ids.
bool have_all_run(const std::vector<Directive>& directives, const SuppressionScope& scope) {
  const bool any_bare = std::any_of(directives.begin(), directives.end(),
                                    [](const Directive& d) { return d.ours && d.ids.empty(); });
  return any_bare && std::all_of(scope.known.begin(), scope.known.end(), scope.ran);
}

void remark_directives(const SourceFile& file, const Silencer& silencer,
                       const SuppressionScope& scope, std::vector<Finding>& remarks) {
  const auto& all = silencer.directives();
  const bool all_ran = have_all_run(all, scope);
  for (std::size_t i = 0; i < all.size() && remarks.size() < kMostRemarks; ++i) {
    if (!all[i].ours) continue;
    if (all[i].whole_file && all[i].line > kLastFileLine) {
      remarks.push_back(remark_late(file, all[i]));
      continue;
    }
    for (auto& remark : remark_unused(file, all[i], silencer.used(i), scope, all_ran))
      remarks.push_back(std::move(remark));
  }
}

void remark_ignores(const SourceFile& file, const std::vector<AstGrepIgnore>& ignores,
                    const Silencer& silencer, const SuppressionScope& scope,
                    std::vector<Finding>& remarks) {
  for (std::size_t i = 0; i < ignores.size() && remarks.size() < kMostRemarks; ++i) {
    if (silencer.is_ignore_used(i)) continue;
    const auto target = ignores[i].target;
    if (scope.examined(ignores[i].line) && (target == 0 || scope.examined(target)))
      remarks.push_back(remark_unused(file, ignores[i]));
  }
}

}  // namespace

std::vector<Finding> apply_suppressions(std::span<Finding> findings, const SourceFile& file,
                                        Side side, const SuppressionScope* scope,
                                        const SourceOfRule& source) {
  auto directives = read_directives(file);
  const auto ignores = read_ast_grep_ignores(file);
  if (directives.empty() && ignores.empty()) return {};
  Silencer silencer(std::move(directives), ignores, scope != nullptr, source);
  for (auto& finding : findings)
    if (finding.side == side) silencer.silence(finding);
  if (scope == nullptr) return {};

  std::vector<Finding> remarks;
  if (scope->peer_ignores) remark_directives(file, silencer, *scope, remarks);
  if (scope->ast_grep_ignores && !silencer.is_silent_file())
    remark_ignores(file, ignores, silencer, *scope, remarks);
  for (auto& remark : remarks)
    silencer.silence(remark);
  return remarks;
}

}  // namespace peer
