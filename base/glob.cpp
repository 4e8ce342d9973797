#include "base/glob.hpp"

#include <algorithm>

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
class WholeMatch {
 public:
  WholeMatch(std::string_view pattern, std::string_view text) : pattern_(pattern), text_(text) {}

  bool matches() {
    while (at_.text < text_.size() || at_.pattern < pattern_.size())
      if (!take_star() && !take_character() && !widen_star() && !widen_deep()) return false;
    return true;
  }

 private:
  static constexpr auto kNone = std::string_view::npos;

  /// How far both are read. As a point to go back to: behind the star, at the end of what it holds.
  struct Place {
    std::size_t pattern = 0, text = 0;
  };

  bool take_star() {
    const auto rest = pattern_.substr(at_.pattern);
    if (rest.starts_with("**")) {
      at_.pattern += rest.starts_with("**/") ? 3U : 2U;  // "**/" also stands for no folder at all
      deep_ = at_;
      star_.pattern = kNone;
      return true;
    }
    if (!rest.starts_with('*')) return false;
    ++at_.pattern;
    star_ = at_;
    return true;
  }

  bool take_character() {
    if (at_.pattern >= pattern_.size() || at_.text >= text_.size()) return false;
    const auto fit = step(pattern_, at_.pattern, text_[at_.text]);
    if (fit.width == 0) return false;
    at_.pattern += fit.width;
    ++at_.text;
    return true;
  }

  /// Lets the last `*` hold one character more.
  bool widen_star() {
    if (star_.pattern == kNone || star_.text >= text_.size() || text_[star_.text] == '/')
      return false;
    ++star_.text;
    at_ = star_;
    return true;
  }

  /// Lets the last `**` hold one character more, or one folder where it ends with one.
  bool widen_deep() {
    if (deep_.pattern == kNone || deep_.text >= text_.size()) return false;
    // after "**/" the rest must begin a path component
    if (pattern_[deep_.pattern - 1] == '/') {
      deep_.text = text_.find('/', deep_.text);
      if (deep_.text == kNone) return false;
    }
    ++deep_.text;
    at_ = deep_;
    star_.pattern = kNone;
    return true;
  }

  std::string_view pattern_, text_;
  Place at_;
  Place star_{kNone, 0}, deep_{kNone, 0};
};

bool matches_all(std::string_view pattern, std::string_view text) {
  return WholeMatch(pattern, text).matches();
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
  const auto last =
      std::find_if(patterns_.rbegin(), patterns_.rend(), [path](std::string_view pattern) {
        if (pattern.starts_with('!')) pattern.remove_prefix(1);
        return glob_matches(pattern, path);
      });
  return last != patterns_.rend() && !last->starts_with('!');
}

}  // namespace peer
