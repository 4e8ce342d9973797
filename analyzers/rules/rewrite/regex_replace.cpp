#include "analyzers/rules/rewrite/regex_replace.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include <re2/re2.h>

#include "base/text.hpp"

namespace peer::rules {
namespace {

bool is_name_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

constexpr int kNoGroup = -1;

/// A piece of the replacement: text, or a group that stands for its match.
struct Piece {
  std::string text;
  int group = kNoGroup;
};

int group_number(std::string_view name, const RE2& pattern) {
  int number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error == std::errc{} && end == name.data() + name.size())
    return number <= pattern.NumberOfCapturingGroups() ? number : kNoGroup;
  const auto& names = pattern.NamedCapturingGroups();
  const auto it = names.find(std::string(name));
  return it == names.end() ? kNoGroup : it->second;
}

/// The name of the group reference that `text`, past its `$`, begins with, and the length of its
/// spelling; 0: none.
std::pair<std::string_view, std::size_t> reference(std::string_view text) {
  if (text.starts_with('{')) {
    const auto close = text.find('}');
    if (close == std::string_view::npos) return {{}, 0};
    return {text.substr(1, close - 1), close + 1};
  }
  const auto* end = std::find_if_not(text.begin(), text.end(), is_name_character);
  const auto length = static_cast<std::size_t>(end - text.begin());
  return {text.substr(0, length), length};
}

std::vector<Piece> pieces_of(std::string_view by, const RE2& pattern) {
  std::vector<Piece> pieces{{}};
  while (!by.empty()) {
    const auto text = by.substr(0, by.find('$'));
    pieces.back().text += text;
    by.remove_prefix(text.size());
    if (by.empty()) break;
    by.remove_prefix(1);
    const auto [name, length] = reference(by);
    if (by.starts_with('$') || length == 0) {
      pieces.back().text += '$';
      if (by.starts_with('$')) by.remove_prefix(1);
      continue;
    }
    pieces.push_back({{}, group_number(name, pattern)});
    pieces.emplace_back();
    by.remove_prefix(length);
  }
  return pieces;
}

}  // namespace

std::optional<std::string> replaced_all(std::string_view text, const RE2& pattern,
                                        std::string_view by, std::size_t most) {
  const auto pieces = pieces_of(by, pattern);
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(pattern.NumberOfCapturingGroups()) +
                                       1);
  const re2::StringPiece whole(text.data(), text.size());
  std::string out;
  std::size_t copied = 0;
  std::size_t last_end = std::string_view::npos;
  for (std::size_t at = 0; at <= text.size();) {
    if (!pattern.Match(whole, at, text.size(), RE2::UNANCHORED, groups.data(),
                       static_cast<int>(groups.size())))
      break;
    const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
    const auto end = begin + groups[0].size();
    if (begin == end && begin == last_end) {  // nothing right after a match is no match
      if (begin >= text.size()) break;
      at = begin + decode_utf8(text.substr(begin)).length;
      last_end = std::string_view::npos;
      continue;
    }
    out.append(text, copied, begin - copied);
    for (const auto& piece : pieces) {
      if (out.size() > most) return std::nullopt;
      out += piece.text;
      if (piece.group == kNoGroup) continue;
      const auto& group = groups[static_cast<std::size_t>(piece.group)];
      if (group.data() != nullptr) out.append(group.data(), group.size());
    }
    copied = at = last_end = end;
  }
  out += text.substr(copied);
  if (out.size() > most) return std::nullopt;
  return out;
}

}  // namespace peer::rules
