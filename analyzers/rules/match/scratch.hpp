// Working memory of one Subject. One thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "analyzers/parse/tree.hpp"

namespace peer::rules {

struct Scratch {
  Node root;
  std::string_view text;
  std::uint64_t steps_left = 0;
};

}  // namespace peer::rules
