// What is wrong with a rule file, in words for its author. Values.
#pragma once

#include <cstdint>
#include <string>

namespace peer::rules {

struct Problem {
  enum class Level {
    error,  ///< the rule, or the whole file where `rule_id` is empty, is switched off
    note,   ///< the rule runs, but cannot mean what it says
  };

  Level level = Level::error;
  std::string file = {};     ///< RuleText::name
  std::uint32_t line = 1;    ///< 1-based
  std::uint32_t column = 1;  ///< 1-based, in characters
  std::string rule_id = {};  ///< "" where it is not known
  std::string message = {};  ///< one or two sentences, names the construct
  std::string nearest =
      {};  ///< the valid key, kind or field that is nearest to what was written, or ""
};

}  // namespace peer::rules
