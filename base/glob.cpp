#include "base/glob.hpp"

#include "base/text.hpp"

namespace peer {
namespace {

/// The end of a `[...]` class that begins at `at`, or npos when it is not closed.
std::size_t class_end(std::string_view pattern, std::size_t at) {
  std::size_t i = at + 1;
  if (i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^')) ++i;
  return pattern.find(']', i + 1);
}

bool in_class(std::string_view body, char c) {
  const bool negated = body.starts_with('!') || body.starts_with('^');
  if (negated) body.remove_prefix(1);
  bool found = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (i + 2 < body.size() && body[i + 1] == '-') {
      found = found || (body[i] <= c && c <= body[i + 2]);
      i += 2;
    } else {
      found = found || body[i] == c;
    }
  }
  return found != negated;
}

/// How one step of a pattern fits one character of the text.
struct Step {
  std::size_t width = 0;  // of the pattern; 0: does not fit
};

Step step(std::string_view pattern, std::size_t at, char c) {
  const char p = pattern[at];
  if (p == '?') return {c == '/' ? 0U : 1U};
  if (p == '[') {
    const auto end = class_end(pattern, at);
    if (end != std::string_view::npos)
      return {c != '/' && in_class(pattern.substr(at + 1, end - at - 1), c) ? end - at + 1 : 0};
  }
  if (p == '\\' && at + 1 < pattern.size()) return {pattern[at + 1] == c ? 2U : 0U};
  return {p == c ? 1U : 0U};
}

/// Whole-text match with one point to go back to for `*` and one for `**`: linear in pattern times
/// text.
bool matches_all(std::string_view pattern, std::string_view text) {
  constexpr auto kNone = std::string_view::npos;
  std::size_t p = 0, t = 0;
  std::size_t star_p = kNone, star_t = 0, deep_p = kNone, deep_t = 0;
  while (t < text.size() || p < pattern.size()) {
    if (pattern.substr(p).starts_with("**")) {
      p += 2;
      if (pattern.substr(p).starts_with('/')) {  // "**/" also stands for no folder at all
        deep_p = p + 1;
        deep_t = t;
        p = deep_p;
      } else {
        deep_p = p;
        deep_t = t;
      }
      star_p = kNone;
      continue;
    }
    if (p < pattern.size() && pattern[p] == '*') {
      star_p = ++p;
      star_t = t;
      continue;
    }
    if (p < pattern.size() && t < text.size()) {
      if (const auto fit = step(pattern, p, text[t]); fit.width != 0) {
        p += fit.width;
        ++t;
        continue;
      }
    }
    if (star_p != kNone && star_t < text.size() && text[star_t] != '/') {
      p = star_p;
      t = ++star_t;
      continue;
    }
    if (deep_p == kNone || deep_t >= text.size()) return false;
    // after "**/" the rest must begin a path component
    const bool at_component = deep_p > 0 && pattern[deep_p - 1] == '/';
    ++deep_t;
    if (at_component) {
      const auto slash = text.find('/', deep_t - 1);
      if (slash == kNone) return false;
      deep_t = slash + 1;
    }
    p = deep_p;
    t = deep_t;
    star_p = kNone;
  }
  return true;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view path) {
  const bool folder_only = pattern.ends_with('/');
  if (folder_only) pattern.remove_suffix(1);
  const bool anchored = pattern.find('/') != std::string_view::npos;
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  if (pattern.empty()) return false;
  // the path itself, then each folder above it
  for (std::string_view part = path;;) {
    const bool is_folder = part.size() < path.size();
    const auto subject = anchored ? part : part.substr(part.rfind('/') + 1);
    if ((is_folder || !folder_only) && matches_all(pattern, subject)) return true;
    const auto slash = part.rfind('/');
    if (slash == std::string_view::npos) return false;
    part = part.substr(0, slash);
  }
}

bool glob_matches_itself(std::string_view pattern, std::string_view path) {
  if (pattern.empty() || pattern.ends_with('/')) return false;
  const bool anchored = pattern.find('/') != std::string_view::npos;
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  return matches_all(pattern, anchored ? path : path.substr(path.rfind('/') + 1));
}

GlobList GlobList::from_ignore_file(std::string_view text) {
  std::vector<std::string> patterns;
  for (const auto raw : split_lines(text)) {
    const auto line = trim(raw);
    if (!line.empty() && !line.starts_with('#') && !line.starts_with(':'))
      patterns.emplace_back(line);
  }
  return GlobList(std::move(patterns));
}

bool GlobList::matches(std::string_view path) const {
  for (auto it = patterns_.rbegin(); it != patterns_.rend(); ++it) {
    const std::string_view pattern = *it;
    if (pattern.starts_with('!')) {
      if (glob_matches(pattern.substr(1), path)) return false;
    } else if (glob_matches(pattern, path)) {
      return true;
    }
  }
  return false;
}

}  // namespace peer
