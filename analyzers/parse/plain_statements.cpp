#include "analyzers/parse/plain_statements.hpp"

#include <algorithm>

namespace peer {

bool may_branch(Node statement, std::string_view text, const Language& language) {
  if (statement.has_error()) return true;  // where the parser stumbled anything may be below
  const auto written = statement.text(text);
  const auto holds = [written](auto what) { return written.find(what) != std::string_view::npos; };
  const auto& operators = language.logical_operators;
  return holds('{') || holds('#') || holds('?') ||
         std::any_of(operators.begin(), operators.end(), holds);
}

}  // namespace peer
