// Where memory is read and written: elements, and functions of the C library.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>

#include "analyzers/checks/c_syntax.hpp"
#include "analyzers/checks/known_size/follower.hpp"
#include "analyzers/checks/known_size/format.hpp"
#include "analyzers/checks/known_size/library.hpp"

namespace peer::known_size {
namespace {

constexpr std::size_t kLongestShown = 40;

std::string shown(std::string_view code) {
  return std::string(code.size() <= kLongestShown ? code : "this");
}

}  // namespace

void Follower::report(Node at, std::string message, bool is_certain) {
  if (reported_.insert(at.begin()).second)
    found_.push_back({at.span(), std::move(message), is_certain});
}

Follower::Number Follower::room(const Held& held) const {
  if (!held.is_placed()) return std::nullopt;
  std::int64_t most = 0;
  for (const Place& place : held.places)
    most = std::max(most, sizes_[place.memory] - place.offset);
  return most;
}

Text* Follower::text_at(const Held& held) {
  return held.is_placed() && held.places.size() == 1 ? &state_.texts[held.places.front().memory]
                                                     : nullptr;
}

/// Letters of the text that begins at `node`, without the zero.
Follower::Number Follower::length_of(Node node) {
  while (node && node.kind() == "parenthesized_expression")
    node = node.named_child(0);
  if (!node) return std::nullopt;
  if (node.kind() == "string_literal") return length_of_literal(text(node));
  const Held held = held_by(node);
  if (!held.is_placed()) return std::nullopt;
  std::optional<std::int64_t> least;
  for (const Place& place : held.places) {
    const auto& length = state_.texts[place.memory].length;
    if (!length || place.offset < 0 || place.offset > *length) return std::nullopt;
    least = std::min(least.value_or(INT64_MAX), *length - place.offset);
  }
  return least;
}

void Follower::index(Node node) {
  int position = 0;
  Node base = node.field("argument");
  for (; base && base.kind() == "subscript_expression" && position < 8; ++position)
    base = base.field("argument");
  const Node indices = node.field("indices");
  const Node index = indices ? indices.named_child(0) : node.field("index");
  if (!base || !index || index.kind() == "sizeof_expression")
    return;  // c-index-past-end has a fix for that
  const Node around = node.parent();
  const bool is_address =
      around && around.kind() == "pointer_expression" && text(around).starts_with('&');
  const Shape* shape = shape_of_member(base);
  const Variable* variable = base.kind() == "identifier" ? known(text(base)) : nullptr;
  if (variable != nullptr) shape = &variable->shape;
  if (shape == nullptr) return;
  const auto at = static_cast<std::size_t>(position);
  const bool is_open_ended =
      variable == nullptr && !shape->counts.empty() && shape->counts.front() <= 1;
  if (shape->is_array && at < shape->counts.size() && !is_open_ended)
    index_of_array(node, node.field("argument"), index, shape->counts[at], is_address);
  else if (shape->is_array && !shape->count_name.empty() && position == 0)
    index_by_name(node, index, *shape, is_address);
  else if (variable != nullptr && !shape->is_array && position == 0 && !is_address)
    index_of_pointer(node, base, index, *variable);
}

/// `*(p + i)`
void Follower::dereference(Node node) {
  Node sum = node.field("argument");
  if (!text(node).starts_with('*') || !sum || sum.kind() != "parenthesized_expression") return;
  sum = sum.named_child(0);
  if (!sum || sum.kind() != "binary_expression" || text(sum.field("operator")) != "+") return;
  const Node base = sum.field("left");
  const Node index = sum.field("right");
  const Variable* variable = base && base.kind() == "identifier" ? known(text(base)) : nullptr;
  if (variable == nullptr || !index) return;
  const auto& shape = variable->shape;
  if (shape.is_array && shape.counts.size() == 1)
    index_of_array(node, base, index, shape.counts.front(), false);
  else if (!shape.is_array)
    index_of_pointer(node, base, index, *variable);
}

/// `a[MAX]` of `int a[MAX]`, whatever MAX is.
void Follower::index_by_name(Node node, Node index, const Shape& shape, bool is_address) {
  if (is_address || index.kind() != "identifier") return;
  const Variable* counter = known(text(index));
  const auto name = counter == nullptr ? text(index) : counter->held.last_name;
  const bool may_change = counter == nullptr && state_.find(shape.count_name) != nullptr;
  if (name == shape.count_name && !may_change)
    report(node, fmt::format("`{}` {} {}, and `{}` has {} elements", shown(text(index)),
                             counter == nullptr ? "is" : "gets to", name,
                             shown(text(node.field("argument"))), name));
}

void Follower::index_of_array(Node node, Node base, Node index, std::int64_t count,
                              bool is_address) {
  const auto array = shown(text(base));
  for (const Turn turn : {Turn::first, Turn::last}) {
    const auto at = value_of(text(index), turn);
    if (!at) return;
    const auto said = value_of(index) ? std::string("is") : std::string("gets to");
    if (*at < 0)
      report(node, fmt::format("`{}` {} {}, before the beginning of `{}`", shown(text(index)), said,
                               *at, array));
    else if (*at > count || (*at == count && !is_address))
      report(node, fmt::format("`{}` {} {}, and `{}` has {} elements", shown(text(index)), said,
                               *at, array, count));
  }
}

void Follower::index_of_pointer(Node node, Node base, Node index, const Variable& variable) {
  const auto& held = variable.held;
  if (!held.is_placed() || !variable.shape.element) return;
  const std::int64_t element = *variable.shape.element;
  for (const Turn turn : {Turn::first, Turn::last}) {
    const auto at = value_of(text(index), turn);
    constexpr std::int64_t kFar = 1'000'000'000'000;
    if (!at || *at > kFar || *at < -kFar) return;
    const bool is_before =
        std::all_of(held.places.begin(), held.places.end(),
                    [&](const Place& place) { return place.offset + *at * element < 0; });
    const auto bytes = room(held);
    if (is_before)
      report(node, fmt::format("`{}` is before the beginning of what `{}` points to",
                               shown(text(node)), shown(text(base))));
    else if (bytes && (*at + 1) * element > *bytes && *at >= 0)
      report(node, fmt::format("`{}` is behind the end: `{}` points to {} bytes", shown(text(node)),
                               shown(text(base)), *bytes));
  }
}

void Follower::call(Node node) {
  const Node function = node.field("function");
  const Node list = node.field("arguments");
  if (!function || !list) return;
  Call made{text(function), {}, node};
  for_each_child(list, [&](Node child) {
    if (child.is_named() && !child.is_extra()) made.arguments.push_back(child);
  });
  if (const auto scope = made.name.rfind("::"); scope != std::string_view::npos)
    made.name.remove_prefix(scope + 2);
  known_accesses(made);
  text_functions(made);
}

Follower::TextCall Follower::text_call(const Call& made) {
  return {made.name, made.arguments[0], made.arguments[1], made.name.starts_with("wcs") ? kWide : 1,
          made.node};
}

void Follower::known_accesses(const Call& made) {
  for (const Access& access : kAccesses)
    if (access.name == made.name) known_access(access, made);
}

void Follower::known_access(const Access& access, const Call& made) {
  const Node memory = made.argument(access.memory);
  const Node size = made.argument(access.size);
  if (!memory || !size) return;
  const Node count = made.argument(access.count);
  const auto each = value_of(text(size), Turn::last);
  const auto times =
      count ? value_of(text(count), Turn::last) : Number(access.count == Access::kNone ? 1 : 0);
  const auto space = room(held_by(memory));
  std::int64_t bytes = 0;
  if (!each || !times || !space || __builtin_mul_overflow(*each, *times, &bytes) ||
      __builtin_mul_overflow(bytes, access.unit, &bytes))
    return;
  const std::int64_t there = std::max<std::int64_t>(*space, 0);
  if (bytes > there)
    report(made.node, fmt::format("`{}` {} {} bytes {} `{}`, which has {}", made.name,
                                  access.writes ? "may write" : "reads", bytes,
                                  access.writes ? "to" : "of", shown(text(memory)), there));
}

/// What the call leaves in the texts that it is given.
void Follower::text_functions(const Call& made) {
  struct Handler {
    std::string_view name;
    std::size_t arguments;
    void (Follower::*run)(const Call&);
  };
  static constexpr std::array kHandlers{
      Handler{"strcpy", 2, &Follower::copied},         Handler{"stpcpy", 2, &Follower::copied},
      Handler{"wcscpy", 2, &Follower::copied},         Handler{"lstrcpy", 2, &Follower::copied},
      Handler{"lstrcpyA", 2, &Follower::copied},       Handler{"strcat", 2, &Follower::appended},
      Handler{"wcscat", 2, &Follower::appended},       Handler{"lstrcat", 2, &Follower::appended},
      Handler{"strncat", 3, &Follower::appended_part}, Handler{"sprintf", 2, &Follower::formatted},
      Handler{"scanf", 1, &Follower::scanned},         Handler{"fscanf", 2, &Follower::scanned},
      Handler{"sscanf", 2, &Follower::scanned},        Handler{"memset", 3, &Follower::filled},
      Handler{"strlen", 0, &Follower::only_read},      Handler{"strcmp", 0, &Follower::only_read},
      Handler{"printf", 0, &Follower::only_read},      Handler{"puts", 0, &Follower::only_read},
      Handler{"free", 0, &Follower::only_read}};
  const auto* handler = std::find_if(kHandlers.begin(), kHandlers.end(),
                                     [&](const Handler& each) { return each.name == made.name; });
  if (handler != kHandlers.end() && made.arguments.size() >= handler->arguments) {
    (this->*handler->run)(made);
    return;
  }
  handed_over(made.arguments);
  for (const Access& access : kAccesses)
    if (access.name == made.name && access.from_outside && made.argument(access.memory))
      if (Text* known_text = text_at(held_by(made.argument(access.memory))))
        known_text->is_from_outside = true;
}

void Follower::only_read(const Call& /*made*/) {}

void Follower::filled(const Call& made) {
  const Held held = held_by(made.arguments[0]);
  const auto letter = value_of(made.arguments[1]);
  const auto bytes = value_of(made.arguments[2]);
  state_.forget_text(held);
  Text* known_text = text_at(held);
  if (known_text == nullptr || !letter || !bytes || held.places.front().offset != 0) return;
  if (*letter == 0)
    known_text->length = 0;
  else
    known_text->filled = *bytes;
}

void Follower::appended_part(const Call& made) {
  const Node to = made.arguments[0];
  const auto most = value_of(made.arguments[2]);
  const Held held = held_by(to);
  const auto space = room(held);
  if (most && space && *most + 1 + length_of(to).value_or(0) > *space)
    report(made.node, fmt::format("`strncat` may write {} bytes and a zero behind the text in "
                                  "`{}`, which has room for {}",
                                  *most, shown(text(to)), *space));
  state_.forget_text(held);
}

void Follower::copied(const Call& made) {
  const auto [name, to, from, unit, at] = text_call(made);
  const Held held = held_by(to);
  const auto space = room(held);
  const auto length = length_of(from);
  if (space && length && (*length + 1) * unit > *space) {
    report(at, fmt::format("`{}` writes {} bytes to `{}`, which has {}", name, (*length + 1) * unit,
                           shown(text(to)), std::max<std::int64_t>(*space, 0)));
  } else if (space && !length) {
    const Held source = held_by(from);
    const auto most = room(source);
    const Text* known_text = text_at(source);
    if (most && known_text != nullptr && known_text->is_from_outside && *most > *space)
      report(at,
             fmt::format("`{}` has {} bytes, and the text in `{}` may be {} long", shown(text(to)),
                         *space, shown(text(from)), *most - 1),
             false);
  }
  state_.forget_text(held);
  if (Text* known_text = text_at(held); known_text != nullptr && held.places.front().offset == 0)
    known_text->length = length;
}

void Follower::appended(const Call& made) {
  const auto [name, to, from, unit, at] = text_call(made);
  const Held held = held_by(to);
  const auto space = room(held);
  const auto before = length_of(to);
  const auto more = length_of(from);
  if (space && more && (before.value_or(0) + *more + 1) * unit > *space)
    report(at, fmt::format("`{}` makes a text of {} bytes in `{}`, which has {}", name,
                           (before.value_or(0) + *more + 1) * unit, shown(text(to)),
                           std::max<std::int64_t>(*space, 0)));
  state_.forget_text(held);
  if (Text* known_text = text_at(held);
      known_text != nullptr && before && more && held.places.front().offset == 0)
    known_text->length = *before + *more;
}

/// The fewest letters that a conversion of printf() can make of `argument`.
std::int64_t Follower::least_letters(const Conversion& conversion, Node argument) {
  std::int64_t letters = conversion.letter == 's' ? 0 : 1;
  if (conversion.letter == 's' && argument) letters = length_of(argument).value_or(0);
  const auto number = (conversion.letter == 'd' || conversion.letter == 'u') && argument
                          ? value_of(argument)
                          : std::nullopt;
  if (number) letters = static_cast<std::int64_t>(std::to_string(*number).size());
  return std::max<std::int64_t>(letters, conversion.width);
}

void Follower::formatted(const Call& made) {
  const Node to = made.arguments[0];
  const Held held = held_by(to);
  const auto space = room(held);
  const auto content = made.arguments[1].kind() == "string_literal"
                           ? content_of(text(made.arguments[1]))
                           : std::nullopt;
  if (space && content) {
    const Format format = read_format(*content, FormatOf::printf);
    std::int64_t least = format.letters;
    int next = 2;
    for (const Conversion& each : format.conversions) {
      next += each.takes_more ? 1 : 0;
      least += least_letters(each, made.argument(next++));
    }
    if (least + 1 > *space)
      report(made.node, fmt::format("`sprintf` writes {} bytes or more to `{}`, which has {}",
                                    least + 1, shown(text(to)), std::max<std::int64_t>(*space, 0)));
  }
  state_.forget_text(held);
}

/// `%8s` writes nine bytes.
void Follower::scanned(const Call& made) {
  const int first = made.name == "scanf" ? 0 : 1;
  const Node format = made.argument(first);
  const auto content = format.kind() == "string_literal" ? content_of(text(format)) : std::nullopt;
  int next = first + 1;
  for (const Conversion& each :
       content ? read_format(*content, FormatOf::scanf).conversions : std::vector<Conversion>()) {
    const Node target = each.is_kept ? made.argument(next++) : Node();
    if (!target || (each.letter != 's' && each.letter != '[')) continue;
    const auto space = room(held_by(target));
    if (space && each.width + 1 > *space && each.width > 0)
      report(made.node,
             fmt::format("`%{}{}` writes {} bytes with the zero at the end, and `{}` has {}",
                         each.width, each.letter, each.width + 1, shown(text(target)), *space));
  }
  handed_over(made.arguments);
  for (const Node target : made.arguments)
    if (Text* known_text = target == format ? nullptr : text_at(held_by(target)))
      known_text->is_from_outside = true;
}

/// Whoever is given something may write there.
void Follower::handed_over(const std::vector<Node>& arguments) {
  for (const Node argument : arguments)
    walk(argument, [&](Node each) {
      const auto kind = each.kind();
      if (kind == "pointer_expression" && text(each).starts_with('&'))
        state_.forget(text(each.field("argument")));
      if (kind == "identifier") handed_over_name(text(each), each == argument);
      return kind != "sizeof_expression" && kind != "lambda_expression";
    });
}

void Follower::handed_over_name(std::string_view name, bool is_whole) {
  Variable* variable = state_.find(name);
  if (variable == nullptr) return;
  state_.forget_text(variable->held);
  const bool may_change = is_cpp_ && is_whole && !variable->shape.is_array;  // a reference
  if (may_change && !variable->held.is_placed()) variable->held = unknown();
}

}  // namespace peer::known_size
