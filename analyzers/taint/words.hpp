// The words of a text: runs of ASCII letters, digits and `_`. Pure; thread-safe.
#pragma once

#include <cstddef>
#include <string_view>

namespace peer::taint {

inline bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Calls `visit(word)` for each of them; each is a part of `text`.
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto begin = at;
    while (at < text.size() && is_word(text[at]))
      ++at;
    if (at > begin) visit(text.substr(begin, at - begin));
  }
}

}  // namespace peer::taint
