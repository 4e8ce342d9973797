// The words of a text (runs of ASCII letters, digits and `_`), and what is asked of names. Pure; thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "analyzers/characters.hpp"

namespace peer::taint {

inline bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

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
