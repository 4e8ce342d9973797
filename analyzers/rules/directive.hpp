// The comments by which people silence findings, read from a file: which line, which rules, why.
// Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/source_file.hpp"
#include "analyzers/span.hpp"

namespace peer {

/// A rule that a directive names.
struct DirectiveId {
  std::string id;  ///< as people wrote it
  Span span;
  std::vector<int> cwe =
      {};  ///< of another scanner's code: what it is about, see scanner_codes.hpp
};

struct Directive {
  bool ours = false;  ///< a peer-ignore; the others are other tools' and never reported as unused
  bool of_ast_grep = false;  ///< an ast-grep-ignore, see ast_grep_ignore.hpp too
  bool whole_file = false;
  /// Another tool's without ids: written about lint, so it silences nothing of security or secrets.
  bool lint_only = false;
  /// Written for a security scanner, without codes: silences security alone.
  bool security_only = false;
  /// gosec's or golangci-lint's: it speaks of all that begins on `target`.
  bool speaks_of_node = false;
  std::uint32_t line = 0;  ///< of the directive
  std::uint32_t target =
      0;  ///< line whose findings it silences; 0 for a whole file and where no code follows
  std::uint32_t last_target = 0;  ///< the last of several such lines; `target` mostly
  std::vector<DirectiveId> ids;   ///< empty: every rule
  std::string reason;
  Span words;    ///< from the keyword to the end of the reason
  Span comment;  ///< the whole comment it stands in
};

/// The directives of `file`, in order; those of bandit and gosec (`nosec`, `nolint:gosec`) only in
/// files of the languages that these read. At most 64 for any one line and for the whole file. With
/// a tree only its comments count, so that text inside a string is no directive; without one a
/// comment marker of the language (of any language, where none is known) must stand right before
/// the keyword.
[[nodiscard]] std::vector<Directive> read_directives(const SourceFile& file);

}  // namespace peer
