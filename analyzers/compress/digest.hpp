// A file made small enough for a model: what changed and what it uses stay whole, the rest shrinks
// until the text fits a budget of tokens. Nothing of the change is ever left out: where it is too
// large for one digest there are several. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/compress/tokens.hpp"
#include "analyzers/source_file.hpp"
#include "analyzers/span.hpp"

namespace peer {

/// How much of what is not the change is shown.
enum class DigestLevel {
  full,        ///< the whole file
  focus,       ///< the bodies of functions that have nothing to do with the change are elided
  signatures,  ///< signatures and imports
  symbols,     ///< names
};

/// What the outline of the file came from.
enum class DigestTier {
  syntax,   ///< the syntax tree
  pattern,  ///< lines that look like definitions
  lines,    ///< indentation alone
};

struct DigestRequest {
  std::vector<LineRange> changed;  ///< lines of the file; count 0: something before that line went
  std::optional<DigestLevel> level;  ///< show no more than this; none: as much as fits
  std::uint64_t budget = 0;  ///< tokens of the model; 0: no limit; else at least kLeastBudget
  TokenMeter meter;
  /// Names of functions and types that matter most, best first, as a model may rank them; names
  /// that the file does not have are ignored.
  std::vector<std::string> ranking;
};

/// A smaller budget counts as this one.
inline constexpr std::uint64_t kLeastBudget = 256;

struct Digest {
  std::string text;
  std::vector<std::uint32_t> line_map;  ///< the file's line (1-based) of each line of `text`
  DigestTier tier = DigestTier::syntax;
  DigestLevel level = DigestLevel::full;
  std::uint64_t tokens_before = 0;  ///< of the whole file, as the request's meter counts
  std::uint64_t tokens_after = 0;   ///< of `text`: never more than the budget
  std::uint32_t part = 1;           ///< of `parts`
  std::uint32_t parts = 1;          ///< more than one where the change does not fit a single digest
  std::uint32_t left_out = 0;       ///< functions, types and imports that are not even named
};

/// The digests of `file`, at least one, in the order of the file.
[[nodiscard]] std::vector<Digest> digests_of(const SourceFile& file, const DigestRequest& request);

/// Raise it when digests of the same request change: it is part of digest_key().
inline constexpr std::string_view kDigestVersion = "1";

/// The key under which the digests of a blob can be kept: of its id or hash, its path (which may
/// decide on the language), and all that the request says.
[[nodiscard]] std::string digest_key(std::string_view blob, std::string_view path,
                                     const DigestRequest& request);

[[nodiscard]] std::string_view to_string(DigestLevel level);
[[nodiscard]] std::string_view to_string(DigestTier tier);
[[nodiscard]] std::optional<DigestLevel> parse_digest_level(std::string_view name);

}  // namespace peer
