// Which parts of a file are words for people (strings, comments, text) and which are code. Pure;
// thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/source_file.hpp"

namespace peer::trojan {

/// The file holds words or data rather than a program: no language, JSON, YAML, HTML, or made for
/// translation.
[[nodiscard]] bool is_prose_file(const SourceFile& file);

class ProseMap {
 public:
  /// One walk over the tree. Without a tree all of the file counts as prose.
  explicit ProseMap(const SourceFile& file);
  /// True where `offset` stands in a string, comment or text, and not in an expression inside one.
  [[nodiscard]] bool holds(std::uint32_t offset) const;

 private:
  std::vector<std::pair<std::uint32_t, bool>> turns_;  // from this byte on: prose or not
};

}  // namespace peer::trojan
