// Finds secrets in any text: known formats, private keys, addresses with passwords, web tokens and
// generic assignments. One pass for keywords; a format's own pattern runs only where its keyword
// stands. Used by the check, by the masking of code frames and by whoever lets text out of the
// process. Pure; thread-safe; nothing is built before the first call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/span.hpp"

namespace peer::secrets {

/// How sure a hit is, the surest first.
enum class Certainty {
  known,    ///< a format with a prefix or context of its own
  doubted,  ///< of a known format whose checksum does not fit: altered, or made up
  likely,   ///< of a shape that is nearly always a secret, but often a worthless one
  guessed,  ///< by the name it is assigned to and its randomness
};

struct SecretHit {
  Span span;              ///< what a finding points at
  Span secret;            ///< what must not be shown; inside span
  std::string_view rule;  ///< "secret-github-personal-token"; lives as long as the process
  std::string_view name;  ///< "GitHub personal access token"; likewise
  Certainty certainty = Certainty::known;
};

struct ScanOptions {
  /// Decides what guesses are worth: none in tests, documentation, lock files. "": nothing is known
  /// of the text.
  std::string_view path;
};

inline constexpr std::string_view kPrivateKeyRule = "secret-private-key";
inline constexpr std::string_view kServiceAccountRule = "secret-gcp-service-account";
inline constexpr std::string_view kUrlPasswordRule = "secret-url-password";
inline constexpr std::string_view kWebTokenRule = "secret-json-web-token";
inline constexpr std::string_view kAssignmentRule = "secret-assignment";

/// The secrets of `text`, sorted, not overlapping: of two readings of the same bytes the more
/// specific one.
[[nodiscard]] std::vector<SecretHit> scan_secrets(std::string_view text,
                                                  const ScanOptions& options = {});

/// `text` from byte `begin` to `end` of a whole, with the secrets of `hits` (of that whole, sorted)
/// replaced by their first four characters and "****"; of a secret that began on an earlier line
/// only "****".
[[nodiscard]] std::string mask(std::string_view whole, Span part,
                               const std::vector<SecretHit>& hits);

/// `text` with its secrets masked line by line, so that it keeps its lines: for diffs that people
/// are shown.
[[nodiscard]] std::string redact_lines(std::string_view text, const ScanOptions& options = {});

/// All of `text` with its secrets masked.
[[nodiscard]] std::string redact_secrets(std::string_view text, const ScanOptions& options = {});

}  // namespace peer::secrets
