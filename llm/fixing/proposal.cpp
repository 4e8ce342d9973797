#include "llm/fixing/proposal.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"
#include "llm/answer/blocks.hpp"
#include "llm/answer/tagged.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostAnswerBytes = std::size_t{256} << 10U;
constexpr std::size_t kMostNewLines = 200;
constexpr std::size_t kFewLines = 6;  // of less than this, all may go

tl::unexpected<Unapplied> cannot(std::string reason) {
  return tl::unexpected(Unapplied{std::move(reason)});
}

/// "src/a.py" for "src/a.py", "./src/a.py", "a/src/a.py" and "a.py".
bool names_this_file(std::string_view named, std::string_view path) {
  while (named.starts_with("./"))
    named.remove_prefix(2);
  const auto is_end_of = [](std::string_view end, std::string_view whole) {
    return whole.ends_with(end) &&
           (whole.size() == end.size() || whole[whole.size() - end.size() - 1] == '/');
  };
  return is_end_of(named, path) || is_end_of(path, named);
}

/// A line that says that code stands there which does not.
bool leaves_out(std::string_view line) {
  constexpr std::array<std::string_view, 12> kWords{
      "rest of the",      "rest of your",   "existing code",    "remains unchanged",
      "remain unchanged", "same as before", "unchanged code",   "code here",
      "as before",        "omitted for",    "the rest remains", "rest unchanged"};
  const auto bare = trim(line);
  if (bare.empty()) return false;
  const bool comment = bare.starts_with("#") || bare.starts_with("//") || bare.starts_with("/*") ||
                       bare.starts_with("--") || bare.starts_with("*") ||
                       bare.starts_with("<!--") || bare.starts_with("...");
  if (!comment) return false;
  if (bare == "..." || bare == "# ..." || bare == "// ..." || bare == "/* ... */") return true;
  const auto low = to_lower(bare.substr(0, 200));
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view words) { return low.find(words) != std::string::npos; });
}

std::optional<std::string> wrong_text(std::string_view text, std::string_view whole_file) {
  if (text.find('\0') != std::string_view::npos) return "it holds a NUL byte";
  if (text.find("PEER_SECRET_") != std::string_view::npos &&
      whole_file.find("PEER_SECRET_") == std::string_view::npos)
    return "it uses a stand-in for a secret that is not of this file";
  for (const auto line : split_lines(text))
    if (leaves_out(line) && whole_file.find(line) == std::string_view::npos)
      return fmt::format("it leaves code out: \"{}\"", visible(trim(line).substr(0, 60), false));
  return std::nullopt;
}

std::size_t line_count(std::string_view text) {
  const auto lines = split_lines(text);
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [](auto line) { return !trim(line).empty(); }));
}

std::optional<std::string> wrong_edits(const AppliedEdits& applied, const ProposalPlace& place) {
  std::size_t gone = 0, come = 0;
  for (const auto& edit : applied.edits) {
    if (!in_region(place.region, edit.span)) return "it changes lines that were not shown";
    if (auto wrong = wrong_text(edit.text, place.text)) return wrong;
    gone += line_count(place.text.substr(edit.span.begin, edit.span.size()));
    come += line_count(edit.text);
  }
  if (come > kMostNewLines)
    return fmt::format("it writes {} lines, over the limit of {}", come, kMostNewLines);
  const auto shown =
      line_count(place.text.substr(place.region.lines.begin, place.region.lines.size()));
  if (shown >= kFewLines && gone > come && (gone - come) * 2 > shown)
    return "it deletes most of the code that was to be repaired";
  return std::nullopt;
}

tl::expected<AppliedEdits, Unapplied> edits_of(std::string_view answer, const TaggedAnswer& tagged,
                                               const ProposalPlace& place) {
  const auto parsed = parse_blocks(answer);
  if (!parsed.problems.empty()) return cannot(parsed.problems.front());
  if (!parsed.blocks.empty()) {
    for (const auto& block : parsed.blocks)
      if (!block.path.empty() && !names_this_file(block.path, place.path))
        return cannot("it changes another file than the one it was shown");
    return apply_blocks(place.text, parsed.blocks, place.line);
  }
  if (!place.whole) return cannot("there is no SEARCH/REPLACE block");
  if (!tagged.code) return cannot("there is no code between <code> and </code>");
  return replace_function(place.text, place.region.lines, *tagged.code);
}

}  // namespace

tl::expected<Proposal, Unapplied> read_proposal(std::string_view answer,
                                                const ProposalPlace& place) {
  if (trim(answer).empty()) return cannot("it is empty");
  if (answer.size() > kMostAnswerBytes) return cannot("it is too long");
  auto tagged = parse_tagged(answer);
  auto applied = edits_of(answer, tagged, place);
  if (!applied) return tl::unexpected(applied.error());
  if (auto wrong = wrong_edits(*applied, place)) return cannot(std::move(*wrong));
  return Proposal{*std::move(applied), tagged.confidence, std::move(tagged.reasoning)};
}

}  // namespace peer
