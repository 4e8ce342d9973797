// The tokens that stand in a span of a file, for fingerprints. A few short spans are looked up in
// the tree; for more the file is taken apart once, so that thousands of findings that lie in one
// another cost no more than as many side by side. Used by one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/source_file.hpp"

namespace peer {

/// White space outside tokens does not count: reindenting and rewrapping keep the print.
[[nodiscard]] std::string folded(std::string_view text);

class Anchors {
 public:
  /// Of a longer anchor the first bytes are kept as they are, the rest as a number made of all of
  /// it.
  static constexpr std::size_t kMostBytes = 4096;

  /// `file` must outlive it.
  explicit Anchors(const SourceFile& file) : file_(file) {}

  /// The tokens in `span`, joined by blanks; comments are left out. "" where none stand there, or
  /// the file has no tree.
  [[nodiscard]] std::string of(Span span);

 private:
  struct Token {
    Span span;
    std::uint32_t text = 0;  ///< where it begins in texts_
    std::uint32_t size = 0;
    Span extra = {};  ///< the innermost comment or the like around it
  };
  /// The tokens of a part of the file.
  struct Tokens {
    std::string texts;
    std::vector<Token> code;       // in order
    std::vector<Token> in_extras;  // those below comments, in order
    // of the code before a token: one more than there are of them
    std::vector<std::uint64_t> hashes;
    std::vector<std::size_t> sizes;  // likewise, bytes

    [[nodiscard]] std::string in(Span span) const;
    [[nodiscard]] std::string join(const std::vector<Token>& tokens, Span span,
                                   bool inside_extra) const;
    [[nodiscard]] std::string_view text_of(const Token& token) const;
  };
  /// Those that overlap `part`.
  [[nodiscard]] Tokens read(Span part) const;

  const SourceFile& file_;
  int looked_up_ = 0;
  std::optional<Tokens> all_;
};

}  // namespace peer
