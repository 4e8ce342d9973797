// The command line of an audit for the process that carries it out. Pure; thread-safe.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/cli.hpp"

namespace peer {

/// The flags of `invocation` but those named, as words; files that they name relative to `folder`
/// become absolute, because the process runs elsewhere.
[[nodiscard]] std::vector<std::string> audit_words(const Invocation& invocation,
                                                   std::span<const std::string_view> but,
                                                   const std::filesystem::path& folder);

/// What only the process that writes on the forge is told.
inline constexpr std::string_view kIssueFlags[] = {"open-issue", "publish", "dry-run",
                                                   "publish-name"};

}  // namespace peer
