// Answers that were paid for once, by everything that decides what is answered. Thread-safe as the
// cache below it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cache/tiered.hpp"
#include "llm/completion.hpp"
#include "llm/question.hpp"

namespace peer {

/// What an answer depends on. Two keys are equal only if every part is: parts are hashed with their
/// names and lengths.
struct CompletionKey {
  std::string tenant;          ///< whose cache it is; "" alone
  std::string trust;           ///< "own", "fork": answers to strangers' text are kept apart
  std::string base_url;        ///< of the provider
  std::string model;           ///< "groq/llama-3.1-8b-instant"
  std::string prompt_version;  ///< hash of the prompt's text
  std::string rules_version;
  std::string content;   ///< the file, or its hash
  std::string findings;  ///< fingerprints, joined
  /// Lower-case hex SHA-256 over these parts and everything in `question`.
  [[nodiscard]] std::string hash(const Question& question) const;
};

struct CachedCompletion {
  Completion completion;
  std::int64_t time = 0;  ///< when it was asked, seconds since 1970
  CacheTier tier = CacheTier::none;
};

class CompletionCache {
 public:
  /// `cache` must outlive it.
  explicit CompletionCache(TieredCache& cache) : cache_(cache) {}
  /// Hit, miss or failure. An entry that is no completion is a miss.
  [[nodiscard]] Result<std::optional<CachedCompletion>> find(const std::string& hash);
  void keep(const std::string& hash, const Completion& completion);

 private:
  TieredCache& cache_;
};

/// A completion as JSON text, and back; nullopt for what is none.
[[nodiscard]] std::string completion_text(const Completion& completion);
[[nodiscard]] std::optional<Completion> parse_completion(std::string_view text);

}  // namespace peer
