#include "analyzers/checks/secrets/redact.hpp"

#include <algorithm>

#include "analyzers/checks/secrets/value.hpp"

namespace peer::secrets {
namespace {

constexpr std::size_t kLeastSecret = 6;  // shorter ones turn up in words by chance
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

}  // namespace

Redactor::Redactor(std::string_view text, const std::vector<SecretHit>& hits) {
  for (const auto& hit : hits)
    if (hit.secret.size() >= kLeastSecret)
      secrets_.push_back(text.substr(hit.secret.begin, hit.secret.size()));
  std::sort(secrets_.begin(), secrets_.end());
  secrets_.erase(std::unique(secrets_.begin(), secrets_.end()), secrets_.end());
  std::vector<std::size_t> open;  // each begins with the one below it
  for (std::size_t i = 0; i < secrets_.size(); ++i) {
    while (!open.empty() && !secrets_[i].starts_with(secrets_[open.back()]))
      open.pop_back();
    shorter_.push_back(open.empty() ? kNone : open.back());
    open.push_back(i);
  }
}

/// The length of the longest secret that `said` begins with, or 0.
std::size_t Redactor::length_at(std::string_view said) const {
  // every secret that `said` begins with is also the beginning of the last one that sorts before it
  const auto after = std::upper_bound(secrets_.begin(), secrets_.end(), said);
  if (after == secrets_.begin()) return 0;
  for (auto i = static_cast<std::size_t>(after - secrets_.begin()) - 1; i != kNone; i = shorter_[i])
    if (said.starts_with(secrets_[i])) return secrets_[i].size();
  return 0;
}

bool Redactor::holds_secret(std::string_view said) const {
  for (; said.size() >= kLeastSecret; said.remove_prefix(1))
    if (length_at(said) > 0) return true;
  return false;
}

void Redactor::hide(std::string& said) const {
  if (!holds_secret(said)) return;
  std::string out;
  for (std::string_view rest = said; !rest.empty();) {
    const auto length = length_at(rest);
    if (length > 0)
      out += masked(rest.substr(0, length));
    else
      out += rest[0];
    rest.remove_prefix(std::max<std::size_t>(length, 1));
  }
  said = std::move(out);
}

void Redactor::redact(Finding& finding) const {
  if (secrets_.empty()) return;
  hide(finding.message);
  hide(finding.symbol);
  for (auto& related : finding.related)
    hide(related.message);
  for (auto& step : finding.flow)
    hide(step.message);
  if (!finding.fix) return;
  hide(finding.fix->title);
  const auto& edits = finding.fix->edits;
  if (std::any_of(edits.begin(), edits.end(),
                  [&](const Edit& edit) { return holds_secret(edit.text); }))
    finding.fix.reset();
}

}  // namespace peer::secrets
