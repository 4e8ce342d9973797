// Which grammars the linked tree-sitter understands. Thread-safe.
#pragma once

#include <cstdint>

namespace peer {

/// The newest version of the form of grammars ("ABI") that the core takes: 15.
[[nodiscard]] std::uint32_t grammar_abi();

}  // namespace peer
