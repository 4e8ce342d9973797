// EditorConfig's patterns. Braces are written out into plain alternatives first (their number is
// bounded), and each is then matched with two marks to go back to, so that no pattern takes more
// than length of pattern x length of path.
#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "analyzers/fix/editorconfig.hpp"

namespace peer {
namespace {

constexpr std::size_t kMostPattern = 1024;       // bytes; the specification asks for that many
constexpr std::size_t kMostAlternatives = 1024;  // that braces may give

/// One element of a pattern without braces.
struct Part {
  enum class Kind { character, any_character, set, any_in_folder, anything, number } kind;
  char character = 0;
  std::string set = {};  // members of [..], ranges written out
  bool negated = false;
  std::int64_t least = 0, most = 0;  // {least..most}
};
using Pattern = std::vector<Part>;

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::optional<Part> number_range(std::string_view inner) {
  const auto dots = inner.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto first = number(inner.substr(0, dots));
  const auto last = number(inner.substr(dots + 2));
  if (!first || !last) return std::nullopt;
  return Part{.kind = Part::Kind::number,
              .least = std::min(*first, *last),
              .most = std::max(*first, *last)};
}

/// The brace that closes the one at `open`, or npos.
std::size_t closing_brace(std::string_view text, std::size_t open) {
  int depth = 0;
  for (auto i = open; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

/// The alternatives of what stands between braces: split at commas outside inner braces.
std::vector<std::string_view> alternatives(std::string_view inner) {
  std::vector<std::string_view> out;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == '\\') {
      ++i;
    } else if (inner[i] == '{') {
      ++depth;
    } else if (inner[i] == '}') {
      --depth;
    } else if (inner[i] == ',' && depth == 0) {
      out.push_back(inner.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  out.push_back(inner.substr(begin));
  return out;
}

/// Every character from `first` to `last`, which is not less.
void append_range(std::string& set, char first, char last) {
  for (char c = first; c != last; ++c)
    set += c;
  set += last;
}

/// A set `[..]` at `at`, or nothing where it does not close before a '/'. Moves `at` past it.
std::optional<Part> read_set(std::string_view text, std::size_t& at) {
  const auto close = text.find(']', at + 2);
  if (close == std::string_view::npos) return std::nullopt;
  auto inner = text.substr(at + 1, close - at - 1);
  if (inner.find('/') != std::string_view::npos) return std::nullopt;
  Part part{.kind = Part::Kind::set};
  if (inner.front() == '!') {
    part.negated = true;
    inner.remove_prefix(1);
  }
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (i + 2 < inner.size() && inner[i + 1] == '-' && inner[i] <= inner[i + 2]) {
      append_range(part.set, inner[i], inner[i + 2]);
      i += 2;
    } else {
      part.set += inner[i];
    }
  }
  at = close + 1;
  return part;
}

Part read_star(std::string_view text, std::size_t& at) {
  const bool two = text.substr(at).starts_with("**");
  at += two ? 2 : 1;
  return Part{.kind = two ? Part::Kind::anything : Part::Kind::any_in_folder};
}

Part literal(char c) { return Part{.kind = Part::Kind::character, .character = c}; }

/// A pattern half written out: the parts so far and the text still to be read.
struct Partial {
  Pattern done;
  std::string rest;
};

/// Reads the element at `at` and moves `at` past it; a brace is a character like others here.
Part read_part(std::string_view text, std::size_t& at) {
  const char c = text[at];
  if (c == '\\' && at + 1 < text.size()) {
    at += 2;
    return literal(text[at - 1]);
  }
  if (c == '*') return read_star(text, at);
  if (c == '[')
    if (auto set = read_set(text, at)) return *std::move(set);
  ++at;
  return c == '?' ? Part{.kind = Part::Kind::any_character} : literal(c);
}

/// Reads `partial` to its end, or to the first braces with alternatives, whose variants go to
/// `open`. True when the pattern is complete.
bool read_on(Partial& partial, std::vector<Partial>& open) {
  const std::string text = std::move(partial.rest);
  std::size_t at = 0;
  while (at < text.size()) {
    const auto close = text[at] == '{' ? closing_brace(text, at) : std::string::npos;
    if (close == std::string::npos) {
      partial.done.push_back(read_part(text, at));
      continue;
    }
    const auto inner = std::string_view(text).substr(at + 1, close - at - 1);
    if (auto range = number_range(inner)) {
      partial.done.push_back(std::move(*range));
      at = close + 1;
      continue;
    }
    const auto parts = alternatives(inner);
    if (parts.size() > 1) {
      for (const auto part : parts)
        open.push_back({partial.done, std::string(part) + text.substr(close + 1)});
      return false;
    }
    partial.done.push_back(read_part(text, at));  // {single} is plain text, braces included
  }
  return true;
}

std::vector<Pattern> read_patterns(std::string_view text) {
  std::vector<Pattern> out;
  std::vector<Partial> open;
  open.push_back({{}, std::string(text)});
  std::size_t made = 0;
  while (!open.empty() && ++made < kMostAlternatives) {
    Partial partial = std::move(open.back());
    open.pop_back();
    if (read_on(partial, open)) out.push_back(std::move(partial.done));
  }
  return out;
}

/// How many characters of `text` the number at its front takes, when it lies in the range; else 0.
std::size_t matched_number(const Part& part, std::string_view text) {
  std::size_t length = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  while (length < text.size() && text[length] >= '0' && text[length] <= '9')
    ++length;
  const auto digits = text.substr(!text.empty() && text[0] == '+' ? 1 : 0,
                                  length - (!text.empty() && text[0] == '+' ? 1 : 0));
  const auto value = number(digits);
  return value && *value >= part.least && *value <= part.most ? length : 0;
}

/// Characters that `part`, which is no star, takes from the front of `text`; nullopt when it does
/// not match.
std::optional<std::size_t> taken(const Part& part, std::string_view text) {
  if (text.empty()) return std::nullopt;
  switch (part.kind) {
    case Part::Kind::character:
      if (text[0] == part.character) return 1;
      return std::nullopt;
    case Part::Kind::any_character:
      if (text[0] != '/') return 1;
      return std::nullopt;
    case Part::Kind::set:
      if (text[0] != '/' && (part.set.find(text[0]) != std::string::npos) != part.negated) return 1;
      return std::nullopt;
    case Part::Kind::number:
      if (const auto length = matched_number(part, text); length > 0) return length;
      return std::nullopt;
    case Part::Kind::any_in_folder:
    case Part::Kind::anything:
      break;
  }
  return std::nullopt;
}

/// Marks of reachable places of the path: `here[i]` before its byte `i`.
using Places = std::vector<char>;

/// A star keeps what is reached and goes on from there, as far as it may.
void pass_star(const Part& star, std::string_view path, Places& here) {
  for (std::size_t i = 0; i < path.size(); ++i)
    if (here[i] != 0 && (star.kind == Part::Kind::anything || path[i] != '/')) here[i + 1] = 1;
}

void pass_one(const Part& part, std::string_view path, Places& here) {
  Places next(here.size(), 0);
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (here[i] == 0) continue;
    if (const auto length = taken(part, path.substr(i))) next[i + *length] = 1;
  }
  here = std::move(next);
}

/// Sets of reachable places of the path, part by part: no going back, so no blow-up.
bool matches(const Pattern& pattern, std::string_view path) {
  Places here(path.size() + 1, 0);
  here[0] = 1;
  for (const auto& part : pattern) {
    const bool star = part.kind == Part::Kind::any_in_folder || part.kind == Part::Kind::anything;
    if (star)
      pass_star(part, path, here);
    else
      pass_one(part, path, here);
  }
  return here[path.size()] != 0;
}

}  // namespace

bool editorconfig_matches(std::string_view pattern, std::string_view path) {
  if (pattern.size() > kMostPattern) return false;
  std::string anchored;
  if (pattern.find('/') == std::string_view::npos) {
    // without a folder it matches the file name, wherever it stands
    const auto slash = path.rfind('/');
    if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
    anchored = pattern;
  } else {
    anchored = pattern.substr(pattern.starts_with('/') ? 1 : 0);
  }
  const auto patterns = read_patterns(anchored);
  return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& candidate) {
    // `**/x` also stands for `x` itself
    if (candidate.size() > 1 && candidate[0].kind == Part::Kind::anything &&
        candidate[1].kind == Part::Kind::character && candidate[1].character == '/' &&
        matches(Pattern(candidate.begin() + 2, candidate.end()), path))
      return true;
    return matches(candidate, path);
  });
}

}  // namespace peer
