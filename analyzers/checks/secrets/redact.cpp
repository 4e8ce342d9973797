#include "analyzers/checks/secrets/redact.hpp"

#include <algorithm>

#include "analyzers/checks/secrets/value.hpp"
#include "base/text.hpp"

namespace peer::secrets {
namespace {

constexpr std::size_t kLeastSecret = 6;  // shorter ones turn up in words by chance

void hide(std::string& said, std::string_view secret) {
  if (said.find(secret) != std::string::npos)
    said = replace_all(std::move(said), secret, masked(secret));
}

bool writes(const Fix& fix, std::string_view secret) {
  return std::any_of(fix.edits.begin(), fix.edits.end(),
                     [&](const Edit& edit) { return edit.text.find(secret) != std::string::npos; });
}

}  // namespace

void redact(Finding& finding, std::string_view text, const std::vector<SecretHit>& hits) {
  for (const auto& hit : hits) {
    const auto secret = text.substr(hit.secret.begin, hit.secret.size());
    if (secret.size() < kLeastSecret) continue;
    hide(finding.message, secret);
    hide(finding.symbol, secret);
    for (auto& related : finding.related)
      hide(related.message, secret);
    for (auto& step : finding.flow)
      hide(step.message, secret);
    if (finding.fix) hide(finding.fix->title, secret);
    if (finding.fix && writes(*finding.fix, secret)) finding.fix.reset();
  }
}

}  // namespace peer::secrets
