// A file as the analyzers see it: its text, its language, its lines and, where there is one, its
// syntax tree. Move-only; const access is safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/parse/tree.hpp"
#include "analyzers/span.hpp"

namespace peer {

struct Language;

/// How the bytes of a file become text. Spans count bytes of `SourceFile::text()`; for UTF-16 and
/// UTF-32 files that is the text decoded to UTF-8, for all others the very bytes of the file, byte
/// order mark and malformed bytes included.
enum class Encoding { utf8, utf8_bom, utf16_le, utf16_be, utf32_le, utf32_be, unknown_8bit };

/// Where lines begin, for turning bytes into positions.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);
  /// Lines of the text; a final line end opens no further line.
  [[nodiscard]] std::uint32_t line_count() const;
  /// The 1-based line that holds byte `offset`.
  [[nodiscard]] std::uint32_t line_of(std::uint32_t offset) const;
  /// The bytes of 1-based `line` without its end; empty past the last line.
  [[nodiscard]] Span line_span(std::uint32_t line) const;

  /// A place on a line and the UTF-16 units of the line before it.
  struct Mark {
    std::uint32_t at;
    std::uint32_t units;
  };
  /// The last place known at or before byte `offset` of the line that begins at `start`: near it on
  /// a long line.
  [[nodiscard]] Mark mark_before(std::uint32_t offset, std::uint32_t start) const;

 private:
  void mark_columns(std::string_view text, std::uint32_t start, std::uint32_t end);

  std::vector<std::uint32_t> starts_;  // first byte of each line
  std::vector<std::uint32_t> ends_;    // past the last byte of each line, without its end
  std::vector<Mark> marks_;            // on long lines only
  std::uint32_t size_;
};

/// How far the parser came.
enum class ParseOutcome {
  parsed,
  no_grammar,    ///< no language is known for this file
  lone_returns,  ///< its lines end in CR alone, which no grammar takes for a line end
  too_large,     ///< over the size cap: text checks only
  timed_out,     ///< over the time budget: text checks only
};

class SourceFile {
 public:
  SourceFile(std::string path, std::string text, Encoding encoding, const Language* language,
             std::optional<Tree> tree, ParseOutcome outcome, bool tree_is_plain = true)
      : path_(std::move(path)),
        text_(std::move(text)),
        encoding_(encoding),
        language_(language),
        tree_(std::move(tree)),
        outcome_(outcome),
        tree_is_plain_(tree_is_plain),
        lines_(text_) {}

  SourceFile(SourceFile&&) noexcept = default;
  SourceFile& operator=(SourceFile&&) noexcept = default;
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;
  ~SourceFile() = default;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(Span span) const {
    return text().substr(span.begin, span.size());
  }
  [[nodiscard]] Encoding encoding() const { return encoding_; }
  /// Null when no language is known.
  [[nodiscard]] const Language* language() const { return language_; }
  /// Null unless outcome() is parsed.
  [[nodiscard]] const Tree* tree() const { return tree_ ? &*tree_ : nullptr; }
  [[nodiscard]] ParseOutcome outcome() const { return outcome_; }
  /// The tree is of the very bytes of the text; else of what Language::readable made of them.
  [[nodiscard]] bool tree_is_plain() const { return tree_is_plain_; }
  [[nodiscard]] const LineIndex& lines() const { return lines_; }
  [[nodiscard]] Position position(std::uint32_t offset) const;
  [[nodiscard]] Location locate(Span span) const;

 private:
  std::string path_;
  std::string text_;
  Encoding encoding_;
  const Language* language_;
  std::optional<Tree> tree_;
  ParseOutcome outcome_;
  bool tree_is_plain_;
  LineIndex lines_;
};

}  // namespace peer
