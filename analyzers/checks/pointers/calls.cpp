// What calls do with what they are given.
#include <algorithm>
#include <fmt/format.h>
#include <string>

#include "analyzers/characters.hpp"
#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/pointers/follower.hpp"
#include "analyzers/checks/pointers/library.hpp"
#include "base/text.hpp"

namespace peer::pointers {

using c_syntax::last_part;
using c_syntax::named_children;
using c_syntax::without_brackets;

namespace {

constexpr std::size_t kLongestShown = 40;
constexpr int kDeepestForgotten = 3;

char to_lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

bool never_returns(std::string_view name) {
  if (holds(kNeverReturns, name)) return true;
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
  return lower.find("panic") != std::string::npos ||
         lower.find("unreachable") != std::string::npos ||
         lower.find("abort") != std::string::npos || lower.starts_with("fatal") ||
         lower.find("fatal_err") != std::string::npos ||
         lower.find("fatalerr") != std::string::npos || lower.starts_with("die_");
}

/// x of `&x`, with and without a cast; the grammar reads `(NAME) &x` as a product of bits. The null
/// node for anything else.
Node whose_address(Node argument, std::string_view text) {
  const Node bare = without_brackets(argument);
  if (!bare) return {};
  if (bare.kind() == "pointer_expression" && bare.text(text).starts_with('&'))
    return without_brackets(bare.field("argument"));
  const Node left = bare.kind() == "binary_expression" && bare.field("operator").text(text) == "&"
                        ? bare.field("left")
                        : Node();
  const bool is_cast = left && left.kind() == "parenthesized_expression" && left.named_child(0) &&
                       left.named_child(0).kind() == "identifier" &&
                       is_in_capitals(left.named_child(0).text(text));
  return is_cast ? without_brackets(bare.field("right")) : Node();
}

bool is_of_library(std::string_view name) {
  return holds(kFree, name) || holds(kClose, name) || holds(kAllocate, name) ||
         holds(kRealloc, name) || holds(kOnlyReads, name) || holds(kOnlyWrites, name) ||
         holds(kGivesFirst, name) || holds(kGivesPart, name) || holds(kLooksAtFirst, name) ||
         holds(kMayFail, name);
}

/// By its name it shows what it is given.
bool shows(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kBegins{"print", "show", "display", "log",
                                                           "dump",  "put",  "write",   "send"};
  return std::any_of(kBegins.begin(), kBegins.end(),
                     [&](std::string_view begin) { return name.starts_with(begin); });
}

/// By its name it may give the pointer a new value, or only asks which it is.
bool may_take_freed(std::string_view name) {
  static constexpr std::array<std::string_view, 36> kParts{
      "alloc", "dup",      "init",   "reset",   "new",    "create",  "open",   "get",
      "load",  "free",     "clear",  "release", "unref",  "deref",   "remove", "del",
      "drop",  "destroy",  "erase",  "unlink",  "forget", "untrack", "trace",  "track",
      "hash",  "find",     "lookup", "compare", "cmp",    "is_",     "assert", "poison",
      "swap",  "exchange", "search", "expect"};
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

}  // namespace

std::string Follower::shown(Node node) const {
  const auto code = text(node);
  return std::string(
      code.size() <= kLongestShown && code.find('\n') == std::string_view::npos ? code : "this");
}

// NOLINTNEXTLINE(misc-no-recursion): kDeepestForgotten levels
void Follower::forget_members(const Value& value, Node at, int depth) {
  if (depth > kDeepestForgotten) return;
  for (const Object object : value.objects) {
    if (names_[object].form == Form::number) continue;
    std::vector<Value> below;
    erase_if(state_->members, [&](const auto& member) {
      if (member.first.first != object) return false;
      below.push_back(member.second);
      return true;
    });
    state_->copies.erase(object);
    state_->touched[object] = names_.made(at.begin(), turn_, Form::unknown);
    const auto& entry = names_[object];
    if (entry.form == Form::local && !entry.variable.empty() && !entry.is_array)
      state_->variables[entry.variable] =
          value_of(names_.held(entry.variable, names_.made(at.begin(), turn_, Form::unknown)));
    for (const Value& each : below)
      forget_members(each, at, depth + 1);
  }
}

void Follower::forget_outside(Node at) {
  erase_if(state_->variables, [&](const auto& entry) {
    return !is_local(entry.first) && !is_in_capitals(entry.first);
  });
  state_->outside = names_.made(at.begin(), turn_, Form::unknown);
}

Value Follower::call(Node node, int depth) {  // NOLINT(misc-no-recursion): worth() bounds it
  Call made{node, {}, {}, {}};
  const Node function = without_brackets(node.field("function"));
  if (const Node list = node.field("arguments")) made.arguments = named_children(list);
  if (function && function.kind() == "field_expression") {
    for (const Node argument : made.arguments) {
      give_value(argument);  // it may be a reference
      made.values.push_back(worth(argument, depth + 1));
    }
    return method(made, function, depth);
  }
  made.name =
      function ? last_part(text(function).substr(0, text(function).find('<'))) : std::string_view();
  if (made.name == "sizeof" || made.name == "offsetof" || made.name == "typeof") return fresh(node);
  // std::move(p) of a unique_ptr leaves nothing in it
  const Node first = made.arguments.empty() ? Node() : without_brackets(made.arguments.front());
  for (const Node argument : made.arguments)
    made.values.push_back(unread(argument, depth + 1));
  if (function && function.kind() != "identifier" && function.kind() != "qualified_identifier" &&
      function.kind() != "template_function")
    worth(function, depth + 1);
  if (made.name == "move" && first && first.kind() == "identifier" && owners_.contains(text(first)))
    state_->variables[text(first)] = null_value();
  return known_call(made);
}

/// Somebody may have written there.
void Follower::fill(Node place) {
  give_value(place);
  if (place.kind() != "field_expression" || text(place).find('(') != std::string_view::npos) return;
  if (const auto at = place_of(place, 0); at && held_at(*at).is_null()) set(*at, fresh(place));
}

Value Follower::known_call(const Call& made) {
  for (const Node argument : made.arguments)
    if (const Node given_place = whose_address(argument, text_)) fill(given_place);
  const auto name = made.name;
  const Value first = made.values.empty() ? null_value() : made.values.front();
  const Node pointer = made.arguments.empty() ? Node() : made.arguments.front();
  if (const Effect* effect = functions_.effect_of(name)) {
    own_function(made, *effect);
    return given_by_own(made, *effect);
  }
  if (holds(kCasts, name)) return first;
  if (is_of_library(name)) {
    read_all(made);
    read_text(made);
  }
  if (const auto ended = ending_call(made, pointer, first)) return *ended;
  given_null(made);
  if (holds(kAllocate, name)) {
    Value block = fresh(made.node, Form::heap);
    if (may_fail(made)) doubt(made.node, block, name);
    return block;
  }
  if (holds(kOnStack, name)) return fresh(made.node, Form::local);
  const Node taken = made.node.parent();
  if (holds(kRealloc, name) && taken && taken.kind() != "argument_list" &&
      taken.kind() != "expression_statement")
    return reallocated(made, pointer, first);
  given(made);
  return library_call(made);
}

/// A number but zero, or the address of something.
bool Follower::is_something(const Value& value) const {
  const Object* object = value.sole();
  return object != nullptr && !value.may_be_null && names_[*object].form != Form::unknown &&
         names_[*object].form != Form::unset;
}

Value Follower::given_by_own(const Call& made, const Effect& effect) {
  if (!effect.gives_number.empty()) return value_of(names_.number(effect.gives_number));
  if (effect.gives_null) return null_value();
  const Value given_back = fresh(made.node);
  const bool is_made = std::any_of(
      effect.null_without.begin(), effect.null_without.end(),
      [&](std::size_t at) { return at < made.values.size() && is_something(made.values[at]); });
  if (effect.may_give_null && !is_made && !asked_calls_.contains(text(made.node)))
    doubt(made.node, given_back, made.name, true);
  return given_back;
}

/// What ends something: memory, a file, the way.
std::optional<Value> Follower::ending_call(const Call& made, Node pointer, const Value& first) {
  if (holds(kFree, made.name)) {
    const bool is_last = made.name == "HeapFree" && made.values.size() == 3;
    give_back(made.node, is_last ? made.arguments.back() : pointer,
              is_last ? made.values.back() : first, Manner::free);
    return null_value();
  }
  if (holds(kClose, made.name)) {
    give_back(made.node, pointer, first, Manner::close);
    return fresh(made.node);
  }
  if (never_returns(made.name)) {
    state_->is_dead = true;
    return fresh(made.node);
  }
  if (made.name == "assert" || made.name == "ASSERT") {
    if (pointer && !refine(pointer, true)) state_->is_dead = true;
    return null_value();
  }
  return std::nullopt;
}

Value Follower::reallocated(const Call& made, Node pointer, const Value& from) {
  Value moved = fresh(made.node, Form::heap);
  const Object* object = from.sole();
  if (object == nullptr || cannot_be_freed(made.node, pointer, from, Manner::own)) return moved;
  if (const Release* known = release_of(from))
    hit(made.node, Flaw::freed_again,
        fmt::format("`{}` was freed on line {} already", shown(pointer), known->line), known);
  if (may_fail(made)) doubt(made.node, moved, made.name);
  Release release = release_at(made.node);
  release.unless_null = moved.objects.front();
  state_->released[*object] = std::move(release);
  return moved;
}

Value Follower::library_call(const Call& made) {
  const bool gives_part = holds(kGivesPart, made.name);
  if (!made.values.empty() && (gives_part || holds(kGivesFirst, made.name))) {
    Value given_back = made.values.front();
    given_back.is_inside = given_back.is_inside || gives_part;
    given_back.may_be_null = given_back.may_be_null || gives_part;
    if (!gives_part) {
      wrote_to(Member{given_back.sole() != nullptr ? *given_back.sole() : 0, ""});
    } else if (may_fail(made)) {
      given_back.question = names_.made(made.node.begin(), turn_, Form::unknown);
      doubt(made.node, given_back, made.name);
    }
    return given_back;
  }
  if (holds(kOnlyReads, made.name)) return fresh(made.node);
  if (may_fail(made)) {
    const Value found = fresh(made.node);
    doubt(made.node, found, made.name);
    return found;
  }
  if (holds(kOnlyWrites, made.name))
    for (const Value& each : made.values)
      forget_members(each, made.node);
  else
    unknown_function(made);
  return fresh(made.node);
}

/// Freed memory as an argument.
void Follower::given(const Call& made) {
  const bool is_known = holds(kOnlyReads, made.name) || holds(kOnlyWrites, made.name) ||
                        holds(kGivesFirst, made.name) || holds(kGivesPart, made.name);
  if (!is_known && (is_in_capitals(made.name) || may_take_freed(made.name))) return;
  for (const Value& each : made.values)
    note_look(each);
  for (std::size_t at = 0; at < made.values.size(); ++at) {
    const Release* release = release_of(made.values[at]);
    const Node argument = without_brackets(made.arguments[at]);
    if (release == nullptr || !argument) continue;
    // an address is no look at what is there; `%p` prints it only
    if (argument.kind() == "pointer_expression" && text(argument).starts_with('&')) continue;
    if (std::any_of(made.arguments.begin(),
                    made.arguments.begin() + static_cast<std::ptrdiff_t>(at),
                    [&](Node each) { return text(each).find("%p") != std::string_view::npos; }))
      continue;
    hit(made.node, Flaw::used,
        release->unless_null != 0
            ? fmt::format("`{}` may have moved on line {}: what it points to is gone",
                          shown(argument), release->line)
            : fmt::format("`{}` is given to `{}`, but was {} on line {}", shown(argument),
                          made.name, release->is_closed ? "closed" : "freed", release->line),
        release);
    if (const Object* object = made.values[at].sole()) state_->released.erase(*object);
    return;
  }
}

void Follower::unknown_function(const Call& made) {
  const bool may_change_names = is_in_capitals(made.name) || functions_.is_macro(made.name);
  if (may_change_names)
    for (auto& [name, value] : state_->variables)
      if (names_.is_unset(value)) value = fresh(made.node);
  for (std::size_t at = 0; at < made.values.size(); ++at) {
    const Node argument = without_brackets(made.arguments[at]);
    const bool was_freed = release_of(made.values[at]) != nullptr;
    if (argument && shows(made.name) && !functions_.is_cpp() && argument.kind() == "identifier")
      read(argument, made.values[at]);
    give_value(argument);  // a macro, or a reference
    trust(made.values[at]);
    forget_members(made.values[at], made.node);
    const bool is_plain =
        argument &&
        text(argument).find_first_of("(=+-") ==
            std::string_view::npos;  // looked at already, and nothing in it happens again
    if ((may_change_names || was_freed) && is_plain &&
        (argument.kind() == "identifier" || argument.kind() == "field_expression"))
      if (const auto place = place_of(argument, 0)) set(*place, fresh(argument));
  }
  forget_outside(made.node);
}

std::pair<Value, std::optional<Member>> Follower::reached(const Value& from,
                                                          const Effect::Freed& freed) {
  std::pair<Value, std::optional<Member>> found{from, std::nullopt};
  for (const std::string& selector : freed.members) {
    const Object* object = found.first.sole();
    if (object == nullptr || found.first.is_inside) return {null_value(), std::nullopt};
    found.second = Member{*object, names_.kept(selector)};
    found.first = held(*state_, names_, *found.second);
  }
  return found;
}

/// What is given to a function of the file, which reads some of it.
void Follower::given_to_own(const Call& made, const Effect& effect) {
  for (std::size_t at = 0; at < made.values.size(); ++at) {
    const Node argument = without_brackets(made.arguments[at]);
    if (effect.changes.contains(at))
      give_value(argument);
    else if (argument && argument.kind() == "identifier")
      read(argument, made.values[at]);
    if (effect.needs.contains(at))
      look_for_null(made.arguments[at], made.arguments[at], made.values[at], made.name);
    else
      trust(made.values[at]);
  }
  for (std::size_t at = 0; at < made.values.size(); ++at) {
    const Release* release = effect.reads.contains(at) ? release_of(made.values[at]) : nullptr;
    if (release == nullptr) continue;
    hit(made.node, Flaw::used,
        fmt::format("`{}` is given to `{}`, but was freed on line {}", shown(made.arguments[at]),
                    made.name, release->line),
        release);
    state_->released.erase(*made.values[at].sole());
    break;
  }
}

void Follower::own_function(const Call& made, const Effect& effect) {
  given_to_own(made, effect);
  std::vector<std::pair<Member, Value>> left;
  std::vector<std::pair<Node, Value>> freed;
  for (const Effect::Freed& each : effect.frees) {
    if (each.parameter >= made.values.size()) continue;
    auto [value, member] = reached(made.values[each.parameter], each);
    if (value.is_null()) continue;
    if (each.stays && member) left.emplace_back(*member, value);
    freed.emplace_back(each.members.empty() ? made.arguments[each.parameter] : Node(), value);
  }
  for (const auto& [pointer, value] : freed)
    give_back(made.node, pointer, value, Manner::own, made.name);
  for (const Value& each : made.values)
    forget_members(each, made.node);
  forget_outside(made.node);
  for (const auto& [member, value] : left)
    held(*state_, names_, member) = value;
  // `drop(p->link)` may set the link to null through what it points to
  for (const Node argument : made.arguments)
    if (const Node bare = without_brackets(argument);
        bare && bare.kind() == "field_expression" &&
        effect.assigns.contains(text(bare.field("field"))))
      if (const auto place = place_of(bare, 0)) set(*place, fresh(bare));
  assigned_.insert(effect.assigns.begin(), effect.assigns.end());
  if (effect.never_returns) state_->is_dead = true;
}

/// `p->close()`, `p.reset()`.
// NOLINTNEXTLINE(misc-no-recursion): worth() bounds it
Value Follower::method(const Call& made, Node function, int depth) {
  const Node base = without_brackets(function.field("argument"));
  const auto name = text(function.field("field"));
  if (base && base.kind() == "identifier" && owners_.contains(text(base)) &&
      text(function.field("operator")) == ".") {
    Value& owned = held(*state_, names_, text(base));
    Value before = owned;
    if (name == "get") return before;
    if (name == "release") {
      owned = null_value();
      return before;
    }
    if (name == "reset") {
      owned = made.values.empty() ? null_value() : made.values.front();
      if (const Object* object = before.sole())
        state_->released.try_emplace(*object, release_at(made.node));
      return null_value();
    }
  }
  Value object = null_value();
  if (base && text(function.field("operator")) == "->") {
    object = worth(base, depth + 1);
    look(function, base, object);
  } else if (base && base.kind() == "identifier") {
    if (const auto bound = state_->references.find(text(base)); bound != state_->references.end()) {
      object = bound->second;
      look(function, base, object);
    } else {
      object = value_of(names_.address(text(base)));
    }
  } else if (base) {
    worth(base, depth + 1);
  }
  if (name == "lock" &&
      made.arguments.empty()) {  // of a weak_ptr; of a mutex nobody keeps what it gives
    const Value locked = fresh(made.node);
    doubt(made.node, locked, "lock");
    return locked;
  }
  Call named = made;
  named.name = name;
  given(named);
  forget_members(object, made.node);
  unknown_function(named);
  return fresh(made.node);
}

}  // namespace peer::pointers
