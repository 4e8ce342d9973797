// Code as a sequence of tokens, for finding what a change repeats. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "analyzers/source_file.hpp"
#include "analyzers/span.hpp"

namespace peer {

class FileExam;

/// A leaf of the tree that counts: no comment, nothing of an import or a licence header.
struct CodeToken {
  std::uint64_t hash = 0;  ///< of its text
  Span span;
  bool is_data = false;  ///< a literal or what separates literals
};

/// The tokens of `file` in source order; empty without a tree or in a language without code (JSON,
/// CSS).
[[nodiscard]] std::vector<CodeToken> code_tokens(const SourceFile& file);

/// For each token: how many in a row from there on stand on lines that the change added.
[[nodiscard]] std::vector<std::size_t> added_token_runs(FileExam& exam,
                                                        const std::vector<CodeToken>& tokens);

/// Whether the change adds enough text for `count` tokens: tells most changes apart before they
/// cost a walk.
[[nodiscard]] bool may_add_tokens(const FileExam& exam, std::size_t count);

/// A stretch of CheckOptions::duplicate_tokens tokens on added lines, for comparison with other
/// files of the change.
struct CodeWindow {
  std::uint64_t hash = 0;
  Location at;
  friend bool operator==(const CodeWindow&, const CodeWindow&) = default;
};

/// The windows of the lines that the change adds to a file, chosen by winnowing (S. Schleimer, D.
/// Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", 2003), so that
/// any equal stretch a few tokens longer than a window has at least one in common. Empty in audits,
/// in tests and where the window holds data rather than code.
[[nodiscard]] std::vector<CodeWindow> added_code_windows(FileExam& exam);

/// Whether [begin, end) is worth reporting as code: various enough, and not a table of literals.
[[nodiscard]] bool reads_as_code(const CodeToken* begin, const CodeToken* end);

/// Hash of every `width` tokens in a row, by the rolling hash of R. Karp and M. Rabin (1987); empty
/// if there are fewer.
[[nodiscard]] std::vector<std::uint64_t> window_hashes(const std::vector<CodeToken>& tokens,
                                                       std::size_t width);

}  // namespace peer
