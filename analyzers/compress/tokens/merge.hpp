// Byte-pair encoding of one piece: the pair of neighbours with the lowest rank becomes one token,
// the leftmost of equals first, until no two neighbours make one. Pure; a Merger per thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzers/compress/tokens/table.hpp"

namespace peer::tokens {

class Merger {
 public:
  explicit Merger(const Table& table) : table_(table) {}

  /// Where the tokens of `piece` end, in order. Valid until the next call; `piece` must live as
  /// long. Takes time linear in the piece, but for texts that would have to be made against it:
  /// those cost a factor of the piece's logarithm.
  [[nodiscard]] const std::vector<std::uint32_t>& ends_of(std::string_view piece);

 private:
  using Ends = std::vector<std::uint32_t>;
  /// A part of a piece and its tokens.
  struct Window {
    std::string_view text;
    Ends ends;
  };
  void merge_few(std::string_view text, Ends& ends) const;
  void merge_heap(std::string_view text, Ends& ends);
  void merge_many(std::string_view piece);
  void encode(std::string_view text, Window& window);
  void set_rank(std::string_view text, std::uint32_t at);
  [[nodiscard]] std::uint32_t rank(std::string_view text, std::uint32_t begin,
                                   std::uint32_t end) const {
    return table_.find({text.data() + begin, end - begin});
  }

  const Table& table_;
  Ends ends_;
  Window mine_, theirs_;  // of merge_many
  Window wide_;           // the last that needed the heap
  // of merge_heap: where the token that begins at an index ends, where the one before it begins,
  // and the rank of it together with its right neighbour
  std::vector<std::uint32_t> next_, before_, rank_;
  std::vector<std::uint64_t> heap_;
};

}  // namespace peer::tokens
