// A text as lines that can be searched in linear time, whatever stands in them. Pure; thread-safe.
// Inside llm/answer only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.hpp"

namespace peer {

struct TextLine {
  std::uint32_t begin = 0, end = 0;  ///< bytes, the line end left out
  std::uint32_t next = 0;            ///< where the next line begins
};

[[nodiscard]] inline std::vector<TextLine> lines_of(std::string_view text) {
  std::vector<TextLine> out;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = std::min(text.find_first_of("\r\n", at), text.size());
    auto next = std::min(end + 1, text.size());
    if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++next;
    out.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end),
                   static_cast<std::uint32_t>(next)});
    at = next;
  }
  return out;
}

[[nodiscard]] inline std::string_view text_in(std::string_view text, const TextLine& line) {
  return text.substr(line.begin, line.end - line.begin);
}

/// The number of leading bytes that are space or tab.
[[nodiscard]] inline std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

/// Where `needle` stands in `hay`, overlapping places too (Knuth, Morris and Pratt over line
/// numbers).
template <class Key>
[[nodiscard]] std::vector<std::size_t> places_of(std::span<const Key> needle,
                                                 std::span<const Key> hay) {
  std::vector<std::size_t> out;
  if (needle.empty() || needle.size() > hay.size()) return out;
  std::vector<std::size_t> border(needle.size(), 0);
  for (std::size_t i = 1, k = 0; i < needle.size(); ++i) {
    while (k > 0 && !(needle[i] == needle[k]))
      k = border[k - 1];
    if (needle[i] == needle[k]) ++k;
    border[i] = k;
  }
  for (std::size_t i = 0, k = 0; i < hay.size(); ++i) {
    while (k > 0 && !(hay[i] == needle[k]))
      k = border[k - 1];
    if (hay[i] == needle[k]) ++k;
    if (k == needle.size()) {
      out.push_back(i + 1 - k);
      k = border[k - 1];
    }
  }
  return out;
}

/// Gives equal texts equal numbers, so that comparing lines costs nothing however long they are.
class LineNumbers {
 public:
  [[nodiscard]] std::uint32_t operator()(std::string_view line) {
    return numbers_.try_emplace(line, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }

 private:
  std::unordered_map<std::string_view, std::uint32_t> numbers_;  // views of texts that outlive it
};

}  // namespace peer
