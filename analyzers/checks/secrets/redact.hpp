// Takes secrets out of a finding: no report, frame, message or fix may carry one. Made once per
// text; const access is safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/checks/secrets/scan.hpp"
#include "analyzers/finding.hpp"

namespace peer::secrets {

/// Knows the secrets of one text. What a finding says is read once, however many secrets there are.
class Redactor {
 public:
  /// `text` must outlive the redactor; `hits` say where its secrets stand.
  Redactor(std::string_view text, const std::vector<SecretHit>& hits);

  /// Masks the secrets in everything that `finding` says, and drops its fix where that would write
  /// one out. Frames are made from masked lines already.
  void redact(Finding& finding) const;

 private:
  [[nodiscard]] std::size_t length_at(std::string_view said) const;
  [[nodiscard]] bool holds_secret(std::string_view said) const;
  void hide(std::string& said) const;

  std::vector<std::string_view> secrets_;  // sorted, each once
  std::vector<std::size_t> shorter_;       // the longest other secret that each one begins with
};

}  // namespace peer::secrets
