// The words of a text (runs of ASCII letters, digits and `_`), and what is asked of names. Pure;
// thread-safe.
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

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// LIMIT, MAX_SIZE: by convention a constant, wherever it is defined.
inline bool is_capital(std::string_view name) {
  if (name.size() < 2 || name[0] < 'A' || name[0] > 'Z') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
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
