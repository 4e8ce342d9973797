#include "analyzers/import/naming.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "analyzers/checks/check.hpp"
#include "analyzers/rules/aliases.hpp"
#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::size_t kLongestName = 100;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What may stand in the id of a rule; anything else becomes '-'.
std::string clean(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, kLongestName)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
                       std::string_view("-_./@+:#=").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (out.ends_with('-'))
    out.pop_back();
  return out;
}

constexpr std::array<std::string_view, 16> kSecurityTools{
    "bandit",      "brakeman", "checkov", "devskim", "find-sec-bugs", "flawfinder",
    "gosec",       "grype",    "kics",    "njsscan", "osv-scanner",   "semgrep",
    "semgrep-oss", "snyk",     "tfsec",   "trivy"};
constexpr std::array<std::string_view, 4> kSecretTools{"detect-secrets", "gitleaks", "trufflehog",
                                                       "ggshield"};
constexpr std::array<std::string_view, 6> kCompilers{"clang", "gcc", "go", "javac", "rustc", "tsc"};

template <class Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Tool make_tool(std::string_view name, std::string_view version) {
  auto words = to_lower(clean(trim(name)));
  std::replace(words.begin(), words.end(), '/', '-');
  return {words.empty() ? "tool" : words, clean(trim(version)).substr(0, 40)};
}

std::string tool_words(const Tool& tool) {
  return tool.version.empty() ? tool.name : tool.name + " " + tool.version;
}

std::string rule_name(const Tool& tool, std::string_view rule) {
  if (const auto ours = our_rule(rule); !ours.empty() && find_rule(ours) != nullptr)
    return std::string(ours);
  const auto name = clean(trim(rule));
  return tool.name + "/" + (name.empty() ? "unnamed" : name);
}

std::optional<Severity> severity_of_word(std::string_view word) {
  const auto lower = to_lower(word);
  for (const auto* each : {"error", "fatal", "fatal error", "critical", "blocker", "high", "2"})
    if (lower == each) return Severity::error;
  for (const auto* each : {"warning", "warn", "major", "medium", "1"})
    if (lower == each) return Severity::warning;
  for (const auto* each : {"info", "note", "minor", "low", "information", "convention", "refactor"})
    if (lower == each) return Severity::info;
  for (const auto* each : {"hint", "none", "ignore", "style"})
    if (lower == each) return Severity::hint;
  return std::nullopt;
}

std::optional<int> cwe_of(std::string_view tag) {
  const auto lower = to_lower(tag.substr(0, kLongestName));
  const auto at = lower.rfind("cwe");
  if (at == std::string::npos) return std::nullopt;
  auto digits = at + 3;
  if (digits < lower.size() &&
      std::string_view("-_: /").find(lower[digits]) != std::string_view::npos)
    ++digits;
  int number = 0;
  const auto [end, error] =
      std::from_chars(lower.data() + digits, lower.data() + lower.size(), number);
  if (error != std::errc{} || number <= 0 || number > 99'999) return std::nullopt;
  return number;
}

std::string category_of(const Tool& tool, const std::vector<std::string>& tags, bool has_cwe) {
  if (is_one_of(kSecretTools, tool.name)) return "secrets";
  for (const auto& tag : tags)
    if (const auto lower = to_lower(tag); lower == "security" || lower == "vulnerability")
      return "security";
  for (const auto& tag : tags)
    for (const auto* known : {"correctness", "maintainability", "performance", "style", "secrets"})
      if (to_lower(tag) == known) return known;
  if (has_cwe || is_one_of(kSecurityTools, tool.name)) return "security";
  return is_one_of(kCompilers, tool.name) ? "correctness" : "maintainability";
}

ToolRule make_tool_rule(const Tool& tool, std::string_view rule) {
  ToolRule made;
  made.tool = tool;
  made.id = rule_name(tool, rule);
  made.category = category_of(tool, {}, false);
  if (const auto* ours = find_rule(made.id)) {
    made.category = ours->category;
    made.why = ours->why;
    made.help = ours->help;
    made.cwe = ours->cwe;
  }
  return made;
}

std::string message_words(std::string_view text, std::size_t most) {
  std::string out;
  bool blank = false;
  for (const char c : trim(text)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = true;
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
    if (out.size() >= most) break;
  }
  return visible(out, false);  // what cannot be seen is spelled out before anybody is shown it
}

}  // namespace peer
