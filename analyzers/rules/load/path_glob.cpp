#include "analyzers/rules/load/path_glob.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace peer::rules {
namespace {

constexpr std::size_t kMaxExpansions = 256;

/// Where a `{a,b}` stands.
struct Braces {
  std::size_t open = 0;
  std::vector<std::size_t> cuts;  // behind each alternative: commas and the closing brace
};

std::optional<Braces> first_braces(std::string_view glob) {
  std::size_t depth = 0;
  Braces braces;
  for (std::size_t i = 0; i < glob.size(); ++i) {
    const char c = glob[i];
    if (c == '\\') {
      ++i;
    } else if (c == '{' && depth++ == 0) {
      braces.open = i;
    } else if (c == ',' && depth == 1) {
      braces.cuts.push_back(i);
    } else if (c == '}' && depth > 0 && --depth == 0) {
      braces.cuts.push_back(i);
      return braces;
    }
  }
  return std::nullopt;
}

/// The alternatives of the first `{a,b}` of `glob`, written out; nothing where it has none.
std::optional<std::vector<std::string>> expand_once(std::string_view glob) {
  const auto braces = first_braces(glob);
  if (!braces) return std::nullopt;
  std::vector<std::string> out;
  auto from = braces->open + 1;
  for (const auto cut : braces->cuts) {
    auto& written = out.emplace_back(glob.substr(0, braces->open));
    written += glob.substr(from, cut - from);
    written += glob.substr(braces->cuts.back() + 1);
    from = cut + 1;
  }
  return out;
}

/// Takes a `[...]` from the front of `glob` and says whether `c` is in it; nothing where it is not
/// closed.
std::optional<bool> take_class(std::string_view& glob, char c) {
  std::size_t i = 1;
  const bool negated = i < glob.size() && (glob[i] == '!' || glob[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (bool first = true; i < glob.size() && (glob[i] != ']' || first); first = false) {
    const char low = glob[i];
    char high = low;
    if (i + 2 < glob.size() && glob[i + 1] == '-' && glob[i + 2] != ']') {
      high = glob[i + 2];
      i += 2;
    }
    found = found || (low <= c && c <= high);
    ++i;
  }
  if (i >= glob.size()) return std::nullopt;
  glob.remove_prefix(i + 1);
  return found != negated;
}

/// Takes one pattern character from `glob`, and says whether `c` fits it.
bool take_fits(std::string_view& glob, char c) {
  if (glob.front() == '?') {
    glob.remove_prefix(1);
    return true;
  }
  if (glob.front() == '[') return take_class(glob, c).value_or(false);
  if (glob.front() == '\\' && glob.size() > 1) glob.remove_prefix(1);
  const bool fits = glob.front() == c;
  glob.remove_prefix(1);
  return fits;
}

/// Without braces. Stars are tried by going back to the last one only, which is enough.
bool plain_matches(std::string_view glob, std::string_view path) {
  std::optional<std::string_view> after_star;
  std::string_view retry;
  for (;;) {
    if (glob.starts_with('*')) {
      glob.remove_prefix(1);
      after_star = glob;
      retry = path;
      continue;
    }
    if (path.empty() && glob.empty()) return true;
    auto rest = glob;
    if (!path.empty() && !glob.empty() && take_fits(rest, path.front())) {
      glob = rest;
      path.remove_prefix(1);
      continue;
    }
    if (!after_star || retry.empty()) return false;
    retry.remove_prefix(1);
    path = retry;
    glob = *after_star;
  }
}

/// `**/` at the front or after a '/' also stands for no folder at all: written out with and without
/// it.
std::optional<std::vector<std::string>> expand_folders(std::string_view glob) {
  for (auto at = glob.find("**/"); at != std::string_view::npos; at = glob.find("**/", at + 1)) {
    if (at != 0 && glob[at - 1] != '/') continue;
    // kept as `*` and a mark that is no star: it must not be found again
    std::vector<std::string> out;
    out.push_back(std::string(glob.substr(0, at)) + std::string(glob.substr(at + 3)));
    out.push_back(std::string(glob.substr(0, at)) + "*/" + std::string(glob.substr(at + 3)));
    return out;
  }
  return std::nullopt;
}

/// Takes a class from `glob`, past its `[`; what is wrong with it, or "".
std::string take_checked_class(std::string_view& glob) {
  if (glob.starts_with('!') || glob.starts_with('^')) glob.remove_prefix(1);
  for (bool first = true;; first = false) {
    if (glob.empty()) return "a class without end; missing ]";
    const char low = glob.front();
    glob.remove_prefix(1);
    if (low == ']' && !first) return {};
    if (glob.size() < 2 || glob[0] != '-' || glob[1] == ']') continue;
    if (glob[1] < low) return fmt::format("a class that runs backwards: {}-{}", low, glob[1]);
    glob.remove_prefix(2);
  }
}

}  // namespace

std::string wrong_in_glob(std::string_view glob) {
  std::size_t open = 0;
  while (!glob.empty()) {
    const char c = glob.front();
    glob.remove_prefix(1);
    if (c == '\\') {
      if (glob.empty()) return "a \\ at its end";
      glob.remove_prefix(1);
    } else if (c == '[') {
      if (auto wrong = take_checked_class(glob); !wrong.empty()) return wrong;
    } else if (c == '{') {
      ++open;
    } else if (c == '}' && open-- == 0) {
      return "a } without {";
    }
  }
  return open == 0 ? "" : "a { without }";
}

PathMatcher::PathMatcher(std::string_view glob, bool ignore_case) : ignores_case_(ignore_case) {
  if (glob.starts_with("./")) glob.remove_prefix(2);
  std::vector<std::string> open{ignore_case ? to_lower(glob) : std::string(glob)};
  std::size_t expansions = 0;
  while (!open.empty() && expansions <= kMaxExpansions) {
    auto next = std::move(open.back());
    open.pop_back();
    auto more = expand_once(next);
    if (!more) more = expand_folders(next);
    if (!more) {
      ways_.push_back(std::move(next));
      continue;
    }
    expansions += more->size();
    open.insert(open.end(), more->begin(), more->end());
  }
}

bool PathMatcher::matches(std::string_view path) const {
  const std::string lowered = ignores_case_ ? to_lower(path) : std::string();
  if (ignores_case_) path = lowered;
  return std::any_of(ways_.begin(), ways_.end(),
                     [path](const std::string& way) { return plain_matches(way, path); });
}

bool path_matches(std::string_view glob, std::string_view path, bool ignore_case) {
  return PathMatcher(glob, ignore_case).matches(path);
}

}  // namespace peer::rules
