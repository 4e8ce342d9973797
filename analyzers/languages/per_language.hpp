// What a check knows of each language, worked out when the first file of a language comes, so that
// a short run pays for one.
#pragma once

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

#include "analyzers/languages/language.hpp"

namespace peer {

/// The one `T(language)`, which must be one of all_languages(). Lives as long as the program;
/// thread-safe.
template <class T>
const T& per_language(const Language& language) {
  struct Slot {
    std::once_flag once;
    std::optional<T> made;
  };
  static std::vector<Slot> slots(all_languages().size());
  const auto all = all_languages();
  const auto index = std::find(all.begin(), all.end(), &language) - all.begin();
  auto& slot = slots.at(static_cast<std::size_t>(index));
  std::call_once(slot.once, [&] { slot.made.emplace(language); });
  return *slot.made;
}

}  // namespace peer
