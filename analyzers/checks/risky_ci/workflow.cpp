#include "analyzers/checks/risky_ci/workflow.hpp"

#include <algorithm>

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

std::string_view unquoted(std::string_view value) {
  value = trim(value);
  if (value.size() >= 2 && (value[0] == '"' || value[0] == '\'')) {
    const auto close = value.find(value[0], 1);
    return value.substr(1, close == std::string_view::npos ? close : close - 1);
  }
  const auto comment = value.find(" #");
  return trim(value.substr(0, comment));
}

/// Splits `- key: value`.
void read_key(Line& line) {
  auto text = line.text;
  while (text.size() >= 2 && text[0] == '-' && text[1] == ' ') {
    const auto next = text.find_first_not_of(' ', 1);
    if (next == std::string_view::npos) return;
    line.indent += static_cast<std::uint32_t>(next);
    text.remove_prefix(next);
  }
  const bool quoted = !text.empty() && (text[0] == '"' || text[0] == '\'');
  std::size_t end = quoted ? 1 : 0;
  const auto begin = end;
  while (end < text.size() && is_key_char(text[end]))
    ++end;
  const auto colon = end + (quoted ? 1 : 0);
  if (end == begin || colon >= text.size() || text[colon] != ':') return;
  if (colon + 1 < text.size() && text[colon + 1] != ' ') return;
  line.key = text.substr(begin, end - begin);
  line.value = unquoted(text.substr(colon + 1));
}

bool is_command_key(std::string_view key, System system) {
  if (system == System::gitlab)
    return key == "script" || key == "before_script" || key == "after_script";
  return key == "run" || key == "script";
}

/// Joins `line` with what goes on below it.
void extend(Line& line, const SourceFile& file, std::uint32_t end) {
  line.span.end = end;
  line.text = file.text(line.span);
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
  constexpr std::uint32_t kNowhere = 0xFFFFFFFF;
  std::vector<Line> lines;
  std::uint32_t block = kNowhere;  // column of the key whose block of commands is being read
  bool goes_on = false;
  for (std::uint32_t number = 1; number <= file.lines().line_count(); ++number) {
    const auto whole = file.lines().line_span(number);
    const auto raw = file.text(whole);
    const auto text = trim(raw);
    if (text.empty() || text[0] == '#') continue;
    const auto indent = static_cast<std::uint32_t>(text.data() - raw.data());
    const auto end = whole.begin + indent + static_cast<std::uint32_t>(text.size());
    if (!lines.empty() && (goes_on || (text[0] == '|' && lines.back().script))) {
      extend(lines.back(), file, end);
      goes_on = ends_with(text, "\\");
      continue;
    }
    Line line{{whole.begin + indent, end}, text, {}, {}, indent, false};
    if (system == System::dockerfile) {
      line.script = true;
    } else if (block != kNowhere && indent > block) {
      line.script = true;
    } else {
      block = kNowhere;
      read_key(line);
      const bool commands = is_command_key(line.key, system);
      line.script = commands && !line.value.empty();
      if (commands) block = line.indent;
    }
    goes_on = line.script && ends_with(text, "\\");
    lines.push_back(line);
  }
  return lines;
}

Triggers triggers_of(const std::vector<Line>& lines) {
  Triggers triggers;
  const auto on = std::find_if(lines.begin(), lines.end(), [](const Line& line) {
    return line.indent == 0 && (line.key == "on" || line.key == "true");
  });
  for (auto line = on; line != lines.end(); ++line) {
    if (line != on && line->indent == 0 && !line->key.empty()) break;
    for (const std::string_view event : {"pull_request_target", "workflow_run", "issue_comment"})
      triggers.privileged = triggers.privileged || has_word(line->text, event);
    triggers.pull_request = triggers.pull_request || has_word(line->text, "pull_request") ||
                            has_word(line->text, "pull_request_target");
  }
  return triggers;
}

}  // namespace peer::ci
