// A Program as bytes that are read back without compiling, for rules that are part of Peer's own
// program: kinds and fields are numbers of the grammar that both were built with. Pure;
// thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "analyzers/rules/match/program.hpp"

namespace peer::rules {

[[nodiscard]] std::string pack_program(const Program& program);

/// Only for bytes that pack_program() made, of a program for `language`; null where they are
/// others.
[[nodiscard]] std::shared_ptr<const Program> unpack_program(const Language& language,
                                                            std::string_view bytes);

}  // namespace peer::rules
