// Where places of a text stand after edits. A value; const access is thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyzers/fix/fix.hpp"
#include "analyzers/span.hpp"

namespace peer {

class EditMap {
 public:
  /// `edits` must fit their text (see misfit()).
  explicit EditMap(std::span<const Edit> edits);

  /// The first place of the new text that byte `offset` may stand at: before what was inserted
  /// there.
  [[nodiscard]] std::uint32_t leftmost(std::uint32_t offset) const;
  /// The last such place: after what was inserted there. The same as leftmost() where no edit
  /// touches.
  [[nodiscard]] std::uint32_t rightmost(std::uint32_t offset) const;
  /// Where `span` stands now; nullopt when an edit lies in it or overlaps it.
  [[nodiscard]] std::optional<Span> moved(Span span) const;
  /// Moves `span` along, less what of it was replaced; false where nothing of it is left.
  [[nodiscard]] bool move(Span& span) const;
  /// True where `now` may be what became of `before`.
  [[nodiscard]] bool may_be(Span before, Span now) const;
  /// What each edit wrote, in the new text; an empty span where it deleted.
  [[nodiscard]] const std::vector<Span>& written() const { return written_; }

 private:
  /// Index of the first edit that ends at or after `offset`.
  [[nodiscard]] std::size_t first_reaching(std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t shifted(std::uint32_t offset, std::size_t edits_before) const;

  std::vector<Span> replaced_;
  std::vector<Span> written_;
};

}  // namespace peer
