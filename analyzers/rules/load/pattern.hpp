// Code with meta variables, parsed and laid out for the matcher. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzers/rules/match/program.hpp"
#include "base/result.hpp"

namespace peer::rules {

/// Slots of variables by name, each given out once.
class Slots {
 public:
  explicit Slots(Program& program) : program_(program) {}
  std::uint32_t single(std::string_view name);
  std::uint32_t list(std::string_view name);

 private:
  static std::uint32_t slot_of(std::vector<std::string>& names, std::string_view name);
  Program& program_;
};

struct PatternText {
  std::string_view code;                          ///< the pattern, or the context around it
  std::optional<std::string_view> selector = {};  ///< kind of the node that is meant
  Strictness strictness = Strictness::smart;
};

/// Adds the pattern to `program`; gives its index. Fails with invalid_input where the code has no
/// content, is more than one node, holds no node of the selector's kind, or is a lone `$$$A`.
[[nodiscard]] Result<std::uint32_t> add_pattern(Program& program, const PatternText& text);

/// The pattern's tree as text, "(call (identifier f) ...)": for telling what was understood.
[[nodiscard]] std::string describe_pattern(const Program& program, const Pattern& pattern);

}  // namespace peer::rules
