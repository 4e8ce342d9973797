// Two names of one thing: `int *p = &x`, `int &r = x`, `char *p = buffer`, `void (*run)(int) =
// handle`.
#include "analyzers/characters.hpp"
#include "analyzers/taint/lowering.hpp"
#include "analyzers/taint/words.hpp"

namespace peer::taint {
namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kMostText = std::size_t{1} << 24U;  // of a function, for all its pointers

/// Whether `text` gives the variable `name` a value as a whole: `name = ..`, not `*name = ..`,
/// `*(int *)name = ..` or `x.name = ..`.
bool assigns(std::string_view text, std::string_view name) {
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    auto end = at + name.size();
    if ((at > 0 && (is_word(text[at - 1]) || text[at - 1] == ')')) ||
        (end < text.size() && is_word(text[end])))
      continue;
    while (end < text.size() && text[end] == ' ')
      ++end;
    const auto sign = text.substr(end, 2);
    if (!sign.starts_with('=') || sign == "==") continue;
    auto before = at;
    while (before > 0 && text[before - 1] == ' ')
      --before;
    if (before == 0 || !contains("*.>", text.substr(before - 1, 1))) return true;
  }
  return false;
}

}  // namespace

/// Whether one of the declarators that stand around a name is of that kind: `int &r`, `char b[9]`.
bool Lowering::is_declared_as(std::string_view kind, Node target) const {
  constexpr int kMostLevels = 4;
  for (int level = 0; target && level < kMostLevels; ++level) {
    if (target.kind() == kind) return true;
    target = wrapped_target(target);
  }
  return false;
}

/// x of `&x`; null for anything else.
Node Lowering::behind_address(Node value) const {
  const Node given = unwrapped(value);
  const auto inner = parts(given);
  return form(given).form == Form::unary && operator_of(given) == "&" && inner.size() == 1
             ? unwrapped(inner.front())
             : Node();
}

/// The variable that `target`, which begins as `value`, is another name of; null where it is none.
Node Lowering::aliased_by(Node target, Node value) const {
  if (const Node behind = behind_address(value)) return behind;
  const Node given = unwrapped(value);
  const bool is_array =
      arrays_.contains(text(given)) && is_declared_as("pointer_declarator", target);
  return is_array || in_.language.objects_are_shared || aliases_.contains(text(given)) ||
                 is_declared_as("reference_declarator", target)
             ? given
             : Node();
}

/// `target`, which is declared with `value`, is from here on another name of the variable that
/// `value` speaks of, if it is given no other value. False where it is not.
bool Lowering::bind_alias(Node target, Node value) {
  const Node name = sole_name(target);
  if (!name || scopes_.empty() || !outermost_) return false;
  const Node behind = aliased_by(target, value);
  if (!behind || form(behind).form != Form::name || !is_bound(text(behind)) ||
      text(behind) == text(name))
    return false;
  const Node function = in_.units.functions()[*outermost_].node;
  const bool is_lasting = is_declared_as("reference_declarator", target);
  if (!is_lasting) {
    const auto rest = in_.text.substr(value.end(), function.end() - value.end());
    alias_text_ += rest.size();
    if (alias_text_ > kMostText || assigns(rest, text(name))) return false;
    if (in_.language.objects_are_shared && assigns(rest, text(behind))) return false;
  }
  bound_[text(name)].push_back(symbol_of(text(behind)));
  scopes_.back().declared.push_back(text(name));
  const auto known = aliases_.find(text(behind));
  if (!is_lasting)
    aliases_[text(name)] = known == aliases_.end() ? arrays_.contains(text(behind)) : known->second;
  return true;
}

/// `*p = x`, `*p++ = x`, where `p` points into an array: somewhere in it. False where it does not.
bool Lowering::store_element(Node target) {
  constexpr int kMostLevels = 3;
  Node name = target;
  for (int level = 0; level < kMostLevels && name && form(name).form == Form::unary; ++level) {
    const auto inner = parts(name);
    name = inner.empty() ? Node() : unwrapped(inner.back());
  }
  const auto alias =
      name && operator_of(target) == "*" ? aliases_.find(text(name)) : aliases_.end();
  if (alias == aliases_.end() || !alias->second) return false;
  out_.paths.push_back({symbol_of(alias->first), {std::nullopt}});
  push(constant(), target);
  emit(Op::store_path, target, static_cast<std::uint32_t>(out_.paths.size() - 1));
  return true;
}

/// Remembers that `target` is an array, which pointers may point into.
void Lowering::note_array(Node declaration, Node target) {
  const bool is_array =
      declaration.kind() == "array_declarator" || is_declared_as("array_declarator", target);
  if (const Node name = is_array ? sole_name(target) : Node()) arrays_.insert(text(name));
}

/// Remembers which function of the file `target` holds.
void Lowering::note_function(Node target, Node value) {
  const Node name = sole_name(target);
  if (!name) return;
  const Node behind = behind_address(value);
  const Node given = behind ? behind : unwrapped(value);
  const bool is_name = form(given).form == Form::name && !is_bound(text(given)) &&
                       given.end() - given.begin() <= kLongestName;
  const auto function = is_name ? in_.units.named(text(given), owner_) : std::nullopt;
  if (function)
    held_functions_[text(name)] = {*function, writes_ + 1};
  else
    held_functions_.erase(text(name));
}

/// The function that the variable `name` holds, if it was given no other value since.
std::optional<std::uint32_t> Lowering::function_in(std::string_view name) const {
  const auto held = held_functions_.find(name);
  if (held == held_functions_.end() || is_written_after(name, held->second.writes))
    return std::nullopt;
  return held->second.function;
}

}  // namespace peer::taint
