#include "analyzers/rules/unused_suppression.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "analyzers/checks/check.hpp"
#include "analyzers/rules/comments.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

Finding remark(const SourceFile& file, Span span, std::string message) {
  static const RuleInfo& rule = *find_rule("unused-suppression");
  return make_finding(rule, file, span, std::move(message));
}

bool is_known(std::string_view id, const SuppressionScope& scope) {
  return std::find(scope.known.begin(), scope.known.end(), id) != scope.known.end();
}

/// Another tool's rule, as imports name them: nothing is known of those.
bool is_foreign(std::string_view id) { return id.find_first_of("/:.") != std::string_view::npos; }

Finding remark_unknown(const SourceFile& file, const DirectiveId& id,
                       const SuppressionScope& scope) {
  constexpr std::size_t kLongestName = 64;
  auto message = fmt::format("no rule is called \"{}\"",
                             visible(std::string_view(id.id).substr(0, kLongestName), false));
  const auto near = id.id.size() > kLongestName ? "" : nearest(id.id, scope.known);
  if (!near.empty()) message += fmt::format("; did you mean \"{}\"?", near);
  return remark(file, id.span, std::move(message));
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Takes the whole comment away: with its lines where nothing else stands on them, else with the
/// blanks before it. Nothing where the comment says more than the directive.
std::optional<Edit> without_comment(const SourceFile& file, const Directive& directive) {
  const auto text = file.text();
  const auto opening = trim_end(
      text.substr(directive.comment.begin, directive.words.begin - directive.comment.begin));
  const auto closing =
      trim(text.substr(directive.words.end,
                       std::max(directive.comment.end, directive.words.end) - directive.words.end));
  const bool only_markers =
      ends_in_comment_marker(opening) &&
      opening.find_first_of(" \t\r\n") == std::string_view::npos &&
      (closing.empty() || closing == "*/" || closing == "-->" || closing == "]]");
  if (!only_markers) return std::nullopt;

  const auto& lines = file.lines();
  const auto last = std::max(directive.comment.end, directive.comment.begin + 1) - 1;
  const auto line_begin = lines.line_span(lines.line_of(directive.comment.begin)).begin;
  const auto line_end = lines.line_span(lines.line_of(last)).end;
  Span gone{directive.comment.begin, std::min(directive.comment.end, line_end)};
  const auto before = trim(text.substr(line_begin, gone.begin - line_begin));
  const auto after = trim(text.substr(gone.end, line_end - gone.end));
  if ((before.empty() && after.empty()) || (before == "{" && after == "}")) {
    const auto next = lines.line_of(last) + 1;
    const auto end = next <= lines.line_count() ? lines.line_span(next).begin
                                                : static_cast<std::uint32_t>(text.size());
    return Edit{{line_begin, end}, ""};
  }
  while (gone.begin > line_begin && is_blank(text[gone.begin - 1]))
    --gone.begin;
  // what stood on both sides of the comment must not grow together
  const bool joins = !after.empty() && !before.empty() && !is_blank(text[gone.end]);
  return Edit{gone, joins ? " " : ""};
}

std::optional<Fix> take_away(const SourceFile& file, const Directive& directive,
                             const std::vector<bool>& keep) {
  if (std::none_of(keep.begin(), keep.end(), [](bool k) { return k; })) {
    auto edit = without_comment(file, directive);
    if (!edit) return std::nullopt;
    return Fix{"remove the comment", {std::move(*edit)}, Safety::safe, "rule"};
  }
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < keep.size(); ++i)
    if (keep[i]) kept.push_back(directive.ids[i].id);
  const Span ids{directive.ids.front().span.begin, directive.ids.back().span.end};
  return Fix{"name only what is silenced", {{ids, join(kept, ", ")}}, Safety::safe, "rule"};
}

}  // namespace

Finding remark_late(const SourceFile& file, const Directive& directive) {
  return remark(file, directive.words,
                "peer-ignore-file counts only within the first ten lines of a file");
}

Finding remark_unused(const SourceFile& file, const AstGrepIgnore& ignore) {
  auto found = remark(file, ignore.comment, "this comment silences nothing");
  found.fix = Fix{"remove the comment", {{ignore.comment, ""}}, Safety::safe, "rule"};
  return found;
}

std::vector<Finding> remark_unused(const SourceFile& file, const Directive& directive,
                                   const std::vector<bool>& used, const SuppressionScope& scope,
                                   bool all_ran) {
  std::vector<Finding> out;
  const auto line = directive.whole_file ? 0 : directive.target;
  const bool seen = line == 0 || scope.examined(line);
  if (directive.ids.empty()) {
    if (used[0] || !seen || !scope.examined(directive.line) || !all_ran) return out;
    out.push_back(remark(file, directive.words, "this comment silences nothing"));
    out.back().fix = take_away(file, directive, {});
    return out;
  }
  std::vector<std::string> idle;
  std::vector<bool> keep(directive.ids.size(), true);
  for (std::size_t i = 0; i < directive.ids.size(); ++i) {
    const auto& id = directive.ids[i];
    if (!is_known(id.id, scope)) {
      if (!is_foreign(id.id)) out.push_back(remark_unknown(file, id, scope));
    } else if (!used[i] && seen && scope.examined(directive.line) && scope.ran(id.id) &&
               id.id != "unused-suppression") {
      idle.push_back(id.id);
      keep[i] = false;
    }
  }
  if (idle.empty()) return out;
  out.push_back(remark(file, directive.words,
                       fmt::format("this comment silences nothing of {}", join(idle, ", "))));
  out.back().fix = take_away(file, directive, keep);
  return out;
}

}  // namespace peer
