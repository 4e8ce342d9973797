// Paths as diffs write them.
#include <algorithm>
#include <array>

#include "bot/git/patch_parse.hpp"

namespace peer {
namespace {

bool is_octal(char c) { return c >= '0' && c <= '7'; }

/// The byte that the escape at the front of `text` (behind its backslash) means; takes it off.
char take_escape(std::string_view& text) {
  if (text.size() >= 3 && is_octal(text[0]) && is_octal(text[1]) && is_octal(text[2])) {
    const int value = (text[0] - '0') * 64 + (text[1] - '0') * 8 + (text[2] - '0');
    text.remove_prefix(3);
    return static_cast<char>(value);
  }
  constexpr std::string_view kLetters = "abtnvfr\"\\";
  constexpr std::string_view kBytes = "\a\b\t\n\v\f\r\"\\";
  const char letter = text.front();
  text.remove_prefix(1);
  const auto at = kLetters.find(letter);
  return at == std::string_view::npos ? letter : kBytes[at];
}

/// Takes a quoted path off the front of `text`, which begins with a quote.
std::string take_quoted(std::string_view& text) {
  std::string path;
  text.remove_prefix(1);
  while (!text.empty() && text.front() != '"') {
    const char c = text.front();
    text.remove_prefix(1);
    path += c == '\\' && !text.empty() ? take_escape(text) : c;
  }
  if (!text.empty()) text.remove_prefix(1);
  return path;
}

/// The name on a ---/+++ line: up to a tab, behind which a time stamp stands.
std::string header_name(std::string_view text) {
  if (text.starts_with('"')) return take_quoted(text);
  return std::string(text.substr(0, text.find('\t')));
}

bool is_prefix(std::string_view path, char letter) {
  return path.size() > 2 && path[0] == letter && path[1] == '/';
}

/// a/ b/ and, with diff.mnemonicPrefix, index, work tree, commit and object.
bool has_git_prefixes(const PatchPaths& paths) {
  constexpr std::array<std::string_view, 5> kPairs = {"ab", "iw", "ci", "cw", "ow"};
  return std::any_of(kPairs.begin(), kPairs.end(), [&](std::string_view pair) {
    const bool old_fits = paths.old_path.empty() || is_prefix(paths.old_path, pair[0]);
    const bool new_fits = paths.new_path.empty() || is_prefix(paths.new_path, pair[1]);
    return old_fits && new_fits;
  });
}

void strip_prefixes(PatchPaths& paths) {
  if (!has_git_prefixes(paths)) return;
  if (!paths.old_path.empty()) paths.old_path.erase(0, 2);
  if (!paths.new_path.empty()) paths.new_path.erase(0, 2);
}

}  // namespace

std::string unquote_path(std::string_view path) {
  return path.starts_with('"') ? take_quoted(path) : std::string(path);
}

PatchPaths paths_of_headers(std::string_view old_header, std::string_view new_header) {
  PatchPaths paths{header_name(old_header), header_name(new_header)};
  if (paths.old_path == "/dev/null") paths.old_path.clear();
  if (paths.new_path == "/dev/null") paths.new_path.clear();
  strip_prefixes(paths);
  return paths;
}

std::optional<PatchPaths> paths_of_git_line(std::string_view rest) {
  PatchPaths paths;
  if (rest.starts_with('"')) {
    paths.old_path = take_quoted(rest);
    if (!rest.starts_with(' ')) return std::nullopt;
    paths.new_path = unquote_path(rest.substr(1));
  } else if (const auto quote = rest.find(" \""); quote != std::string_view::npos) {
    paths.old_path = rest.substr(0, quote);
    paths.new_path = unquote_path(rest.substr(quote + 1));
  } else {
    // without renames both names are equal but for the prefix: the middle space parts them
    const auto middle = rest.size() / 2;
    if (rest.size() % 2 == 0 || rest[middle] != ' ') return std::nullopt;
    paths.old_path = rest.substr(0, middle);
    paths.new_path = rest.substr(middle + 1);
  }
  strip_prefixes(paths);
  if (paths.old_path != paths.new_path) return std::nullopt;
  return paths;
}

}  // namespace peer
