#include "analyzers/fix/apply.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

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
  for (const auto& edit : edits) {
    const auto old = text.substr(edit.span.begin, edit.span.size());
    std::string_view fresh = edit.text;
    if (old == fresh) continue;
    const auto most = std::min(old.size(), fresh.size());
    const auto head = static_cast<std::size_t>(
        std::mismatch(old.begin(), old.begin() + static_cast<std::ptrdiff_t>(most), fresh.begin())
            .first -
        old.begin());
    std::size_t tail = 0;
    while (tail < most - head && old[old.size() - 1 - tail] == fresh[fresh.size() - 1 - tail])
      ++tail;
    fresh.remove_prefix(head);
    fresh.remove_suffix(tail);
    out.push_back({{edit.span.begin + static_cast<std::uint32_t>(head),
                    edit.span.end - static_cast<std::uint32_t>(tail)},
                   std::string(fresh)});
  }
  return out;
}

}  // namespace peer
