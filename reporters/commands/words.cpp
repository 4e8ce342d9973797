#include "reporters/commands/words.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "reporters/comment_sync/mark.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/facts.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostProse = 4000, kMostListed = 100;

std::string prose(std::string_view text) {
  return markdown_text(valid_utf8(text.substr(0, kMostProse)));
}

std::string commit_words(std::string_view id) { return markdown_code(id.substr(0, 10)); }

std::string list_of(const FixesToCommit& fixes) {
  std::string list;
  for (std::size_t i = 0; i < std::min(fixes.fixes.size(), kMostListed); ++i)
    list += fmt::format("- {}\n", markdown_code(fixes.fixes[i]));
  if (fixes.fixes.size() > kMostListed)
    list += fmt::format("- and {} more\n", fixes.fixes.size() - kMostListed);
  return list;
}

std::string left_out_words(const FixesToCommit& fixes) {
  std::string text;
  for (const auto& each : fixes.left_out)
    text += fmt::format("- {}\n", each);
  return text.empty() ? text : "\nNot touched:\n\n" + text;
}

std::string place_of(const Finding& finding) {
  return markdown_code(
      fmt::format("{}:{}", finding.path.str().substr(0, 500), finding.at.start.line));
}

constexpr std::string_view kElsewhere =
    "What can be done: commit the suggestions on the lines, or run `peer fix-all` in a clone and "
    "push.\n";

}  // namespace

std::string help_words() {
  return "What can be asked of Peer, in the first line of a comment, by people who may write "
         "here:\n\n" +
         command_list();
}

std::string misuse_words(const CommandText& text) {
  return fmt::format("Peer did not understand this: {}. {}", text.problem, help_words());
}

std::string review_words(const Report& report, const SyncOutcome& said) {
  const auto head = commit_words(report.change.head);
  if (!said.done)
    return fmt::format("{} was reviewed, but not all could be said: {}.\n", head,
                       prose(said.failure));
  if (!said.stopped.empty())
    return fmt::format("{} was reviewed; nothing was said of it, because {}.\n", head,
                       prose(said.stopped));
  return fmt::format("{} was reviewed: {}. The summary and the comments are up to date.\n", head,
                     replace_all(std::string(to_string(report.verdict)), "_", " "));
}

std::string fix_words(const FixEnd& end, const FixesToCommit& fixes, const ChangeEnds& ends) {
  using Kind = FixEnd::Kind;
  const auto what = count_of(fixes.fixes.size(), "fix", "fixes");
  switch (end.kind) {
    case Kind::committed:
      return fmt::format(
          "{} committed on the branch, as {}:\n\n{}{}\nWith the token of a workflow no other "
          "workflow starts by this: push, or ask for a review.\n",
          what, commit_words(end.commit), list_of(fixes), left_out_words(fixes));
    case Kind::opened:
      return fmt::format(
          "The branch cannot be written to ({}), so there is a change with {} for it: {}\n\n{}{}",
          prose(end.detail), what, markdown_code(end.url), list_of(fixes), left_out_words(fixes));
    case Kind::branched:
      return fmt::format(
          "The branch cannot be written to. {} on the branch {}; open a change of it by hand "
          "({}).\n\n{}{}",
          what, markdown_code(end.branch), prose(end.detail), list_of(fixes),
          left_out_words(fixes));
    case Kind::moved:
      return fmt::format(
          "Nothing was committed: the change has a new head since {} was reviewed. Ask again.\n",
          commit_words(ends.head));
    case Kind::cannot:
      return fmt::format("Nothing was committed: {}. {}", prose(end.detail), kElsewhere);
    case Kind::failed:
      break;
  }
  return fmt::format("It is not certain that anything was committed: {}. Ask again.\n",
                     prose(end.detail));
}

std::string explain_words(const Finding& finding) {
  auto text = fmt::format("**{}: {}**\n{}\n", to_string(finding.severity),
                          prose(sourced_message(finding)), place_of(finding));
  if (!finding.why.empty()) text += "\nWhy: " + prose(finding.why) + "\n";
  if (!finding.help.empty()) text += "\nFix: " + prose(finding.help) + "\n";
  text += "\nRule " + markdown_code(finding.rule.str().substr(0, 200));
  for (std::size_t i = 0; i < std::min<std::size_t>(finding.cwe.size(), 10); ++i)
    text += fmt::format(", CWE-{}", finding.cwe[i]);
  return text + "\n";
}

std::string explain_words(const ReportedRule& rule) {
  auto text = fmt::format("**{}**: {}\n", markdown_code(rule.id.substr(0, 200)), prose(rule.title));
  if (!rule.why.empty()) text += "\nWhy: " + prose(rule.why) + "\n";
  if (!rule.help.empty()) text += "\nFix: " + prose(rule.help) + "\n";
  return text;
}

std::string aside_words(const Finding& finding, const SetAside& aside) {
  return fmt::format(
      "Set aside as {} asked: {} in {}, finding {}.\n\nReason: {}\n\nIt is not raised again on "
      "this change as long as this comment stands.\n",
      markdown_code(aside.by), markdown_code(finding.rule.str().substr(0, 200)), place_of(finding),
      markdown_code(key_of(finding.fingerprint)), prose(aside.reason));
}

}  // namespace peer
