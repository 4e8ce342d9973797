#include "analyzers/fix/apply.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "analyzers/fix/diff.hpp"

namespace peer {
namespace {

std::optional<std::string> misfit_of_one(std::size_t size, const Edit& edit) {
  if (edit.span.begin > edit.span.end)
    return fmt::format("an edit ends at byte {}, before it begins at byte {}", edit.span.end,
                       edit.span.begin);
  if (edit.span.end > size)
    return fmt::format("an edit of bytes {} to {} lies outside the file of {} bytes",
                       edit.span.begin, edit.span.end, size);
  return std::nullopt;
}

std::optional<std::string> misfit_of_two(const Edit& first, const Edit& second) {
  if (second.span < first.span)
    return fmt::format("edits are out of order: byte {} comes after byte {}", second.span.begin,
                       first.span.begin);
  if (second.span.begin < first.span.end)
    return fmt::format("edits of bytes {} to {} and {} to {} overlap", first.span.begin,
                       first.span.end, second.span.begin, second.span.end);
  if (first.span == second.span)
    return fmt::format("two insertions at byte {}: their order is not said", first.span.begin);
  return std::nullopt;
}

std::size_t common_head(std::string_view a, std::string_view b) {
  const auto most = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.begin() + most, b.begin()).first -
                                  a.begin());
}

/// `edit`, which changes something, without what is the same at both ends.
Edit tightened_one(std::string_view text, const Edit& edit) {
  auto old = text.substr(edit.span.begin, edit.span.size());
  std::string_view fresh = edit.text;
  auto head = common_head(old, fresh);
  // a CR that is the first half of a line end on one side stays with the second
  const bool parts = old.substr(head).starts_with('\n') || fresh.substr(head).starts_with('\n');
  if (head > 0 && old[head - 1] == '\r' && parts) --head;
  old.remove_prefix(head);
  fresh.remove_prefix(head);
  const auto most = std::min(old.size(), fresh.size());
  std::size_t tail = 0;
  while (tail < most && old[old.size() - 1 - tail] == fresh[fresh.size() - 1 - tail])
    ++tail;
  const auto ends_in_cr = [&](std::string_view side) {
    return side.size() > tail && side[side.size() - tail - 1] == '\r';
  };
  const bool leads_with_lf = tail > 0 && old[old.size() - tail] == '\n';
  if (leads_with_lf && (ends_in_cr(old) || ends_in_cr(fresh))) --tail;
  fresh.remove_suffix(tail);
  const auto begin = edit.span.begin + static_cast<std::uint32_t>(head);
  return {{begin, edit.span.end - static_cast<std::uint32_t>(tail)}, std::string(fresh)};
}

}  // namespace

std::optional<std::string> misfit(std::string_view text, std::span<const Edit> edits) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) return "the file is over 4 GiB";
  for (std::size_t i = 0; i < edits.size(); ++i) {
    if (auto reason = misfit_of_one(text.size(), edits[i])) return reason;
    if (i == 0) continue;
    if (auto reason = misfit_of_two(edits[i - 1], edits[i])) return reason;
  }
  return std::nullopt;
}

Result<std::string> apply_edits(std::string_view text, std::span<const Edit> edits) {
  if (auto reason = misfit(text, edits)) return fail(ErrorKind::invalid_input, std::move(*reason));
  std::size_t size = text.size();
  for (const auto& edit : edits)
    size += edit.text.size();
  std::string out;
  out.reserve(size);
  std::size_t copied = 0;
  for (const auto& edit : edits) {
    out += text.substr(copied, edit.span.begin - copied);
    out += edit.text;
    copied = edit.span.end;
  }
  out += text.substr(copied);
  return out;
}

void sort_edits(std::vector<Edit>& edits) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span < b.span; });
}

std::vector<Edit> tightened(std::string_view text, std::span<const Edit> edits) {
  std::vector<Edit> out;
  for (const auto& edit : edits)
    if (text.substr(edit.span.begin, edit.span.size()) != edit.text)
      out.push_back(tightened_one(text, edit));
  return out;
}

std::vector<Edit> refined(std::string_view text, const Edit& edit) {
  const auto old_lines = lines_with_ends(text.substr(edit.span.begin, edit.span.size()));
  const auto new_lines = lines_with_ends(edit.text);
  if (old_lines.size() < 2 || new_lines.size() < 2) return tightened(text, std::span(&edit, 1));
  std::vector<Edit> out;
  auto at = edit.span.begin;
  std::uint32_t line = 0;
  const auto skip_to = [&](std::uint32_t end) {
    for (; line < end; ++line)
      at += static_cast<std::uint32_t>(old_lines[line].size());
  };
  for (const auto& run : diff_lines(old_lines, new_lines)) {
    skip_to(run.old_begin);
    Edit part{{at, at}, {}};
    skip_to(run.old_end);
    part.span.end = at;
    for (auto i = run.new_begin; i < run.new_end; ++i)
      part.text += new_lines[i];
    out.push_back(std::move(part));
  }
  return tightened(text, out);
}

}  // namespace peer
