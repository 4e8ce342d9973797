// Unified diffs, byte for byte what `git apply` takes: the one place that writes them. Pure;
// thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/fix/fix.hpp"

namespace peer {

/// Where Git's lines begin: after each line feed. Made once per text, for many diffs of it.
class LineFeeds {
 public:
  explicit LineFeeds(std::string_view text);
  /// 0-based line of byte `offset`.
  [[nodiscard]] std::uint32_t line_of(std::uint32_t offset) const;
  /// First byte of 0-based `line`; the text's size past the last line.
  [[nodiscard]] std::uint32_t start_of(std::uint32_t line) const;
  [[nodiscard]] std::uint32_t line_count() const {
    return static_cast<std::uint32_t>(starts_.size());
  }

 private:
  std::vector<std::uint32_t> starts_;
  std::uint32_t size_;
};

/// `prefix` + `path` as Git writes it in a patch: in double quotes with C escapes where it holds
/// control bytes, quotes, backslashes or bytes over 0x7E.
[[nodiscard]] std::string quoted_path(std::string_view prefix, std::string_view path);

/// The lines "diff --git", "---" and "+++" of a patch of one file that keeps its name and mode.
[[nodiscard]] std::string patch_header(std::string_view path);

/// The hunks that turn `before` into `after`, with `context` lines around them; "" when they are
/// equal.
[[nodiscard]] std::string unified_hunks(std::string_view before, std::string_view after,
                                        std::uint32_t context = 3);

/// The patch of one file: header and hunks; "" when nothing differs.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view before,
                                       std::string_view after);

/// The patch that `edits` alone make of `text`, at the cost of the lines around them, not of the
/// text. The edits must fit.
/// "" when nothing changes, or when it would need more than `most_bytes` of text.
[[nodiscard]] std::string diff_of_edits(std::string_view path, std::string_view text,
                                        const LineFeeds& lines, std::span<const Edit> edits,
                                        std::size_t most_bytes = std::size_t{64} << 10U);

}  // namespace peer
