#include "reporters/comment_sync/comment_text.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "reporters/render/escape.hpp"
#include "reporters/render/facts.hpp"
#include "reporters/render/suggestion.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostProse = 2000;   // bytes of a message or an explanation
constexpr std::size_t kMostBlock = 12000;  // bytes of a suggestion or a diff
constexpr std::uint32_t kMostLines = 100;  // of a suggestion: GitLab's limit

/// Not more than `most` bytes, cut between characters.
std::string_view shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U)
    --most;
  return text.substr(0, most);
}

std::string prose(std::string_view text) { return markdown_text(shortened(text, kMostProse)); }

struct FixBlock {
  std::string text;
  std::optional<Anchor> at;
};

/// The fix as lines that can be committed, where a hunk shows them all; else as a diff.
FixBlock fix_block(const Finding& finding, const ProvedFix& fix, const Anchors& anchors,
                   SuggestionStyle style) {
  const auto suggestion = suggest(finding, fix.fix);
  if (suggestion && finding.side == Side::new_side && suggestion->text.size() <= kMostBlock &&
      suggestion->last_line >= suggestion->first_line &&
      suggestion->last_line - suggestion->first_line < kMostLines) {
    auto at =
        anchors.find(finding.path, Side::new_side, suggestion->first_line, suggestion->last_line);
    if (at) {
      const auto above = suggestion->last_line - suggestion->first_line;
      const auto word = style == SuggestionStyle::github ? std::string("suggestion")
                                                         : fmt::format("suggestion:-{}+0", above);
      return {markdown_fence(suggestion->text, word), std::move(at)};
    }
  }
  if (fix.diff.empty() || fix.diff.size() > kMostBlock) return {};
  return {markdown_fence(fix.diff, "diff"), std::nullopt};
}

std::string more(const Finding& finding) {
  std::string body;
  if (!finding.help.empty()) body += "Fix: " + prose(finding.help) + "\n\n";
  body += "Rule " + markdown_code(shortened(finding.rule, 200));
  for (std::size_t i = 0; i < std::min<std::size_t>(finding.cwe.size(), 10); ++i)
    body += fmt::format(", CWE-{}", finding.cwe[i]);
  body += fmt::format(", finding `{}`", short_key(finding.fingerprint));
  return fmt::format("\n<details><summary>More</summary>\n\n{}\n</details>\n", body);
}

/// The finding's own lines, or at least the first of them.
std::optional<Anchor> anchor_of(const Finding& finding, const Anchors& anchors) {
  auto last = finding.at.end.line;
  // what ends at the start of a line does not reach into it
  if (finding.at.end.column <= 1 && last > finding.at.start.line) --last;
  if (auto all = anchors.find(finding.path, finding.side, finding.at.start.line, last)) return all;
  return anchors.find(finding.path, finding.side, finding.at.start.line, finding.at.start.line);
}

}  // namespace

WantedFinding say(const Finding& finding, const ProvedFix* fix, const Anchors& anchors,
                  const PublishOptions& options) {
  WantedFinding wanted;
  wanted.key = key_of(finding.fingerprint);
  wanted.rule = finding.rule;
  wanted.severity = finding.severity;
  wanted.at = anchor_of(finding, anchors);
  wanted.place =
      markdown_code(fmt::format("{}:{}", shortened(finding.path, 500), finding.at.start.line));
  wanted.text =
      fmt::format("**{}: {}**\n", to_string(finding.severity), prose(sourced_message(finding)));
  if (!finding.why.empty()) wanted.text += "\nWhy: " + prose(finding.why) + "\n";
  const bool proved = fix != nullptr && fix->decision != Decision::reject && fix->proof.holds();
  if (proved && options.suggestions) {
    auto block = fix_block(finding, *fix, anchors, options.style);
    if (block.at) wanted.at = std::move(block.at);
    if (!block.text.empty())
      wanted.text += fmt::format("\n{}\n{}, proved: {}\n", block.text,
                                 confidence_words(fix->confidence), prose(proof_words(fix->proof)));
  }
  wanted.text += more(finding);
  wanted.said = sha256(wanted.text).substr(0, 16);
  return wanted;
}

}  // namespace peer
