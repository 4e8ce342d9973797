// Functions of the file that say of what they are given whether it is fine.
#include <algorithm>
#include <array>

#include "analyzers/taint/lowering.hpp"

namespace peer::taint {
namespace {

constexpr std::array<std::string_view, 8> kChecks{"check", "ensure", "validate", "assert", "verify", "require", "guard", "must"};

/// ensureInside, check_host, validate: what comes back from it is fine.
bool checks(std::string_view name) {
  std::string lower;
  for (const char c : name)
    if (c != '_') lower.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  return std::any_of(kChecks.begin(), kChecks.end(), [&](std::string_view word) { return lower.starts_with(word); });
}

}  // namespace

/// The function of this file that `call` calls.
std::optional<std::uint32_t> Lowering::judge_of(Node call) const {
  const FormRule& rule = form(call);
  const bool calls = rule.form == Form::call || rule.form == Form::method_call;
  return calls ? function_of(callee_of(rule, call)) : std::nullopt;
}

/// `if (is_local(address))`: what a function of this file says yes to, having looked at it.
void Lowering::refine_judged(std::uint32_t judge, const std::vector<Node>& arguments, std::vector<Refinement>& holds) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (literal_of(arguments[i])) continue;
    Refinement made;
    made.judge = judge;
    made.argument = static_cast<std::uint32_t>(i);
    refine_places(arguments[i], made, holds);
  }
}

/// `ensure_local(address);` of a function that throws where it does not like what it is given.
void Lowering::refine_checked(const Callee& callee, const std::vector<Node>& arguments, std::uint32_t judge, Node at) {
  if (!callee.name || !checks(text(callee.name))) return;
  std::vector<Refinement> holds;
  refine_judged(judge, arguments, holds);
  if (!holds.empty()) emit(Op::refine, at, add_refinements(std::move(holds)));
}

}  // namespace peer::taint
