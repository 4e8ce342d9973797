// Functions of the file that say of what they are given whether it is fine.
#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/question_names.hpp"

namespace peer::taint {
/// The function of this file that `call` calls.
std::optional<std::uint32_t> Lowering::judge_of(Node call) const {
  const FormRule& rule = form(call);
  const bool calls = rule.form == Form::call || rule.form == Form::method_call;
  return calls ? function_of(callee_of(rule, call)) : std::nullopt;
}

/// `if (is_local(address))`: what a function of this file says yes to, having looked at it.
void Lowering::refine_judged(std::uint32_t judge, const std::vector<Node>& arguments,
                             std::vector<Refinement>& holds) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (literal_of(arguments[i])) continue;
    Refinement made;
    made.judge = judge;
    made.argument = static_cast<std::uint32_t>(i);
    refine_places(arguments[i], made, holds);
  }
}

/// `ensure_local(address);` of a function that throws where it does not like what it is given.
void Lowering::refine_checked(const Callee& callee, const std::vector<Node>& arguments,
                              std::uint32_t judge, Node at) {
  if (!callee.name || !checks(text(callee.name))) return;
  std::vector<Refinement> holds;
  refine_judged(judge, arguments, holds);
  if (!holds.empty()) emit(Op::refine, at, add_refinements(std::move(holds)));
}

}  // namespace peer::taint
