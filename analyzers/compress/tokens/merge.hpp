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

  /// Where the tokens of `piece` end, in order. Takes time linear in the piece but for hostile ones
  /// that were never seen: those cost a factor of its logarithm.
  [[nodiscard]] const std::vector<std::uint32_t>& ends_of(std::string_view piece);

 private:
  void merge_few(std::string_view piece);
  void merge_window(std::string_view window, std::vector<std::uint32_t>& ends);
  void merge_many(std::string_view piece);
  [[nodiscard]] std::uint32_t rank(std::string_view piece, std::uint32_t begin,
                                   std::uint32_t end) const {
    return table_.find(piece.substr(begin, end - begin));
  }

  const Table& table_;
  std::vector<std::uint32_t> ends_;
  // of merge_window: where the token that begins at an index ends, where the one before it begins,
  // and the rank of it together with its right neighbour
  std::vector<std::uint32_t> next_, before_, rank_;
  std::vector<std::uint64_t> heap_;
  std::vector<std::uint32_t> window_ends_, wider_ends_;
};

}  // namespace peer::tokens
