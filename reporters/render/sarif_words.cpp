#include "reporters/render/sarif_words.hpp"

#include "base/text.hpp"

namespace peer::sarif {

std::string_view level(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
    case Severity::hint:
      break;
  }
  return "note";
}

bool is_security(const ReportedRule& rule) {
  return rule.category == "security" || rule.category == "secrets" ||
         rule.category == "supply-chain" || !rule.cwe.empty();
}

/// A score in GitHub's bands: 7.0 to 8.9 is high, 4.0 to 6.9 medium, below low.
std::string_view security_severity(Severity severity) {
  constexpr std::string_view kScores[] = {"1.0", "3.0", "5.5", "8.0"};
  return kScores[static_cast<std::size_t>(severity)];
}

std::string_view precision(double confidence) {
  if (confidence >= 0.95) return "very-high";
  if (confidence >= 0.8) return "high";
  return confidence >= 0.5 ? "medium" : "low";
}

/// "unused-import" -> "UnusedImport": the form the standard asks of names.
std::string pascal_case(std::string_view id) {
  std::string name;
  bool upper = true;
  for (const char c : id) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9')) {
      upper = true;
      continue;
    }
    name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return name;
}

/// A sentence ends with a full stop.
std::string sentence(std::string_view text) {
  std::string out(trim(text));
  if (!out.empty() && out.back() != '.' && out.back() != '?' && out.back() != '!') out += '.';
  return out;
}

}  // namespace peer::sarif
