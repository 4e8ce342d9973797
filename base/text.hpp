// Words about text that every folder shares: lines, trimming, names that were nearly right, and
// making hostile text safe to show. Pure functions; safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peer {

/// The lines of `text` without their ends (LF, CRLF or lone CR). A final line end opens no further
/// line; "" has none.
[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);

/// The parts of `text` between `separator`s; always at least one.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// `text` without ASCII white space at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

/// `text` without ASCII white space at its end.
[[nodiscard]] std::string_view trim_end(std::string_view text);

[[nodiscard]] std::string to_lower(std::string_view ascii);
/// No byte is above 0x7F.
[[nodiscard]] bool is_ascii(std::string_view text);

/// `text` with every `from` replaced by `to`; `from` must not be empty.
[[nodiscard]] std::string replace_all(std::string text, std::string_view from, std::string_view to);

/// The parts joined with `separator` between them.
[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);

/// "1 file", "2 files".
[[nodiscard]] std::string count_of(std::size_t n, std::string_view singular,
                                   std::string_view plural = {});

/// 12345 -> "12,345".
[[nodiscard]] std::string with_commas(std::uint64_t n);

/// The candidate with the smallest edit distance to `typed`, or "" when none is near (distance over
/// a third of its length, at least 2). Distance: Damerau-Levenshtein with adjacent swaps, case
/// ignored.
[[nodiscard]] std::string_view nearest(std::string_view typed,
                                       std::span<const std::string_view> candidates);
[[nodiscard]] std::string nearest(std::string_view typed, std::span<const std::string> candidates);

/// True where all of `text` is well-formed UTF-8 (RFC 3629: no overlong forms, surrogates or values
/// over U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view text);

/// One code point decoded from the front of a text.
struct Decoded {
  char32_t code_point = 0xFFFD;  ///< U+FFFD for a malformed byte
  std::uint8_t length = 1;       ///< bytes taken; 1 for a malformed byte
  bool valid = false;
};

/// Decodes the code point at the front of `text`, which must not be empty.
[[nodiscard]] Decoded decode_utf8(std::string_view text);

/// Appends `code_point` as UTF-8 (U+FFFD for what cannot be encoded).
void append_utf8(std::string& out, char32_t code_point);

/// `text` with every malformed byte replaced by U+FFFD: what JSON and terminals may be given.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// UTF-16 code units that `text` needs (a malformed byte counts one).
[[nodiscard]] std::size_t utf16_length(std::string_view text);

/// `text` made safe to show on a terminal or in a comment: control bytes, escapes, bidirectional
/// controls, tag and zero-width characters become a visible `<U+202E>` form; malformed bytes become
/// U+FFFD; tab and (unless `keep_newlines` is false) newline stay.
[[nodiscard]] std::string visible(std::string_view text, bool keep_newlines = true);

/// True for characters that people cannot see or that change how text around them is shown: C0/C1
/// controls except tab and line ends, bidirectional controls, zero-width characters, tag
/// characters, other default ignorables.
[[nodiscard]] bool is_invisible(char32_t code_point);

}  // namespace peer
