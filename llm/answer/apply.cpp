#include "llm/answer/apply.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.hpp"
#include "llm/answer/lines.hpp"

namespace peer {
namespace {

using Normal = std::string_view (*)(std::string_view);

std::string_view as_it_is(std::string_view line) { return line; }
std::string_view without_indent(std::string_view line) { return trim(line); }

struct Place {
  std::size_t line = 0;  // index of the first
  std::size_t count = 0;
  std::string add, remove;  // what goes before each line of the replacement, or comes off it
};

struct Block {
  std::vector<std::string_view> search, replace;  // lines
};

std::vector<std::size_t> find_lines(std::string_view text, const std::vector<TextLine>& lines,
                                    const std::vector<std::string_view>& search, Normal normal) {
  LineNumbers number;
  std::vector<std::uint32_t> hay, needle;
  hay.reserve(lines.size());
  for (const auto& line : lines)
    hay.push_back(number(normal(text_in(text, line))));
  for (const auto line : search)
    needle.push_back(number(normal(line)));
  return places_of<std::uint32_t>(needle, hay);
}

/// How the indentation of a place differs from that of the search text: by one prefix that all its
/// lines share.
std::optional<Place> shifted(std::string_view text, const std::vector<TextLine>& lines,
                             std::size_t at, const std::vector<std::string_view>& search) {
  Place place{at, search.size(), {}, {}};
  bool known = false;
  for (std::size_t i = 0; i < search.size(); ++i) {
    if (trim(search[i]).empty()) continue;
    const auto line = text_in(text, lines[at + i]);
    const auto there = line.substr(0, indent_of(line));
    const auto here = search[i].substr(0, indent_of(search[i]));
    std::string_view add, remove;
    if (there.ends_with(here))
      add = there.substr(0, there.size() - here.size());
    else if (here.ends_with(there))
      remove = here.substr(0, here.size() - there.size());
    else
      return std::nullopt;
    if (known && (add != place.add || remove != place.remove)) return std::nullopt;
    place.add = add;
    place.remove = remove;
    known = true;
  }
  return place;
}

/// The places of one block at the first tier that has any.
std::vector<Place> places_in(std::string_view text, const std::vector<TextLine>& lines,
                             const Block& block, MatchTier& tier) {
  constexpr std::array<std::pair<MatchTier, Normal>, 3> kTiers{
      {{MatchTier::exact, as_it_is},
       {MatchTier::line_ends, trim_end},
       {MatchTier::indentation, without_indent}}};
  for (const auto& [which, normal] : kTiers) {
    std::vector<Place> out;
    for (const auto at : find_lines(text, lines, block.search, normal)) {
      if (which != MatchTier::indentation)
        out.push_back({at, block.search.size(), {}, {}});
      else if (auto place = shifted(text, lines, at, block.search))
        out.push_back(*std::move(place));
    }
    tier = which;
    if (!out.empty()) return out;
  }
  return {};
}

/// The lines that stand at a place afterwards; nullopt where one lacks the indentation that has to
/// come off.
std::optional<std::vector<std::string>> new_lines(const Place& place,
                                                  const std::vector<std::string_view>& replace) {
  std::vector<std::string> out;
  for (const auto line : replace) {
    const bool blank = trim(line).empty();
    if (!place.remove.empty() && !blank && !line.starts_with(place.remove)) return std::nullopt;
    auto kept = line;
    if (!place.remove.empty() && kept.starts_with(place.remove))
      kept.remove_prefix(place.remove.size());
    out.push_back(blank ? std::string(kept) : place.add + std::string(kept));
  }
  return out;
}

/// One edit that turns lines [first, first + count) into `wanted`; lines that stay at both ends are
/// left alone.
Edit smallest_edit(std::string_view text, const std::vector<TextLine>& lines, std::size_t first,
                   std::size_t count, const std::vector<std::string>& wanted) {
  std::size_t head = 0, tail = 0;
  const auto same = [&](std::size_t line, std::size_t want) {
    return text_in(text, lines[line]) == wanted[want];
  };
  while (head < count && head < wanted.size() && same(first + head, head))
    ++head;
  while (tail < count - head && tail < wanted.size() - head &&
         same(first + count - 1 - tail, wanted.size() - 1 - tail))
    ++tail;
  const auto& at = lines[std::min(first, lines.size() - 1)];
  const auto end_of = [&](const TextLine& line) {
    return text.substr(line.end, line.next - line.end);
  };
  std::string_view line_end = end_of(at);
  for (std::size_t i = 0; line_end.empty() && i < lines.size(); ++i)
    line_end = end_of(lines[i]);
  if (line_end.empty()) line_end = "\n";
  const auto begin = first + head < lines.size() ? lines[first + head].begin
                                                 : static_cast<std::uint32_t>(text.size());
  const auto last = first + count - tail;
  const auto end = last > first + head ? lines[last - 1].next : begin;
  Edit edit{{begin, end}, {}};
  for (std::size_t i = head; i < wanted.size() - tail; ++i)
    edit.text += wanted[i] + std::string(line_end);
  // a last line without an end keeps having none
  const bool open_end =
      last > 0 && last == lines.size() && lines[last - 1].next == lines[last - 1].end;
  if (open_end && end > begin && edit.text.ends_with(line_end))
    edit.text.erase(edit.text.size() - line_end.size());
  return edit;
}

std::size_t distance(std::size_t line, std::size_t count, std::size_t near) {
  if (near < line) return line - near;
  return near >= line + count ? near - (line + count - 1) : 0;
}

/// The one place that is meant; nullopt where that is not clear.
std::optional<Place> choose(const std::vector<Place>& places,
                            std::optional<std::uint32_t> near_line, bool& by_distance) {
  by_distance = places.size() > 1;
  if (places.size() == 1) return places.front();
  if (!near_line || places.empty()) return std::nullopt;
  const auto near = static_cast<std::size_t>(*near_line == 0 ? 0 : *near_line - 1);
  const auto far = [&](const Place& p) { return distance(p.line, p.count, near); };
  const auto best =
      std::min_element(places.begin(), places.end(),
                       [&](const Place& a, const Place& b) { return far(a) < far(b); });
  const auto as_near = std::count_if(places.begin(), places.end(),
                                     [&](const Place& p) { return far(p) == far(*best); });
  if (as_near > 1) return std::nullopt;
  return *best;
}

std::string first_words(std::string_view line) { return visible(trim(line).substr(0, 60), false); }

tl::unexpected<Unapplied> cannot(std::string reason) {
  return tl::unexpected(Unapplied{std::move(reason)});
}

}  // namespace

std::string_view to_string(MatchTier tier) {
  constexpr std::string_view kWords[] = {"exact", "line ends", "indentation"};
  return kWords[static_cast<int>(tier)];
}

tl::expected<AppliedEdits, Unapplied> apply_blocks(std::string_view text,
                                                   std::span<const SearchReplace> blocks,
                                                   std::optional<std::uint32_t> near_line) {
  if (blocks.empty()) return cannot("there is no SEARCH/REPLACE block");
  const auto lines = lines_of(text);
  AppliedEdits out;
  for (const auto& block : blocks) {
    Block wanted{split_lines(block.search), split_lines(block.replace)};
    MatchTier tier{};
    auto places = places_in(text, lines, wanted, tier);
    if (places.empty() && wanted.search.size() > 1 && trim(wanted.search.front()).empty()) {
      // a blank line that models like to begin with
      wanted.search.erase(wanted.search.begin());
      if (!wanted.replace.empty() && trim(wanted.replace.front()).empty())
        wanted.replace.erase(wanted.replace.begin());
      places = places_in(text, lines, wanted, tier);
    }
    if (places.empty())
      return cannot(fmt::format("the file does not hold the lines that begin with \"{}\"",
                                first_words(wanted.search.front())));
    bool by_distance = false;
    const auto place = choose(places, near_line, by_distance);
    if (!place)
      return cannot(fmt::format(
          "the lines that begin with \"{}\" stand in {} places; give more lines around them",
          first_words(wanted.search.front()), places.size()));
    const auto after = new_lines(*place, wanted.replace);
    if (!after) return cannot("the indentation of the replacement does not fit that of the file");
    auto edit = smallest_edit(text, lines, place->line, place->count, *after);
    if (edit.span.empty() && edit.text.empty())
      return cannot("the replacement is what stands there already");
    out.tier = std::max(out.tier, tier);
    out.chosen_by_distance += by_distance ? 1 : 0;
    out.edits.push_back(std::move(edit));
  }
  std::sort(out.edits.begin(), out.edits.end(),
            [](const Edit& a, const Edit& b) { return a.span < b.span; });
  for (std::size_t i = 1; i < out.edits.size(); ++i) {
    const auto& before = out.edits[i - 1].span;
    const auto& here = out.edits[i].span;
    if (here.begin < before.end || here.begin == before.begin)
      return cannot("two blocks change the same lines");
  }
  return out;
}

tl::expected<AppliedEdits, Unapplied> replace_function(std::string_view text, Span function,
                                                       std::string_view code) {
  const auto lines = lines_of(text);
  const auto first = static_cast<std::size_t>(
      std::lower_bound(lines.begin(), lines.end(), function.begin,
                       [](const TextLine& line, std::uint32_t at) { return line.next <= at; }) -
      lines.begin());
  auto last = first;
  while (last < lines.size() && lines[last].begin < function.end)
    ++last;
  auto wanted = split_lines(code);
  while (!wanted.empty() && trim(wanted.front()).empty())
    wanted.erase(wanted.begin());
  while (!wanted.empty() && trim(wanted.back()).empty())
    wanted.pop_back();
  if (first == last) return cannot("there is no function to replace");
  if (wanted.empty()) return cannot("there is no code in the answer");
  const auto there = text_in(text, lines[first]);
  const auto old_indent = there.substr(0, indent_of(there));
  const auto new_indent = wanted.front().substr(0, indent_of(wanted.front()));
  Place place{first, last - first, {}, {}};
  if (old_indent.ends_with(new_indent))
    place.add = old_indent.substr(0, old_indent.size() - new_indent.size());
  else if (new_indent.ends_with(old_indent))
    place.remove = new_indent.substr(0, new_indent.size() - old_indent.size());
  else
    return cannot("the indentation of the code does not fit that of the file");
  const auto after = new_lines(place, wanted);
  if (!after) return cannot("the indentation of the code is not even");
  auto edit = smallest_edit(text, lines, first, last - first, *after);
  if (edit.span.empty() && edit.text.empty())
    return cannot("the code is what stands there already");
  const auto tier =
      place.add.empty() && place.remove.empty() ? MatchTier::exact : MatchTier::indentation;
  return AppliedEdits{{std::move(edit)}, tier, 0};
}

}  // namespace peer
