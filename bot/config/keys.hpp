// The configuration keys as data: one table from which files, environment and flags are read, and
// from which `config show`, the JSON schema, `.peer.yml` of `peer init` and docs/configuration.md
// are made. Constants; thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "bot/config.hpp"

namespace peer {

/// What a key was set to: one scalar or a list in `items`, or a mapping in `entries`.
struct ConfigValue {
  std::vector<std::string> items;
  std::vector<std::pair<std::string, std::vector<std::string>>> entries;
};

enum class KeyType { boolean, integer, size, word, text, path, list, mapping };

struct ConfigKey {
  std::string_view name;  ///< "parse.max_bytes"
  KeyType type;
  std::string_view summary;  ///< one sentence for people
  /// Only the user's file, the environment and flags may set it: a repository may not (where data
  /// goes, what runs).
  bool user_only;
  /// For words: "error|warning|info|hint|never"; for integers: "50..60000"
  std::string_view choices;
  Result<void> (*set)(Config& config, const ConfigValue& value);
  std::string (*get)(const Config& config);  ///< as it would be written in YAML, on one line
  bool tightens = false;  ///< a limit that a repository may set too, where it is the lower one
};

[[nodiscard]] std::span<const ConfigKey> config_keys();
[[nodiscard]] const ConfigKey* find_config_key(std::string_view name);

/// "parse.max_bytes" -> "PEER_PARSE_MAX_BYTES".
[[nodiscard]] std::string environment_name(const ConfigKey& key);

/// A JSON schema (draft-07) for `.peer.yml`, for editors.
[[nodiscard]] std::string config_schema();

/// A commented `.peer.yml` with every key that a repository may set, all at their defaults.
[[nodiscard]] std::string config_template();

/// docs/configuration.md: every key with its type, default, environment variable and who may set
/// it.
[[nodiscard]] std::string config_document();

}  // namespace peer
