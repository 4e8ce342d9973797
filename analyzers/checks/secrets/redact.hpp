// Takes secrets out of a finding: no report, frame, message or fix may carry one. Pure;
// thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "analyzers/checks/secrets/scan.hpp"
#include "analyzers/finding.hpp"

namespace peer::secrets {

/// Masks the secrets of `text` (where `hits` stand) in everything that `finding` says, and drops
/// its fix where that would write one out. Frames are made from masked lines already.
void redact(Finding& finding, std::string_view text, const std::vector<SecretHit>& hits);

}  // namespace peer::secrets
