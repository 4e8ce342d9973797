// Secrets of no known format: recognised by the name they are assigned to and by how random they
// look. Made for precision: what could be a word, a path, an identifier or a placeholder is none.
// Pure; thread-safe.
#pragma once

#include <string_view>

namespace peer::secrets {

enum class NameKind { other, key, password };

/// What a value given to `name` would be: "db_password" a password, "githubAPIKey" a key,
/// "token_url" neither.
[[nodiscard]] NameKind kind_of_name(std::string_view name);

/// Whether `value` looks like one that was generated, or like a password that someone uses.
[[nodiscard]] bool looks_secret(NameKind kind, std::string_view value);

}  // namespace peer::secrets
