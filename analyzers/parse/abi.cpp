#include "analyzers/parse/abi.hpp"

#include <tree_sitter/api.h>

namespace peer {

std::uint32_t grammar_abi() { return TREE_SITTER_LANGUAGE_VERSION; }

}  // namespace peer
