// What is given back, and what is looked at afterwards.
#include <fmt/format.h>
#include <string>

#include "analyzers/characters.hpp"
#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/pointers/follower.hpp"

namespace peer::pointers {

using c_syntax::without_brackets;

namespace {

bool share_a_name(std::string_view one, std::string_view other) {
  for (std::size_t at = 0; at < one.size();) {
    std::size_t end = at;
    while (end < one.size() && is_word(one[end]))
      ++end;
    if (end == at) {
      ++at;
      continue;
    }
    const auto name = one.substr(at, end - at);
    at = end;
    if (is_digit(name.front()) || name == "NULL" || name == "nullptr") continue;
    for (auto found = other.find(name); found != std::string_view::npos;
         found = other.find(name, found + 1)) {
      const bool begins = found == 0 || !is_word(other[found - 1]);
      if (begins && (found + name.size() == other.size() || !is_word(other[found + name.size()])))
        return true;
    }
  }
  return false;
}

}  // namespace

Release Follower::release_at(Node at) const {
  Release release{.line = at.line()};
  for (const Node condition : around_)
    release.conditions.push_back(condition.begin());
  return release;
}

bool Follower::depends_on_same(const Release& release) const {
  // those that stand around both are at the beginning
  std::size_t common = 0;
  while (common < release.conditions.size() && common < around_.size() &&
         release.conditions[common] == around_[common].begin())
    ++common;
  for (std::size_t here = common; here < around_.size(); ++here)
    for (std::size_t there = common; there < release.conditions.size(); ++there)
      if (share_a_name(text(around_[here]), text(conditions_.at(release.conditions[there]))))
        return true;
  return false;
}

void Follower::hit(Node at, Flaw flaw, std::string message, const Release* release) {
  auto& known = hits_
                    .try_emplace(at.begin(), Hit{{flaw, at.span(), std::move(message),
                                                  release == nullptr ? 0 : release->line, true}})
                    .first->second;
  ++known.states;
  known.is_doubtful = known.is_doubtful || (release != nullptr && depends_on_same(*release));
}

void Follower::hit_on_way(Node at, Flaw flaw, std::string message, bool is_doubtful) {
  hit(at, flaw, std::move(message));
  hits_.at(at.begin()).is_doubtful = hits_.at(at.begin()).is_doubtful || is_doubtful;
}

const Release* Follower::release_of(const Value& value) const {
  const Object* object = value.sole();
  if (object == nullptr) return nullptr;
  const auto found = state_->released.find(*object);
  return found == state_->released.end() ? nullptr : &found->second;
}

void Follower::note_look(const Value& value) {
  for (const Object object : value.objects)
    if (!state_->released.contains(object)) looked_at_.insert(object);
}

void Follower::look(Node at, Node pointer, const Value& value) {
  note_look(value);
  const Release* release = release_of(value);
  if (release == nullptr) {
    look_for_null(at, pointer, value);
    return;
  }
  const auto what = shown(without_brackets(pointer));
  hit(at, Flaw::used,
      release->unless_null != 0
          ? fmt::format("`{}` may have moved on line {}: what it points to is gone", what,
                        release->line)
          : fmt::format("`{}` is used here, but was freed on line {}", what, release->line),
      release);
  // said once
  if (const Object* object = value.sole()) state_->released.erase(*object);
}

bool Follower::cannot_be_freed(Node at, Node pointer, const Value& value, Manner manner) {
  if (!pointer) return false;
  const auto what = shown(without_brackets(pointer));
  for (const Object object : value.objects) {
    const Form form = names_[object].form;
    const bool is_text = form == Form::literal && value.sole() != nullptr;
    if (form == Form::local && manner != Manner::own) {
      const bool is_array = names_[object].is_array;
      hit(at, Flaw::not_freeable,
          fmt::format("`{}` {} {}: only memory that was allocated can be freed", what,
                      value.sole() != nullptr ? "is" : "may be",
                      is_array ? "an array of this function" : "a variable of this function"));
      return true;
    }
    if (is_text) {
      hit(at, Flaw::not_freeable,
          fmt::format("`{}` is a text of the program: only memory that was allocated can be freed",
                      what));
      return true;
    }
  }
  const Object* object = value.sole();
  if (object == nullptr) return false;
  const Form form = names_[*object].form;
  const bool is_allocated = form == Form::heap || form == Form::single || form == Form::array;
  if (is_allocated && value.is_inside) {
    hit(at, Flaw::not_freeable,
        fmt::format(
            "`{}` points behind the beginning of what was allocated, which is what has to be freed",
            what));
    return true;
  }
  return is_other_kind(at, what, form, manner);
}

bool Follower::is_other_kind(Node at, std::string_view what, Form form, Manner manner) {
  const auto wrong = [&](std::string_view made, std::string_view given, std::string_view right) {
    hit(at, Flaw::not_freeable,
        fmt::format("`{}` comes from `{}` and is given back by `{}`: it takes `{}`", what, made,
                    given, right));
    return true;
  };
  if (manner == Manner::free && form == Form::single) return wrong("new", "free()", "delete");
  if (manner == Manner::free && form == Form::array) return wrong("new[]", "free()", "delete[]");
  if (manner == Manner::delete_single && form == Form::heap)
    return wrong("malloc()", "delete", "free()");
  if (manner == Manner::delete_array && form == Form::heap)
    return wrong("malloc()", "delete[]", "free()");
  if (manner == Manner::delete_single && form == Form::array)
    return wrong("new[]", "delete", "delete[]");
  if (manner == Manner::delete_array && form == Form::single)
    return wrong("new", "delete[]", "delete");
  return false;
}

void Follower::give_back(Node at, Node pointer, const Value& value, Manner manner,
                         std::string_view by) {
  if (value.is_null()) return;
  if (manner != Manner::close && cannot_be_freed(at, pointer, value, manner)) return;
  const Object* object = value.sole();
  Release release = release_at(at);
  release.is_closed = manner == Manner::close;
  if (object == nullptr) {
    // one of several: what is known is that this pointer is of no use any more
    const Node name = pointer ? without_brackets(pointer) : Node();
    if (!name || name.kind() != "identifier" || arrays_.contains(text(name))) return;
    const Value gone = fresh(name, Form::heap);
    state_->released[gone.objects.front()] = release;
    set(text(name), gone);
    return;
  }
  const auto [known, is_new] = state_->released.try_emplace(*object, release);
  if (is_new) return;
  const auto what = pointer ? shown(without_brackets(pointer)) : std::string(by);
  if (known->second.unless_null != 0)
    hit(at, Flaw::freed_again,
        fmt::format("`{}` may have moved on line {}, which frees what it pointed to", what,
                    known->second.line),
        &known->second);
  else if (by.empty())
    hit(at, Flaw::freed_again,
        fmt::format("`{}` was {} on line {} already", what,
                    known->second.is_closed ? "closed" : "freed", known->second.line),
        &known->second);
  else
    hit(at, Flaw::freed_again,
        fmt::format("`{}` frees what was freed on line {} already", by, known->second.line),
        &known->second);
  known->second = release;
}

}  // namespace peer::pointers
