// What C and C++ hide in declarators: the names of functions and types. Pure; thread-safe.
#pragma once

#include "analyzers/parse/outline.hpp"

namespace peer {

/// The outline hook of both languages.
bool outline_c_family(const OutlineSite& site, Symbol& symbol);

}  // namespace peer
