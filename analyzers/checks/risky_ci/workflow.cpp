#include "analyzers/checks/risky_ci/workflow.hpp"

#include <algorithm>

#include "analyzers/checks/risky_ci/readers.hpp"
#include "base/text.hpp"

namespace peer::ci {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_key_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

bool has_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool left = at == 0 || !is_key_char(text[at - 1]);
    const auto end = at + word.size();
    if (left && (end >= text.size() || !is_key_char(text[end]))) return true;
  }
  return false;
}

}  // namespace

System system_of(std::string_view path) {
  const auto lower = to_lower(path);
  const auto slash = lower.rfind('/');
  const auto name = std::string_view(lower).substr(slash == std::string::npos ? 0 : slash + 1);
  const bool yaml = ends_with(name, ".yml") || ends_with(name, ".yaml");
  if (yaml && lower.find(".github/workflows/") != std::string::npos) return System::github_workflow;
  if (name == "action.yml" || name == "action.yaml") return System::github_action;
  if (yaml && (ends_with(name, ".gitlab-ci.yml") || lower.find(".gitlab/ci/") != std::string::npos))
    return System::gitlab;
  if (name == "dockerfile" || name == "containerfile" || ends_with(name, ".dockerfile") ||
      name.substr(0, 11) == "dockerfile.")
    return System::dockerfile;
  return System::none;
}

std::vector<Line> read_lines(const SourceFile& file, System system) {
  if (system == System::dockerfile) return lines_of_text(file, system);
  auto read = lines_of_yaml(file, system);
  if (read.whole) return std::move(read.lines);
  std::vector<std::uint32_t> seen;
  for (const auto& line : read.lines)
    seen.push_back(line.span.begin);
  std::sort(seen.begin(), seen.end());
  for (auto& line : lines_of_text(file, system)) {
    const auto first = std::lower_bound(seen.begin(), seen.end(), line.span.begin);
    if (first == seen.end() || *first >= line.span.end) read.lines.push_back(std::move(line));
  }
  return std::move(read.lines);
}

Triggers triggers_of(const std::vector<Line>& lines) {
  Triggers triggers;
  bool inside = false;
  for (const auto& line : lines) {
    if (line.indent == 0 && !line.key.empty()) inside = line.key == "on" || line.key == "true";
    if (!inside) continue;
    const auto names = [&](std::string_view event) {
      return line.key == event || has_word(line.text, event);
    };
    for (const std::string_view event : {"pull_request_target", "workflow_run", "issue_comment"})
      triggers.privileged = triggers.privileged || names(event);
    triggers.pull_request =
        triggers.pull_request || names("pull_request") || names("pull_request_target");
  }
  return triggers;
}

}  // namespace peer::ci
