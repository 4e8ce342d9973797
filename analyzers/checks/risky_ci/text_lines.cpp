#include "analyzers/checks/risky_ci/readers.hpp"
#include "base/text.hpp"

namespace peer::ci {
namespace {

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
  std::string_view text = line.text;
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
  const auto colon = text.find_first_not_of(' ', end + (quoted ? 1 : 0));
  if (end == begin || colon >= text.size() || text[colon] != ':') return;
  if (colon + 1 < text.size() && text[colon + 1] != ' ') return;
  line.key = text.substr(begin, end - begin);
  line.value = unquoted(text.substr(colon + 1));
}

/// Joins `line` with `text`, where it goes on below.
void extend(Line& line, std::string_view text, std::uint32_t end) {
  line.span.end = end;
  if (line.text.ends_with('\\')) line.text.pop_back();
  line.text += ' ';
  line.text += text;
}

}  // namespace

bool is_command_key(std::string_view key, System system) {
  if (system == System::gitlab)
    return key == "script" || key == "before_script" || key == "after_script";
  return key == "run" || key == "script";
}

std::vector<Line> lines_of_text(const SourceFile& file, System system) {
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
      extend(lines.back(), text, end);
      goes_on = text.ends_with('\\');
      continue;
    }
    Line line{{whole.begin + indent, end}, std::string(text), {}, {}, indent};
    if (system == System::dockerfile || (block != kNowhere && indent > block)) {
      line.script = true;
    } else {
      block = kNowhere;
      read_key(line);
      line.runner = line.key == "runs-on";
      const bool commands = is_command_key(line.key, system);
      line.script = commands && !line.value.empty();
      if (commands) block = line.indent;
    }
    goes_on = line.script && text.ends_with('\\');
    lines.push_back(line);
  }
  return lines;
}

}  // namespace peer::ci
