#include "analyzers/fix/editorconfig.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace peer {
namespace {

constexpr std::uint32_t kMostIndent = 64;  // more is a mistake or mischief

std::optional<bool> truth(std::string_view value) {
  if (value == "true") return true;
  if (value == "false") return false;
  return std::nullopt;
}

std::optional<std::uint32_t> columns(std::string_view value) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size()) return std::nullopt;
  if (number == 0 || number > kMostIndent) return std::nullopt;
  return number;
}

std::optional<std::string> line_end(std::string_view value) {
  if (value == "lf") return "\n";
  if (value == "crlf") return "\r\n";
  if (value == "cr") return "\r";
  return std::nullopt;
}

/// What has been read so far; `size_is_tab` waits for tab_width.
struct Reading {
  EditorSettings settings;
  bool size_is_tab = false;
};

void set(Reading& reading, std::string_view key, std::string_view value) {
  auto& out = reading.settings;
  if (key == "insert_final_newline") {
    out.insert_final_newline = truth(value);
  } else if (key == "trim_trailing_whitespace") {
    out.trim_trailing_whitespace = truth(value);
  } else if (key == "indent_style") {
    out.indent_with_tabs.reset();
    if (value == "tab" || value == "space") out.indent_with_tabs = value == "tab";
  } else if (key == "indent_size") {
    reading.size_is_tab = value == "tab";
    out.indent_size = columns(value);
  } else if (key == "tab_width") {
    out.tab_width = columns(value);
  } else if (key == "end_of_line") {
    out.end_of_line = line_end(value);
  }
}

/// One line of a file, split into what it is.
struct Line {
  enum class Kind { nothing, section, setting } kind = Kind::nothing;
  std::string key;  ///< lower case; a section's pattern as written
  std::string value;
};

Line read_line(std::string_view raw) {
  const auto line = trim(raw);
  if (line.empty() || line.front() == '#' || line.front() == ';') return {};
  if (line.front() == '[') {
    const auto end = line.rfind(']');
    if (end == std::string_view::npos) return {};
    return {Line::Kind::section, std::string(line.substr(1, end - 1)), {}};
  }
  const auto equals = line.find('=');
  if (equals == std::string_view::npos) return {};
  return {Line::Kind::setting, to_lower(trim(line.substr(0, equals))),
          to_lower(trim(line.substr(equals + 1)))};
}

bool is_root(std::string_view text) {
  for (const auto raw : split_lines(text)) {
    const auto line = read_line(raw);
    if (line.kind == Line::Kind::section) return false;
    if (line.kind == Line::Kind::setting && line.key == "root") return line.value == "true";
  }
  return false;
}

void read(Reading& reading, std::string_view text, std::string_view path) {
  bool applies = false;
  for (const auto raw : split_lines(text)) {
    const auto line = read_line(raw);
    if (line.kind == Line::Kind::section) applies = editorconfig_matches(line.key, path);
    if (line.kind == Line::Kind::setting && applies) set(reading, line.key, line.value);
  }
}

bool stands_above(std::string_view folder, std::string_view path) {
  return folder.empty() ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

}  // namespace

EditorSettings editor_settings(std::string_view path, std::span<const EditorConfigFile> files) {
  std::vector<const EditorConfigFile*> above;
  for (const auto& file : files)
    if (stands_above(file.folder, path)) above.push_back(&file);
  std::stable_sort(above.begin(), above.end(), [](const auto* a, const auto* b) {
    return a->folder.size() < b->folder.size();
  });
  for (auto i = above.size(); i-- > 0;) {
    if (!is_root((*above[i]).text)) continue;
    above.erase(above.begin(), above.begin() + static_cast<std::ptrdiff_t>(i));
    break;
  }
  Reading reading;
  for (const auto* file : above)
    read(reading, file->text, path.substr(file->folder.empty() ? 0 : file->folder.size() + 1));
  auto& settings = reading.settings;
  if (reading.size_is_tab) settings.indent_size = settings.tab_width;
  if (!settings.tab_width) settings.tab_width = settings.indent_size;
  return settings;
}

std::vector<std::string> editorconfig_paths(std::string_view path) {
  std::vector<std::string> out{".editorconfig"};
  for (auto slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1))
    out.push_back(std::string(path.substr(0, slash + 1)) + ".editorconfig");
  return out;
}

}  // namespace peer
