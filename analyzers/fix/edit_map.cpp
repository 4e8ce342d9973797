#include "analyzers/fix/edit_map.hpp"

#include <algorithm>

namespace peer {

EditMap::EditMap(std::span<const Edit> edits) {
  replaced_.reserve(edits.size());
  written_.reserve(edits.size());
  for (const auto& edit : edits) {
    const auto begin = shifted(edit.span.begin, replaced_.size());
    replaced_.push_back(edit.span);
    written_.push_back({begin, begin + static_cast<std::uint32_t>(edit.text.size())});
  }
}

std::uint32_t EditMap::shifted(std::uint32_t offset, std::size_t edits_before) const {
  if (edits_before == 0) return offset;
  return written_[edits_before - 1].end + (offset - replaced_[edits_before - 1].end);
}

std::size_t EditMap::first_reaching(std::uint32_t offset) const {
  const auto it = std::lower_bound(replaced_.begin(), replaced_.end(), offset,
                                   [](Span span, std::uint32_t at) { return span.end < at; });
  return static_cast<std::size_t>(it - replaced_.begin());
}

std::uint32_t EditMap::leftmost(std::uint32_t offset) const {
  const auto i = first_reaching(offset);
  if (i == replaced_.size() || replaced_[i].begin > offset) return shifted(offset, i);
  // a byte inside replaced text may be anywhere in what was written; its end stands after that
  const bool at_end = replaced_[i].end == offset && !replaced_[i].empty();
  return at_end ? written_[i].end : written_[i].begin;
}

std::uint32_t EditMap::rightmost(std::uint32_t offset) const {
  auto i = first_reaching(offset);
  if (i == replaced_.size() || replaced_[i].begin > offset) return shifted(offset, i);
  // an insertion may follow at the very end of a replacement
  while (i + 1 < replaced_.size() && replaced_[i + 1].begin == offset && replaced_[i + 1].empty())
    ++i;
  const bool at_begin = replaced_[i].begin == offset && !replaced_[i].empty();
  return at_begin ? written_[i].begin : written_[i].end;
}

std::optional<Span> EditMap::moved(Span span) const {
  const auto i = first_reaching(span.begin);
  for (auto j = i; j < replaced_.size() && replaced_[j].begin <= span.end; ++j) {
    const Span edit = replaced_[j];
    const bool apart = edit.end <= span.begin || edit.begin >= span.end;
    const bool both_empty = edit.empty() && span.empty() && edit.begin == span.begin;
    if (!apart || both_empty) return std::nullopt;
  }
  const auto begin = rightmost(span.begin);
  return Span{begin, begin + span.size()};
}

bool EditMap::move(Span& span) const {
  const auto i = first_reaching(span.begin);
  for (auto j = i; j < replaced_.size() && replaced_[j].begin <= span.begin; ++j)
    if (!replaced_[j].empty() && replaced_[j].contains(span)) return false;
  const auto begin = rightmost(span.begin);
  const Span now{begin, std::max(begin, leftmost(span.end))};
  if (now.empty() && !span.empty()) return false;
  span = now;
  return true;
}

bool EditMap::may_be(Span before, Span now) const {
  return leftmost(before.begin) <= now.begin && now.begin <= rightmost(before.begin) &&
         leftmost(before.end) <= now.end && now.end <= rightmost(before.end);
}

}  // namespace peer
