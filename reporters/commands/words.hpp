// What answers to commands say. All that comes from people, a repository or a forge is made
// harmless, and no line begins like a command. Pure; thread-safe.
#pragma once

#include <string>

#include "reporters/commands/carry_out.hpp"
#include "reporters/commands/commit.hpp"

namespace peer {

[[nodiscard]] std::string help_words();
[[nodiscard]] std::string misuse_words(const CommandText& text);
[[nodiscard]] std::string review_words(const Report& report, const SyncOutcome& said);
[[nodiscard]] std::string fix_words(const FixEnd& end, const FixesToCommit& fixes,
                                    const ChangeEnds& ends);
[[nodiscard]] std::string explain_words(const Finding& finding);
/// The texts of a rule as a report holds them.
[[nodiscard]] std::string explain_words(const ReportedRule& rule);
[[nodiscard]] std::string aside_words(const Finding& finding, const SetAside& aside);

}  // namespace peer
