// Where the comments of a file are. Inside analyzers/rules only. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analyzers/source_file.hpp"
#include "analyzers/span.hpp"

namespace peer {

/// The comments of `file` that hold any of the bytes `at` (sorted), each once, in order.
[[nodiscard]] std::vector<Span> comments_holding(const SourceFile& file,
                                                 std::span<const std::uint32_t> at);

/// True where `text`, white space at its end aside, is empty or ends in something that begins or
/// continues a comment.
[[nodiscard]] bool ends_in_comment_marker(std::string_view text);

/// Finds the next line with code. Remembers what it saw, so that asking for every line costs one
/// pass.
class CodeLines {
 public:
  explicit CodeLines(const SourceFile& file) : file_(file) {}
  /// The first line after `line` that holds more than white space and comments; 0 where none
  /// follows.
  [[nodiscard]] std::uint32_t next(std::uint32_t line);

 private:
  [[nodiscard]] std::uint32_t skip_comment(std::uint32_t line);
  const SourceFile& file_;
  std::size_t unclosed_ =
      std::string_view::npos;  // no block comment that begins from here on is closed
  std::unordered_map<std::uint32_t, std::uint32_t> known_;
};

}  // namespace peer
