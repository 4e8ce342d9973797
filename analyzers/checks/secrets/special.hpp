// Secrets whose shape takes more than a pattern: private keys in armour, addresses with passwords,
// web tokens. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "analyzers/checks/secrets/scan.hpp"

namespace peer::secrets {

/// A private key whose "-----BEGIN" stands at `at`, on many lines or on one with "\n" in it.
[[nodiscard]] std::optional<SecretHit> private_key_at(std::string_view text, std::size_t at);

/// A password between "://user:" and "@host", where "://" stands at `at`.
[[nodiscard]] std::optional<SecretHit> url_password_at(std::string_view text, std::size_t at);

/// A signed web token that begins at `at`, on a line that speaks of a token or secret.
[[nodiscard]] std::optional<SecretHit> web_token_at(std::string_view text, std::size_t at);

}  // namespace peer::secrets
