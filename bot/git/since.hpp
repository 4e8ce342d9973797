// Points in a repository's past by their date. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bot/git/repository.hpp"

namespace peer {

/// "2026-11-21", "2026-11-21 03:00" or "2026-11-21T03:00:00Z", in UTC, as seconds since 1970;
/// nullopt for anything else.
[[nodiscard]] std::optional<std::int64_t> parse_date(std::string_view text);

/// The commit where HEAD's branch stood at `unix_seconds`: the newest on its first parents that is
/// no younger; nullopt where all are younger. Fails where HEAD is no commit.
[[nodiscard]] Result<std::optional<std::string>> commit_at(const Repository& repository,
                                                           std::int64_t unix_seconds);

}  // namespace peer
