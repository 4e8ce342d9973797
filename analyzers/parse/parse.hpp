// Bytes to SourceFile: encoding, language, tree. Pure; thread-safe (a parser per call).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "analyzers/source_file.hpp"

namespace peer {

struct ParseOptions {
  std::chrono::milliseconds budget{
      2000};  ///< of processor time per file, through tree-sitter's progress callback
  std::uint64_t max_bytes = std::uint64_t{1} << 20U;  ///< larger files get no tree
  bool plain = false;  ///< a tree of the very bytes, which Language::readable does not touch
};

/// A file's bytes as text. UTF-16 (by byte order mark, or NUL in every second byte) is decoded to
/// UTF-8, everything else is kept byte for byte.
struct DecodedText {
  std::string text;
  Encoding encoding = Encoding::utf8;
};
[[nodiscard]] DecodedText decode_text(std::string bytes);

/// The inverse of decode_text: byte for byte what was read where the text is unchanged.
[[nodiscard]] std::string encode_text(std::string_view text, Encoding encoding);

/// True for content without text: a NUL byte in the first 8,000 bytes (git's rule), and neither
/// UTF-16 nor UTF-32.
[[nodiscard]] bool looks_binary(std::string_view bytes);

/// Parses the file at `path`. Never fails: what could not be parsed says so in outcome() and still
/// has its text. `language` null: detected from path and text.
[[nodiscard]] SourceFile parse(std::string path, std::string bytes,
                               const ParseOptions& options = {}, const std::stop_token& stop = {},
                               const Language* language = nullptr);

/// The tree of the very bytes of `text`, which Language::readable does not touch: what rules
/// written for other tools expect. Nothing when a limit or the stop token
/// ended it.
[[nodiscard]] std::optional<Tree> parse_plain(std::string_view text, const Language& language,
                                              const ParseOptions& options = {},
                                              const std::stop_token& stop = {});

/// Gives back the memory that parses leave to those after them, up to 16 MB; one that is under way
/// keeps its own.
void release_parse_memory();

}  // namespace peer
