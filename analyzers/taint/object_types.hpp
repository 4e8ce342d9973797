// Which class of the file the objects of the file are of, as far as its text says so by a type or
// by what is assigned: `store = Store(..)`, `private final Store store`, `store: Store`. By name
// alone: what has one name in two places and two classes is of neither. One thread.
#pragma once

#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace peer::taint {

/// Names of variables, members and parameters in `text`, to the one of `types` that they are of.
[[nodiscard]] std::unordered_map<std::string_view, std::string_view> object_types(
    std::string_view text, const std::unordered_set<std::string_view>& types);

}  // namespace peer::taint
